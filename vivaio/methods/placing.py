"""Students and offers with places: the stable matching that is best for every student.

Gale and Shapley 1962 ("College Admissions and the Stability of Marriage", American Mathematical Monthly 69): students
propose in the order of their wishes, each offer keeps the best of those who came, up to its places. What comes out is
*stable* (no student and no offer would both rather have each other), and each student has the best offer that any
stable matching gives them. No student gains by hiding their true order (Roth 1982; Dubins and Freedman 1981), so they
may be told to say what they want. Whoever stays without a place does so in every stable matching, and an offer that
keeps a place free receives the same students in all of them (Roth 1986, the "rural hospitals").
"""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Placing:
    """Who goes where.

    `offer_of`: for each student the offer, or None. `students_of`: for each offer its students, in its own order.
    `wish`: for each student which of their wishes it is, from 1, or None. `rounds`: how many proposals were made.
    """

    offer_of: tuple[int | None, ...]
    students_of: tuple[tuple[int, ...], ...]
    wish: tuple[int | None, ...]
    rounds: int


def place(
    wishes: Sequence[Sequence[int]], orders: Sequence[Sequence[int]], *, places: Sequence[int]
) -> Placing:
    """The student-optimal stable matching.

    `wishes[s]`: the offers that student s would take, the dearest first. `orders[o]`: the students that offer o would
    have, the first best. Whoever is missing from either list is never matched. `places[o]`: how many at most.
    The orders are strict: equals are put in an order before, by lots (`methods.lots`), and everybody told so.

    ValueError where an index does not exist or stands twice in a list, or places are negative.
    """
    _check(wishes, orders, places)
    standing = [{student: rank for rank, student in enumerate(order)} for order in orders]
    held: list[list[int]] = [[] for _order in orders]
    next_wish = [0] * len(wishes)
    free = list(range(len(wishes)))[::-1]  # the first student proposes first; the outcome hangs on no order
    proposals = 0
    while free:
        student = free.pop()
        while next_wish[student] < len(wishes[student]):
            offer = wishes[student][next_wish[student]]
            next_wish[student] += 1
            proposals += 1
            left = _received(held[offer], student, standing[offer], places[offer])
            if left != student:
                if left is not None:
                    free.append(left)
                break
    return _told(wishes, held, proposals)


def blocking(
    placing: Placing,
    wishes: Sequence[Sequence[int]],
    orders: Sequence[Sequence[int]],
    *,
    places: Sequence[int],
) -> list[tuple[int, int]]:
    """The pairs (student, offer) that would both rather have each other: empty for a stable matching.

    What anybody can check who holds the lists; the arguments are those of `place`.
    """
    found = []
    for student, wished in enumerate(wishes):
        now = placing.wish[student]
        for offer in wished[: len(wished) if now is None else now - 1]:
            order = list(orders[offer])
            if student not in order:
                continue
            kept = placing.students_of[offer]
            better = any(order.index(student) < order.index(other) for other in kept)
            if better or len(kept) < places[offer]:
                found.append((student, offer))
    return found


def _received(kept: list[int], student: int, standing: dict[int, int], places: int) -> int | None:
    """Who is left without a place once the student has come: the student, another one, or nobody."""
    if student not in standing or places == 0:
        return student
    kept.append(student)
    kept.sort(key=standing.__getitem__)
    return kept.pop() if len(kept) > places else None


def _told(wishes: Sequence[Sequence[int]], held: list[list[int]], proposals: int) -> Placing:
    offer_of: list[int | None] = [None] * len(wishes)
    for offer, students in enumerate(held):
        for student in students:
            offer_of[student] = offer
    return Placing(
        tuple(offer_of),
        tuple(tuple(students) for students in held),
        tuple(
            None if offer is None else list(wished).index(offer) + 1
            for wished, offer in zip(wishes, offer_of, strict=True)
        ),
        proposals,
    )


def _check(wishes: Sequence[Sequence[int]], orders: Sequence[Sequence[int]], places: Sequence[int]) -> None:
    if len(places) != len(orders):
        raise ValueError(f"{len(orders)} offers, but places for {len(places)}")
    for offer, count in enumerate(places):
        if count < 0:
            raise ValueError(f"offer {offer} has {count} places")
    for who, lists, most in (("student", wishes, len(orders)), ("offer", orders, len(wishes))):
        for number, listed in enumerate(lists):
            if any(not 0 <= one < most for one in listed):
                raise ValueError(f"{who} {number} names somebody who is not there")
            if len(set(listed)) != len(listed):
                raise ValueError(f"{who} {number} names somebody twice")
