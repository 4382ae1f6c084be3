"""What a person's own data say of calibration meetings: the scores that they gave for practice."""

from typing import Any

from vivaio.jury.gathered import about
from vivaio.jury.models import PracticeScore
from vivaio.people.models import Person


def practised(person: Person) -> list[dict[str, Any]]:
    """The person's practice scores, applications by number alone."""
    rows = PracticeScore.objects.filter(attendance__juror__person=person)
    return [
        {
            **about(row.application),
            "criterion": str(row.criterion),
            "value": row.value,
        }
        for row in rows.select_related("application__call", "criterion")
    ]
