"""A matching of a round: what it is computed from, frozen as data; what comes out; why, in words.

Whoever holds the inputs computes the same matching again (`methods.placing`); their digest says whether anything has
changed since. Whom an initiative has not ranked comes after those it has, in an order drawn by lots from the round's
public seed; whom it marked as unacceptable, or who is tied to it, never comes.
"""

import hashlib
import json
from collections import Counter
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from vivaio.experts.models import OfferRank, Placement, PlacementRound, StudentWish
from vivaio.experts.placing.queries import taking_part
from vivaio.experts.placing.states import STANDING, StudentState
from vivaio.methods import lots
from vivaio.methods.placing import Placing, place

METHOD = "student-optimal deferred acceptance (Gale and Shapley 1962)"


def gathered(row: PlacementRound) -> dict[str, Any]:
    """Everything that the matching of this round depends on today, as plain data."""
    standing = Placement.objects.filter(round=row, state__in=STANDING)
    taken = Counter(standing.values_list("offer_id", flat=True))
    placed = set(standing.values_list("student_id", flat=True))
    tried = set(Placement.objects.filter(round=row).values_list("student_id", "offer_id"))
    rows = taking_part.students().filter(round=row, state=StudentState.VOUCHED).order_by("pk")
    students = [one for one in rows if one.pk not in placed]
    offers = list(taking_part.published(row).order_by("pk"))
    ties = taking_part.related(offers)
    ranks: dict[UUID, dict[UUID, int | None]] = {one.pk: {} for one in offers}
    for offer, student, position in OfferRank.objects.filter(offer__in=offers).values_list(
        "offer_id", "student_id", "position"
    ):
        ranks[offer][student] = position
    number = {one.pk: place for place, one in enumerate(offers)}
    wished: dict[UUID, list[int]] = {one.pk: [] for one in students}
    for student, offer in (
        StudentWish.objects.filter(student__in=students, offer__in=offers)
        .order_by("position")
        .values_list("student_id", "offer_id")
    ):
        wished[student].append(number[offer])
    orders, shut = [], []
    for place_of, offer in enumerate(offers):
        order, out = _order(row, offer, students, ranks[offer.pk], ties[offer.pk], tried)
        orders.append(order)
        shut += [[student, place_of, why] for student, why in out]
    return {
        "method": METHOD,
        "seed": row.seed,
        "students": [str(one.pk) for one in students],
        "offers": [str(one.pk) for one in offers],
        "places": [max(0, one.places - taken[one.pk]) for one in offers],
        "wishes": [wished[one.pk] for one in students],
        "orders": orders,
        "shut": shut,
    }


def _order(
    row: PlacementRound,
    offer: Any,
    students: list[Any],
    ranks: dict[UUID, int | None],
    tied: set[UUID],
    tried: set[tuple[UUID, UUID]],
) -> tuple[list[int], list[tuple[int, str]]]:
    """The students that the offer would have, the first best; who never comes, and why."""
    ranked, rest, out = [], [], []
    for number, one in enumerate(students):
        if one.person_id in tied:
            out.append((number, "tied"))
        elif (one.pk, offer.pk) in tried:
            out.append((number, "tried"))
        elif one.pk in ranks and ranks[one.pk] is None:
            out.append((number, "refused"))
        elif one.pk in ranks:
            ranked.append((ranks[one.pk], number))
        else:
            rest.append(number)
    by_lot = lots.draw(f"{row.seed} {offer.pk}", [str(students[number].pk) for number in rest])
    number_of = {str(students[number].pk): number for number in rest}
    first = [number for _position, number in sorted(ranked, key=lambda pair: (pair[0] or 0, pair[1]))]
    return first + [number_of[one.entrant] for one in by_lot], out


def digest(inputs: dict[str, Any]) -> str:
    """The SHA-256 of the inputs, written in one way."""
    written = json.dumps(inputs, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(written.encode()).hexdigest()


def outcome(inputs: dict[str, Any]) -> Placing:
    """The matching that these inputs give, always the same."""
    return place(inputs["wishes"], inputs["orders"], places=inputs["places"])


@dataclass(frozen=True)
class Outcome:
    """What comes out for one student: the offer, which of their choices it is, why none of those above."""

    student: str
    offer: str | None
    wish: int | None
    wished: int
    reasons: list[tuple[str, str]]  # (offer, code)


def outcomes(inputs: dict[str, Any]) -> list[Outcome]:
    """Student by student."""
    found = outcome(inputs)
    shut = {(student, offer): why for student, offer, why in inputs["shut"]}
    told = []
    for number, student in enumerate(inputs["students"]):
        wished, wish, offer = inputs["wishes"][number], found.wish[number], found.offer_of[number]
        above = wished[: len(wished) if wish is None else wish - 1]
        reasons = [(inputs["offers"][one], shut.get((number, one), "full")) for one in above]
        name = None if offer is None else inputs["offers"][offer]
        told.append(Outcome(student, name, wish, len(wished), reasons))
    return told


def empty_places(inputs: dict[str, Any]) -> dict[str, int]:
    """How many places stay empty, offer by offer; those that are full are left out."""
    found = outcome(inputs)
    left = {
        offer: inputs["places"][number] - len(found.students_of[number])
        for number, offer in enumerate(inputs["offers"])
    }
    return {offer: many for offer, many in left.items() if many}


def in_words(code: str, offer: str, *, staff: bool) -> str:
    """Why a student did not get this offer; a student reads no more than concerns them."""
    if code == "full":
        return _("“%(offer)s”: its places went to students whom the initiative put before.") % {
            "offer": offer
        }
    if code == "tied" and staff:
        return _("“%(offer)s”: the student is tied to the initiative.") % {"offer": offer}
    if code == "refused" and staff:
        return _("“%(offer)s”: the initiative would not have this student.") % {"offer": offer}
    if code == "tried" and staff:
        return _("“%(offer)s”: they were matched before and one of them did not accept.") % {"offer": offer}
    return _("“%(offer)s”: the two of you could not be matched.") % {"offer": offer}
