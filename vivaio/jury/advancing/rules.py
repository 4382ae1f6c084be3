"""Who lets applications go on to the next stage, and when."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from vivaio.applications.continuing import rules as continuing
from vivaio.calls.models import Call
from vivaio.calls.staging import queries as stages
from vivaio.jury import letters_ranking
from vivaio.jury.advancing.queries import OVER, Going
from vivaio.jury.models import Juror, Panel, Ranking, RankingEntry
from vivaio.jury.states import JurorState
from vivaio.people.models import Person
from vivaio.programmes.rules import may


def go_on(call: Call, person: Person | None) -> str | None:
    """A named person opens the next stage, once everybody has been told how this one ended."""
    if person is None:
        return _("The next stage is opened by a person who signs in.")
    return may(person, "ranking.publish", call.programme_id) or ready(call)


def ready(call: Call) -> str | None:
    """What keeps applications from going on, whoever asks."""
    following = call.leads_on
    if following is None:
        return _("No stage comes after this one.")
    rankings = list(Ranking.objects.filter(call=call).defer("minutes"))
    if not rankings or any(ranking.state not in OVER for ranking in rankings):
        return _("Publish the ranking of “%(stage)s” first.") % {"stage": stages.name_of(call)}
    first = RankingEntry.objects.filter(ranking__call=call).select_related("ranking__call").first()
    if first is not None and letters_ranking.outcomes_wait(first):
        return _("Letters with outcomes wait to be released: nobody learns from a draft how it ended.")
    refused: str | None = continuing.enter(following)
    return refused


def move_up(entry: RankingEntry, going: Going) -> str | None:
    """The reserve moves up in its order, as places become free because somebody withdrew from the next stage."""
    if any(one.pk == entry.pk for one, _became in going.gone):
        return _("This application has gone on already.")
    if not any(one.pk == entry.pk for one in going.next_reserves):
        return _(
            "Nobody of this track has withdrawn from the next stage, or somebody else of the reserve comes first."
        )
    return None


def copy_panel(before: Panel | None) -> str | None:
    """The jury of the stage before comes along once there is one."""
    if before is None or not seated(before):
        return _("The stage before has no jurors who accepted.")
    return None


def somebody_new(invited: Sequence[Juror]) -> str | None:
    """A press that invites nobody says so."""
    return None if invited else _("Every juror of the stage before has been invited already.")


def seated(panel: Panel) -> Sequence[str]:
    """The addresses of the jurors who accepted."""
    return list(panel.jurors.filter(state=JurorState.ACCEPTED).values_list("email", flat=True))
