"""What the pages of matching show: put together from queries, fits and rules."""

from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from vivaio.experts import fit, planning
from vivaio.experts.models import ExpertRequest, MatchingRound, Proposal
from vivaio.experts.queries import matching as queries
from vivaio.experts.states import ProposalState, RequestState
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
    undeclared: bool = False


@dataclass(frozen=True)
class Told:
    """A proposal with its reasons in words."""

    proposal: Proposal
    percent: int
    reasons: list[str]
    tone: str


def told(proposals: Any) -> list[Told]:
    """Proposals as pages show them."""
    return [
        Told(one, round(one.score * 100), fit.in_words(one.reasons), PROPOSAL_TONES[one.state])
        for one in proposals
    ]


def suggested(request: ExpertRequest) -> list[Suggested]:
    """The experts that fit best, then those who only write about it, and those tied to the initiative, which are shown
    and not proposed."""
    related = queries.related([request])[request.pk]
    asked = queries.promised(request).values("profile_id")
    candidates = queries.candidates(request.initiative.programme).exclude(pk__in=asked)
    found = planning.suggestions(request, candidates, related, planning.near_to(request), most=SHOWN)
    shown = [pair for pair in found if pair[1].fits and pair[1].declared][:SHOWN]
    shown += [pair for pair in found if pair[1].fits and not pair[1].declared][:WRITING]
    shown += [pair for pair in found if pair[1].barred == "related" and pair[1].score][:SHOWN]
    return [
        Suggested(
            one,
            round(fits.score * 100),
            fit.in_words(fits.reasons),
            fit.barred_in_words(fits.barred),
            one.free < request.monthly_hours,
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
        "can_change": row.state == RequestState.DRAFT or (matches and row.state in REFINED),
        "proposals": told(rows),
        "suggestions": suggested(row) if matches and row.state in REFINED else [],
    }


def of_round(found: MatchingRound | None) -> dict[str, Any]:
    """The round that is looked at."""
    if found is None:
        return {"round": None, "lines": []}
    lines = told(queries.of_round(found).exclude(state=ProposalState.WITHDRAWN))
    experts = {line.proposal.profile_id for line in lines}
    facts = [
        (_("Proposals"), len(lines)),
        (_("Places left empty"), found.unserved),
        (_("Experts asked"), len(experts)),
    ]
    return {"round": found, "lines": lines, "facts": facts}
