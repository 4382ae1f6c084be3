"""Needs analyses that await a team, and the coaches of initiatives."""

import datetime as dt
from collections.abc import Iterable, Iterator
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef
from django.db.models.functions import JSONObject
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from vivaio.desk.home.items import Item
from vivaio.initiatives.analysing import queries
from vivaio.initiatives.models import NeedsRound
from vivaio.initiatives.states import ProfileState
from vivaio.people.models import Person


def of_coach(person: Person) -> ArraySubquery:
    """For a statement that reads programmes: the profiles in each that wait for the person as a coach."""
    rows = queries.awaiting_coach(person).filter(round__programme=OuterRef("pk")).order_by("round__due_at")
    told = JSONObject(
        initiative="initiative_id", title="initiative__title", state="state", due="round__due_at"
    )
    return ArraySubquery(rows.values(told=told))


def items_of_coach(programmes: Iterable[Any]) -> Iterator[Item]:
    """Beside which teams to answer, with which to settle the profile; read with the programmes."""
    for programme in programmes:
        waiting = programme.needs_waiting
        to_settle = [one for one in waiting if one["state"] == ProfileState.COMPARED]
        to_answer = [one for one in waiting if one["state"] != ProfileState.COMPARED]
        if to_settle:
            words = ngettext(
                "Settle the profile of needs of %(n)d initiative",
                "Settle the profiles of needs of %(n)d initiatives",
                len(to_settle),
            )
            text = _("The team and you have answered: talk about where you differ.")
            yield _item(programme, to_settle, words, text, _("Open the profile"))
        if to_answer:
            words = ngettext(
                "Answer the needs analysis beside %(n)d team",
                "Answer the needs analysis beside %(n)d teams",
                len(to_answer),
            )
            text = _("You answer as the coach; both sides are shown once both have answered.")
            yield _item(programme, to_answer, words, text, _("Open the needs"))


def _item(programme: Any, waiting: list[dict[str, Any]], words: str, text: str, action: str) -> Item:
    due = waiting[0]["due"]
    names = ", ".join(one["title"] for one in waiting[:3])
    return Item(
        title=words % {"n": len(waiting)},
        text=f"{names}. {text}" if len(waiting) < 4 else text,
        action=action,
        href=reverse("initiatives:needs", args=[waiting[0]["initiative"]]),
        context=str(programme),
        due=dt.datetime.fromisoformat(due) if due else None,
        zone=programme.time_zone,
    )


def of_team() -> ArraySubquery:
    """For a statement that reads initiatives: the profiles of each that its team has not answered."""
    rows = queries.awaiting_team().filter(initiative=OuterRef("pk"))
    told = JSONObject(title="round__title", i18n="round__i18n", due="round__due_at", begun="team_answers_id")
    return ArraySubquery(rows.values(told=told))


def items_of_team(initiative: Any) -> Iterator[Item]:
    """Analyses that a team has not answered; read with its initiative."""
    programme = initiative.programme
    for profile in initiative.needs_to_answer:
        due = profile["due"]
        yield Item(
            title=_("Answer the needs analysis of “%(initiative)s”") % {"initiative": initiative},
            text=_("The team writes in the same answers, each when they can; they are saved as you type."),
            action=_("Go on answering") if profile["begun"] else _("Begin to answer"),
            href=reverse("initiatives:needs", args=[initiative.pk]),
            context=f"{programme} · {NeedsRound(title=profile['title'], i18n=profile['i18n'])}",
            due=dt.datetime.fromisoformat(due) if due else None,
            zone=programme.time_zone,
        )
