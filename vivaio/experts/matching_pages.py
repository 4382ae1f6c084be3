"""What the pages of matching show: put together from queries, fits and rules."""

import datetime as dt
from collections import Counter
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _

from vivaio.experts import fit, planning, reach
from vivaio.experts.models import ExpertRequest, MatchingRound, Proposal
from vivaio.experts.models.matching import ANSWER_DAYS
from vivaio.experts.queries import matching as queries
from vivaio.experts.queries import requests
from vivaio.experts.rules import matching as rules
from vivaio.experts.states import WAITING, ProposalState, RequestState, RoundState
from vivaio.experts.tables import PROPOSAL_TONES, REQUEST_TONES

SHOWN, WRITING = 12, 6
REFINED = (RequestState.ASKED, RequestState.OPEN)


@dataclass(frozen=True)
class Suggested:
    """An expert beside a request."""

    profile: Any
    percent: int
    reasons: list[str]
    why_not: str
    short: bool
    away: list[tuple[dt.date, dt.date]]
    undeclared: bool = False


@dataclass(frozen=True)
class Told:
    """A proposal with its reasons in words."""

    proposal: Proposal
    percent: int
    reasons: list[str]
    tone: str
    changed: bool
    away: list[tuple[dt.date, dt.date]]
    free: int | None = None
    offered: int = 0
    taken: int = 0


@dataclass(frozen=True)
class Instead:
    """An expert who could take a place, and what that costs: the fits added up, the requests left over."""

    profile: Any
    percent: int
    reasons: list[str]
    free: int
    total: int
    left_over: list[str]
    why_not: str
    undeclared: bool


def told(proposals: Any) -> list[Told]:
    """Proposals as pages show them."""
    return [
        Told(
            one,
            round(one.score * 100),
            fit.on_page(one.reasons),
            PROPOSAL_TONES[one.state],
            one.state in WAITING and one.profile.changed_at is not None,
            one.profile.days_away if one.state in WAITING else [],
        )
        for one in proposals
    ]


def short(profile: Any, request: ExpertRequest) -> bool:
    """Whether the hours that are free are too few on the days when the expert is there."""
    return not reach.suffices(profile.free, reach.days_away(profile.away, request), request)


def suggested(request: ExpertRequest) -> list[Suggested]:
    """The experts that fit best, then those who only write about it, and those tied to the initiative, which are shown
    and not proposed."""
    related = queries.related([request])[request.pk]
    asked = queries.at_hand(request).values("profile_id")
    candidates = queries.candidates(request.initiative.programme).exclude(pk__in=asked)
    found = planning.suggestions(request, candidates, related, planning.near_to(request), most=SHOWN)
    shown = [pair for pair in found if pair[1].fits and pair[1].declared][:SHOWN]
    shown += [pair for pair in found if pair[1].fits and not pair[1].declared][:WRITING]
    shown += [pair for pair in found if pair[1].barred == "related" and pair[1].score][:SHOWN]
    return [
        Suggested(
            one,
            round(fits.score * 100),
            fit.on_page(fits.reasons),
            fit.barred_in_words(fits.barred),
            short(one, request),
            one.days_away,
            fits.fits and not fits.declared,
        )
        for one, fits in shown
    ]


def of_request(row: ExpertRequest, permissions: frozenset[str]) -> dict[str, Any]:
    """One request for its team or for the staff."""
    staff = "experts.read" in permissions
    matches = "experts.match" in permissions
    home = reverse("experts:requests", args=[row.initiative.programme.slug])
    above = (
        (_("Requests"), home)
        if staff
        else (str(row.initiative), reverse("experts:tab", args=[row.initiative_id]))
    )
    rows = queries.of_request(row).exclude(state=ProposalState.WITHDRAWN)
    if not staff:
        rows = rows.filter(state=ProposalState.ACCEPTED)
    return {
        "row": row,
        "programme": row.initiative.programme,
        "tone": REQUEST_TONES[row.state],
        "trail": [above, (row.title, "")],
        "staff": staff,
        "matches": matches,
        "late": _("Its day has passed") if requests.is_late(row) else "",
        "can_change": row.state == RequestState.DRAFT or (matches and row.state in REFINED),
        "proposals": told(rows),
        "days": ANSWER_DAYS
        if matches and row.state == RequestState.OPEN and not requests.is_late(row)
        else 0,
        "suggestions": suggested(row)
        if matches and row.state in REFINED and not requests.is_late(row)
        else [],
    }


def of_round(found: MatchingRound | None, newest: MatchingRound | None) -> dict[str, Any]:
    """The round that is looked at; whether a newer one is being worked out, or came to nothing."""
    stuck = newest is not None and queries.is_stuck(newest)
    working = newest if newest and newest.state == RoundState.COMPUTING and not stuck else None
    failed = stuck or bool(newest and newest.state == RoundState.FAILED)
    refused = bool(failed and not stuck and newest and rules.match(newest.programme, newest.made_by))
    asked = {"working": working, "failed": failed, "refused": newest if refused else None}
    if found is None or working is not None:
        return {"round": None, "lines": [], **asked}
    lines = told(queries.of_round(found).exclude(state=ProposalState.WITHDRAWN))
    taken: Counter[UUID] = Counter()
    for line in lines:
        taken[line.proposal.profile_id] += line.proposal.monthly_hours
    experts = queries.loads(taken)
    lines = [
        replace(line, free=free, offered=offered, taken=taken[line.proposal.profile_id])
        for line in lines
        for free, offered in [experts.get(line.proposal.profile_id, (0, 0))]
    ]
    facts = [
        (_("Proposals"), len(lines)),
        (_("Places left empty"), found.unserved),
        (_("Experts asked"), len(experts)),
        (_("Sum of fits"), sum(line.percent for line in lines)),
    ]
    return {"round": found, "lines": lines, "facts": facts, **asked}


def instead(row: Proposal, typed: str) -> dict[str, Any]:
    """Who else could take the place of this proposal: the best that are left, or whoever is called like this."""
    request, standing = row.request, list(queries.standing_in(row.round)) if row.round else []
    taken = {one.profile_id for one in standing if one.request_id == request.pk}
    candidates = queries.candidates(request.initiative.programme).exclude(pk__in=taken)
    candidates = candidates.exclude(pk__in=queries.promised(request).values("profile_id"))
    related, near = queries.related([request])[request.pk], planning.near_to(request)
    candidates = queries.with_closed(candidates, request)
    if typed:
        named = queries.called(candidates, typed)[:SHOWN]
        found = [(one, fit.fit(request, one, near, related=one.person_id in related)) for one in named]
    else:
        candidates = candidates.filter(closed=False)
        found = planning.suggestions(request, candidates, related, near, most=SHOWN * 2)
        found = [pair for pair in found if pair[1].fits and not short(pair[0], request)][:SHOWN]
    before = sum(round(one.score * 100) for one in standing)
    others = [_instead(row, one, fits, standing) for one, fits in found]
    return {"row": row, "line": told([row])[0], "before": before, "others": others}


def _instead(row: Proposal, profile: Any, fits: Any, standing: list[Proposal]) -> Instead:
    given_up = queries.given_up(row.request, profile, standing, profile.free)
    why_not = fit.barred_in_words(fits.barred) if fits.barred in ("related", "away") else ""
    if given_up is None:
        away = fit.kept_away(profile, row.request, profile.free)
        why_not = why_not or away or _("Not enough hours free for this request.")
    against = [fits.barred, "closed" if profile.closed else ""]
    told = [fit.barred_in_words(one) for one in against if one]
    before = sum(round(one.score * 100) for one in standing)
    percent = round(fits.score * 100)
    lost = sum(round(one.score * 100) for one in given_up or ())
    return Instead(
        profile, percent, [*fit.on_page(fits.reasons), *(one for one in told if one != why_not)],
        profile.free - sum(one.monthly_hours for one in standing if one.profile_id == profile.pk),
        before - round(row.score * 100) + percent - lost, [str(one.request) for one in given_up or ()],
        why_not, fits.fits and not fits.declared,
    )  # fmt: skip
