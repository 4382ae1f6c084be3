"""What awaits those who judge."""

from collections.abc import Iterable, Iterator

from django.db.models import Count, Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from vivaio.applications.states import ApplicationState
from vivaio.desk.home.items import Item
from vivaio.jury.models import Juror
from vivaio.jury.queries import panel, scoring
from vivaio.jury.states import AssignmentState, JurorState
from vivaio.people.models import Person

LEFT = Q(
    assignments__state__in=(AssignmentState.TO_SCORE, AssignmentState.STARTED),
    assignments__application__state=ApplicationState.ADMITTED,
)


def seats(person: Person) -> list[Juror]:
    """The juries on which the person sits or is invited to sit; one query."""
    rows = (panel.seats_of(person) | panel.invitations_of(person)).select_related("panel__call__programme")
    return list(rows.annotate(left=Count("assignments", filter=LEFT)))


def at_work(held: Iterable[Juror]) -> list[Juror]:
    """The juries whose pages the person may open, whether or not something is left to do there."""
    return [seat for seat in held if seat.state == JurorState.ACCEPTED]


def items(held: Iterable[Juror]) -> Iterator[Item]:
    """Invitations to answer, conflicts to declare, applications to score."""
    for seat in held:
        call = seat.panel.call
        common = {"context": str(call.programme), "due": seat.panel.closes_at, "zone": call.time_zone}
        if seat.state == JurorState.INVITED:
            yield Item(
                title=_("Answer an invitation to sit on a jury"),
                text=_("Jury of “%(call)s”.") % {"call": call},
                action=_("Read and answer"),
                href=reverse("jury:invitation", args=[seat.pk]),
                **{**common, "due": seat.expires_at},
            )
        elif seat.conflicts_declared_at is None:
            yield Item(
                title=_("Say with whom you have a conflict of interest"),
                text=_("It comes before reading, and takes two minutes."),
                action=_("Read and declare"),
                href=reverse("jury:declaration", args=[seat.panel_id]),
                **common,
            )
        elif seat.left and scoring.window(seat.panel) == "open":
            yield Item(
                title=ngettext("Score %(n)d application", "Score %(n)d applications", seat.left)
                % {"n": seat.left},
                text=_("Scores are saved as you give them, and you may change them until the end."),
                action=_("Open the score sheets"),
                href=reverse("jury:desk", args=[seat.panel_id]),
                **common,
            )
