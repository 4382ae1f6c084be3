"""What a person's own data say of comments: those they wrote, those that their applications received."""

from typing import Any

from vivaio.jury.gathered import about
from vivaio.jury.models import Comment
from vivaio.jury.states import CommentState
from vivaio.people.models import Person


def written(person: Person) -> list[dict[str, Any]]:
    """The comments of a juror, applications by number alone."""
    rows = Comment.objects.filter(assignment__juror__person=person).exclude(text="")
    return [
        {
            **about(row.assignment.application),
            "criterion": row.about,
            "text": row.text,
            "state": row.get_state_display(),
        }
        for row in rows.select_related("criterion", "assignment__application__call")
    ]


def received(person: Person) -> list[dict[str, Any]]:
    """What juries wrote on the person's own applications, once it was released: no juror, in the order drawn."""
    rows = (
        Comment.objects.filter(assignment__application__person=person, state=CommentState.RELEASED)
        .exclude(text="")
        .select_related("criterion", "assignment__application__call")
        .order_by("assignment__application__number", "criterion__position", "place")
    )
    return [
        {
            **about(row.assignment.application),
            "criterion": row.about,
            "text": row.text,
        }
        for row in rows
    ]
