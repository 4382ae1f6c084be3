"""What the pages of the needs analysis show: the profile drawn with its table, what comes next, the cover of gaps."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from vivaio.initiatives.analysing import offers, queries
from vivaio.initiatives.analysing.offers import NOTHING, Offer
from vivaio.initiatives.models import Coach, Dimension, Initiative, Interview, NeedsSetup, Profile
from vivaio.initiatives.readers import Reader
from vivaio.initiatives.states import CompetenceField, Level, ProfileState, RoundState, Side
from vivaio.kit.charts import Dumbbell
from vivaio.methods import profile as method
from vivaio.programmes.models import Programme

TONES = {Level.GAP: "now", Level.FAIR: "", Level.STRENGTH: "yes"}
STATE_TONES = {ProfileState.ANSWERING: "", ProfileState.COMPARED: "now", ProfileState.AGREED: "yes"}


@dataclass(frozen=True)
class Line:
    """A dimension of a profile: both values drawn, and in figures, what the second comes to.

    `rows` is the list behind the values, `grew` the part of it where they grew, where the reader may open them.
    """

    title: str
    good: str
    drawn: Dumbbell
    level: Any = ""
    tone: str = ""
    hours: int = 0
    rows: str = ""
    grew: str = ""

    @property
    def change(self) -> str:
        """How much more or less, with its sign; nothing where one value is missing."""
        first, second = self.drawn.first, self.drawn.second
        if first is None or second is None or first == second:
            return ""
        return f"{second - first:+d}".replace("-", "−")


@dataclass(frozen=True)
class Drawn:
    """A profile as a page draws it: what the two values are called, the limits, the lines."""

    first: str
    second: str
    gap_x: str
    strength_x: str
    lines: list[Line]
    compares: bool
    settled: bool = True


def in_words(first: str, one: int | None, second: str, two: int | None, level: Any = "") -> str:
    """Two values for who does not see the drawing."""
    pairs = ((first, one), (second, two))
    words = _("%(name)s: %(n)s out of 100")
    parts = [words % {"name": name, "n": value} for name, value in pairs if value is not None]
    return ". ".join([*parts, *([str(level)] if level else [])]) or _("No value")


def limits(setup: NeedsSetup) -> tuple[str, str]:
    return Dumbbell.at(setup.gap_below), Dumbbell.at(setup.strength_from)


def over_time(
    profiles: Sequence[Profile], setup: NeedsSetup, dimensions: Sequence[Dimension]
) -> Drawn | None:
    """The profile that was agreed last, and the one before it; None where nothing is agreed."""
    agreed = [one for one in profiles if one.state == ProfileState.AGREED]
    if not agreed:
        return None
    last, before = agreed[-1], agreed[-2] if len(agreed) > 1 else None
    known = {rating.dimension_id: rating.points for rating in before.ratings.all()} if before else {}
    good = {one.pk: one.good_i18n for one in dimensions}
    first, second = (before.round.title_i18n if before else ""), last.round.title_i18n
    lines = []
    for rating in last.ratings.all():
        earlier = known.get(rating.dimension_id)
        level = Level(rating.level)
        words = in_words(first, earlier, second, rating.points, level.label)
        drawn = Dumbbell(earlier, rating.points, words)
        text = good.get(rating.dimension_id, "")
        lines.append(Line(rating.title_i18n, text, drawn, level.label, TONES[level], rating.hours))
    return Drawn(first, second, *limits(setup), lines, compares=before is not None)


@dataclass(frozen=True)
class Course:
    """A dimension over all the rounds that were agreed: its points in each, None where it was not there."""

    title: str
    points: list[int | None]

    @property
    def change(self) -> str:
        """From the first round that has it to the last, with its sign; nothing where nothing changed."""
        known = [one for one in self.points if one is not None]
        if len(known) < 2 or known[0] == known[-1]:
            return ""
        return f"{known[-1] - known[0]:+d}".replace("-", "−")


def courses(profiles: Sequence[Profile]) -> tuple[list[str], list[Course]]:
    """The rounds by name and every dimension over them, once there are more than the two that are drawn."""
    agreed = [one for one in profiles if one.state == ProfileState.AGREED]
    if len(agreed) < 3:
        return [], []
    titles = {rating.dimension_id: rating.title_i18n for one in agreed for rating in one.ratings.all()}
    points = [{rating.dimension_id: rating.points for rating in one.ratings.all()} for one in agreed]
    lines = [Course(title, [one.get(key) for one in points]) for key, title in titles.items()]
    return [one.round.title_i18n for one in agreed], lines


def both_sides(profile: Profile, setup: NeedsSetup, dimensions: Sequence[Dimension]) -> Drawn:
    """The team's points and the coach's, beside each other."""
    first, second = str(Side.TEAM.label), str(Side.COACH.label)
    lines = []
    for one in dimensions:
        team, coach = profile.team_points.get(one.key), profile.coach_points.get(one.key)
        words = in_words(first, team, second, coach)
        lines.append(Line(one.title_i18n, one.good_i18n, Dumbbell(team, coach, words)))
    return Drawn(first, second, *limits(setup), lines, compares=True, settled=False)


def suggested(profile: Profile, dimensions: Sequence[Dimension]) -> list[tuple[Dimension, int | None, str]]:
    """For each dimension the value to begin the conversation from, and what both sides said."""
    found = []
    for one in dimensions:
        team, coach = profile.team_points.get(one.key), profile.coach_points.get(one.key)
        values = [value for value in (team, coach) if value is not None]
        mean = method.rounded(Fraction(sum(values), len(values))) if values else None
        note = _("The team: %(team)s. The coach: %(coach)s.") % {
            "team": "–" if team is None else team,
            "coach": "–" if coach is None else coach,
        }
        found.append((one, mean, note))
    return found


@dataclass(frozen=True)
class Task:
    """A side of an open round that this reader answers."""

    profile: Profile
    side: str
    begun: bool
    ready: bool


def tasks(profiles: Sequence[Profile], reader: Reader, coach: Coach | None) -> list[Task]:
    """What this reader can answer now."""
    sides = [Side.TEAM] if reader.of_team else []
    if coach is not None and coach.person_id == reader.person.pk:
        sides.append(Side.COACH)
    return [
        Task(one, side, getattr(one, f"{side}_answers_id") is not None, one.ready(side))
        for one in profiles
        if one.round.state == RoundState.OPEN and one.state == ProfileState.ANSWERING
        for side in sides
    ]


def noted(interview: Interview, dimensions: Sequence[Dimension]) -> list[tuple[str, str]]:
    """What was said in an interview, by dimension, in their order."""
    titles = {one.key: one.title_i18n for one in dimensions}
    return [(titles[key], interview.notes[key]) for key in titles if interview.notes.get(key)]


def needs(initiative: Initiative, reader: Reader) -> dict[str, Any]:
    """Everything that the tab shows."""
    setup, dimensions = queries.setup_of(initiative.programme), queries.dimensions_of(initiative.programme_id)
    profiles, coach = queries.profiles_of(initiative), queries.coach_of(initiative)
    compared = [one for one in profiles if one.state == ProfileState.COMPARED]
    return {
        "coach": coach,
        "drawn": over_time(profiles, setup, dimensions),
        "courses": courses(profiles),
        "compared": [(one, both_sides(one, setup, dimensions)) for one in compared],
        "rounds": [(one, STATE_TONES[ProfileState(one.state)]) for one in profiles],
        "tasks": tasks(profiles, reader, coach),
        "interviews": [(one, noted(one, dimensions)) for one in queries.interviews_of(initiative)],
        "zone": initiative.programme.time_zone,
    }


# Over so many months the hours that the analysis found needed are spread, to stand beside hours a month.
SPREAD = 3
NO_GAP = queries.FieldGap("", 0, None, 0, ())


@dataclass(frozen=True)
class Cover:
    """A field of competence: what is lacking and asked for, beside what can be given; every figure in hours a month
    but those of the analysis."""

    field: str
    title: Any
    gap: queries.FieldGap
    offer: Offer | None

    @property
    def needed(self) -> int:
        """Hours a month that are wanted: asked for by open requests or found needed, whichever is more."""
        asked = self.offer.asked if self.offer else 0
        return max(asked, -(-self.gap.hours // SPREAD), 1 if self.gap.gaps else 0)

    @property
    def missing(self) -> int:
        """Hours a month that nobody has free."""
        return max(0, self.needed - self.offer.free) if self.offer else 0

    @property
    def verdict(self) -> str:
        """Whether experts have to be sought, in words."""
        if self.offer is None or not self.needed:
            return ""
        if not self.offer.experts:
            return _("Nobody")
        if self.missing:
            return ngettext("Short by %(n)d hour a month", "Short by %(n)d hours a month", self.missing) % {
                "n": self.missing
            }
        return _("Covered")

    @property
    def tone(self) -> str:
        return "now" if self.missing else "yes"

    @property
    def parts(self) -> list["Cover"]:
        """The same by competence: what requests ask for, for no profile tells of single competences."""
        return [Cover("", one.title, NO_GAP, one) for one in self.offer.parts] if self.offer else []


def cover(programme: Programme) -> list[Cover]:
    """Gaps by field beside the offer, then the fields without a gap; without an offer where nobody tells of one."""
    gaps, told = queries.gaps_by_competence(programme), offers.on_offer(programme)
    on_offer = told or {}
    names = dict(CompetenceField.choices) | {key: one.title for key, one in on_offer.items() if one.title}
    known = {one.field for one in gaps}
    if gaps or any(one.asked for one in on_offer.values()):
        gaps += [replace(NO_GAP, field=key) for key in on_offer if key not in known]
    return [
        Cover(
            one.field,
            names.get(one.field, one.field),
            one,
            None if told is None else on_offer.get(one.field, NOTHING),
        )
        for one in gaps
    ]
