"""The figures of a call's applications, each of a kind counted in one query."""

import datetime as dt
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import Count, Q, QuerySet
from django.db.models.fields.json import KeyTransform
from django.db.models.functions import TruncDate

from vivaio.applications.models import Application, Extract
from vivaio.applications.states import HANDED_IN, ApplicationState
from vivaio.calls.models import Call

Area = tuple[str, str]


@dataclass
class Figures:
    """How many, by day, track and state; `begun` counts drafts too, which nobody of the staff reads."""

    begun: Counter[dt.date] = field(default_factory=Counter)
    sent: Counter[dt.date] = field(default_factory=Counter)
    tracks: Counter[UUID] = field(default_factory=Counter)
    states: Counter[str] = field(default_factory=Counter)

    @property
    def received(self) -> int:
        return self.tracks.total()


def applications(call: Call, track: UUID | None) -> QuerySet[Application]:
    """All applications of the call, or of one of its tracks."""
    rows = Application.objects.filter(call=call).order_by()
    return rows.filter(track=track) if track else rows


def was_handed_in(rows: QuerySet[Application]) -> QuerySet[Application]:
    """What the staff reads: handed in, also if withdrawn later."""
    return rows.filter(Q(state__in=HANDED_IN) | Q(state=ApplicationState.WITHDRAWN, number__isnull=False))


def figures(call: Call, track: UUID | None = None) -> Figures:
    """The call's figures in one query; days are those of the call's own clock."""
    zone = ZoneInfo(call.time_zone)
    found = Figures()
    rows = (
        applications(call, track)
        .annotate(
            begun=TruncDate("created_at", tzinfo=zone),
            sent=TruncDate("submitted_at", tzinfo=zone),
            numbered=Q(number__isnull=False),
        )
        .values_list("begun", "sent", "track_id", "state", "numbered")
        .annotate(n=Count("pk"))
    )
    for begun, sent, of_track, state, numbered, n in rows:
        found.begun[begun] += n
        if state in HANDED_IN or (state == ApplicationState.WITHDRAWN and numbered):
            found.tracks[of_track] += n
            found.states[state] += n
            if sent:
                found.sent[sent] += n
        elif state == ApplicationState.DRAFT:
            found.states[state] += n
    return found


def places(rows: QuerySet[Application]) -> tuple[Counter[str], Counter[Area], Counter[str], int]:
    """Provinces, municipalities with theirs, sectors of the organisations that apply, and how many have none.

    A person who applies for themselves has no area here: where people live is not asked for to be counted.
    """
    provinces: Counter[str] = Counter()
    municipalities: Counter[Area] = Counter()
    sectors: Counter[str] = Counter()
    people = 0
    found = (
        rows.annotate(alone=Q(organisation__isnull=True))
        .values_list("alone", "organisation__province", "organisation__municipality", "organisation__sectors")
        .annotate(n=Count("pk"))
    )
    for alone, province, municipality, several, n in found:
        if alone:
            people += n
            continue
        provinces[province.strip()] += n
        municipalities[(municipality.strip(), province.strip())] += n
        for sector in several or [""]:
            sectors[sector] += n
    return provinces, municipalities, sectors, people


def chosen(rows: QuerySet[Application], name: str) -> tuple[Counter[str], int]:
    """How often each choice of a question was made, and how many applications answered it."""
    counts: Counter[str] = Counter()
    answered = 0
    given = (
        Extract.objects.filter(application__in=rows.values("pk"), answers__has_key=name)
        .order_by()
        .values_list(KeyTransform(name, "answers"))
        .annotate(n=Count("pk"))
    )
    for several, n in given:
        if isinstance(several, list):
            answered += n
            counts.update(dict.fromkeys(_names(several), n))
    return counts, answered


def _names(several: Iterable[Any]) -> set[str]:
    return {str(each) for each in several}
