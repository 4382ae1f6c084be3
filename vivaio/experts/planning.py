"""From open requests and free hours to who is proposed to whom, by `methods`: `assign` where every request takes the
same hours of everybody, `hours.share` where they differ or fairness is asked for."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

import numpy as np
from django.db.models import Q, QuerySet

from vivaio.experts.findable import KIND
from vivaio.experts.fit import Fit, fit
from vivaio.experts.models import ExpertProfile, ExpertRequest
from vivaio.experts.on_paper import best_on_paper
from vivaio.experts.states import Objective
from vivaio.finder.queries.nearness import nearest
from vivaio.methods.assignment import assign
from vivaio.methods.hours import Shared, share

NEAR = 200


def near_to(request: ExpertRequest) -> dict[UUID, tuple[float, str]]:
    """The experts whose best passage is near to what the request says, with that passage."""
    found = nearest(
        [f"{request.title}. {request.purpose}"],
        kinds=[KIND],
        programme=request.programme_id,
        language=request.initiative.language,
        limit=NEAR,
    )
    return {one.subject: (one.score, one.passage) for one in found}


@dataclass(frozen=True)
class Inputs:
    """Requests, experts with `free` hours, how each pair fits, what is locked."""

    requests: list[ExpertRequest]
    profiles: list[Any]
    fits: list[list[Fit]]
    closed: set[tuple[UUID, UUID]]
    locked: set[tuple[UUID, UUID]]
    wanted: list[int]


def gathered(
    requests: list[ExpertRequest],
    profiles: list[Any],
    related: dict[UUID, set[UUID]],
    closed: set[tuple[UUID, UUID]],
    locked: set[tuple[UUID, UUID]],
    wanted: list[int],
) -> Inputs:
    """Every pair weighed."""
    fits = []
    for request in requests:
        near = near_to(request)
        fits.append(
            [fit(request, one, near, related=one.person_id in related[request.pk]) for one in profiles]
        )
    return Inputs(requests, profiles, fits, closed, locked, wanted)


def compute(inputs: Inputs, objective: str) -> Shared:
    """Who is proposed for what: as many places as can be filled, none beyond anybody's hours."""
    if not inputs.requests or not inputs.profiles:
        return Shared([], True)
    scores = np.array([[float(one.score) for one in row] for row in inputs.fits])
    pairs = [[(request.pk, one.pk) for one in inputs.profiles] for request in inputs.requests]
    locked = np.array([[pair in inputs.locked for pair in row] for row in pairs])
    allowed = np.array(
        [[one.fits and pair not in inputs.closed for one, pair in zip(fits, row, strict=True)]
         for fits, row in zip(inputs.fits, pairs, strict=True)]
    )  # fmt: skip
    needs = np.array([one.monthly_hours for one in inputs.requests])
    free = np.array([max(0, one.free) for one in inputs.profiles])
    wanted = np.array(inputs.wanted)
    if objective == Objective.TOTAL and len(set(needs.tolist())) == 1:
        return alike(scores, free // needs[0], wanted, allowed, locked)
    kind: Any = "fair" if objective == Objective.FAIR else "total"
    return share(
        scores, hours=needs, free=free, places=wanted, allowed=allowed, locked=locked, objective=kind
    )


def alike(
    scores: np.ndarray, most: np.ndarray, wanted: np.ndarray, allowed: np.ndarray, locked: np.ndarray
) -> Shared:
    """Every request takes the same hours: an assignment with as many empty places as could stay empty."""
    empty = int(wanted.max(initial=0))
    shape = (len(wanted), empty)
    wanted = np.maximum(wanted, locked.sum(axis=1))
    most = np.maximum(most, locked.sum(axis=0))
    found = assign(
        np.hstack([scores, np.full(shape, -float(len(wanted) * max(1, empty) + 1))]),
        demand=wanted,
        capacity=np.concatenate([most, np.full(empty, len(wanted))]),
        forbidden=np.hstack([~(allowed | locked), np.zeros(shape, bool)]),
        locked=np.hstack([locked, np.zeros(shape, bool)]),
    )
    agents = scores.shape[1]
    return Shared([(task, agent) for task, agent in found.pairs.tolist() if agent < agents], True)


def suggestions(
    request: ExpertRequest,
    candidates: QuerySet[Any],
    related: set[UUID],
    near: dict[UUID, tuple[float, str]],
    *,
    most: int,
) -> list[tuple[ExpertProfile, Fit]]:
    """Whoever of the candidates may be proposed for one request, the best first, then those who may not.

    The first `most` are those of the whole bank; so are all who are tied to the initiative. What nearness adds only
    raises, so that nobody else can be among them: the rest of the bank is left in the database.
    """
    on_paper = best_on_paper(request, candidates, related, most)
    weighed = candidates.filter(Q(pk__in=near) | Q(person__in=related) | Q(pk__in=on_paper))
    found = [(one, fit(request, one, near, related=one.person_id in related)) for one in weighed]
    return sorted(found, key=lambda pair: (bool(pair[1].barred), -pair[1].score, str(pair[0])))
