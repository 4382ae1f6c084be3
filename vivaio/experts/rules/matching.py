"""Who may match, propose and answer, and why not."""

import datetime as dt

from django.utils.translation import gettext as _

from vivaio.experts import fit, reach
from vivaio.experts.models import ExpertProfile, ExpertRequest, MatchingRound, Proposal
from vivaio.experts.queries import matching as queries
from vivaio.experts.states import ADMITTED, ProfileState, ProposalState, RequestState, RoundState
from vivaio.initiatives.rules import initiatives
from vivaio.kit import clock
from vivaio.kit.formats import day
from vivaio.people.models import Person
from vivaio.programmes import rules as programmes
from vivaio.programmes.models import Programme

# The longest that a proposal waits for an answer, when it is sent.
MOST_DAYS = 60


def match(programme: Programme, person: Person | None) -> str | None:
    """Who matches experts."""
    return programmes.may(person, "experts.match", programme)


def compute(programme: Programme, seen: str, person: Person) -> str | None:
    """One round at a time: whoever has not seen the one that a colleague made looks at it first."""
    refused = match(programme, person)
    if refused:
        return refused
    found = queries.preview_of(programme)
    if found is not None and str(found.pk) != seen:
        return _("%(who)s has computed another matching meanwhile: look at it before you compute again.") % {
            "who": found.made_by or _("Somebody")
        }
    newest = queries.newest_of(programme)
    if newest is not None and newest.state == RoundState.COMPUTING and not queries.is_stuck(newest):
        return _("%(who)s has asked for a matching already: it is being worked out.") % {
            "who": newest.made_by or _("Somebody")
        }
    return None


def adjust(found: MatchingRound | None, person: Person) -> str | None:
    """A round is changed while it is looked at."""
    if found is None or found.state != RoundState.PREVIEW:
        return _("This matching has been sent or replaced meanwhile: look at the newest one.")
    return match(found.programme, person)


def choose(
    proposal: Proposal, profile: ExpertProfile, given_up: list[Proposal] | None, person: Person
) -> str | None:
    """Another expert takes a place of the round that is looked at, within the hours that no lock holds."""
    refused = adjust(proposal.round, person) or propose(proposal.request, profile, person)
    if refused:
        return refused
    if proposal.state != ProposalState.READY:
        return _("This proposal is “%(state)s” by now.") % {"state": proposal.get_state_display()}
    if proposal.profile_id == profile.pk or queries.stands(proposal.request, profile):
        return _("This expert has been asked, or is proposed, for this request already.")
    if given_up is None:
        return fit.kept_away(profile, proposal.request, queries.free_hours(profile)) or _(
            "%(expert)s has not so many hours left: they are promised, or locked for other requests."
        ) % {"expert": profile}
    if any(one.state != ProposalState.READY for one in given_up):
        return _("%(expert)s has been asked for another request meanwhile: look at the matching again.") % {
            "expert": profile
        }
    return None


def goes_on(request: ExpertRequest) -> str | None:
    """Nobody begins to help what has closed, or what was needed before today."""
    refused = initiatives.under_way(request.initiative)
    if refused is None and request.needed_by < clock.today():
        refused = _("The day by which it was needed has passed: a new one is set first.")
    return refused


def propose(request: ExpertRequest, profile: ExpertProfile, person: Person | None) -> str | None:
    """An expert of the bank, not tied to the initiative, for a request that is open and has a place left."""
    refused = match(profile.programme, person)
    if refused:
        return refused
    if request.initiative.programme_id != profile.programme_id:
        return _("This expert belongs to another programme.")
    if request.state != RequestState.OPEN:
        return _("This request is no longer open: “%(state)s”.") % {"state": request.get_state_display()}
    refused = goes_on(request)
    if refused:
        return refused
    if profile.state != ProfileState.CHECKED:
        return _("This expert is not in the bank at the moment.")
    if profile.person_id in queries.related([request])[request.pk]:
        return _("This expert is tied to the initiative: propose somebody else.")
    return None


def propose_anew(request: ExpertRequest, profile: ExpertProfile, person: Person) -> str | None:
    """By hand, whoever may be proposed and does not stand already."""
    if queries.promised(request).filter(profile=profile).exists():
        return _("This expert has been asked already.")
    return propose(request, profile, person)


def send(proposal: Proposal, person: Person | None) -> str | None:
    """What is ready is sent while the request has a place and the expert the hours."""
    refused = propose(proposal.request, proposal.profile, person)
    if refused:
        return refused
    if proposal.state != ProposalState.READY:
        return _("This proposal is “%(state)s” by now.") % {"state": proposal.get_state_display()}
    if queries.promised(proposal.request).count() >= proposal.request.places:
        return _("All the places of this request are taken.")
    free, away = (
        queries.free_hours(proposal.profile),
        reach.days_away(proposal.profile.away, proposal.request),
    )
    if not reach.suffices(free, away, proposal.request):
        return fit.kept_away(proposal.profile, proposal.request, free) or _(
            "%(expert)s has no hours left: they were promised elsewhere."
        ) % {"expert": proposal.profile}
    return None


def days_to_answer(days: int) -> str | None:
    """Whoever is asked has some days, and not for ever: the place and the hours wait with them."""
    if 1 <= days <= MOST_DAYS:
        return None
    return _("Give the expert between one and sixty days to answer.")


def give_time(proposal: Proposal, until: dt.date | None, person: Person) -> str | None:
    """Who matches experts gives more time to whoever was asked, as long as it is of use to the request."""
    refused = match(proposal.profile.programme, person) or goes_on(proposal.request)
    if refused:
        return refused
    if proposal.state != ProposalState.SENT:
        return _("This proposal is “%(state)s” by now.") % {"state": proposal.get_state_display()}
    if until is None or until < clock.today():
        return _("Choose a day from today on.")
    if until > proposal.request.needed_by:
        return _("It is needed by %(day)s: nobody answers after that day.") % {
            "day": day(proposal.request.needed_by)
        }
    if proposal.answer_by is not None and until < proposal.answer_by:
        return _("The expert reads that there is time until %(day)s: more can be given, not less.") % {
            "day": day(proposal.answer_by)
        }
    return None


def in_time(proposal: Proposal) -> str | None:
    """Nobody answers after the last day."""
    if proposal.state != ProposalState.LAPSED and not proposal.is_late:
        return None
    return _(
        "The last day to answer was %(day)s: by now somebody else may be asked. If you can still help, write to "
        "the programme: while a place is free it can propose this to you again."
    ) % {"day": day(proposal.answer_by)}


def answer(proposal: Proposal, person: Person) -> str | None:
    """The expert answers, once, and in time."""
    if proposal.profile.person_id != person.pk:
        return _("Only the expert answers.")
    refused = in_time(proposal)
    if refused:
        return refused
    if proposal.state != ProposalState.SENT:
        return _("This proposal is “%(state)s” by now.") % {"state": proposal.get_state_display()}
    return None


def accept(proposal: Proposal, person: Person) -> str | None:
    """Whoever is of the bank takes on what goes on and has a place left. The request is locked."""
    if proposal.profile.state not in ADMITTED:
        return _("This expert is not in the bank at the moment.")
    refused = answer(proposal, person) or goes_on(proposal.request)
    if refused:
        return refused
    if queries.accepted(proposal.request).count() >= proposal.request.places:
        return _("All the places of this request are taken.")
    return None


def terms_read(proposal: Proposal, revision: str) -> str | None:
    """What is accepted is what was read."""
    if proposal.request.revision == revision:
        return None
    return _("The request has changed: read it anew, then answer.")


def withdraw(proposal: Proposal, person: Person) -> str | None:
    """Who matches experts takes back what was not answered."""
    return match(proposal.profile.programme, person)


def with_reason(words: str) -> str | None:
    """Declining says why: the next proposal is better for it."""
    return None if words.strip() else _("Write why in a few words: it helps to find somebody else.")
