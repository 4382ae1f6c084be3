"""What the pages of the ranking show, put together from the reads and the rules."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from vivaio.calls.models import Call, Track
from vivaio.calls.queries import draw_in_words
from vivaio.calls.staging import queries as stages
from vivaio.calls.states import DRAW, Deciding
from vivaio.jury.certainty import (
    FAR,
    Certainty,
    Interval,
    Wording,
    applications_in_words,
    certainty,
    places_in_words,
)
from vivaio.jury.models import Assignment, Ranking, RankingEntry
from vivaio.jury.queries import calibrating, tallies
from vivaio.jury.queries import impartiality as impartial
from vivaio.jury.queries import panel as panels
from vivaio.jury.queries import ranking as queries
from vivaio.jury.queries.tallies import Tally
from vivaio.jury.ranking_tables import RankingLines, tone
from vivaio.jury.rules import impartiality
from vivaio.jury.rules import ranking as rules
from vivaio.jury.states import RankingState
from vivaio.methods import lots
from vivaio.people.models import Person

TONES = {RankingState.PROVISIONAL: "maybe", RankingState.ADOPTED: "yes", RankingState.PUBLISHED: "yes"}
MOST_GROUPS = 5


@dataclass(frozen=True)
class TrackTab:
    """A track's tab."""

    label: str
    note: str
    href: str
    current: bool


@dataclass
class Overview:
    """The ranking page of a call, at one track."""

    call: Call
    track: Track | None
    ranking: Ranking | None
    tabs: list[TrackTab] = field(default_factory=list)
    groups: Mapping[int, int] = field(default_factory=dict)
    criteria: list[Any] = field(default_factory=list)
    certainty: Certainty | None = None
    decided: int = 0
    lines: int = 0
    grants_aid: bool = False
    why_not_compute: str | None = None
    why_not_adopt: str | None = None
    why_not_take_back: str | None = None
    why_not_publish: str | None = None

    @property
    def draws(self) -> bool:
        """Whether equals are parted by lot rather than by a person."""
        return DRAW in self.call.tie_breaks

    @property
    def equals(self) -> list[tuple[int, int]]:
        """The first groups of equals that await a decision, position and size: those across the last place first."""
        last = self.ranking.places if self.ranking else 0
        found = sorted(self.groups.items(), key=lambda one: (not one[0] <= last < one[0] + one[1] - 1, one))
        return found[:MOST_GROUPS]

    @property
    def more_equals(self) -> int:
        """How many groups besides; the list below marks each of them."""
        return max(len(self.groups) - MOST_GROUPS, 0)

    @property
    def calibrated_decides(self) -> bool:
        return self.ranking is not None and self.ranking.decided_by == Deciding.CALIBRATED

    @property
    def tone(self) -> str:
        return TONES.get(RankingState(self.ranking.state), "") if self.ranking else ""


def overview(call: Call, key: str, person: Person, held: Collection[str]) -> Overview:
    """Everything around the table of one track; `held` are the person's permissions."""
    rankings = queries.overview(call)
    known = bool(rankings) and not rankings[0].some_track_has_none  # type: ignore[attr-defined]  # annotated
    tracks = [ranking.track for ranking in rankings] if known else list(call.tracks.all())
    track = next((one for one in tracks if one.key == key), tracks[0] if tracks else None)
    ranking = next((one for one in rankings if one.track_id == getattr(track, "pk", None)), None)
    counted = tallies.of_call(call)
    told = Overview(call, track, ranking, criteria=list(call.criteria.all()))
    told.tabs = tabs(tracks, rankings, counted, track)
    told.decided = sum(tally.decided for tally in counted.values())
    tally = counted.get(getattr(ranking, "pk", None), Tally())
    manager = why_not(told, rankings, tally, person, held)
    if ranking:
        told.groups, told.lines = tally.groups, tally.lines
        told.certainty = certainty(ranking, tally, manager=manager)
        told.grants_aid = manager and ranking.grants_aid  # type: ignore[attr-defined]  # annotated
    return told


def why_not(
    told: Overview, rankings: list[Ranking], tally: Tally, person: Person, held: Collection[str]
) -> bool:
    """What cannot be done now, and why; whether the person adopts verdicts is asked once, and answered."""
    call = told.call
    refused = None if "verdict.adopt" in held else rules.may(person, "verdict.adopt", call.programme_id)
    jury = getattr(call, "panel", None)
    bound = impartial.bound(call, person)
    computes = refused or impartiality.computes(call, person, bound=bound) or rules.computable(call)
    told.why_not_compute = computes if jury else rules.no_jury()
    if told.ranking:
        barred = refused or impartiality.decides(told.ranking.track, call, person, bound=bound)
        told.why_not_adopt = barred or rules.adoptable(told.ranking, at_a_glance=tally)
        told.why_not_take_back = barred or rules.returnable(told.ranking)
    told.why_not_publish = rules.publish(rankings, call.programme_id, person)
    return refused is None


def tabs(
    tracks: list[Track], rankings: list[Ranking], counted: dict[UUID, Tally], current: Track | None
) -> list[TrackTab]:
    """One tab for each track."""
    sizes = {ranking.track_id: counted.get(ranking.pk, Tally()).lines for ranking in rankings}
    places = {ranking.track_id: ranking.places for ranking in rankings}
    return [
        TrackTab(
            one.title_i18n,
            f"{applications_in_words(sizes.get(one.pk, 0))}, {places_in_words(places.get(one.pk, one.places))}",
            f"?track={one.key}",
            one == current,
        )
        for one in tracks
    ]


@dataclass(frozen=True)
class Line:
    """A row of the table. `cut` says that the line of the places runs above it, `opens_line` that it is the first of
    those whose interval crosses that line.
    """

    entry: RankingEntry
    tone: str
    tie: str
    note: str
    reason: str
    opens_group: bool
    group_size: int
    cut: bool
    interval: Interval | None
    across: bool
    opens_line: bool


def lines(told: Overview, table: RankingLines) -> list[Line]:
    """The rows of the page; the cut is drawn only where the list is whole and in its own order."""
    whole = table.sort == "position" and not table.is_narrowed
    places = told.ranking.places if told.ranking else 0
    sure = told.certainty
    crossing = {
        entry.pk
        for entry in table.page.object_list
        if sure and sure.calibrated and calibrating.crosses(entry, places)
    }
    first = next((entry.pk for entry in table.page.object_list if entry.pk in crossing), None)
    rows, seen, wording = [], set(), Wording()
    for entry in table.page.object_list:
        entry.ranking = told.ranking
        opens = entry.tied and entry.position not in seen
        seen.add(entry.position)
        rows.append(
            Line(
                entry=entry,
                tone=tone(entry),
                tie=queries.tie_in_words(entry, told.criteria),
                note=queries.place_in_words(entry),
                reason=" · ".join(filter(None, (entry.tie_reason, entry.decision_reason))),
                opens_group=opens and whole,
                group_size=told.groups.get(entry.position, 0),
                cut=whole and entry.order == places + 1,
                interval=wording.interval(entry, sure.axis) if sure else None,
                across=entry.pk in crossing,
                opens_line=whole and entry.pk == first,
            )
        )
    return rows


def entry(line: RankingEntry, person: Person) -> dict[str, Any]:
    """What a score is made of."""
    criteria = list(line.ranking.call.criteria.all())
    return {
        "heading": str(line.application),
        "entry": line,
        "tone": tone(line),
        "criteria": criteria,
        "sheets": queries.sheets_of(line, criteria),
        "means": [mean for _criterion, mean in queries.means_of(line, criteria)],
        "tie": queries.tie_in_words(line, criteria),
        "note": queries.place_in_words(line),
        "sure": Wording().of(line),
        "why_not_decide": rules.may_decide(line, person),
    }


def severity(ranking: Ranking) -> dict[str, Any]:
    """How far from the panel each juror scores, or what would make the track's applications comparable."""
    bridges = calibrating.bridges_of(ranking)
    heading = _("Missing reviews: %(track)s") if bridges else _("Severity of the jurors: %(track)s")
    return {
        "heading": heading % {"track": ranking.track},
        "ranking": ranking,
        "bridges": bridges,
        "far": FAR,
    }


def drawing(call: Call, person: Person) -> dict[str, Any]:
    """What the page of the draw says: the rule, the numbers, and who was parted by them."""
    lines = list(queries.parted_by_lot(call))
    found = queries.draw_of(call)
    return {
        "heading": _("The draw among equals"),
        "rule": draw_in_words(call),
        "draw": found,
        "lots": [(line, lots.lot(found.seed, line.application.number or 0).digest) for line in lines]
        if found
        else [],
        "decided": queries.decided(call),
        "why_not": rules.may_draw(call, person),
    }


def computing_again(call: Call, decided: int, person: Person, back: str) -> dict[str, Any]:
    """What the page says that asks before the ranking is computed again."""
    panel = panels.of(call)
    return {
        "title": _("Compute the ranking again?"),
        "text": ngettext(
            "%(n)d application was decided on by a person: the order among equals or the outcome. That is dropped,"
            " because it was about other scores; you decide it anew.",
            "%(n)d applications were decided on by a person: the order among equals or the outcome. That is"
            " dropped, because it was about other scores; you decide it anew.",
            decided,
        )
        % {"n": decided}
        if decided
        else _("Every track's ranking is computed from the score sheets that are complete now."),
        "action": _("Compute again"),
        "danger": bool(decided),
        "back_href": back,
        "refused": rules.compute(panel, person) if panel else rules.no_jury(),
    }


def left_out(sheet: Assignment) -> str:
    """What is said of a sheet that the computation left out."""
    return _(
        "A conflict of interest came to light: the sheet of %(juror)s on “%(application)s” is left out. Look whether"
        " the application still has enough reviews."
    ) % {"juror": sheet.juror, "application": sheet.application}


def taking_back(ranking: Ranking, person: Person, back: str) -> dict[str, Any]:
    """What the page says that asks before a verdict is taken back."""
    return {
        "title": _("Take the verdict back: %(track)s?") % {"track": ranking.track},
        "text": _(
            "The order and the outcomes can be decided again, and scoring can be reopened. The minutes drawn up"
            " with this verdict are thrown away; the register keeps that it was adopted and taken back."
        ),
        "action": _("Take the verdict back"),
        "danger": True,
        "back_href": back,
        "refused": rules.take_back(ranking, person),
    }


def counts(ranking: Ranking, tally: Tally) -> list[tuple[str, int]]:
    """How many of each outcome, in words."""
    return [(ranking.outcome_in_words(outcome), number) for outcome, number in tally.outcomes]


def publication(call: Call, person: Person) -> dict[str, Any]:
    """What publishing will do, before it is done."""
    rankings = list(queries.rankings_of(call))
    counted = tallies.of_call(call)
    return {
        "rankings": [(ranking, counts(ranking, counted.get(ranking.pk, Tally()))) for ranking in rankings],
        "letters": sum(tally.lines for tally in counted.values()),
        "single": queries.lines_of(call).filter(reviews=1).count(),
        "stage": stages.next_name(call),
        "why_not": rules.publish(rankings, call.programme_id, person),
    }
