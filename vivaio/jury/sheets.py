"""A score sheet put in words: the queue's circles, a criterion's scale, the partial total."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from vivaio.calls.models import Criterion
from vivaio.jury.blinding.queries import Shown, shown
from vivaio.jury.forms.scoring import SheetForm, field_of
from vivaio.jury.models import Assignment, Juror, Panel
from vivaio.jury.queries.scoring import Points
from vivaio.jury.states import AssignmentState
from vivaio.kit.formats import instant, number
from vivaio.kit.links import by_key
from vivaio.kit.tables import escaped, tagged

BUTTONS = 7  # more points than this and a number field takes their place
STATES = {AssignmentState.DONE: "done", AssignmentState.RECUSED: "conflict"}


@dataclass(frozen=True)
class Entry:
    """One circle of the queue."""

    number: int
    href: str
    state: str
    assignment: Assignment
    shown: Shown


def entries(juror: Juror, queue: list[Assignment], current: Assignment | None = None) -> list[Entry]:
    """The juror's queue as `c-queue` draws it."""
    address = by_key("jury:sheet", juror.panel_id).here()
    return [
        Entry(
            number=index,
            href=address(assignment),
            state="now"
            if current is not None and assignment.pk == current.pk
            else STATES.get(AssignmentState(assignment.state), ""),
            assignment=assignment,
            shown=shown(assignment.application, juror.panel.call),
        )
        for index, assignment in enumerate(queue, start=1)
    ]


def lines(entries: Iterable[Entry]) -> SafeString:
    """The juror's applications as a list: number, name, a line about each, the state of the sheet."""
    tags: dict[str, str] = {}
    written = []
    for entry in entries:
        one, title = entry.assignment, escaped(entry.shown.title)
        if one.state not in tags:
            tags[one.state] = tagged(one.get_state_display(), one.tone)
        named = title if entry.state == "conflict" else f'<a href="{entry.href}">{title}</a>'
        written.append(
            '<li class="border-top py-3 d-flex justify-content-between align-items-center gap-3"><div>'
            f'<p class="fw-semibold mb-0">{entry.number}. {named}</p>'
            f'<p class="text-muted mb-0">{escaped(entry.shown.about)}</p></div>{tags[one.state]}</li>'
        )
    return mark_safe("".join(written))


def scale(criterion: Criterion) -> list[tuple[int, str, str]]:
    """The points of a criterion with their words in the reader's language.

    A short scale has all its points, described or not; a long one only those that are described.
    """
    described = {int(row["value"]): row for row in criterion.descriptors}
    whole = range(criterion.scale_min, criterion.scale_max + 1)
    points = sorted(described) if uses_number(criterion) else list(whole)
    return [
        (value, _in(described.get(value, {}).get("word")), _in(described.get(value, {}).get("text")))
        for value in points
    ]


def uses_number(criterion: Criterion) -> bool:
    """Whether a criterion is scored in a number field."""
    return criterion.scale_max - criterion.scale_min + 1 > BUTTONS


def _in(words: Any) -> str:
    if isinstance(words, dict):
        language = (get_language() or "it").split("-")[0]
        return str(words.get(language) or words.get("it") or next(iter(words.values()), ""))
    return str(words or "")


def criterion_row(
    criterion: Criterion, values: Mapping[UUID, int], form: SheetForm | None, anchors: Mapping[UUID, str]
) -> dict[str, Any]:
    """A criterion as `jury/parts/criterion.html` draws it: what was typed if a form is given, else what is kept."""
    name, points = field_of(criterion), scale(criterion)
    return {
        "name": name,
        "criterion": criterion,
        "weight": number(criterion.weight) + "%",
        "scale": points,
        "undescribed": not any(text for _value, _word, text in points),
        "number": uses_number(criterion),
        "value": form.data[name] if form and name in form.data else values.get(criterion.pk, ""),
        "missing": bool(values) and criterion.pk not in values,
        "error": " ".join(form.errors.get(name, [])) if form else "",
        "anchor": anchors.get(criterion.pk, ""),
    }


def total(points: Points, comments_missing: int = 0) -> dict[str, Any]:
    """The partial total as `jury/parts/total.html` draws it."""
    return {
        "points": points,
        "total_words": total_words(points),
        "missing_words": missing_words(points, comments_missing),
    }


def total_words(points: Points) -> str:
    """“out of 75 points scored”, said after the figure."""
    if not points.scored:
        return _("out of %(points)s points") % {"points": number(points.all)}
    return _("out of %(points)s points scored") % {"points": number(points.scored)}


def missing_words(points: Points, comments: int = 0) -> str:
    """How many scores are missing, and how many comments that are compulsory; nothing when none is."""
    said = []
    if points.missing:
        words = ngettext("%(count)s score missing", "%(count)s scores missing", points.missing)
        said.append(words % {"count": points.missing})
    if comments:
        words = ngettext("%(count)s comment missing", "%(count)s comments missing", comments)
        said.append(words % {"count": comments})
    return ", ".join(said)


def window_words(panel: Panel, window: str) -> str:
    """Where the scoring stands, in a sentence."""
    zone = panel.call.programme.time_zone
    opens, closes = instant(panel.opens_at, zone), instant(panel.closes_at, zone)
    match window:
        case "forming":
            return _("Scoring begins when the applications are given out.")
        case "ahead":
            return _("Scoring opens on %(when)s.") % {"when": opens}
        case "open":
            if closes:
                return _("Scoring is open until %(when)s.") % {"when": closes}
            return _("Scoring is open; the call sets no end, so close it by hand.")
    ended = _("Scoring closed on %(when)s.") % {"when": instant(panel.closed_at or panel.closes_at, zone)}
    return f"{ended} {panel.state_reason}".strip()


def heading(left: int, any_at_all: bool) -> str:
    """The desk's title says what there is to do."""
    if left:
        return ngettext("%(count)s application to score", "%(count)s applications to score", left) % {
            "count": left
        }
    return _("You have scored everything") if any_at_all else _("My score sheets")
