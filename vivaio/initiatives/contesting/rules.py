"""Who enters a contest for an initiative, who takes an interest, who answers."""

from typing import Any

from django.utils.translation import gettext as _

from vivaio.calls.models import Call
from vivaio.calls.states import Reviewing
from vivaio.initiatives.contesting import queries
from vivaio.initiatives.models import Initiative, Interest
from vivaio.initiatives.rules import initiatives
from vivaio.initiatives.states import InterestState
from vivaio.jury.models import Juror
from vivaio.jury.rules import scoring
from vivaio.jury.states import AssignmentState, PanelState
from vivaio.people.models import Person


def enter(initiative: Initiative, call: Call, person: Person) -> str | None:
    """A leader enters the programme's own contests, once each, for an initiative that is alive."""
    if refused := initiatives.lead(initiative, person) or initiatives.under_way(initiative):
        return refused
    if not call.is_contest or call.programme_id != initiative.programme_id:
        return _("This call is no contest of the programme.")
    if initiative.organisation is None:
        return _("The initiative has no organisation yet: it is the organisation that hands the dossier in.")
    if queries.has_entered(initiative, call):
        return _("The initiative has entered this contest already.")
    return None


def free_draft(taken: Any, initiative: Initiative) -> str | None:
    """A draft belongs to one initiative alone."""
    if taken is None or taken.initiative_id == initiative.pk:
        return None
    return _(
        "Your organisation has a draft in this track for another initiative: hand it in or withdraw it first."
    )


def mark(juror: Juror, entry: Any, person: Person) -> str | None:
    """A juror without a conflict takes an interest after scoring, never before."""
    if refused := scoring.read(juror):
        return refused
    call = juror.panel.call
    if call.reviewing != Reviewing.OPEN and call.ranking_published_at is None:
        return _("Jurors do not know who applies here: take an interest once the ranking is published.")
    if juror.panel.state != PanelState.CLOSED and entry.sheet != AssignmentState.DONE:
        if entry.sheet is None:  # it may still be given to them
            return _("Take an interest in this entrant once scoring is closed.")
        return _("Score this entrant first: an interest comes after the judgement, never before.")
    if entry.own_interest is not None:
        return _("The team knows of your interest already.")
    return None


def answer(interest: Interest, person: Person) -> str | None:
    """A leader of the team answers, once."""
    if not queries.answered_by(person).filter(pk=interest.pk).exists():
        return _("Only a leader of the team may answer.")
    if interest.state != InterestState.MARKED:
        return _("This interest was answered already: %(state)s.") % {"state": interest.get_state_display()}
    return None


def not_yours() -> str:
    """Whoever is in conflict with an entrant, or does not sit on its jury."""
    return _("You cannot take an interest in this entrant.")
