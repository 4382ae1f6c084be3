"""The figures in words and drawings: lines of tables with their bars, and columns by day."""

import datetime as dt
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote
from zoneinfo import ZoneInfo

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from vivaio.applications.figures import queries
from vivaio.applications.finding.conditions import ANY, WHERE, Condition
from vivaio.applications.states import ApplicationState
from vivaio.calls.models import Call, Track
from vivaio.kit import charts, clock, formats
from vivaio.people.states import Sector
from vivaio.questionnaires import queries as questionnaires
from vivaio.questionnaires.engine import extracts
from vivaio.questionnaires.engine.definition import Definition, Question

MOST_LINES = 15


@dataclass(frozen=True)
class Breakdown:
    """A table with bars: its title, what its lines are, the lines, and a word about how it was counted."""

    key: str
    title: str
    heading: str
    bars: Sequence[charts.Bar]
    note: str = ""


class Told:
    """The figures of a call, of all its tracks or of one."""

    def __init__(self, call: Call, tracks: Sequence[Track], track: Track | None, question: Question | None):
        self.call, self.tracks, self.track, self.question = call, tracks, track, question
        pk = track.pk if track else None
        self.figures = queries.figures(call, pk)
        self.rows = queries.was_handed_in(queries.applications(call, pk))

    def href(self, **asked: str) -> str:
        """The list of applications, narrowed."""
        asked |= {"track": str(self.track.pk)} if self.track else {}
        query = "&".join(f"{key}={quote(value, safe=':,~-')}" for key, value in asked.items())
        address = reverse("applications:received", args=[self.call.programme.slug, self.call.slug])
        return f"{address}?{query}" if query else address

    @property
    def facts(self) -> list[tuple[Any, ...]]:
        states = self.figures.states
        facts: list[tuple[Any, ...]] = [
            (pgettext("how many applications", "begun"), self.figures.begun.total()),
            (_("handed in"), self.figures.received, self.href()),
        ]
        for state in (ApplicationState.ADMITTED, ApplicationState.EXCLUDED, ApplicationState.WITHDRAWN):
            if states[state]:
                facts.append((state.label, states[state], self.href(state=state)))
        return facts

    def by_day(self) -> charts.ByDay | None:
        """The columns of the days from the opening to the closing; None where nothing was begun."""
        if not self.figures.begun:
            return None
        zone = ZoneInfo(self.call.time_zone)
        today = clock.today(self.call.time_zone)
        closes = self.call.closes_at.astimezone(zone).date() if self.call.closes_at else None
        opens = self.call.opens_at.astimezone(zone).date() if self.call.opens_at else None
        first = min([day for day in (opens, *self.figures.begun) if day])
        last = max(first, min(closes or today, today))
        return charts.by_day(
            self.figures.begun, self.figures.sent, begin=first, end=last, close=closes if closes == last else None
        )  # fmt: skip

    def said_of_days(self) -> str:
        """The drawing in words."""
        begun, sent = self.figures.begun, self.figures.sent
        words = _("%(begun)s applications begun, %(sent)s handed in.") % {
            "begun": formats.number(begun.total()),
            "sent": formats.number(sent.total()),
        }
        if not sent:
            return words
        day, count = max(sent.items(), key=lambda item: (item[1], item[0]))
        most = _("Most were handed in on %(day)s: %(count)s.")
        return f"{words} {most % {'day': formats.day(day), 'count': formats.number(count)}}"

    def breakdowns(self) -> list[Breakdown]:
        """Every table of the page; those with nothing to tell apart are left out."""
        found = [self._by_state(), *self._by_area()]
        if self.track is None and len(self.tracks) > 1:
            found.insert(0, self._by_track())
        if self.question is not None and self.call.form is not None:
            found.append(self._by_choice(self.question, self.call.form.questionnaire))
        return [one for one in found if one.bars]

    def _by_track(self) -> Breakdown:
        counts = self.figures.tracks
        lines = [(str(one), counts[one.pk], self.href(track=str(one.pk))) for one in self.tracks]
        return Breakdown("tracks", _("By track"), _("Track"), charts.bars(lines, self.figures.received))

    def _by_state(self) -> Breakdown:
        counts = self.figures.states
        lines = []
        for state in ApplicationState:
            if counts[state]:
                is_draft = state == ApplicationState.DRAFT
                lines.append((state.label, counts[state], "" if is_draft else self.href(state=state)))
        return Breakdown("states", _("By state"), _("State"), charts.bars(lines, counts.total()))

    def _by_area(self) -> list[Breakdown]:
        provinces, municipalities, sectors, people = queries.places(self.rows)
        whole = self.figures.received
        alone = [(_("people who apply for themselves"), people, "")] if people else []
        named = Counter({province or _("not said"): n for province, n in provinces.items()})
        places = Counter[str]()
        for (municipality, province), n in municipalities.items():
            place = f"{municipality} ({province})" if municipality and province else municipality or province
            places[place or _("not said")] += n
        words = dict(Sector.choices)
        of_sectors = Counter(
            {str(words.get(key, key)) if key else _("not said"): n for key, n in sectors.items()}
        )
        several = _("An organisation can work in several sectors: it counts in each.")
        head = _("Province")
        return [
            Breakdown("provinces", _("By province"), head, charts.bars([*_most(named), *alone], whole)),
            Breakdown(
                "places",
                _("By municipality"),
                _("Municipality"),
                charts.bars([*_most(places), *alone], whole),
            ),
            Breakdown(
                "sectors",
                _("By sector"),
                _("Sector"),
                charts.bars([*_most(of_sectors), *alone], whole),
                several,
            ),
        ]

    def _by_choice(self, question: Question, form: Definition) -> Breakdown:
        counts, answered = queries.chosen(self.rows, question.name)
        language = questionnaires.language_now()
        lines = []
        for each in form.lists.get(question.choices, ()):
            asked = Condition(question.name, ANY, (each.name,)).written()
            lines.append((form.words(each.label, language), counts[each.name], self.href(**{WHERE: asked})))
        note = _("Shares are of the %(n)s applications that answered.") % {"n": formats.number(answered)}
        title = questionnaires.heading(form, question)
        return Breakdown("answers", title, _("Answer"), charts.bars(lines, answered), note)

    def exported(self) -> Iterator[list[Any]]:
        """Every figure in one table: what is counted, the line, the count."""
        drawn = self.by_day()
        for column in drawn.columns if drawn else ():
            yield [_("Begun"), column.day, column.first]
            yield [_("Handed in"), column.day, column.second]
        for one in self.breakdowns():
            for bar in one.bars:
                yield [one.title, str(bar.label), bar.count]


def _most(counts: Mapping[str, int]) -> list[tuple[str, int, str]]:
    """The lines with most, the others together."""
    ordered = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    lines = [(label, count, "") for label, count in ordered[:MOST_LINES]]
    rest = sum(count for _label, count in ordered[MOST_LINES:])
    return [*lines, (_("others"), rest, "")] if rest else lines


def choosable(form: Definition | None) -> list[Question]:
    """The questions whose choices are counted."""
    if form is None:
        return []
    asked = extracts.asked(form.questions)
    return [one for one in asked if extracts.family(one) == extracts.CHOICE and one.kind != "rank"]


def first_day(value: dt.date, weekly: bool) -> str:
    """A line of the table of days: the day, or the week that begins with it."""
    day = formats.short_day(value)
    return _("week of %(day)s") % {"day": day} if weekly else day
