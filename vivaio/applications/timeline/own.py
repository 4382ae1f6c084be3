"""What the timeline tells one reader alone: what they asked about the call, and the guardian who signs for them.

Nothing of this is shown to their colleagues: who asked is known to nobody else, and who signs is a family's matter.
It comes with the statement that reads the application, and so costs no query.
"""

import datetime as dt
from collections.abc import Iterator
from typing import Any
from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, QuerySet
from django.db.models.functions import JSONObject
from django.urls import reverse
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from vivaio.applications.models import Application
from vivaio.applications.timeline.entries import Entry
from vivaio.calls.models import Call, CallQuestion
from vivaio.calls.states import QuestionState
from vivaio.people.models import Guardianship
from vivaio.people.states import GuardianshipState

MOST = 50


def with_own(rows: QuerySet[Application], person: UUID) -> QuerySet[Application]:
    """The applications, each with what this reader asked about its call and with their guardians in it."""
    asked = CallQuestion.objects.filter(call=OuterRef("call_id"), asked_by=person)
    asked = asked.exclude(state=QuestionState.TAKEN_BACK).order_by("-created_at")
    named = Guardianship.objects.filter(matter=OuterRef("call_id"), person=person).order_by("-created_at")
    question = JSONObject(
        pk="pk",
        text="text",
        state="state",
        reply="reply",
        number="number",
        into="into__number",
        at="created_at",
        answered="answered_at",
    )
    guardian = JSONObject(
        pk="pk", name="name", state="state", at="asked_at", answered="answered_at", withdrawn="withdrawn_at"
    )
    return rows.annotate(
        own_questions=ArraySubquery(asked.values(told=question)[:MOST]),
        own_guardians=ArraySubquery(named.values(told=guardian)[:MOST]),
    )


def told(application: Any) -> tuple[list[Entry], list[UUID]]:
    """The lines of an application of `with_own`, and the rows that the reader's letters are about."""
    questions, guardians = (
        getattr(application, "own_questions", []),
        getattr(application, "own_guardians", []),
    )
    entries = [entry for one in questions for entry in _question(one, application.call)]
    entries += [entry for one in guardians for entry in _guardian(one)]
    return entries, [UUID(one["pk"]) for one in (*questions, *guardians)]


def _at(said: str) -> dt.datetime:
    return dt.datetime.fromisoformat(said)


def _question(one: dict[str, Any], call: Call) -> Iterator[Entry]:
    yield Entry(_at(one["at"]), _("You asked a question about the call"), Truncator(one["text"]).chars(160))
    if not one["answered"]:
        return
    at, number = _at(one["answered"]), one["into"] or one["number"]
    if one["state"] == QuestionState.DECLINED:
        yield Entry(at, _("Your question is not answered"), one["reply"])
    elif one["state"] == QuestionState.PRIVATE:
        yield Entry(at, _("Your question was answered, to you alone"), one["reply"])
    elif number:
        href = reverse("calls:questions", args=[call.programme.slug, call.slug]) + f"#q-{number}"
        yield Entry(at, _("Your question was answered"), "", href, _("Read the answer"))


def _guardian(one: dict[str, Any]) -> Iterator[Entry]:
    yield Entry(_at(one["at"]), _("A guardian was asked to sign for you"), one["name"])
    if one["answered"]:
        declined = one["state"] == GuardianshipState.DECLINED
        title = _("The guardian declined") if declined else _("The guardian agreed")
        yield Entry(_at(one["answered"]), title)
    if one["withdrawn"]:
        yield Entry(_at(one["withdrawn"]), _("The guardian took the signature back"))
