"""What the pages of the checklist show: the points, what follows from them, the way on in the queue."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from vivaio.applications import eligibility, queries
from vivaio.applications.checking import outcome
from vivaio.applications.checking import queries as checking
from vivaio.applications.checking import rules as two
from vivaio.applications.checking.forms import CheckForm
from vivaio.applications.models import Application, Check
from vivaio.applications.states import DECIDED, CheckOutcome, ProposalState
from vivaio.people.models import Person

TONES = {
    CheckOutcome.MET: "yes",
    CheckOutcome.NOT_MET: "no",
    CheckOutcome.INTEGRATE: "now",
    CheckOutcome.NOT_APPLICABLE: "",
    CheckOutcome.UNKNOWN: "maybe",
}


@dataclass(frozen=True)
class Point:
    """A line of the checklist."""

    check: Check
    tone: str
    href: str
    current: bool
    overruled: bool
    words: str = ""


def points(application: Application, checks: Sequence[Check], current: Check | None) -> list[Point]:
    """The lines; where none of them is open, each says what was looked at."""
    here = reverse("applications:checklist", args=[application.pk])
    return [
        Point(
            check=one,
            tone=TONES[CheckOutcome(one.outcome)],
            href=f"{here}?point={one.pk}",
            current=one == current,
            overruled=one.computed not in (CheckOutcome.UNKNOWN, one.outcome),
            words="" if current else eligibility.explain(one.condition, application),
        )
        for one in checks
    ]


def chosen(checks: Sequence[Check], named: Any) -> Check | None:
    """The point that the address names, else the first that is still to be checked."""
    found = next((one for one in checks if str(one.pk) == str(named)), None)
    still = next((one for one in checks if one.outcome == CheckOutcome.UNKNOWN), None)
    return found or still or next(iter(checks), None)


def after(checks: Sequence[Check], point: Check) -> Check | None:
    """The point that comes next in the list."""
    later = [one for one in checks if one.condition.position > point.condition.position]
    return later[0] if later else None


def typed_again(point: Check, data: Any) -> CheckForm:
    """What was typed, and refused because somebody else wrote meanwhile; saving again is over what one has read."""
    data = data.copy()
    data["seen"] = str(point.revision)
    return CheckForm.of(point, data)


def follows(
    application: Application, checks: Sequence[Check], person: Person | None, refused: dict[str, Any]
) -> dict[str, Any]:
    """What the points speak for, the decision that stands or waits, and who may do what.

    Whether the `person` may confirm costs more to know: without one the page that asks says it.
    """
    waiting = checking.waiting(application)
    last = checking.last(application)
    return {
        "outcome": outcome.of(checks),
        "refused": refused,
        "decided": application.state in DECIDED,
        "waiting": waiting,
        "returned": last if last and last.state == ProposalState.SENT_BACK else None,
        "confirmed": checking.confirmed(application),
        "confirm_refused": refused["decide"] or (two.confirm_decided(waiting, person) if person else None)
        if waiting
        else None,
        "own_proposal": person is not None and is_own(application, person),
    }


def around(person: Person, application: Application) -> dict[str, Any]:
    """The next application of the queue."""
    queue = checking.queue_of(application)
    rows = queries.for_staff(person).filter(call=application.call_id)
    next_, left = checking.following(rows, queue, person, application.number or 0)
    return {"queue": queue, "next": next_, "left": left}


def go_on(person: Person, application: Application) -> HttpResponse:
    """To the next proposal that waits for this person, else back to the application."""
    rows = queries.for_staff(person).filter(call=application.call_id)
    found, _left = checking.following(rows, checking.TO_CONFIRM, person, application.number or 0)
    return redirect("applications:checklist", found or application.pk)


def whole(application: Application) -> tuple[str, str]:
    """The application's own page, for the trail."""
    return str(application), reverse("applications:eligibility", args=[application.pk])


def is_own(application: Application, person: Person) -> bool:
    """Whether the person proposed the decision that waits."""
    waiting = checking.waiting(application)
    return waiting is not None and waiting.proposed_by_id == person.pk
