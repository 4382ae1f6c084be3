"""The published ranking as a page, a PDF/UA and a CSV: the same lines in all three."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import override

from vivaio.calls import queries as calls
from vivaio.calls.models import Call
from vivaio.jury.models import Ranking
from vivaio.jury.queries import ranking as queries
from vivaio.jury.ranking_tables import public_rows, tone
from vivaio.kit import documents, exports, formats
from vivaio.kit.tables import Table


def told(rankings: Sequence[Ranking], call: Call, asked: Mapping[str, Any]) -> list[dict[str, Any]]:
    """A page of the lines of every track, with the colour of their outcome."""
    tables = [
        (ranking, Table(queries.entries_of(ranking), asked, prefix=f"t{number}-"))
        for number, ranking in enumerate(rankings, 1)
    ]
    return [
        {
            "ranking": ranking,
            "table": table,
            "lines": [(line, tone(line)) for line in queries.public_lines(table.page.object_list, call)],
        }
        for ranking, table in tables
    ]


def how_decided(call: Call) -> dict[str, Any]:
    """By which figure, among equals by what, and where to compute it again."""
    criteria, rule = list(call.criteria.all()), calls.draw_in_words(call)
    return {
        "deciding": calls.deciding_in_words(call),
        "tie_rule": [calls.tie_rule_in_words(step, criteria) for step in call.tie_breaks],
        "draw_rule": rule,
        "draw": queries.draw_of(call) if rule else None,
        "record": queries.record_on_line(call),
    }


def lines_of(ranking: Ranking, call: Call) -> list[queries.PublicLine]:
    """Every line of a track, for files."""
    return queries.public_lines(queries.entries_of(ranking), call)


def header() -> list[str]:
    """The heads of the columns."""
    return [_("Position"), _("Applicant"), _("Application"), _("Score"), _("Outcome"), _("Note")]


def as_csv(rankings: Sequence[Ranking], call: Call) -> Any:
    """All tracks in one file, the track in the first column."""
    rows = [
        [str(ranking.track), *row] for ranking in rankings for row in public_rows(lines_of(ranking, call))
    ]
    return exports.respond("csv", call, [_("Track"), *header()], rows)


def as_pdf(rankings: Sequence[Ranking], call: Call, language: str) -> bytes:
    """All tracks as a document."""
    with override(language):
        data = {
            "programme": str(call.programme),
            "lead": _("Published on %(when)s")
            % {"when": formats.instant(rankings[0].published_at, call.time_zone)},
            "columns": header(),
            "tracks": [
                {
                    "title": str(ranking.track),
                    "rows": [[str(cell) for cell in row] for row in shown_rows(lines_of(ranking, call))],
                }
                for ranking in rankings
            ],
        }
        title = _("Ranking: %(call)s") % {"call": call}
        return documents.pdf(
            "jury/ranking", data, title=title, language=language, at=rankings[0].published_at
        )


def shown_rows(lines: Sequence[queries.PublicLine]) -> list[list[str]]:
    """Scores as people read them."""
    rows = public_rows(list(lines))
    for row, line in zip(rows, lines, strict=True):
        row[3] = "" if line.score is None else formats.number(line.score, 1)
    return rows
