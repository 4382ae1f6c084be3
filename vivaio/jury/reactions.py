"""What the jury does when applications come or go."""

from typing import Any

from django.dispatch import receiver
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from vivaio.applications import actions as applications
from vivaio.applications import events
from vivaio.applications.models import Application
from vivaio.calls import events as calls
from vivaio.jury import events as jury
from vivaio.jury import gathered, letters_ranking, timeline
from vivaio.jury.actions import conflicts, places, scoring
from vivaio.jury.actions import panel as panel_actions
from vivaio.jury.attending import reactions as attending
from vivaio.jury.blinding import actions as blinding
from vivaio.jury.commenting import actions as commenting
from vivaio.jury.commenting import gathered as comments
from vivaio.jury.discussing import actions as discussing
from vivaio.jury.discussing import gathered as discussions
from vivaio.jury.meeting import actions as meetings
from vivaio.jury.meeting import gathered as practice
from vivaio.jury.pitching import actions as pitches
from vivaio.jury.pitching import queries as pitching
from vivaio.jury.queries import board
from vivaio.jury.queries import panel as panels
from vivaio.jury.queries import ranking as rankings
from vivaio.jury.rules import applications as rules
from vivaio.kit import retention
from vivaio.kit.rules import require
from vivaio.mailroom import events as mailroom
from vivaio.people.events import erasing, gathering

__all__ = ["attending"]


@receiver([events.submitted, events.admitted], dispatch_uid="jury.search_conflicts")
def search_conflicts(sender: Any, application: Application, **kwargs: Any) -> None:
    """An applicant more: look whether a juror has a tie with them."""
    panel = panels.of(application.call)
    if panel is not None:
        conflicts.search(panel)


@receiver(calls.counting, dispatch_uid="jury.how_much_is_read")
def how_much_is_read(sender: Any, call: Any, person: Any, **kwargs: Any) -> list[tuple[Any, int, str]]:
    """How far the jury's reading has come, for the staff's page of the call."""
    assigned, done = board.read_so_far(call, person)
    if not assigned:
        return []
    page = reverse("jury:progress", args=[call.programme.slug, call.slug])
    return [(_("readings assigned"), assigned, page), (_("readings done"), done, page)]


@receiver(jury.juror_accepted, dispatch_uid="jury.invite_to_meeting")
def invite_to_meeting(sender: Any, juror: Any, **kwargs: Any) -> None:
    """A juror more: they practise like the others."""
    meetings.welcome(juror)


@receiver(events.withdrawn, dispatch_uid="jury.keep_verdict")
def keep_verdict(sender: Any, application: Application, **kwargs: Any) -> None:
    """Nobody withdraws once the verdict is adopted: raises `Refused`, which undoes the withdrawal."""
    require(rules.withdraw, application)


@receiver(events.undecided, dispatch_uid="jury.keep_eligibility")
def keep_eligibility(sender: Any, application: Application, **kwargs: Any) -> None:
    """The staff takes no decision back that jurors have built on: raises `Refused`."""
    require(rules.undecide, application)


@receiver(calls.beside, dispatch_uid="jury.pitch_beside_the_call")
def pitch_beside_the_call(sender: Any, call: Any, **kwargs: Any) -> list[tuple[Any, str]]:
    """The pitch day of a contest, once it was announced, on the call's public page."""
    if not call.is_contest or not pitching.announced().filter(panel__call=call).exists():
        return []
    return [(_("Pitch day"), reverse("jury:pitch_public", args=[call.programme.slug, call.slug]))]


@receiver(jury.scoring_reopened, dispatch_uid="jury.hide_the_board_again")
def hide_the_board_again(sender: Any, panel: Any, **kwargs: Any) -> None:
    """Jurors score again: the screen in the room waits for the new end."""
    pitches.hide_again(panel)


@receiver(calls.cloned, dispatch_uid="jury.copy_settings")
def copy_settings(
    sender: Any, call: Any, source: Any, jurors: bool = False, by: Any = None, **kwargs: Any
) -> None:
    """A call made out of another has a jury that is set up alike, with its people where that was asked for."""
    panel_actions.copy_settings(source, call, jurors=jurors, by=by)


@receiver(mailroom.settled, dispatch_uid="jury.tell_outcomes")
def tell_outcomes(sender: Any, letters: Any, **kwargs: Any) -> None:
    """A letter with an outcome leaves, or never will: the applicant's own pages tell the outcome too."""
    names = {letter.name for letter in letters_ranking.OUTCOMES}
    if told := {letter.subject_id for letter in letters if letter.letter in names}:
        places.tell(told)


@receiver(events.telling, dispatch_uid="jury.tell_in_timeline")
def tell_in_timeline(sender: Any, application: Application, staff: bool, **kwargs: Any) -> Any:
    """What became of the place, once the outcome is told: nothing before that, and no score ever."""
    return timeline.told(application, staff=staff)


@receiver(events.emptied, dispatch_uid="jury.forget_answers")
def answers_are_gone(sender: Any, application: Application, **kwargs: Any) -> None:
    """With an application's answers and files go the copies for a blind review, and all that jurors wrote of them."""
    blinding.forget(application.pk)
    commenting.forget(application.pk)
    discussing.forget_words(application.pk)
    scoring.forget_notes(application.pk)


retention.register(
    retention.Kind(
        "not_selected",
        title=_("Applications not selected"),
        since=_("after the ranking was published"),
        then=_(
            "Answers and files are erased, and with them comments, messages and notes of the jury; who applied, the"
            " number, the scores and the outcome stay."
        ),
        reason=_("The ranking may be contested, and audits ask to see what was judged."),
        days=1825,
        due=rankings.not_selected,
        carry_out=applications.empty,
    )
)


@receiver(gathering, dispatch_uid="jury.gathered")
def jurors_own(sender: Any, person: Any, into: Any, **kwargs: Any) -> None:
    """The juries on which the person sits and what they gave and said there, applications by number alone."""
    into.section("juries", _("Juries"), gathered.seats(person))
    into.section("scores", _("Scores given"), gathered.scores(person))
    into.section("score_notes", _("Private notes on score sheets"), gathered.notes(person))
    into.section("discussions", _("Messages in the jury's discussions"), discussions.said(person))
    into.section("unsent", _("Messages not sent yet"), discussions.unsent(person))
    into.section("practice_scores", _("Practice scores"), practice.practised(person))
    into.section("revisions", _("Scores changed after discussing"), discussions.revised(person))


@receiver(gathering, dispatch_uid="jury.comments_gathered")
def comments_gathered(sender: Any, person: Any, into: Any, **kwargs: Any) -> None:
    """The comments that the person wrote as a juror, and those that they received as an applicant."""
    into.section("comments_written", _("Comments written as a juror"), comments.written(person))
    into.section("comments_received", _("Comments of juries received"), comments.received(person))


@receiver(erasing, dispatch_uid="jury.forget_juror")
def juror_is_forgotten(sender: Any, person: Any, **kwargs: Any) -> None:
    """Name and address of the juror go from their seats; their scores and the minutes, which are acts, stay."""
    panel_actions.forget(person)
    discussing.forget(person)
