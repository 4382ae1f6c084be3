"""Matching a round: computed and looked at, computed anew when something has changed, sent once.

Every change of what a matching depends on holds the round's row, and so do computing and sending: what is sent is what
was looked at, or nothing is.
"""

from uuid import UUID

from django.db import transaction

from vivaio.experts.models import Placement, PlacementMatching, PlacementRound
from vivaio.experts.placing import computing, letters
from vivaio.experts.placing.actions.interns import settle
from vivaio.experts.placing.queries import rounds, taking_part
from vivaio.experts.placing.rules import rounds as rules
from vivaio.experts.placing.states import (
    PLACEMENT_MATCHING_MOVES,
    PLACEMENT_ROUND_MOVES,
    PlacementMatchingState,
    PlacementRoundState,
)
from vivaio.journal import actions as journal
from vivaio.kit import clock
from vivaio.kit.rules import require
from vivaio.kit.states import move
from vivaio.people.models import Person


@transaction.atomic
def compute(row: PlacementRound, *, seen: str, by: Person) -> PlacementMatching:
    """Match the round and show it; what was looked at before is replaced."""
    row = rounds.locked(row.pk)
    require(rules.compute, row, by)
    require(rules.seen, row, seen)
    before = taking_part.preview_of(row)
    if before is not None:
        move(before, PlacementMatchingState.DROPPED, PLACEMENT_MATCHING_MOVES)
        before.save()
    inputs = computing.gathered(row)
    made = PlacementMatching.objects.create(
        round=row, inputs=inputs, digest=computing.digest(inputs), made_by=by
    )
    journal.record("experts.placement_matching_computed", made, by=by, programme=row.programme_id)
    return made


@transaction.atomic
def send_seen(found: PlacementMatching | None, *, seen: str, by: Person) -> int:
    """Send the matching that the person has looked at, and no other."""
    require(rules.looked_at, found, seen)
    return send(found, by=by)  # type: ignore[arg-type]  # the rule asked


@transaction.atomic
def send(found: PlacementMatching, *, by: Person) -> int:
    """Tell students and initiatives what was found, once; how many were placed."""
    row = rounds.locked(found.round_id)
    found = PlacementMatching.objects.select_for_update(of=("self",)).get(pk=found.pk)
    found.round = row
    require(rules.send, found, computing.digest(computing.gathered(row)), by)
    move(found, PlacementMatchingState.SENT, PLACEMENT_MATCHING_MOVES)
    found.sent_at, found.sent_by = clock.now(), by
    found.save()
    if row.state == PlacementRoundState.OPEN:
        move(row, PlacementRoundState.SENT, PLACEMENT_ROUND_MOVES)
    row.save()
    placed = _placed(row, found)
    journal.record(
        "experts.placement_matching_sent", found, by=by, programme=row.programme_id, fields=["state"]
    )
    return placed


def _placed(row: PlacementRound, found: PlacementMatching) -> int:
    """A placement for each who got an offer, a letter for everybody."""
    students = {one.pk: one for one in taking_part.students().filter(round=row)}
    offers = {one.pk: one for one in taking_part.offers().filter(round=row)}
    placed = 0
    for one in computing.outcomes(found.inputs):
        student = students[UUID(one.student)]
        if one.offer is None or one.wish is None:
            letters.student_unplaced.enqueue(student, cause=str(found.pk))
            continue
        made = Placement.objects.create(
            round=row, matching=found, student=student, offer=offers[UUID(one.offer)], wish=one.wish,
            answer_by=rules.answer_by(row),
        )  # fmt: skip
        settle(made.student)
        placed += 1
        letters.student_placed.enqueue(made)
        letters.initiative_placed.enqueue(made)
    return placed
