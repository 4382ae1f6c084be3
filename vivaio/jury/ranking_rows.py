"""The rows of the ranking as HTML: each is written here, for a template would look up a thousand names for fifty."""

from collections.abc import Callable, Iterable
from typing import Any

from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from vivaio.jury.certainty import Axis, Interval
from vivaio.jury.models import RankingEntry
from vivaio.jury.ranking_pages import Line, Overview
from vivaio.jury.states import PlaceState
from vivaio.kit.formats import numbers
from vivaio.kit.links import by_key
from vivaio.kit.tables import escaped, tagged

QUIET = '<span class="d-block small text-muted">'
LONGEST_REASON = 80


def drawn(told: Overview, lines: Iterable[Line]) -> SafeString:
    """The `<tr>` elements of a page of the ranking; every text is escaped here."""
    href = by_key("jury:entry", told.call.programme.slug, told.call.slug).here()
    raw, calibrated, reviews = escaped(_("Raw")), escaped(_("Calibrated")), escaped(_("Reviews"))
    made_of = _("%(score)s, what it is made of: %(application)s")
    sure, figure = told.certainty, numbers(1)
    written = []
    for line in lines:
        if line.opens_line or line.cut or line.opens_group:
            written.append(_between(told, line))
        entry, page = line.entry, href(line.entry)
        score = _score(entry, page, figure(entry.score), made_of)
        marked = ' class="vv-tie"' if entry.tied or line.across else ""
        written.append(
            f'<tr role="row"{marked}><td role="cell" class="vv-rank">{entry.position}</td>\n'
            f"{_name(line, page)}\n"
            f'<td role="cell" class="vv-n vv-raw" data-label="{raw} ">{score}</td>\n'
        )
        if sure and sure.calibrated:
            written.append(
                f'<td role="cell" class="vv-n vv-calibrated" data-label="{calibrated} ">{_quality(line, figure)}</td>\n'
                f'<td role="cell" class="vv-wide">{_interval(line.interval, sure.axis)}</td>\n'
            )
        else:
            written.append(
                f'<td role="cell" class="vv-n vv-calibrated" data-label="{reviews} ">{entry.reviews}</td>\n'
            )
        written.append(f'<td role="cell" class="vv-outcome">{_outcome(line)}</td></tr>\n')
    return mark_safe("".join(written))


def _between(told: Overview, line: Line) -> str:
    """What stands above a line: the group that the scores leave open, the line of the places, a group of equals."""
    call = told.call
    context = {"told": told, "line": line, "sure": told.certainty, "call": call, "programme": call.programme}
    return render_to_string("jury/ranking/parts/between.html", context)


def _name(line: Line, href: str) -> str:
    application = line.entry.application
    reason = Truncator(line.reason).chars(LONGEST_REASON) if line.reason else ""
    below = " · ".join(escaped(part) for part in (application.applicant_name, line.tie, reason) if part)
    return f'<td role="cell" class="vv-name"><a href="{href}">{escaped(str(application))}</a><span>{below}</span></td>'


def _score(entry: RankingEntry, href: str, score: str, made_of: str) -> str:
    words = made_of % {"score": score, "application": entry.application}
    return f'<a href="{href}" aria-label="{escaped(words)}">{score if entry.reviews else "–"}</a>'


def _quality(line: Line, figure: Callable[[Any], str]) -> str:
    if not line.interval:
        return ""
    return f"{figure(line.entry.quality)} <span>± {figure(line.entry.error)}</span>"


def _interval(shown: Interval | None, axis: Axis) -> str:
    """The position to expect and its interval, on the axis of ranks that the heading names."""
    if shown is None:
        return ""
    cut = f'<path class="cut" d="M{axis.cut} 0V28"/>' if axis.cut else ""
    return (
        f'<div class="vv-chart"><svg class="vv-interval vv-{shown.side}" viewBox="0 0 320 28" role="img" '
        f'aria-label="{escaped(shown.words)}"><path class="axis" d="M8 14H312"/>{cut}'
        f'<path class="bar" d="M{shown.low} 14H{shown.high}"/><circle cx="{shown.dot}" cy="14" r="6"/></svg>'
        f'<span aria-hidden="true"><b>{shown.expected}</b> {shown.between}<small>{escaped(shown.chance)}</small></span>'
        "</div>"
    )


def _outcome(line: Line) -> str:
    entry = line.entry
    note = line.note or ("" if entry.place == PlaceState.NONE else PlaceState(entry.place).label)
    below = f"{QUIET}{escaped(note)}</span>" if note else ""
    return f"{tagged(entry.get_outcome_display(), line.tone)}{below}"
