"""Who prepares the meeting, who practises, when scores lie on the table."""

import datetime as dt
from collections.abc import Sequence

from django.utils.translation import gettext as _

from vivaio.applications.models import Application
from vivaio.applications.states import ApplicationState
from vivaio.jury.meeting import queries
from vivaio.jury.models import Juror, Meeting, Panel
from vivaio.jury.queries.assignment import seated
from vivaio.jury.rules import panel as panel_rules
from vivaio.jury.rules import scoring as scoring_rules
from vivaio.jury.states import JurorState, MeetingState, PanelState
from vivaio.kit import clock
from vivaio.people.models import Person
from vivaio.programmes.rules import may

FEWEST, MOST = 2, 5


def look_after(panel: Panel, person: Person | None) -> str | None:
    """Who looks after the jury and reads the scores prepares and leads the meeting; no juror of it does."""
    if refused := panel_rules.edit(panel, person) or may(person, "scores.read", panel.programme_id):
        return refused
    if person is not None and panel.jurors.filter(person=person, state=JurorState.ACCEPTED).exists():
        return _("You sit on this jury: somebody else of the staff looks after its meeting.")
    return None


def prepare(meeting: Meeting, person: Person | None) -> str | None:
    """When, where and how are said until the meeting is concluded."""
    if refused := look_after(meeting.panel, person):
        return refused
    if meeting.state == MeetingState.CONCLUDED:
        return _("The meeting is concluded: it stays as it was.")
    return None


def choose(meeting: Meeting, applications: Sequence[Application], person: Person | None) -> str | None:
    """A few eligible applications of the call, until jurors practise on them."""
    if refused := prepare(meeting, person):
        return refused
    if meeting.state != MeetingState.PREPARING:
        return _("Jurors are practising already: the applications stay as they are.")
    if not FEWEST <= len(applications) <= MOST:
        return _("Choose from %(few)s to %(many)s applications.") % {"few": FEWEST, "many": MOST}
    ours = all(
        one.call_id == meeting.panel.call_id and one.state == ApplicationState.ADMITTED
        for one in applications
    )
    return None if ours else _("Choose applications of this call that were found eligible.")


def start(meeting: Meeting, person: Person | None) -> str | None:
    """Jurors practise once there is something to practise on, and before the real work is over."""
    if refused := prepare(meeting, person):
        return refused
    if meeting.state != MeetingState.PREPARING:
        return _("Jurors are practising already.")
    if meeting.panel.state == PanelState.CLOSED:
        return _("Scoring is closed: there is nothing left to practise for.")
    if not queries.chosen(meeting):
        return _("Choose the applications first.")
    if refused := ahead(meeting.at):
        return refused
    if seated(meeting.panel).count() < 2:
        return _("At least two jurors must have accepted: alone there is nothing to compare.")
    return None


def ahead(at: dt.datetime | None) -> str | None:
    """The clock puts the scores on the table: an instant that is past would do so at once, before anybody has any."""
    if at is not None and at <= clock.now():
        return _("The meeting is past: the scores would be put on the table at once. Give it another time.")
    return None


def open_now(meeting: Meeting, person: Person | None) -> str | None:
    """The scores are put on the table once, by hand or by the clock."""
    if refused := prepare(meeting, person):
        return refused
    if meeting.state == MeetingState.PREPARING:
        return _("Let the jurors practise first.")
    return None if meeting.state == MeetingState.PRACTISING else _("The scores are on the table already.")


def conclude(meeting: Meeting, person: Person | None) -> str | None:
    """A meeting that was held is concluded."""
    if refused := prepare(meeting, person):
        return refused
    if meeting.state != MeetingState.OPEN:
        return _("Put the scores on the table first.")
    if meeting.panel.call.practice_counts and meeting.panel.state == PanelState.CLOSED:
        return _("Scoring is closed, and in this call these scores count: reopen the scoring first.")
    return None


def note(meeting: Meeting, person: Person | None) -> str | None:
    """What was agreed is written down until the scoring closes; jurors read it while they score."""
    if refused := look_after(meeting.panel, person):
        return refused
    if meeting.state not in queries.SHOWN:
        return _("Put the scores on the table first.")
    if meeting.panel.state == PanelState.CLOSED:
        return _("Scoring is closed: what was agreed stays as it was.")
    return None


def answer(meeting: Meeting, juror: Juror, person: Person) -> str | None:
    """A juror says whether they come, until it is over."""
    if juror.person_id != person.pk or juror.state != JurorState.ACCEPTED:
        return _("You do not sit on this jury any more.")
    if meeting.state not in (MeetingState.PRACTISING, MeetingState.OPEN):
        return _("This meeting takes no more answers.")
    return None


def practise(meeting: Meeting, juror: Juror, application: Application, person: Person) -> str | None:
    """A juror without a conflict scores for practice until the meeting is concluded."""
    if refused := answer(meeting, juror, person) or scoring_rules.read(juror):
        return refused
    if application.pk not in {one.pk for one in queries.of_juror(juror, queries.chosen(meeting))}:
        return _("You do not practise on this application.")
    return None
