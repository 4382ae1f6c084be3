"""Who confirms scores, who reads and writes in a discussion, who changes a score there, who closes it."""

import datetime as dt

from django.utils.translation import gettext as _

from vivaio.calls.models import Call
from vivaio.jury.discussing import queries
from vivaio.jury.models import Assignment, Discussion, Draw, Juror, Panel, Remark
from vivaio.jury.rules import panel as panel_rules
from vivaio.jury.rules import scoring as scoring_rules
from vivaio.jury.states import AssignmentState, DiscussionState, JurorState, RankingState
from vivaio.kit import clock
from vivaio.people.models import Person
from vivaio.programmes.rules import may

EDITABLE = dt.timedelta(minutes=15)
LONGEST = 4000


def confirm(assignment: Assignment, person: Person) -> str | None:
    """A juror confirms a complete sheet of their own, where the jury discusses and as long as it does."""
    if assignment.juror.person_id != person.pk:
        return _("This application was not given to you.")
    if refused := scoring_rules.read(assignment.juror) or discusses(assignment.juror.panel.call):
        return refused
    if assignment.state == AssignmentState.RECUSED:
        return _("You have a conflict of interest with this application: you do not score it any more.")
    if assignment.state != AssignmentState.DONE:
        return _("Score every criterion first: only a complete sheet is confirmed.")
    if assignment.application.track_id in queries.barred_tracks(assignment.juror):
        return no_part()
    if assignment.confirmed_at is None and settled(assignment.juror.panel.call):
        return settled(assignment.juror.panel.call)
    found = Discussion.objects.filter(application=assignment.application_id).first()
    return over(found) if assignment.confirmed_at is None else None


def over(discussion: Discussion | None) -> str | None:
    """Nobody enters a discussion that was closed; one that has not begun yet is still to come."""
    if discussion is None or discussion.state == DiscussionState.OPEN:
        return None
    return _("This application is no longer discussed: its discussion was closed.")


def discusses(call: Call) -> str | None:
    """Only where the call says so."""
    return None if queries.held(call) else _("The jurors of this call do not discuss the applications.")


def no_part() -> str:
    """Said to who takes no part; in a blind review the reason must not tell whose application it is."""
    return _("You take no part in the discussions of this track. Your scores count like all others.")


def say(discussion: Discussion) -> str | None:
    """Messages are taken while the discussion is open."""
    if discussion.state == DiscussionState.OPEN:
        return None
    return _("This discussion is closed: what was said stays readable.")


def words(text: str) -> str | None:
    """A message says something, and not everything."""
    if not text.strip():
        return _("Write your message first.")
    if len(text) > LONGEST:
        return _("A message holds %(n)s characters at most: shorten it, or send it in two.") % {"n": LONGEST}
    return None


def edit(remark: Remark, person: Person) -> str | None:
    """One's own words are mended for a few minutes."""
    if refused := take_back(remark, person):
        return refused
    if clock.now() - remark.created_at > EDITABLE:
        return _("A message can be changed for %(n)s minutes after it was sent: add another.") % {
            "n": EDITABLE.seconds // 60
        }
    return None


def take_back(remark: Remark, person: Person) -> str | None:
    """One's own words are taken back while the discussion is open; that there were some stays to be seen."""
    if remark.voice.person_id != person.pk:
        return _("Only who wrote a message changes it.")
    if remark.removed_at is not None:
        return _("This message was taken back already.")
    if not remark.text:
        return _("The words of this message were erased with the application’s answers.")
    return say(remark.discussion)


def revise(assignment: Assignment, discussion: Discussion, person: Person) -> str | None:
    """A juror changes confirmed scores where the call allows it, while the application is discussed."""
    if refused := confirm(assignment, person):
        return refused
    if assignment.confirmed_at is None:
        return _("Confirm your scores first.")
    if not assignment.juror.panel.call.revising:
        return _("In this call the scores stay as they were confirmed.")
    return say(discussion)


def reason(words_given: str) -> str | None:
    """A changed score needs a reason."""
    return None if words_given.strip() else _("Write why you change the score: it goes into the register.")


def look_after(panel: Panel, person: Person | None) -> str | None:
    """Who looks after the jury and reads the scores writes as staff, closes and reopens; no juror of it does."""
    if refused := panel_rules.edit(panel, person) or may(person, "scores.read", panel.programme_id):
        return refused
    seat = Juror.objects.filter(panel=panel, person=person, state=JurorState.ACCEPTED)
    if person is not None and seat.exists():
        return _("You sit on this jury: somebody else of the staff looks after its discussions.")
    return discusses(panel.call)


def close(discussion: Discussion, panel: Panel, person: Person | None) -> str | None:
    """An open discussion is closed by who looks after the jury."""
    return look_after(panel, person) or say(discussion)


def reopen(discussion: Discussion, panel: Panel, person: Person | None) -> str | None:
    """A closed one is opened again until lots are drawn or a verdict is adopted."""
    if refused := look_after(panel, person):
        return refused
    if discussion.state == DiscussionState.OPEN:
        return _("This discussion is open.")
    return settled(panel.call)


def settled(call: Call) -> str | None:
    """Once lots are drawn or a verdict is adopted, whoever changed a score would know whom it helps."""
    drawn = Draw.objects.filter(call=call).exists()
    return settling(drawn, not drawn and call.rankings.exclude(state=RankingState.PROVISIONAL).exists())


def settling(drawn: bool, adopted: bool) -> str | None:
    """The same, where both are known."""
    if drawn:
        return _("Lots have been drawn: nothing is discussed any more.")
    if adopted:
        return _("A verdict has been adopted: nothing is discussed any more.")
    return None


def gone() -> str:
    """Said to who writes where they have no part any more."""
    return _("You take no part in this discussion any more.")
