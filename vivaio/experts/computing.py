"""Every open request matched at once: solved while nothing is held, then kept to what still holds.

Solving takes long: nobody waits for it. Whoever writes its result down holds the programme and its open requests, and
asks here what has become of each pair meanwhile.
"""

from collections import Counter
from typing import Any
from uuid import UUID

from vivaio.experts import planning, reach
from vivaio.experts.fit import Fit, fit
from vivaio.experts.models import ExpertRequest, MatchingRound, Proposal
from vivaio.experts.queries import matching as queries
from vivaio.experts.queries import requests as asked
from vivaio.experts.states import PROMISED, ProposalState
from vivaio.programmes.models import Programme


def solved(found: MatchingRound) -> planning.Matched:
    """Who would be proposed for what, as things stand now. It holds nothing."""
    requests = list(asked.open_in(found.programme))
    return planning.matched(
        requests,
        queries.candidates(found.programme),
        queries.related(requests),
        queries.closed_pairs(requests),
        locked_in(queries.preview_of(found.programme)),
        _wanted(requests),
        found.objective,
    )


def locked_in(before: MatchingRound | None) -> set[tuple[UUID, UUID]]:
    """The pairs of the round that is looked at which somebody locked."""
    rows = Proposal.objects.filter(round=before, state=ProposalState.READY, locked=True)
    return set() if before is None else set(rows.values_list("request_id", "profile_id"))


def holding(
    plan: planning.Matched,
    programme: Programme,
    open_now: list[ExpertRequest],
    locked: set[tuple[UUID, UUID]],
) -> tuple[list[tuple[ExpertRequest, Any, Fit, bool]], int]:
    """What of the plan still holds, and how many places stay empty. Whoever asks holds the open requests.

    What is locked by now comes first and stays, as in a computation, while its request is open and its expert in the
    bank. Of the rest those go whose request has closed or is taken, who are tied to it by now or have answered, been
    asked or ruled out, have no hours left, or no longer fit what is asked.
    """
    requests = {one.pk: one for one in open_now}
    related, closed = queries.related(open_now), queries.closed_pairs(open_now)
    places = dict(zip(requests, _wanted(open_now), strict=True))
    wanted = sum(places.values())
    planned = [(row.pk, key) for row, key, _locked in plan.pairs]
    pairs = [*sorted(locked), *(one for one in planned if one not in locked)]
    chosen = queries.candidates(programme).filter(pk__in={key for _row, key in pairs})
    profiles = {one.pk: one for one in chosen}
    taken: Counter[UUID] = Counter()
    found = []
    for row, key in pairs:
        if row not in requests or key not in profiles:
            continue
        request, profile = requests[row], profiles[key]
        fits = fit(request, profile, plan.near.get(row, {}), related=profile.person_id in related[row])
        may = fits.fits and (row, key) not in closed and places[row] > 0
        if (row, key) in locked or (may and _has_hours(profile, request, taken[key])):
            found.append((request, profile, fits, (row, key) in locked))
            places[row] -= 1
            taken[key] += request.monthly_hours
    return found, max(0, wanted - len(found))


def _has_hours(profile: Any, request: ExpertRequest, taken: int) -> bool:
    """As a computation counts them: enough on the days when the expert is there, and not more than are free in all."""
    there = reach.suffices(profile.free, reach.days_away(profile.away, request), request)
    return bool(there) and taken + request.monthly_hours <= profile.free


def _wanted(requests: list[ExpertRequest]) -> list[int]:
    """How many more experts each request wants beside those who are asked or have accepted."""
    taken: dict[object, int] = {}
    rows = Proposal.objects.filter(request__in=requests, state__in=PROMISED)
    for request in rows.values_list("request_id", flat=True):
        taken[request] = taken.get(request, 0) + 1
    return [max(0, one.places - taken.get(one.pk, 0)) for one in requests]
