"""The letters of requests and proposals."""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from vivaio.experts.fit import in_words
from vivaio.experts.letters import matchers
from vivaio.experts.models import ExpertRequest, Proposal
from vivaio.initiatives.queries import initiatives
from vivaio.kit import clock
from vivaio.kit.formats import day
from vivaio.mailroom.categories import PROCEDURE, REMINDERS, STAFF
from vivaio.mailroom.letters import Letter, Recipient


def team(request: ExpertRequest) -> Iterable[Recipient]:
    """The initiative's team."""
    return [Recipient.of(one.person) for one in initiatives.team_of(request.initiative)]


def request_context(request: ExpertRequest, recipient: Recipient) -> dict[str, Any]:
    """Which request of whom, by when, and where it stands."""
    with override(recipient.language):
        return {
            "request": request,
            "initiative": str(request.initiative),
            "programme": str(request.initiative.programme),
            "needed_by": day(request.needed_by),
            "link": f"{settings.BASE_URL}{request.get_absolute_url()}",
        }


def proposal_context(proposal: Proposal, recipient: Recipient) -> dict[str, Any]:
    """Which expert for which request, why, and the pages of both."""
    with override(recipient.language):
        return request_context(proposal.request, recipient) | {
            "expert": str(proposal.profile),
            "answer": proposal.answer,
            "answer_by": day(proposal.answer_by),
            "contact": proposal.profile.programme.contact_email,
            "reasons": in_words(proposal.reasons),
            "language": proposal.request.get_language_display(),
            "request_link": f"{settings.BASE_URL}{proposal.request.get_absolute_url()}",
            "link": f"{settings.BASE_URL}{proposal.get_absolute_url()}",
        }


def until(proposal: Proposal) -> dt.datetime | None:
    """The end of the last day to answer."""
    return None if proposal.answer_by is None else clock.end_of(proposal.answer_by)


def expert(proposal: Proposal) -> Iterable[Recipient]:
    """Who is asked."""
    return [Recipient.of(proposal.profile.person)]


def team_and_matchers(request: ExpertRequest) -> Iterable[Recipient]:
    """Who asks and who looks for the experts, each once."""
    found = {one.email: one for one in (*team(request), *matchers(request.initiative.programme_id))}
    return found.values()


def team_of_proposal(proposal: Proposal) -> Iterable[Recipient]:
    """The team for which somebody accepted."""
    return team(proposal.request)


request_sent = Letter(
    "experts.request_sent",
    title=_("An initiative asks for experts"),
    category=STAFF,
    recipients=lambda request: matchers(request.initiative.programme_id),
    context=request_context,
)
request_opened = Letter(
    "experts.request_opened",
    title=_("A request of experts is open"),
    category=PROCEDURE,
    recipients=team,
    context=request_context,
)
day_near = Letter(
    "experts.request_day_near",
    title=_("The day of an open request of experts is near"),
    category=REMINDERS,
    recipients=team_and_matchers,
    context=request_context,
)
day_past = Letter(
    "experts.request_day_past",
    title=_("The day of an open request of experts has passed"),
    category=PROCEDURE,
    recipients=team_and_matchers,
    context=request_context,
)
proposed = Letter(
    "experts.proposed",
    title=_("An initiative asks for an expert's help"),
    category=PROCEDURE,
    recipients=expert,
    context=proposal_context,
    before=until,
)
due = Letter(
    "experts.proposal_due",
    title=_("The last day to answer a proposal is near"),
    category=REMINDERS,
    recipients=expert,
    context=proposal_context,
    before=until,
)
more_time = Letter(
    "experts.proposal_more_time",
    title=_("An expert has more time to answer a proposal"),
    category=PROCEDURE,
    recipients=expert,
    context=proposal_context,
    before=until,
)
lapsed = Letter(
    "experts.proposal_lapsed",
    title=_("A proposal that was not answered has lapsed"),
    category=PROCEDURE,
    recipients=expert,
    context=proposal_context,
)
unanswered = Letter(
    "experts.proposal_unanswered",
    title=_("An expert has not answered a proposal in time"),
    category=STAFF,
    recipients=lambda proposal: matchers(proposal.programme_id),
    context=proposal_context,
)
accepted = Letter(
    "experts.accepted",
    title=_("An expert accepts to help"),
    category=PROCEDURE,
    recipients=team_of_proposal,
    context=proposal_context,
)
declined = Letter(
    "experts.proposal_declined",
    title=_("An expert declines a proposal"),
    category=STAFF,
    recipients=lambda proposal: matchers(proposal.programme_id),
    context=proposal_context,
)
let_go = Letter(
    "experts.proposal_let_go",
    title=_("An expert who was asked is no longer at work in the bank"),
    category=STAFF,
    recipients=lambda proposal: matchers(proposal.programme_id),
    context=proposal_context,
)
terms_changed = Letter(
    "experts.request_changed",
    title=_("A request that waits for an expert's answer has changed"),
    category=PROCEDURE,
    recipients=expert,
    context=proposal_context,
)
withdrawn = Letter(
    "experts.proposal_withdrawn",
    title=_("A proposal is taken back"),
    category=PROCEDURE,
    recipients=expert,
    context=proposal_context,
)
