"""Who won which prize of a contest, and what stands between them and the money."""

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import Exists, F, OuterRef, QuerySet

from vivaio.calls import vouchers
from vivaio.calls.models import Award as Prize
from vivaio.calls.models import Call
from vivaio.calls.states import AwardKind as PrizeKind
from vivaio.calls.states import CallKind
from vivaio.funding.models import Award
from vivaio.funding.queries.awards import on
from vivaio.funding.states import AccountKind, AwardState
from vivaio.initiatives.models import ContestEntry, Initiative, TeamMember
from vivaio.jury.models import Ranking, RankingEntry
from vivaio.jury.states import Outcome, PlaceState, RankingState
from vivaio.kit import clock
from vivaio.people.models import Person
from vivaio.programmes import queries as programmes
from vivaio.programmes.models import Programme

WITH_MONEY = (PrizeKind.VOUCHER, PrizeKind.PRIZE, PrizeKind.GRANT)
TOLD = (RankingState.PUBLISHED, RankingState.EXPIRED)
GAVE_UP = (PlaceState.DECLINED, PlaceState.EXPIRED)


@dataclass
class Line:
    """One winner and one prize. `made` is the award, once it was given; `why_not` what stands in the way.

    `own`: whoever asks is, or was, of the initiative's team. `another`: the winner was given another prize of this
    kind, and `gone`: all there are of this one were given, as when a place passes on after prizes were assigned.
    """

    entry: RankingEntry
    prize: Prize
    initiative: Initiative | None
    made: Award | None
    own: bool
    another: bool = False
    gone: bool = False
    why_not: str | None = None


def contests(programme: Programme) -> QuerySet[Call]:
    """The programme's contests whose rankings were published and which give money."""
    return contested(Call.objects.filter(programme=programme)).order_by("opens_at", "pk")


def contested(calls: QuerySet[Call]) -> QuerySet[Call]:
    """Of these calls, the contests whose rankings were published and which give money."""
    given = Prize.objects.filter(call=OuterRef("pk"), kind__in=WITH_MONEY, amount__gt=0)
    published = Ranking.objects.filter(call=OuterRef("pk"), state__in=TOLD)
    return calls.filter(Exists(given), Exists(published), kind=CallKind.CONTEST)


def contest_for(person: Person, programme: str, call: str) -> Call | None:
    """Such a contest, for whoever looks after the programme's money."""
    held = programmes.programmes_where(person, "funding.manage").filter(slug=programme)
    rows = contested(Call.objects.filter(programme__in=held.values("pk"), slug=call))
    return rows.select_related("programme").first()


def prizes_of(call: Call) -> list[Prize]:
    """What the call gives in money, in its order."""
    rows = Prize.objects.filter(call=call, kind__in=WITH_MONEY, amount__gt=0).select_related("track")
    return list(rows.order_by("position", "pk"))


def winners(call: Call) -> list[RankingEntry]:
    """Who has a place by the published rankings, in their order; whoever gave it up has none."""
    rows = RankingEntry.objects.filter(ranking__call=call, ranking__state__in=TOLD)
    ordered = (
        rows.select_related("ranking__track", "application__organisation", "application__person")
        .defer("ranking__minutes", "application__frozen")
        .order_by("ranking__track__position", "order")
    )
    return [one for one in ordered if has_won(one)]


def has_won(entry: RankingEntry) -> bool:
    """Whether the place is theirs, by the verdict or from the reserve list."""
    if entry.place in GAVE_UP:
        return False
    return entry.outcome == Outcome.SELECTED or entry.place in (PlaceState.OFFERED, PlaceState.ACCEPTED)


def shared_out(prizes: Iterable[Prize], entries: Iterable[RankingEntry]) -> list[tuple[RankingEntry, Prize]]:
    """Which winner has which prize.

    A prize that says how many there are goes down the ranking from whoever has no such prize yet, track by track; one
    that does not goes to every winner of its track.
    """
    by_track: dict[Any, list[RankingEntry]] = defaultdict(list)
    for one in entries:
        by_track[one.ranking.track_id].append(one)
    found = []
    for track, rows in by_track.items():
        begun: dict[str, int] = defaultdict(int)
        for prize in prizes:
            if prize.track_id not in (None, track):
                continue
            first = begun[prize.kind] if prize.quantity else 0
            last = first + prize.quantity if prize.quantity else len(rows)
            begun[prize.kind] = last if prize.quantity else begun[prize.kind]
            found += [(one, prize) for one in rows[first:last]]
    return found


def lines(call: Call, person: Person) -> list[Line]:
    """Every winner with every prize, what was given of it already, and the initiative that it goes to."""
    pairs = shared_out(prizes_of(call), winners(call))
    keys = [entry.application_id for entry, _prize in pairs]
    team = TeamMember.objects.filter(initiative=OuterRef("initiative"), person=person)
    rows = ContestEntry.objects.filter(application__in=keys).annotate(own=Exists(team))
    entered = {
        one.application_id: one
        for one in rows.select_related("initiative__organisation", "initiative__programme")
    }
    given = list(given_in(call))
    made = {(one.application_id, one.prize): one for one in given}
    standing = [one for one in given if still_given(one)]
    counted = {prize.key: prize for _entry, prize in pairs if prize.quantity}
    taken = Counter((one.track, one.prize) for one in standing)  # type: ignore[attr-defined]  # annotated
    held = {(one.application_id, counted[one.prize].kind) for one in standing if one.prize in counted}
    return [
        Line(
            entry,
            prize,
            entered[entry.application_id].initiative if entry.application_id in entered else None,
            made.get((entry.application_id, prize.key)),
            bool(getattr(entered.get(entry.application_id), "own", False)),
            another=prize.key in counted and (entry.application_id, prize.kind) in held,
            gone=prize.key in counted and taken[entry.ranking.track_id, prize.key] >= (prize.quantity or 0),
        )
        for entry, prize in pairs
    ]


def given_in(call: Call) -> QuerySet[Award]:
    """Every prize that was given in the contest, also to whoever gave the `place` up since, with the `track` and what
    was `used` of it: asked for, approved or paid."""
    rows = Award.objects.filter(application__ranking_entry__ranking__call=call).exclude(prize="")
    return rows.annotate(
        track=F("application__ranking_entry__ranking__track"),
        place=F("application__ranking_entry__place"),
        used=on(AccountKind.CLAIMED) + on(AccountKind.PAYABLE) + on(AccountKind.PAID),
    )


def still_given(award: Any) -> bool:
    """Whether a prize counts as given: not once it was taken back, nor once it has expired unused with a place that
    was given up."""
    if award.state == AwardState.EXPIRED:
        return award.place not in GAVE_UP or award.used > 0
    return bool(award.state != AwardState.REVOKED)


def kinds(rows: Iterable[Line]) -> list[tuple[str, Prize]]:
    """Each prize of these lines once, with its key."""
    return list({one.prize.key: one.prize for one in rows}.items())


def last_day(prize: Prize, programme: Programme) -> dt.date | None:
    """The last day to claim the prize if it is given today, as the call says; nothing where it does not."""
    return vouchers.last_day(prize, clock.today(programme.time_zone))


def as_given(prize: Prize, programme: Programme, given: Mapping[str, Any]) -> dict[str, Any]:
    """What was typed of a prize; what was not is the call's."""
    announced = vouchers.ends_at(last_day(prize, programme), programme.time_zone)
    said = {"buys": prize.buys, "suppliers": prize.suppliers, **given}
    return {**said, "expires_at": given.get("expires_at") or announced}


def total(rows: Iterable[Line]) -> Decimal:
    """What the lines that can be given come to."""
    ready = [one.prize.amount or Decimal(0) for one in rows if one.made is None and one.why_not is None]
    return sum(ready, Decimal(0))


def of_application(application: Any) -> QuerySet[Award]:
    """The prizes that an application won."""
    return Award.objects.filter(application=application).order_by("number")
