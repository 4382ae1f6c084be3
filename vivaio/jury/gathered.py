"""What a person's own data say of juries: where they sit, what they scored."""

from typing import Any

from vivaio.applications.models import Application
from vivaio.jury.models import Assignment, Juror, Score
from vivaio.people.models import Person


def about(application: Application) -> dict[str, Any]:
    """An application as its jurors' own data name it: by number, never by who applied."""
    return {"call": str(application.call), "application": application.number}


def seats(person: Person) -> list[dict[str, Any]]:
    """The juries on which the person sits."""
    return [
        {"call": str(seat.panel.call), "state": seat.get_state_display(), "since": seat.created_at}
        for seat in Juror.objects.filter(person=person).select_related("panel__call")
    ]


def scores(person: Person) -> list[dict[str, Any]]:
    """The scores that the person gave."""
    rows = Score.objects.filter(assignment__juror__person=person)
    return [
        {
            **about(row.assignment.application),
            "criterion": str(row.criterion),
            "value": row.value,
        }
        for row in rows.select_related("assignment__application__call", "criterion")
    ]


def notes(person: Person) -> list[dict[str, Any]]:
    """What the person wrote on their score sheets for themselves alone."""
    rows = Assignment.objects.filter(juror__person=person).exclude(private_note="")
    return [
        {**about(row.application), "note": row.private_note}
        for row in rows.select_related("application__call")
    ]
