"""Who sets up the analysis, answers, settles and records, and why not."""

import datetime as dt
from collections.abc import Sequence

from django.utils.translation import gettext as _

from vivaio.initiatives.analysing import queries
from vivaio.initiatives.models import Dimension, Initiative, Interview, NeedsRound, NeedsSetup, Profile
from vivaio.initiatives.queries import initiatives
from vivaio.initiatives.states import ENDED, ProfileState, RoundState, Side
from vivaio.kit import clock
from vivaio.people.models import Person
from vivaio.programmes import queries as programmes
from vivaio.programmes.models import Programme
from vivaio.programmes.rules import may
from vivaio.questionnaires.engine.definition import Definition

DAY = dt.timedelta(days=1)
MOST_HOURS = 999


def set_up(programme: Programme, person: Person | None) -> str | None:
    """Who accompanies the initiatives says what is looked at, with which form, when."""
    return may(person, queries.FOLLOW, programme)


def limits(gap_below: int, strength_from: int) -> str | None:
    """A gap ends before a strength begins."""
    if 0 <= gap_below <= strength_from <= 100:
        return None
    return _("Both limits lie between 0 and 100, and a strength begins where a gap has ended.")


def begin(programme: Programme, person: Person | None) -> str | None:
    """The six usual fields are laid down where nothing stands yet."""
    if refused := set_up(programme, person):
        return refused
    if Dimension.objects.filter(programme=programme).exists():
        return _("There are dimensions already: change them, or add one.")
    return None


def remove(dimension: Dimension, person: Person | None) -> str | None:
    """A dimension on which somebody agreed stays: profiles speak of it."""
    if refused := set_up(dimension.programme, person):
        return refused
    if dimension.ratings.exists():
        return _("Profiles have been agreed on this dimension: it stays. You can change its words.")
    return None


def feed(definition: Definition | None, question: str) -> str | None:
    """A dimension feeds on a question of the form that has choices or is a number."""
    found = definition.by_name.get(question) if definition else None
    if definition is None:
        return no_questionnaire()
    if found is None or found.kind not in ("select_one", "select_multiple", "integer", "decimal", "range"):
        return _("This question is not there, or has no answers that can be counted.")
    return None


def no_questionnaire() -> str:
    """Said where nothing can be asked yet."""
    return _("Choose the questionnaire first: dimensions feed on its answers.")


def not_begun() -> str:
    """Said to who writes into answers that nobody has begun."""
    return _("Nobody has begun to answer on this side: begin from the page of the needs.")


def may_open(
    needs_round: NeedsRound, setup: NeedsSetup, dimensions: Sequence[Dimension], person: Person | None
) -> str | None:
    """A round opens once there is a questionnaire, and dimensions that feed on it."""
    if refused := set_up(needs_round.programme, person):
        return refused
    if needs_round.state == RoundState.CLOSED:
        return _("This round is closed: open it again first.")
    if setup.form is None:
        return no_questionnaire()
    if not dimensions:
        return _("Say first what is looked at: there are no dimensions yet.")
    if not any(one.feeds for one in dimensions):
        return _("No dimension feeds on an answer yet: say which answers count, on the page of the set-up.")
    return None


def open_round(
    needs_round: NeedsRound,
    setup: NeedsSetup,
    dimensions: Sequence[Dimension],
    due_at: dt.datetime | None,
    person: Person | None,
) -> str | None:
    """The same, and there is time to answer."""
    if refused := may_open(needs_round, setup, dimensions, person):
        return refused
    if due_at is None or due_at <= clock.now():
        return _("Say by when the answers are due: a moment that is still to come.")
    return None


def close_round(needs_round: NeedsRound, person: Person | None) -> str | None:
    """An open round is closed; what was not settled stays as it is."""
    if refused := set_up(needs_round.programme, person):
        return refused
    return None if needs_round.state == RoundState.OPEN else _("Only an open round is closed.")


def reopen_round(needs_round: NeedsRound, person: Person | None) -> str | None:
    """A closed round is opened again."""
    if refused := set_up(needs_round.programme, person):
        return refused
    return None if needs_round.state == RoundState.CLOSED else _("Only a closed round is opened again.")


def remind(needs_round: NeedsRound, person: Person | None) -> str | None:
    """Whoever is missing is reminded while the round is open."""
    if refused := set_up(needs_round.programme, person):
        return refused
    return None if needs_round.state == RoundState.OPEN else _("Only in an open round anybody is reminded.")


def assign(initiative: Initiative, coach: Person, person: Person | None) -> str | None:
    """Somebody of the staff who accompanies initiatives becomes the coach, for as long as it goes on."""
    if refused := may(person, queries.FOLLOW, initiative.programme_id):
        return refused
    if initiative.state in ENDED:
        return _("This initiative has ended: it needs no coach any more.")
    if not programmes.can(coach, queries.FOLLOW, initiative.programme_id):
        return _("A coach holds a role that accompanies the initiatives in this programme.")
    return None


def takes_side(profile: Profile, side: str, person: Person) -> str | None:
    """The team answers for itself, the coach beside it."""
    if side == Side.TEAM:
        of_team = initiatives.is_of_team(person, profile.initiative_id)
        return None if of_team else _("Only the team answers for the team.")
    coach = getattr(profile.initiative, "coach", None)
    if coach is None or coach.person_id != person.pk:
        return _("Only the coach of this initiative answers beside the team.")
    return None


def answer(profile: Profile, side: str, person: Person) -> str | None:
    """A side answers while the round is open and until it hands in."""
    return takes_side(profile, side, person) or goes_on(profile, side)


def goes_on(profile: Profile, side: str) -> str | None:
    """Whether anything can still be answered."""
    if profile.state == ProfileState.AGREED:
        return _("The profile was agreed: it stays as it is. The next round shows what changes.")
    if profile.round.state != RoundState.OPEN:
        return _("This round is not open: nothing can be answered.")
    if profile.ready(side):
        return _("The answers were handed in. Take them back to change them.")
    return None


def hand_in(profile: Profile, side: str, missing: int, person: Person) -> str | None:
    """What is handed in is complete."""
    if refused := answer(profile, side, person):
        return refused
    if profile.answers_of(side) is None or missing:
        return _("Some answers are missing: complete them first.")
    return None


def take_back(profile: Profile, side: str, person: Person) -> str | None:
    """A side takes its answers back until the profile is agreed."""
    if refused := takes_side(profile, side, person):
        return refused
    if profile.state == ProfileState.AGREED:
        return goes_on(profile, side)
    if profile.round.state != RoundState.OPEN:
        return _("This round is not open: nothing can be answered.")
    return None if profile.ready(side) else _("These answers were not handed in.")


def agree(profile: Profile, person: Person | None) -> str | None:
    """Once both sides have answered, who accompanies the initiative writes down what was settled together."""
    if refused := may(person, queries.FOLLOW, profile.programme_id):
        return refused
    if profile.state == ProfileState.AGREED:
        return _("The profile was agreed: it stays as it is. The next round shows what changes.")
    if profile.state != ProfileState.COMPARED:
        return _("Both sides answer first, the team and the coach; then you settle the profile together.")
    return None


def record(initiative: Initiative, person: Person | None) -> str | None:
    """Who accompanies the initiatives records interviews."""
    return may(person, queries.FOLLOW, initiative.programme_id)


def correct(interview: Interview, person: Person | None) -> str | None:
    """Who records them corrects them, until their notes' time is over."""
    if interview.emptied_at is not None:
        return _(
            "The notes of this interview were erased when their time was over: nothing is written to it any more."
        )
    return record(interview.initiative, person)
