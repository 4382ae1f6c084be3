"""What placements hold of a person, told to that person."""

from typing import Any

from vivaio.experts.models import AgreementSignature, PlacementEvaluation, PlacementHours
from vivaio.experts.placing.queries import placements, rounds, taking_part
from vivaio.people.models import Person


def applications(person: Person) -> list[dict[str, Any]]:
    """Each round that they took part in as a student."""
    return [
        {
            "round": str(row.round),
            "programme": str(row.round.programme),
            "university": str(row.university),
            "course": row.course,
            "languages": row.language_names,
            "presentation": row.presentation,
            "curriculum": row.name,
            "available_from": row.available_from,
            "available_until": row.available_until,
            "hours_a_week": row.hours_a_week,
            "state": row.get_state_display(),
            "words": row.words,
            "wishes": ", ".join(str(one.offer) for one in taking_part.wishes_of(row)),
        }
        for row in taking_part.own(person)
    ]


def placed(person: Person) -> list[dict[str, Any]]:
    """Each placement as a student, with what was said of it."""
    said = PlacementEvaluation.objects.filter(placement__student__person=person)
    words: dict[Any, list[str]] = {}
    for one in said:
        words.setdefault(one.placement_id, []).append(
            f"{one.get_side_display()}: {one.get_grade_display()}. {one.text}".strip()
        )
    return [
        {
            "initiative": str(row.offer.initiative),
            "offer": str(row.offer),
            "state": row.get_state_display(),
            "started_at": row.started_at,
            "ended_at": row.ended_at,
            "reason": row.reason,
            "hours_confirmed": str(row.hours_confirmed),
            "evaluations": " / ".join(words.get(row.pk, [])),
        }
        for row in placements.of_student(person)
    ]


def hours(person: Person) -> list[dict[str, Any]]:
    """The hours that they wrote."""
    rows = PlacementHours.objects.filter(placement__student__person=person).order_by("day")
    return [
        {"day": one.day, "hours": str(one.hours), "what": one.what, "state": one.get_state_display()}
        for one in rows
    ]


def signed(person: Person) -> list[dict[str, Any]]:
    """What they signed, for whom."""
    rows = AgreementSignature.objects.filter(person=person).select_related("agreement__placement__offer")
    return [
        {
            "agreement": str(one.agreement.placement.offer),
            "side": one.get_side_display(),
            "sha256": one.digest,
            "signed_at": one.signed_at,
        }
        for one in rows
    ]


def tutored(person: Person) -> list[dict[str, Any]]:
    """The universities whose students they follow."""
    return [
        {"university": str(one.university), "programme": str(one.programme)}
        for one in rounds.tutored_by(person)
    ]
