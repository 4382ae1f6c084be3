"""A person puts another expert in a place of the round that is looked at.

It holds the programme first, as a computation and a sending do: whichever comes second finds what the first one left.
"""

from django.db import transaction

from vivaio.experts import planning
from vivaio.experts.actions.matching import proposed
from vivaio.experts.fit import fit
from vivaio.experts.models import Barred, ExpertProfile, MatchingRound, Proposal
from vivaio.experts.queries import matching as queries
from vivaio.experts.queries import requests as asked
from vivaio.experts.rules import matching as rules
from vivaio.experts.states import PROPOSAL_MOVES, ProposalState
from vivaio.journal import actions as journal
from vivaio.kit.rules import require
from vivaio.kit.states import move
from vivaio.people.models import Person
from vivaio.programmes import actions as programmes


@transaction.atomic
def choose(proposal: Proposal, profile: ExpertProfile, *, by: Person) -> Proposal:
    """This expert instead, locked; of the expert's other pairs those go that the hours no longer allow."""
    programmes.locked(proposal.programme_id)
    proposal = queries.locked(proposal.pk)
    found, given_up = proposal.round, None
    if found is not None:
        standing, free = list(queries.standing_in(found)), queries.free_hours(profile)
        given_up = queries.given_up(proposal.request, profile, standing, free)
        given_up = None if given_up is None else [queries.locked(one.pk) for one in given_up]
    require(rules.choose, proposal, profile, given_up, by)
    for one in (proposal, *(given_up or ())):
        _left(one, by)
    Barred.objects.filter(request=proposal.request, profile=profile).delete()
    full = asked.requests().get(pk=proposal.request_id)
    candidate = queries.candidates(full.initiative.programme).get(pk=profile.pk)
    made = proposed(full, candidate, fit(full, candidate, planning.near_to(full), related=False), found, True)
    if given_up and found is not None:
        MatchingRound.objects.filter(pk=found.pk).update(unserved=found.unserved + len(given_up))
    journal.record("experts.pair_chosen", made, by=by, programme=proposal.programme_id, fields=["profile"])
    return made


def _left(proposal: Proposal, by: Person) -> None:
    move(proposal, ProposalState.WITHDRAWN, PROPOSAL_MOVES)
    proposal.save()
    journal.record(
        "experts.proposal_withdrawn", proposal, by=by, programme=proposal.programme_id, fields=["state"]
    )
