"""When winners go on stage, and who reveals them."""

from django.utils.translation import gettext as _

from vivaio.jury.awarding import queries
from vivaio.jury.models import Awarding, PitchDay, Ranking
from vivaio.jury.pitching import rules as pitching
from vivaio.jury.states import AwardingState, PanelState, PitchState
from vivaio.people.models import Person


def prepare(day: PitchDay, person: Person | None) -> str | None:
    """Scoring is closed, and a named person has adopted every verdict."""
    if refused := pitching.look_after(day.panel, person):
        return refused
    if day.panel.state != PanelState.CLOSED:
        return _("Scoring is open: close it, compute the ranking and adopt the verdict first.")
    adopted, tracks = queries.verdicts(day.panel.call)
    if not tracks or adopted < tracks:
        return _("The verdict is not adopted yet: winners are known once a person has adopted it.")
    return None


def arrange(awarding: Awarding, person: Person | None) -> str | None:
    """The order changes until the first is revealed."""
    return prepare(awarding.day, person) or begun(awarding)


def begun(awarding: Awarding) -> str | None:
    """Whether somebody was revealed already."""
    if awarding.state != AwardingState.PREPARING:
        return _("The awards have begun: the order stays as it is.")
    return None


def reveal(awarding: Awarding, person: Person | None) -> str | None:
    """One at a time, on a day that was announced."""
    if refused := prepare(awarding.day, person):
        return refused
    if awarding.day.state == PitchState.PREPARING:
        return _("Announce the pitch day first: until then nobody can follow the awards.")
    if awarding.state == AwardingState.DONE:
        return _("Everybody has been revealed.")
    return None


def hide(awarding: Awarding, person: Person | None) -> str | None:
    """A slip of the finger is taken back."""
    if refused := prepare(awarding.day, person):
        return refused
    if awarding.state == AwardingState.PREPARING:
        return _("Nobody has been revealed yet.")
    return None


def take_back(ranking: Ranking) -> str | None:
    """A verdict whose winners were revealed stays."""
    if queries.on_stage(ranking.call, ranking.pk):
        return _("Winners of this track were revealed on stage: their verdict stays.")
    return None
