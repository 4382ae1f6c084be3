"""What the jury does when applications come or go."""

from typing import Any
from uuid import UUID

from django.db import transaction
from django.dispatch import receiver
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from vivaio.applications import actions as applications
from vivaio.applications import events
from vivaio.applications.models import Application
from vivaio.calls import events as calls
from vivaio.jury import letters_ranking, timeline
from vivaio.jury.actions import conflicts, places
from vivaio.jury.actions import panel as panel_actions
from vivaio.jury.blinding import actions as blinding
from vivaio.jury.models import Score
from vivaio.jury.queries import board
from vivaio.jury.queries import panel as panels
from vivaio.jury.queries import ranking as rankings
from vivaio.jury.rules import applications as rules
from vivaio.kit import retention
from vivaio.kit.rules import require
from vivaio.mailroom import events as mailroom
from vivaio.people.events import erasing, gathering


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


@receiver(events.withdrawn, dispatch_uid="jury.keep_verdict")
def keep_verdict(sender: Any, application: Application, **kwargs: Any) -> None:
    """Nobody withdraws once the verdict is adopted: raises `Refused`, which undoes the withdrawal."""
    require(rules.withdraw, application)


@receiver(events.undecided, dispatch_uid="jury.keep_eligibility")
def keep_eligibility(sender: Any, application: Application, **kwargs: Any) -> None:
    """The staff takes no decision back that jurors have built on: raises `Refused`."""
    require(rules.undecide, application)


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
    return timeline.told(application)


def empty(pk: UUID) -> None:
    """Erase an application's answers and files, and the copies of them made for a blind review."""
    with transaction.atomic():
        applications.empty(pk)
        blinding.forget(pk)


retention.register(
    retention.Kind(
        "not_selected",
        title=_("Applications not selected"),
        since=_("after the ranking was published"),
        then=_("Answers and files are erased; who applied, the number, the scores and the outcome stay."),
        reason=_("The ranking may be contested, and audits ask to see what was judged."),
        days=1825,
        due=rankings.not_selected,
        carry_out=empty,
    )
)


@receiver(gathering, dispatch_uid="jury.gathered")
def scores_gathered(sender: Any, person: Any, into: Any, **kwargs: Any) -> None:
    """The juries on which the person sits and the scores that they gave, applications by number alone."""
    seats = person.jury_seats.select_related("panel__call")
    into.section(
        "juries",
        _("Juries"),
        [
            {"call": str(seat.panel.call), "state": seat.get_state_display(), "since": seat.created_at}
            for seat in seats
        ],
    )
    given = Score.objects.filter(assignment__juror__person=person).select_related(
        "assignment__application__call", "criterion"
    )
    into.section(
        "scores",
        _("Scores given"),
        [
            {
                "call": str(score.assignment.application.call),
                "application": score.assignment.application.number,
                "criterion": str(score.criterion),
                "value": score.value,
            }
            for score in given
        ],
    )


@receiver(erasing, dispatch_uid="jury.forget_juror")
def juror_is_forgotten(sender: Any, person: Any, **kwargs: Any) -> None:
    """Name and address of the juror go from their seats; their scores and the minutes, which are acts, stay."""
    panel_actions.forget(person)
