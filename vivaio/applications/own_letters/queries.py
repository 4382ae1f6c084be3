"""Reads of letters in own words: who writes them, whom they reach, what they might give away."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from allauth.account.models import EmailAddress
from django.db.models import Count, Q, QuerySet

from vivaio.applications import queries as applications
from vivaio.applications.models import Application, OwnLetter, Proposal, Writer
from vivaio.applications.states import ApplicationState, OwnLetterState, ProposalState
from vivaio.calls.models import Call
from vivaio.kit import clock
from vivaio.mailroom.models import OutgoingLetter
from vivaio.mailroom.states import State
from vivaio.people.models import Membership, Person
from vivaio.programmes.queries import programmes_where

LETTER = "applications.own_letter"


def visible_to(person: Person) -> QuerySet[OwnLetter]:
    """One's own drafts, and what was written, where one decides on applications."""
    programmes = programmes_where(person, "applications.decide")
    rows = OwnLetter.objects.filter(
        Q(person=person.pk) | ~Q(state=OwnLetterState.DRAFT), call__programme__in=programmes
    )
    return rows.select_related("call__programme", "person")


def calls_written_for(person: Person) -> QuerySet[Call]:
    """Calls for which the person may write such letters."""
    programmes = programmes_where(person, "applications.decide")
    return Call.objects.filter(programme__in=programmes).select_related("programme")


def locked(pk: UUID | str) -> OwnLetter:
    """The letter under its row lock."""
    rows = OwnLetter.objects.select_for_update(of=("self",)).select_related("call__programme", "person")
    return rows.get(pk=pk)


def about(letter: OwnLetter) -> QuerySet[Application]:
    """The applications that it is about, as far as the staff may read them now."""
    rows = applications.for_staff(letter.person) if letter.person else Application.objects.none()
    return rows.filter(call=letter.call_id, pk__in=letter.rows, emptied_at=None).order_by("number")


@dataclass
class Readers:
    """Whom it reaches, application by application; whom it does not, and why."""

    of: dict[UUID, list[Person]] = field(default_factory=dict)
    left: list[str] = field(default_factory=list)
    unverified: list[str] = field(default_factory=list)

    @property
    def letters(self) -> int:
        return sum(len(people) for people in self.of.values())

    @property
    def people(self) -> int:
        return len({one.pk for people in self.of.values() for one in people})


def readers(rows: Iterable[Application], *, to_all: bool) -> Readers:
    """Who gets the letter about each application. The same queries for one and for hundreds.

    It is `applications.queries.team_of`: who began it, handed it in or wrote in it and is still of its applicant; if
    none of them is, whoever is. Of these all, or the one who handed it in. Who never confirmed an address gets none.
    """
    found = list(rows)
    writers, members = _writers(found), _members(found)
    wanted = {pk for one in found for pk in (one.created_by_id, one.submitted_by_id, one.person_id) if pk}
    wanted |= {pk for people in (*writers.values(), *members.values()) for pk in people}
    people = Person.objects.in_bulk(wanted)
    confirmed = set(
        EmailAddress.objects.filter(user__in=wanted, verified=True).values_list("user_id", "email")
    )
    told = Readers()
    left: dict[Any, str] = {}
    unverified: dict[Any, str] = {}
    for row in found:
        working = [pk for pk in (row.submitted_by_id, row.created_by_id, *writers[row.pk]) if pk]
        present = members[row.organisation_id] if row.organisation_id else working
        team = [pk for pk in dict.fromkeys(working) if pk in present] or list(dict.fromkeys(present))
        active = [people[pk] for pk in team if people[pk].is_active]
        sure = [one for one in active if (one.pk, one.email) in confirmed]
        chosen, aside = (sure, active) if to_all else (sure[:1], active[:1] if not sure else [])
        told.of[row.pk] = chosen
        left |= {pk: str(people[pk]) for pk in working if pk not in team or not people[pk].is_active}
        unverified |= {one.pk: str(one) for one in aside if one not in sure}
    told.left, told.unverified = sorted(left.values()), sorted(unverified.values())
    return told


def _writers(rows: list[Application]) -> dict[Any, list[Any]]:
    found = defaultdict(list)
    for application, person in (
        Writer.objects.filter(application__in=rows)
        .order_by("created_at")
        .values_list("application", "person")
    ):
        found[application].append(person)
    return found


def _members(rows: list[Application]) -> dict[Any, list[Any]]:
    found = defaultdict(list)
    organisations = {row.organisation_id for row in rows if row.organisation_id}
    current = Membership.objects.filter(organisation__in=organisations, ended_at=None).order_by("created_at")
    for organisation, person in current.values_list("organisation", "person"):
        found[organisation].append(person)
    return found


def untold(letter: OwnLetter) -> bool:
    """Whether something is decided on one of them, or proposed, that its team was not told yet."""
    rows = Application.objects.filter(pk__in=letter.rows)
    held = rows.filter(state=ApplicationState.EXCLUDED, exclusion_held=True)
    proposed = Proposal.objects.filter(application__in=letter.rows, state=ProposalState.WAITING)
    waiting = OutgoingLetter.objects.filter(subject_id__in=letter.rows, state=State.HELD).exclude(
        letter=LETTER
    )
    return held.exists() or proposed.exists() or waiting.exists()


def written(letter: OwnLetter) -> QuerySet[OutgoingLetter]:
    """The letters that were made of it."""
    return OutgoingLetter.objects.filter(letter=LETTER, cause=str(letter.pk))


def standing(letter: OwnLetter) -> dict[str, int]:
    """How many of them stand where."""
    rows = written(letter).order_by().values("state").annotate(count=Count("pk"))
    return {row["state"]: row["count"] for row in rows}


def prepared_lately(person: Person) -> int:
    """How many letters the person has had written within a day."""
    return OwnLetter.objects.filter(
        person=person.pk, written_at__gt=clock.now() - dt.timedelta(days=1)
    ).count()
