"""From open requests and free hours to who is proposed to whom, by `methods`: `assign` where every request takes the
same hours of everybody, or nobody need take two; `hours.share` otherwise."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from vivaio.experts.findable import KIND
from vivaio.experts.fit import NEAR_ENOUGH, Fit, fit
from vivaio.experts.models import ExpertProfile, ExpertRequest
from vivaio.experts.on_paper import best_on_paper
from vivaio.experts.states import Objective
from vivaio.experts.weighing import Near, bank_of, declares, enough, kept, open_to, scores
from vivaio.finder.queries.nearness import nearest
from vivaio.kit.arrays import np
from vivaio.methods.assignment import assign
from vivaio.methods.hours import Shared, share

NEAR = 200
LEAST = 0.00005  # fits are compared to the fourth decimal
NOBODY: Mapping[UUID, int] = {}


def near_to(request: ExpertRequest) -> dict[UUID, tuple[float, str]]:
    """The experts whose best passage is near to what the request says, with that passage.

    Words in common, for want of an encoder, never tell by themselves what somebody can do.
    """
    found = nearest(
        [f"{request.title}. {request.purpose}"],
        kinds=[KIND],
        programme=request.programme_id,
        language=request.initiative.language,
        limit=NEAR,
    )
    return {
        one.subject: (min(one.score, NEAR_ENOUGH / 2) if one.by_words else one.score, one.passage)
        for one in found
    }


@dataclass(frozen=True)
class Inputs:
    """Requests with how near each expert writes, those experts who may be needed (`keys`) with `free` hours, how each
    pair fits, which may be proposed, which is locked."""

    requests: list[ExpertRequest]
    near: list[Near]
    keys: list[UUID]
    free: np.ndarray
    scores: np.ndarray
    allowed: np.ndarray
    locked: np.ndarray
    wanted: list[int]


@dataclass(frozen=True)
class Matched:
    """Who is proposed for which request, whether locked, with what nearness tells; what is left over."""

    pairs: list[tuple[ExpertRequest, UUID, bool]]
    near: dict[UUID, Near]
    unserved: int
    proved: bool


def matched(
    requests: list[ExpertRequest],
    candidates: QuerySet[Any],
    related: dict[UUID, set[UUID]],
    closed: set[tuple[UUID, UUID]],
    locked: set[tuple[UUID, UUID]],
    wanted: list[int],
    objective: str,
) -> Matched:
    """The best matching among those with the competences; whoever only writes about what is asked is proposed for the
    places that they leave empty, with the hours that are left."""
    inputs = gathered(requests, candidates, related, closed, locked, wanted)
    shared = compute(inputs, objective)
    near = {row.pk: one for row, one in zip(requests, inputs.near, strict=True)}
    pairs = [
        (requests[task], inputs.keys[agent], bool(inputs.locked[task, agent])) for task, agent in shared.pairs
    ]
    served = Counter(row.pk for row, _key, _locked in pairs)
    left = {row.pk: max(0, many - served[row.pk]) for row, many in zip(requests, wanted, strict=True)}
    proved, rest = shared.proved, [row for row in requests if left[row.pk]]
    if rest:
        taken: Counter[UUID] = Counter()
        for row, key, _locked in pairs:
            taken[key] += row.monthly_hours
        closed = closed | {(row.pk, key) for row, key, _locked in pairs}
        places = [left[row.pk] for row in rest]
        inputs = gathered(rest, candidates, related, closed, set(), places, near=near, taken=taken)
        shared = compute(inputs, objective)
        proved = proved and shared.proved
        pairs += [(rest[task], inputs.keys[agent], False) for task, agent in shared.pairs]
    return Matched(pairs, near, max(0, sum(wanted) - len(pairs)), proved)


def gathered(
    requests: list[ExpertRequest],
    candidates: QuerySet[Any],
    related: dict[UUID, set[UUID]],
    closed: set[tuple[UUID, UUID]],
    locked: set[tuple[UUID, UUID]],
    wanted: list[int],
    *,
    near: dict[UUID, Near] | None = None,
    taken: Mapping[UUID, int] = NOBODY,
) -> Inputs:
    """Every pair weighed; those that no best matching needs are left out.

    With what is known of nearness, also those who only write about what is asked; `taken` are hours given by now.
    """
    bank = bank_of(candidates, requests)
    for key in taken.keys() & bank.places.keys():
        bank.free[bank.places[key]] -= taken[key]
    held = [
        [bank.places[key] for one, key in locked if one == row.pk and key in bank.places] for row in requests
    ]
    places = sum(max(many, len(pairs)) for many, pairs in zip(wanted, held, strict=True))
    weighed, open_ = [], []
    writes = [near[one.pk] if near else near_to(one) for one in requests]
    for request, written, many, pairs in zip(requests, writes, wanted, held, strict=True):
        score = scores(request, bank, written)
        able = open_to(request, bank, written, related[request.pk]) & enough(request, bank)[1]
        if near is None:
            able &= declares(request, bank)
        able[[bank.places[key] for one, key in closed if one == request.pk and key in bank.places]] = False
        found = kept(score, able, places if many > len(pairs) else 0)
        found[pairs] = True
        weighed.append(score)
        open_.append(found)
    table = np.array(open_, bool).reshape(len(requests), len(bank.keys))
    columns = np.flatnonzero(table.any(axis=0))
    rounded = [[round(one, 4) for one in score[columns].tolist()] for score in weighed]
    return Inputs(
        requests, writes, [bank.keys[at] for at in columns], np.maximum(0, bank.free[columns]),
        np.array(rounded), table[:, columns], _table(table.shape, held)[:, columns], wanted,
    )  # fmt: skip


def _table(shape: tuple[int, ...], pairs: list[list[int]]) -> np.ndarray:
    found = np.zeros(shape, bool)
    for row, places in enumerate(pairs):
        found[row, places] = True
    return found


def compute(inputs: Inputs, objective: str) -> Shared:
    """Who is proposed for what: as many places as can be filled, none beyond anybody's hours."""
    if not inputs.keys:
        return Shared([], True)
    needs = np.array([one.monthly_hours for one in inputs.requests])
    wanted = np.array(inputs.wanted)
    if objective == Objective.TOTAL and len(set(needs.tolist())) == 1:
        return alike(inputs.scores, inputs.free // needs[0], wanted, inputs.allowed, inputs.locked)
    found = once(inputs, objective)
    if found is not None:
        return found
    kind: Any = "fair" if objective == Objective.FAIR else "total"
    return share(
        inputs.scores, hours=needs, free=inputs.free, places=wanted, allowed=inputs.allowed, locked=inputs.locked,
        objective=kind,
    )  # fmt: skip


def once(inputs: Inputs, objective: str) -> Shared | None:
    """Nobody with more than one request, if no matching can be better; None if one might be.

    Every place is filled for which there is anybody; the lowest fit is that of the best whom each request could have
    (fair), or all fits are theirs (total). Then hours play no part any more: it is an assignment.
    """
    wanted = np.minimum(np.maximum(inputs.wanted, inputs.locked.sum(axis=1)), inputs.allowed.sum(axis=1))
    if inputs.locked.sum(axis=0).max(initial=0) > 1:
        return None
    first = np.where(inputs.locked, np.inf, np.where(inputs.allowed, inputs.scores, -np.inf))
    order = np.argsort(-first, axis=1, kind="stable")
    best = [inputs.scores[row, order[row, :many]] for row, many in enumerate(wanted.tolist()) if many]
    allowed = inputs.allowed
    if objective == Objective.FAIR:
        allowed = allowed & (inputs.scores >= min((float(row.min()) for row in best), default=0.0))
    found = alike(inputs.scores, np.ones(len(inputs.keys), int), wanted, allowed, inputs.locked)
    if len(found.pairs) < wanted.sum():
        return None
    short = sum(float(row.sum()) for row in best) - sum(float(inputs.scores[pair]) for pair in found.pairs)
    return found if objective == Objective.FAIR or short < LEAST else None


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
    """Whoever of the candidates may be proposed for one request, the best first, then whoever has not declared the
    competence and writes about it, then those who may not.

    The first `most` are those of the whole bank; so are all who only write about it, and all who are tied to the
    initiative. What nearness adds only raises, so that nobody else can be among them: the rest of the bank is left in
    the database.
    """
    on_paper = best_on_paper(request, candidates, related, most)
    weighed = candidates.filter(Q(pk__in=near) | Q(person__in=related) | Q(pk__in=on_paper))
    found = [(one, fit(request, one, near, related=one.person_id in related)) for one in weighed]
    return sorted(found, key=ordered)


def ordered(pair: tuple[ExpertProfile, Fit]) -> tuple[bool, bool, Decimal, str, str]:
    """Where an expert stands in a list: who may not be proposed comes last, who has the competence first.

    Two of one name who fit equally stand in the same order whenever they are looked at.
    """
    profile, fits = pair
    return bool(fits.barred), not fits.declared, -fits.score, str(profile), str(profile.pk)
