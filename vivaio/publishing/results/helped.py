"""Hours that experts gave, in the figures of the results: counted here, told here."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import Count, Q
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from vivaio.experts.engaging import queries as engaging
from vivaio.experts.models import EngagementSession
from vivaio.experts.states import SessionState
from vivaio.kit import formats, money
from vivaio.programmes.models import Programme
from vivaio.publishing.results import queries
from vivaio.publishing.results.telling import (
    FEW,
    Breakdown,
    Figure,
    Line,
    Part,
    Telling,
    amount,
    can_be_told,
    figure,
    in_language,
    in_languages,
    joined,
    said_of_few,
    said_together,
)
from vivaio.publishing.states import ResultsPart

Taken = dict[str, Any]
HOURS, SESSIONS, READ = "experts:hours", "experts:given", "experts.read"
KEPT, NAMED = 500, 15  # initiatives whose hours are kept with the figures; those told one by one


def people(way: str = "") -> Count:
    """How many experts stand behind confirmed hours; `way` leads from the row to its engagements."""
    confirmed = Q(**{f"{way}sessions__state": SessionState.CONFIRMED})
    return Count(f"{way}person", filter=confirmed, distinct=True)


def hours_taken(programme: Programme) -> Taken:
    """Hours that both sides confirmed, what they are worth; by field of competence, initiative and partner."""
    found = engaging.hours_of_programme(programme)
    fields = engaging.by_field(programme).annotate(people=people("competences__engagements__"))
    partners = engaging.by_partner(programme).annotate(people=people("expert_engagements__"))
    initiatives = engaging.by_initiative(programme).annotate(people=people("engagements__"))
    alone = EngagementSession.objects.filter(
        engagement__programme=programme, engagement__partner=None, state=SessionState.CONFIRMED
    ).aggregate(n=Count("engagement__person", distinct=True))
    return {
        "minutes": found.minutes,
        "free": found.free_minutes,
        "value": str(found.value),
        "currency": found.currency,
        "hour_value": str(found.hour_value),
        "sessions": found.sessions,
        "experts": found.experts,
        "initiatives": found.initiatives,
        "fields": [
            [in_languages({"title": one.title, "i18n": one.i18n}), one.given, one.people, str(one.pk)]
            for one in fields.order_by("position", "pk")
        ],
        # No titles: who is named is asked when the page is read.
        "by_initiative": [
            [str(one.pk), one.given, one.people] for one in initiatives.order_by("-given", "pk")[:KEPT]
        ],
        "partners": [
            [one.name, one.given, one.people, str(one.pk)] for one in partners.order_by("-given", "position")
        ],
        "no_partner": [found.without_partner, alone["n"]],
    }


@dataclass(frozen=True)
class Given:
    """Hours of one field, initiative or partner: how many experts gave them, the sessions behind them."""

    label: str
    minutes: int
    people: int
    rows: str


def in_hours(minutes: int) -> str:
    """Minutes as hours, to the quarter."""
    return formats.number(Decimal(minutes) / 60)


def drawn(key: str, caption: str, head: str, given: Iterable[Given], note: str = "") -> Breakdown:
    """Hours as bars."""
    kept = list(given)
    most = max((one.minutes for one in kept), default=0) or 1
    lines = [
        Line(one.label, (in_hours(one.minutes),), (str(Decimal(one.minutes) / 60),), one.rows,
             round(100 * one.minutes / most))
        for one in kept
    ]  # fmt: skip
    return Breakdown(key, caption, (head, pgettext("figures", "Hours")), lines, note=note)


def fewest(telling: Telling, given: list[Given]) -> tuple[list[Given], str]:
    """What is told, and a note: for the public, hours of fewer than `FEW` experts are told with those of others."""
    found = set() if telling.staff else joined([one.people for one in given])
    if not found:
        return given, ""
    together = [given[at] for at in sorted(found)]
    labels = [one.label for one in together]
    if not can_be_told([one.people for one in together]):
        return [], said_of_few(labels)
    minutes, n = sum(one.minutes for one in together), sum(one.people for one in together)
    told = [one for at, one in enumerate(given) if at not in found]
    return [*told, Given(", ".join(labels), minutes, n, "")], said_together()


def by_field(telling: Telling, taken: Taken) -> Breakdown:
    given = [
        Given(in_language(title), minutes, n, telling.rows(SESSIONS, READ, f"?field={pk}"))
        for title, minutes, n, pk in taken["fields"]
    ]
    kept, note = fewest(telling, given)
    return drawn("hours", pgettext("results", "Hours by field"), _("Field"), kept, note)


def by_partner(telling: Telling, taken: Taken) -> Breakdown:
    """By the partner whose experts gave them; those of no partner last."""
    given = [
        Given(name, minutes, n, telling.rows(SESSIONS, READ, f"?partner={pk}"))
        for name, minutes, n, pk in taken.get("partners", [])
    ]
    minutes, n = taken.get("no_partner", (0, 0))
    if given and minutes:
        given.append(Given(_("Of no partner"), minutes, n, telling.rows(SESSIONS, READ, "?partner=none")))
    kept, note = fewest(telling, given)
    return drawn("partners", pgettext("results", "Hours by partner"), _("Partner"), kept, note)


def by_initiative(telling: Telling, taken: Taken) -> Breakdown:
    """By the initiative that was helped. The public reads those that tell their story; the others stand together."""
    known = taken.get("by_initiative", [])
    kept = [one for one in known if telling.staff or one[2] >= FEW]
    names = queries.names([pk for pk, _minutes, _n in kept], public=not telling.staff)
    given = [
        Given(names[pk][0], minutes, n, telling.rows(SESSIONS, READ, f"?initiative={pk}") or names[pk][1])
        for pk, minutes, n in kept
        if pk in names
    ][:NAMED]
    if not telling.staff:
        given = covering(given, taken["initiatives"], [n for pk, _minutes, n in known if pk not in names])
    others = taken["initiatives"] - len(given)
    if given and others > 0:
        label = ngettext("%(n)s other initiative", "%(n)s other initiatives", others) % {"n": others}
        left = taken["minutes"] - sum(one.minutes for one in given)
        given.append(Given(label, left, 0, telling.rows(HOURS, READ, "?by=initiative")))
    return drawn("helped", pgettext("results", "Hours by initiative"), _("Initiative"), given)


def covering(given: list[Given], every: int, hidden: list[int]) -> list[Given]:
    """Those that are told one by one: what they leave of the total is never that of a few initiatives or experts."""
    told, helpers = list(given), max(hidden, default=0)
    while told and every - len(told) > 0 and (every - len(told) < FEW or helpers < FEW):
        helpers = max(helpers, told.pop().people)
    return told


def hours_told(telling: Telling) -> Part | None:
    """Hours given and what they are worth; of few experts, for the staff alone."""
    taken = telling.taken(ResultsPart.HELP)
    if not taken.get("minutes") or (taken["experts"] < FEW and not telling.staff):
        return None
    value, given = Decimal(taken["value"]), Decimal(taken["minutes"]) / 60
    held, helpers, helped = taken["sessions"], taken["experts"], taken["initiatives"]
    hours = telling.rows(HOURS, READ)
    figures = [
        Figure("hours", ngettext("hour given by experts", "hours given by experts", 1 if given == 1 else 2),
               str(given), formats.number(given), hours),
        figure("sessions", ngettext("session held", "sessions held", held), held, telling.rows(SESSIONS, READ)),
        figure("helpers", ngettext("expert at work", "experts at work", helpers), helpers,
               telling.rows(HOURS, READ, "?by=expert")),
        figure("helped", ngettext("initiative helped", "initiatives helped", helped), helped,
               telling.rows(HOURS, READ, "?by=initiative")),
    ]  # fmt: skip
    if value:
        figures.insert(1, amount("value", _("value of the hours given"), value, taken["currency"], hours))
    found = [tell(telling, taken) for tell in (by_field, by_initiative, by_partner)]
    counted = _(
        "Hours of sessions that expert and team have both confirmed. What an hour given free of charge counts for is "
        "set by the programme: %(value)s. Hours that were paid are counted, their cost is not told as value."
    ) % {"value": money.show(Decimal(taken["hour_value"]), taken["currency"])}
    return Part("help", str(ResultsPart.HELP.label), counted, figures, [one for one in found if one.lines])
