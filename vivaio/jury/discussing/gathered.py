"""What a person's own data say of discussions: what they said, which scores they changed there."""

from typing import Any

from vivaio.jury.gathered import about
from vivaio.jury.models import Remark, Revision, Voice
from vivaio.people.models import Person


def said(person: Person) -> list[dict[str, Any]]:
    """The person's messages, applications by number alone."""
    rows = Remark.objects.filter(voice__person=person)
    return [
        {
            **about(row.discussion.application),
            "sent": row.created_at,
            "text": row.text,
        }
        for row in rows.select_related("discussion__application__call")
    ]


def revised(person: Person) -> list[dict[str, Any]]:
    """The scores that the person changed after discussing, with their reasons."""
    rows = Revision.objects.filter(assignment__juror__person=person)
    return [
        {
            **about(row.assignment.application),
            "criterion": str(row.criterion),
            "before": row.before,
            "after": row.after,
            "reason": row.reason,
        }
        for row in rows.select_related("assignment__application__call", "criterion")
    ]


def unsent(person: Person) -> list[dict[str, Any]]:
    """What the person began to write in discussions and has not sent."""
    rows = Voice.objects.filter(person=person).exclude(draft="")
    return [
        {
            **about(row.discussion.application),
            "text": row.draft,
        }
        for row in rows.select_related("discussion__application__call")
    ]
