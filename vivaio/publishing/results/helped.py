"""Hours that experts gave, in the figures of the results: counted here, told here."""

from decimal import Decimal
from typing import Any

from django.db.models import Count, Q
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from vivaio.experts.engaging import queries as engaging
from vivaio.experts.states import SessionState
from vivaio.kit import formats, money
from vivaio.programmes.models import Programme
from vivaio.publishing.results.telling import (
    FEW,
    Breakdown,
    Figure,
    Line,
    Part,
    Telling,
    amount,
    figure,
    in_language,
    in_languages,
)
from vivaio.publishing.states import ResultsPart

Taken = dict[str, Any]
HOURS, SESSIONS, READ = "experts:hours", "experts:given", "experts.read"


def hours_taken(programme: Programme) -> Taken:
    """Hours that both sides confirmed, what they are worth, by field of competence."""
    found = engaging.hours_of_programme(programme)
    confirmed = Q(competences__engagements__sessions__state=SessionState.CONFIRMED)
    people = Count("competences__engagements__person", filter=confirmed, distinct=True)
    fields = engaging.by_field(programme).annotate(people=people).order_by("position", "pk")
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
            for one in fields
        ],
    }


def in_hours(minutes: int) -> str:
    """Minutes as hours, to the quarter."""
    return formats.number(Decimal(minutes) / 60)


def hours_told(telling: Telling) -> Part | None:
    """Hours given and what they are worth; of few experts, for the staff alone."""
    taken = telling.taken(ResultsPart.HELP)
    if not taken.get("minutes") or (taken["experts"] < FEW and not telling.staff):
        return None
    hours, sessions = telling.rows(HOURS, READ), telling.rows(SESSIONS, READ)
    value = Decimal(taken["value"])
    given = Decimal(taken["minutes"]) / 60
    figures = [
        Figure("hours", _("hours given by experts"), str(given), formats.number(given), hours),
        figure("sessions", _("sessions held"), taken["sessions"], sessions),
        figure("helpers", _("experts at work"), taken["experts"], telling.rows(HOURS, READ, "?by=expert")),
        figure(
            "helped",
            _("initiatives helped"),
            taken["initiatives"],
            telling.rows(HOURS, READ, "?by=initiative"),
        ),
    ]
    if value:
        figures.insert(1, amount("value", _("value of the hours given"), value, taken["currency"], hours))
    few = [in_language(title) for title, _minutes, people, _pk in taken["fields"] if people < FEW]
    shown = [one for one in taken["fields"] if telling.staff or one[2] >= FEW]
    most = max((one[1] for one in shown), default=0) or 1
    lines = [
        Line(in_language(title), (in_hours(minutes),), (str(Decimal(minutes) / 60),),
             telling.rows(SESSIONS, READ, f"?field={pk}"), round(100 * minutes / most))
        for title, minutes, _people, pk in shown
    ]  # fmt: skip
    note = ""
    if few and not telling.staff:
        note = _("Fewer than %(few)s experts in each: %(others)s.") % {"few": FEW, "others": ", ".join(few)}
    head = (_("Field"), pgettext("figures", "Hours"))
    found = [Breakdown("hours", pgettext("results", "Hours by field"), head, lines, note=note)]
    counted = _(
        "Hours of sessions that expert and team have both confirmed. What an hour given free of charge counts for is "
        "set by the programme: %(value)s. Hours that were paid are counted, their cost is not told as value."
    ) % {"value": money.show(Decimal(taken["hour_value"]), taken["currency"])}
    return Part("help", str(ResultsPart.HELP.label), counted, figures, [one for one in found if one.lines])
