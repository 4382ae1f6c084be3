"""Who may score, and when: the server's clock decides."""

import datetime as dt

from django.utils.translation import gettext as _

from vivaio.calls.models import Criterion
from vivaio.calls.states import Reviewing
from vivaio.jury.models import Assignment, Draw, Juror, Panel, Score
from vivaio.jury.queries import scoring as queries
from vivaio.jury.rules import panel as panel_rules
from vivaio.jury.states import AssignmentState, JurorState, PanelState
from vivaio.kit import clock
from vivaio.kit.formats import instant
from vivaio.people.models import Person

EVERY = dt.timedelta(days=1)


def read(juror: Juror) -> str | None:
    """A juror reads applications once they have declared their conflicts."""
    if juror.state != JurorState.ACCEPTED:
        return _("You do not sit on this jury any more.")
    if juror.conflicts_declared_at is None:
        if juror.panel.call.reviewing != Reviewing.OPEN:
            return _("First read what a conflict of interest is, and declare that you will tell of yours.")
        return _("First say with which applicants you have a conflict of interest, or that you have none.")
    return None


def write(panel: Panel) -> str | None:
    """Scores are taken from the opening up to, not at, the closing."""
    zone = panel.call.programme.time_zone
    match queries.window(panel):
        case "open":
            return None
        case "forming":
            return _("Scoring has not been opened yet. You will get a letter when it is.")
        case "ahead":
            return _("Scoring opens on %(when)s. Until then you can read.") % {
                "when": instant(panel.opens_at, zone)
            }
    ended = panel.closed_at or panel.closes_at
    return _("Scoring closed on %(when)s: scores can no longer change. What you had saved is kept.") % {
        "when": instant(ended, zone)
    }


def score(assignment: Assignment, person: Person) -> str | None:
    """Only the juror it was given to scores an application, inside the window."""
    if assignment.juror.person_id != person.pk:
        return _("This application was not given to you.")
    refused = read(assignment.juror)
    if refused:
        return refused
    if assignment.state == AssignmentState.RECUSED:
        return _("You have a conflict of interest with this application: you do not score it any more.")
    return change(assignment)


def change(assignment: Assignment) -> str | None:
    """A sheet changes inside the window, until its juror confirms it to discuss the application."""
    if assignment.confirmed_at is not None:
        return _("You confirmed these scores to discuss the application: the sheet stays as it is.")
    return write(assignment.juror.panel)


def value(criterion: Criterion, given: int) -> str | None:
    """A score lies on the criterion's scale."""
    if criterion.scale_min <= given <= criterion.scale_max:
        return None
    return _("“%(criterion)s”: write a whole number from %(low)s to %(high)s.") % {
        "criterion": criterion,
        "low": criterion.scale_min,
        "high": criterion.scale_max,
    }


def remind(panel: Panel, person: Person | None) -> str | None:
    """Reminders go out while there is something to do."""
    refused = panel_rules.edit(panel, person)
    if refused:
        return refused
    return write(panel)


def due_for_reminder(juror: Juror) -> bool:
    """Nobody is reminded twice within a day."""
    return juror.reminded_at is None or clock.now() - juror.reminded_at >= EVERY


def reminded(juror: Juror, left: int) -> str | None:
    """Who sits on the jury and has something left to score is reminded, once a day."""
    if juror.state != JurorState.ACCEPTED:
        return _("Does not sit on the jury: there is nothing to remind of.")
    if not left:
        return _("Has nothing left to score.")
    if not due_for_reminder(juror):
        return _("Was reminded within the last day.")
    return None


def ask_confidence(panel: Panel, person: Person | None) -> str | None:
    """Whether jurors say how sure they are is fixed once one of them has scored: all answer the same sheet."""
    if refused := panel_rules.edit(panel, person):
        return refused
    return sheet_fixed(Score.objects.filter(assignment__juror__panel=panel).exists())


def sheet_fixed(begun: bool) -> str | None:
    """What the sheet asks stays as it is once somebody has begun to score."""
    if begun:
        return _("Jurors have begun to score: the sheet stays as it is, so that all answer the same.")
    return None


def close(panel: Panel, person: Person | None, reason: str = "", *, early: bool = True) -> str | None:
    """Scoring closes by the clock, or earlier by a person who says why."""
    refused = panel_rules.edit(panel, person)
    if refused:
        return refused
    if panel.state != PanelState.SCORING:
        return _("Scoring is not open.")
    if early and not reason.strip():
        return _("Write why the scoring closes before its time: the reason goes into the minutes.")
    return None


def reopen(panel: Panel, person: Person | None, until: dt.datetime | None, reason: str) -> str | None:
    """Scoring reopens until an instant still to come, with a reason, as long as no verdict was adopted."""
    refused = panel_rules.edit(panel, person)
    if refused:
        return refused
    if panel.state != PanelState.CLOSED:
        return _("Scoring is not closed.")
    if panel.call.rankings.exclude(adopted_at=None).exists():
        return _("A verdict has been adopted: withdraw it before you reopen the scoring.")
    if Draw.objects.filter(call=panel.call).exists():
        return _(
            "Lots among equals have been drawn: whoever scored now would know who comes first. The scores stay as they"
            " are."
        )
    return _later(until, reason)


def extend(panel: Panel, person: Person | None, until: dt.datetime | None, reason: str) -> str | None:
    """The end of the scoring is moved while it has not come, with a reason."""
    refused = panel_rules.edit(panel, person)
    if refused:
        return refused
    if panel.state == PanelState.CLOSED:
        return _("Scoring is closed: reopen it instead.")
    return _later(until, reason)


def _later(until: dt.datetime | None, reason: str) -> str | None:
    if until is None or until <= clock.now():
        return _("Choose until when, an instant still to come.")
    if not reason.strip():
        return _("Write why: the reason goes into the minutes.")
    return None


def unknown_criterion() -> str:
    """Said when a form names a criterion of another call."""
    return _("The criteria have changed: reload the page. Your saved scores are kept.")
