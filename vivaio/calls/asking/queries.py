"""Reads about questions on calls."""

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Max, OuterRef, Q, QuerySet
from django.db.models.functions import JSONObject
from django.utils.translation import get_language

from vivaio.calls import queries as calls
from vivaio.calls.models import Call, CallFollower, CallQuestion
from vivaio.calls.states import QuestionState
from vivaio.kit import clock
from vivaio.people.models import Person
from vivaio.programmes import queries as programmes


def locked(question_id: UUID) -> CallQuestion:
    """The question, its row locked until the transaction ends."""
    rows: Any = CallQuestion.objects.select_for_update(of=("self",)).select_related("call__programme")
    found: CallQuestion = rows.get(pk=question_id)
    return found


def published(call: Call) -> QuerySet[CallQuestion]:
    """What anyone may read, the newest first."""
    rows = CallQuestion.objects.filter(call=call, state=QuestionState.PUBLISHED).order_by("-number")
    return rows.prefetch_related("corrections")


@dataclass(frozen=True)
class Brief:
    """A published question as the call's own page tells it."""

    number: int
    about: str
    wording: str
    answered_at: dt.datetime


def with_questions(rows: QuerySet[Call]) -> QuerySet[Call]:
    """The calls, each with its published questions in brief: in the very query that reads them (`briefs`)."""
    asked = CallQuestion.objects.filter(call=OuterRef("pk"), state=QuestionState.PUBLISHED).order_by(
        "-number"
    )
    told = JSONObject(number="number", about="about", wording="wording", i18n="i18n", at="answered_at")
    return rows.annotate(asked=ArraySubquery(asked.values(told=told)))


def briefs(call: Any) -> list[Brief]:
    """The published questions of a call of `with_questions`, the newest first, in the reader's language."""
    language = (get_language() or "it").split("-")[0]
    return [
        Brief(
            number=one["number"],
            about=one["about"],
            wording=told_in(one["wording"], one["i18n"] or {}, language),
            answered_at=dt.datetime.fromisoformat(one["at"]),
        )
        for one in call.asked
    ]


def told_in(italian: str, others: Mapping[str, str], language: str) -> str:
    """A text in the language, else in Italian, else in English."""
    own = italian if language == "it" else others.get(f"wording_{language}")
    return own or italian or others.get("wording_en", "")


def searched(rows: QuerySet[CallQuestion], words: str, passage: str) -> QuerySet[CallQuestion]:
    """The questions that hold every word, or a number; those on one passage alone."""
    for word in words.split()[:8]:
        rows = rows.filter(_holds(word))
    return rows.filter(about=passage) if passage else rows


def _holds(word: str) -> Q:
    found = Q(wording__unaccent__icontains=word) | Q(answer__unaccent__icontains=word)
    found |= Q(i18n__wording_en__icontains=word) | Q(i18n__answer_en__icontains=word)
    return found | Q(number=int(word)) if word.isascii() and word.isdigit() and len(word) < 9 else found


def visible_to(person: Person) -> QuerySet[CallQuestion]:
    """Published questions of the calls that the person may read."""
    rows = CallQuestion.objects.filter(state=QuestionState.PUBLISHED)
    return rows.filter(call__in=calls.visible_to(person).values("pk")).select_related("call__programme")


def of_asker(call: Call, person: Person) -> QuerySet[CallQuestion]:
    """The person's own questions on a call, the newest first."""
    return CallQuestion.objects.filter(call=call, asked_by_id=person.pk).select_related("into")


def asked_by(person: Person) -> QuerySet[CallQuestion]:
    """All that the person has asked."""
    return CallQuestion.objects.filter(asked_by_id=person.pk).select_related("call").order_by("created_at")


def waiting(call: Call) -> QuerySet[CallQuestion]:
    """What nobody has answered yet, the oldest first."""
    return CallQuestion.objects.filter(call=call, state=QuestionState.ASKED).order_by("created_at")


def of_call(call: Call) -> QuerySet[CallQuestion]:
    """Every question on the call, for those who answer."""
    rows = CallQuestion.objects.filter(call=call).exclude(state=QuestionState.TAKEN_BACK)
    return rows.select_related("call__programme", "into")


def still_waiting(call: Call, person: Person) -> int:
    """How many of the person's questions on the call wait for an answer."""
    return waiting(call).filter(asked_by_id=person.pk).count()


def asked_since(person: Person, span: dt.timedelta) -> int:
    """How many questions the person has asked lately, on any call."""
    return CallQuestion.objects.filter(asked_by_id=person.pk, created_at__gt=clock.now() - span).count()


def next_number(call: Call) -> int:
    """The number of the next question that is published; asked while the call is locked."""
    return (CallQuestion.objects.filter(call=call).aggregate(n=Max("number"))["n"] or 0) + 1


def by_passage(rows: Iterable[Brief]) -> Counter[str]:
    """How many published questions each passage has."""
    return Counter(row.about for row in rows if row.about)


def answering(call: Call) -> QuerySet[Person]:
    """Who answers questions: whoever edits the programme's calls."""
    return programmes.holders(call.programme_id, "calls.edit").filter(is_active=True)


def follows(call: Call, person: Person) -> bool:
    return CallFollower.objects.filter(call=call, person_id=person.pk).exists()


def followers(call: Call) -> QuerySet[Person]:
    """Whom a letter tells what happens on the call."""
    return Person.objects.filter(followed_calls__call=call, is_active=True)
