"""What the public pages show of a programme, put together from several rooms."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import Count, Prefetch, Q, QuerySet
from django.utils.translation import gettext as _

from vivaio.calls.models import Call
from vivaio.calls.states import CallState, Window
from vivaio.jury.models import Ranking
from vivaio.jury.states import Outcome, PlaceState, RankingState
from vivaio.kit import clock
from vivaio.kit.formats import period
from vivaio.programmes.models import Amount, Phase, Programme
from vivaio.programmes.states import AmountKind, PartnerPart


@dataclass(frozen=True)
class PhaseLine:
    """A phase as the timeline draws it. `state` is done, now, future, or empty where the phase has no dates."""

    name: str
    text: str
    dates: str
    state: str
    href: str = ""


@dataclass(frozen=True)
class AmountLine:
    """One of the four amounts, and its share of what was programmed."""

    kind: str
    label: str
    amount: Decimal
    currency: str
    share: Decimal | None
    stated_on: dt.date | None


def shown(programmes: QuerySet[Programme]) -> QuerySet[Programme]:
    """Programmes with all that their cards and pages show, in a fixed number of queries."""
    open_calls = Call.objects.exclude(state=CallState.DRAFT).order_by("closes_at")
    return programmes.prefetch_related(
        "phases",
        "partners",
        "areas",
        "amounts",
        Prefetch("calls", queryset=open_calls, to_attr="public_calls"),
    ).annotate(partner_count=Count("partners", distinct=True))


def timeline(programme: Programme) -> list[PhaseLine]:
    """The programme's phases, told by today's date in the programme's zone."""
    today = clock.today(programme.time_zone)
    return [
        PhaseLine(
            name=phase.title_i18n,
            text=phase.summary_i18n,
            dates=phase.dates_i18n or period(phase.starts_on, phase.ends_on),
            state=state_of(phase, today),
        )
        for phase in programme.phases.all()
    ]


def state_of(phase: Phase, today: dt.date) -> str:
    """Where a phase stands on a day."""
    if phase.starts_on is None and phase.ends_on is None:
        return ""
    if phase.ends_on and phase.ends_on < today:
        return "done"
    if phase.starts_on and phase.starts_on > today:
        return "future"
    return "now"


def present_phases(lines: Iterable[PhaseLine]) -> str:
    """The names of the phases that are under way, in one line."""
    return ", ".join(line.name for line in lines if line.state == "now")


def next_call(calls: Iterable[Call]) -> Call | None:
    """The call to show first: the open one that closes soonest, else the next to open; later stages stand in theirs."""
    calls = [call for call in calls if call.follows_id is None]
    still_open = [call for call in calls if call.window == Window.OPEN]
    if still_open:
        return min(still_open, key=lambda call: call.closes_at)
    ahead = [call for call in calls if call.window == Window.AHEAD and call.state == CallState.PUBLISHED]
    return min(ahead, key=lambda call: call.opens_at, default=None)


def by_call(card: dict[str, Any]) -> tuple[int, dt.datetime, str]:
    """The order of the front door: calls that are open, the soonest to close first; those ahead; the others."""
    call, title = card["call"], card["programme"].title_i18n
    if call is None:
        return 2, dt.datetime.max.replace(tzinfo=dt.UTC), title
    return (0, call.closes_at, title) if call.is_open() else (1, call.opens_at, title)


def amounts(programme: Programme) -> list[AmountLine]:
    """The newest of each amount, with its share of the programmed one."""
    newest: dict[str, Amount] = {amount.kind: amount for amount in programme.amounts.all()}
    programmed = newest.get(AmountKind.PROGRAMMED)
    base = programmed.amount if programmed else None
    return [
        AmountLine(
            kind=kind,
            label=str(AmountKind(kind).label),
            amount=newest[kind].amount,
            currency=newest[kind].currency,
            share=newest[kind].amount / base if base and kind != AmountKind.PROGRAMMED else None,
            stated_on=newest[kind].stated_on,
        )
        for kind in AmountKind.values
        if kind in newest
    ]


def partners_by_part(programme: Programme) -> list[tuple[Any, str]]:
    """Pairs of part and names, the promoters first."""
    partners = list(programme.partners.all())
    lines = []
    for part in PartnerPart:
        names = [partner.name for partner in partners if partner.part == part]
        if names:
            lines.append((heading(part, len(names)), " · ".join(names)))
    return lines


def heading(part: PartnerPart, count: int) -> str:
    """The part's name, in the plural where several hold it."""
    if count == 1:
        return str(part.label)
    return {
        PartnerPart.PROMOTER: _("Promoters"),
        PartnerPart.PARTNER: _("Partners"),
        PartnerPart.ASSOCIATED: _("Associated partners"),
        PartnerPart.FUNDER: _("Funders"),
    }.get(part, str(part.label))


def promoters(programme: Programme) -> str:
    """Those whose programme it is, in one line."""
    leading = (PartnerPart.PROMOTER, PartnerPart.LEAD)
    return ", ".join(partner.name for partner in programme.partners.all() if partner.part in leading)


def supporters(programme: Programme) -> str:
    """Those who pay for it, in one line; a long row of supporters is left to the list below."""
    paying = [partner.name for partner in programme.partners.all() if partner.part == PartnerPart.FUNDER]
    helping = [partner.name for partner in programme.partners.all() if partner.part == PartnerPart.SUPPORTER]
    return ", ".join(paying or helping[:2])


@dataclass(frozen=True)
class Selection:
    """What came of a call whose ranking is on line: how many were selected for how many places."""

    call: Call
    selected: int
    places: int


def selections(calls: Iterable[Call]) -> list[Selection]:
    """The published outcomes, the newest call first; one query."""
    by_call = {call.pk: call for call in calls}
    moved_up = Q(
        entries__outcome=Outcome.RESERVE, entries__place__in=(PlaceState.OFFERED, PlaceState.ACCEPTED)
    )
    rows = (
        Ranking.objects.filter(
            call__in=by_call, leads_on=False, state=RankingState.PUBLISHED, public_until__gt=clock.now()
        )
        .annotate(
            selected=Count("entries", filter=Q(entries__outcome=Outcome.SELECTED) & ~given_up() | moved_up),
        )
        .values_list("call_id", "track__places", "selected")
    )
    sums: dict[Any, list[int]] = {}
    for call_id, places, selected in rows:
        total = sums.setdefault(call_id, [0, 0])
        total[0] += selected
        total[1] += places
    return [Selection(by_call[pk], selected, places) for pk, (selected, places) in sums.items()]


def given_up() -> Q:
    """Places that whoever was selected did not take."""
    return Q(entries__place__in=(PlaceState.DECLINED, PlaceState.EXPIRED))


def being_judged(calls: Iterable[Call], published: Iterable[Selection]) -> Call | None:
    """The call that has closed last and whose outcome is still awaited."""
    told = {selection.call.pk for selection in published}
    waiting = [
        call
        for call in calls
        if call.window == Window.SHUT and call.state == CallState.PUBLISHED and call.pk not in told
    ]
    return max(waiting, key=lambda call: call.closes_at, default=None)
