"""What a person's own data say of engagements: those that they helped in, their words, their evaluations."""

from typing import Any

from vivaio.experts.engaging.queries import engagements as queries
from vivaio.experts.hours import hours_of
from vivaio.people.models import Person


def helped(person: Person) -> list[dict[str, Any]]:
    return [
        {
            "initiative": str(row.initiative),
            "request": str(row.request),
            "goal": row.goal,
            "state": row.get_state_display(),
            "from": row.starts_on,
            "until": row.ends_on,
            "hours_agreed": hours_of(row.agreed_minutes),
            "hours_confirmed": hours_of(row.confirmed),
        }
        for row in queries.of_expert(person)
    ]


def told(person: Person) -> list[dict[str, Any]]:
    return [
        {
            "request": str(row.engagement.request),
            "session": str(row.session or ""),
            "what": row.get_kind_display(),
            "hours": None if row.minutes is None else hours_of(row.minutes),
            "text": row.text,
            "at": row.created_at,
        }
        for row in queries.written_by(person)
    ]


def thought(person: Person) -> list[dict[str, Any]]:
    return [
        {
            "request": str(row.engagement.request),
            "goal": row.get_goal_display(),
            "part": row.get_part_display(),
            "together": row.get_together_display(),
            "again": row.get_again_display(),
            "words": row.words,
        }
        for row in queries.evaluations_by(person)
    ]
