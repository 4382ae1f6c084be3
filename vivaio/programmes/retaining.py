"""What goes when: the periods that hold for a programme, and what they will reach next."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from django.db.models import Count, QuerySet, Value

from vivaio.kit import clock
from vivaio.kit.retention import KINDS, Kind, in_words
from vivaio.programmes.models import Programme, RetentionHold, RetentionRule, RetentionRun

SOON = dt.timedelta(days=30)


@dataclass(frozen=True)
class Period:
    """A kind of data with the period that holds for it."""

    kind: Kind
    rule: RetentionRule | None
    hold: RetentionHold | None = None
    now: int = 0
    soon: int = 0

    @property
    def days(self) -> int:
        return self.rule.days if self.rule else self.kind.days

    @property
    def words(self) -> str:
        return in_words(self.days)

    @property
    def reason(self) -> Any:
        """Why so long: the programme's words, else those that come with the kind."""
        return (self.rule.reason_i18n if self.rule else "") or self.kind.reason

    def ended(self, programme: Programme | None, ahead: dt.timedelta = dt.timedelta()) -> QuerySet[Any]:
        """The rows whose period has ended, or will have by so much later."""
        begun = clock.now() + ahead - dt.timedelta(days=self.days)
        return self.kind.due(programme.pk if programme else None, begun)


def kinds_of(programme: Programme | None) -> list[Kind]:
    """The kinds of data of a programme; without one, of the installation."""
    return [kind for kind in KINDS.values() if kind.of_programme == (programme is not None)]


def periods(programme: Programme | None) -> list[Period]:
    """Every kind with its period, in one query."""
    rules = {rule.kind: rule for rule in RetentionRule.objects.filter(programme=programme)}
    return [Period(kind, rules.get(kind.code)) for kind in kinds_of(programme)]


def period_of(programme: Programme | None, code: str) -> Period | None:
    """One kind with its period and the hold that stands on it; None for a kind that is not kept here."""
    found = next((period for period in periods(programme) if period.kind.code == code), None)
    return found and replace(found, hold=standing_holds(programme).filter(kind=code).first())


def forecast(programme: Programme | None) -> list[Period]:
    """The periods with what waits to go now, what goes within thirty days, and what is held."""
    holds = {hold.kind: hold for hold in standing_holds(programme)}
    known = {period.kind.code: period for period in periods(programme)}
    now = counted({code: period.ended(programme) for code, period in known.items()})
    later = counted({code: period.ended(programme, SOON) for code, period in known.items()})
    return [
        replace(period, hold=holds.get(code), now=now[code], soon=later[code] - now[code])
        for code, period in known.items()
    ]


def counted(parts: Mapping[str, QuerySet[Any]]) -> dict[str, int]:
    """How many rows each of these sets holds, in one query."""
    each = [
        rows.model._base_manager.filter(pk__in=rows.order_by().values("pk"))
        .annotate(part=Value(name))
        .values("part")
        .annotate(n=Count("pk"))
        .values_list("part", "n")
        .order_by()
        for name, rows in parts.items()
    ]
    found = dict(each[0].union(*each[1:], all=True)) if each else {}
    return {name: found.get(name, 0) for name in parts}


def standing_holds(programme: Programme | None) -> QuerySet[RetentionHold]:
    """The holds that stand."""
    return RetentionHold.objects.filter(programme=programme, lifted_at=None).select_related("set_by")


def runs(programme: Programme | None) -> QuerySet[RetentionRun]:
    """What went, the latest first."""
    return RetentionRun.objects.filter(programme=programme)
