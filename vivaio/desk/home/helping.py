"""What awaits the two sides of an engagement: agreeing, sessions to answer, hours to confirm, evaluations; the next
session. For a team it joins the statement that reads its initiatives, for an expert that which reads their parts."""

import datetime as dt
from collections.abc import Iterator, Mapping
from types import SimpleNamespace
from typing import Any

from django.db.models import Case, Exists, JSONField, OuterRef, Q, QuerySet, Subquery, When
from django.db.models.functions import JSONObject
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from vivaio.desk.home.items import Item
from vivaio.experts.models import Engagement, EngagementSession, Evaluation, Extension
from vivaio.experts.queries import bank
from vivaio.experts.states import (
    SESSION_AHEAD,
    EngagementState,
    ExtensionState,
    ProfileState,
    SessionState,
    Side,
)
from vivaio.initiatives.queries import initiatives
from vivaio.kit import clock
from vivaio.kit.counting import counted
from vivaio.people.models import Person

NEAR = dt.timedelta(days=7)


def waiting_for(side: Side, sessions: QuerySet[Any]) -> QuerySet[Any]:
    """The sessions that wait for this side: hours to confirm, a proposal to answer, hours to tell."""
    told = Q(state=SessionState.TOLD) & ~Q(told_side=side)
    asked = Q(state=SessionState.PROPOSED, starts_at__gt=clock.now()) & ~Q(side=side)
    over = Q(state__in=SESSION_AHEAD, starts_at__lte=clock.now())
    running = Q(engagement__state=EngagementState.UNDER_WAY)
    return sessions.filter(told | (running & (asked | over))).order_by("starts_at")


def deciding_for(side: Side, engagements: QuerySet[Any]) -> QuerySet[Any]:
    """The engagements in which this side is to agree, to answer, or to say how it went."""
    own = {"engagement": OuterRef("pk")}
    agree = Q(state=EngagementState.TO_AGREE)
    agree &= Q(expert_agreed_at=None) if side == Side.EXPERT else Q(team_agreed_at=None)
    closing = Q(state=EngagementState.UNDER_WAY, closing_side=side.other)
    asked = Q(Exists(Extension.objects.filter(**own, state=ExtensionState.ASKED).exclude(side=side)))
    given = Q(Exists(Evaluation.objects.filter(**own, side=side)))
    evaluate = Q(state=EngagementState.ENDED, evaluate_until__gte=clock.today()) & ~given
    return engagements.filter(agree | closing | asked | evaluate).order_by("created_at")


def waits(side: Side, engagements: QuerySet[Any], sessions: QuerySet[Any]) -> dict[str, Any]:
    """As annotations: how much of these waits for the side, the first of each, and its next session."""
    deciding, waiting = deciding_for(side, engagements), waiting_for(side, sessions)
    near = (clock.now(), clock.now() + NEAR)
    ahead = sessions.filter(state=SessionState.FIXED, starts_at__range=near).order_by("starts_at")
    return {
        "engagements_waiting": counted(deciding),
        "engagement_first": Subquery(deciding.values("pk")[:1]),
        "sessions_waiting": counted(waiting),
        "session_first": Subquery(waiting.values("pk")[:1]),
        "session_next": Subquery(ahead.values("pk")[:1]),
        "session_next_at": Subquery(ahead.values("starts_at")[:1]),
    }


def of_team(person: Person) -> dict[str, Any]:
    """Annotations of the initiatives of a person's teams."""
    leading = initiatives.leading(person, OuterRef("initiative"))
    own = Engagement.objects.filter(initiative=OuterRef("pk")).exclude(person=person)
    sessions = EngagementSession.objects.filter(engagement__initiative=OuterRef("pk")).exclude(
        engagement__person=person
    )
    return waits(Side.TEAM, own.filter(Exists(leading)), sessions)


def of_expert(person: Person) -> Case:
    """For a statement that reads something else: what awaits an expert of their engagements; nothing for others."""
    sessions = EngagementSession.objects.filter(engagement__person=person)
    told = waits(Side.EXPERT, Engagement.objects.filter(person=person), sessions)
    expired = bank.own(person).filter(state=ProfileState.EXPIRED).order_by("expires_on")
    told |= {
        "profile_expired": Subquery(expired.values("pk")[:1]),
        "profile_expired_in": Subquery(expired.values("programme__title")[:1]),
    }
    found = Subquery(Person.objects.filter(pk=person.pk).values(told=JSONObject(**told)))
    return Case(When(Exists(bank.own(person)), then=found), output_field=JSONField())


def items_of_initiative(row: Any) -> Iterator[Item]:
    """What awaits a team of its engagements."""
    yield from _items(row, str(row))


def items_of_expert(told: Mapping[str, Any]) -> Iterator[Item]:
    """What awaits an expert: a profile whose year is over, and what waits of their engagements."""
    if told["profile_expired"] is not None:
        yield Item(
            title=_("Renew your profile of “%(programme)s”") % {"programme": told["profile_expired_in"]},
            text=_("Its year is over: initiatives no longer find you. One button brings you back."),
            action=_("Open the profile"),
            href=reverse("experts:profile", args=[told["profile_expired"]]),
            context=str(_("My help as an expert")),
        )
    at = told["session_next_at"]
    row = SimpleNamespace(**{**told, "session_next_at": at and dt.datetime.fromisoformat(at)})
    yield from _items(row, str(_("My help as an expert")))


def _items(row: Any, context: str) -> Iterator[Item]:
    if n := row.engagements_waiting:
        yield Item(
            title=ngettext("%(n)d engagement waits for you", "%(n)d engagements wait for you", n) % {"n": n},
            text=_("Agree to goal and hours, answer the other side, or say how it went."),
            action=_("Open the engagement"),
            href=reverse("experts:engagement", args=[row.engagement_first]),
            context=context,
        )
    if n := row.sessions_waiting:
        yield Item(
            title=ngettext("%(n)d session waits for you", "%(n)d sessions wait for you", n) % {"n": n},
            text=_("Say whether it suits you, tell the hours, or confirm those of the other side."),
            action=_("Open the session"),
            href=reverse("experts:session", args=[row.session_first]),
            context=context,
        )
    if row.session_next is not None:
        yield Item(
            title=_("Your next session with an expert or a team"),
            action=_("Open the session"),
            href=reverse("experts:session", args=[row.session_next]),
            context=context,
            due=row.session_next_at,
        )
