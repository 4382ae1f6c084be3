"""Whoever is asked has a last day to answer: they are reminded, may be given more time, and then are asked no more.

It takes the locks of an answer: of an answer and the clock, the second finds what the first has written.
"""

import datetime as dt
from uuid import UUID

from django.db import transaction

from vivaio.experts import letters_matching as letters
from vivaio.experts.actions.matching import followed
from vivaio.experts.models import Proposal
from vivaio.experts.queries import matching as queries
from vivaio.experts.rules import matching as rules
from vivaio.experts.states import PROPOSAL_MOVES, ProposalState
from vivaio.journal import actions as journal
from vivaio.kit.rules import require
from vivaio.kit.states import move
from vivaio.people.models import Person

REMIND_BEFORE = dt.timedelta(days=2)


@transaction.atomic
def remind(pk: UUID) -> None:
    """Two days before the last day the expert is told, once for each last day they were given."""
    proposal = queries.locked(pk)
    if proposal.state == ProposalState.SENT and not proposal.is_late:
        letters.due.enqueue(proposal, cause=f"{proposal.answer_by:%Y-%m-%d}")


@transaction.atomic
def give_time(proposal: Proposal, *, until: dt.date | None, by: Person) -> Proposal:
    """A later last day to answer; the expert is told. Given again, the same day changes nothing."""
    proposal = queries.locked(proposal.pk)
    require(rules.give_time, proposal, until, by)
    if until == proposal.answer_by:
        return proposal
    proposal.answer_by = until
    proposal.save()
    journal.record(
        "experts.proposal_given_time", proposal, by=by, programme=proposal.programme_id, fields=["answer_by"]
    )
    letters.more_time.enqueue(proposal, cause=f"{until:%Y-%m-%d}")
    return proposal


@transaction.atomic
def lapse(pk: UUID) -> None:
    """The last day has passed: place and hours are free, and the next best follows as after a refusal."""
    proposal = queries.locked(pk)
    if not proposal.is_late:
        return
    move(proposal, ProposalState.LAPSED, PROPOSAL_MOVES)
    proposal.save()
    journal.record(
        "experts.proposal_lapsed", proposal, by=None, programme=proposal.programme_id, fields=["state"]
    )
    letters.lapsed.enqueue(proposal)
    letters.unanswered.enqueue(proposal)
    followed(proposal)
