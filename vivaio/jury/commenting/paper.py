"""The released comments on an application as a document for the applicant: PDF/UA, the same bytes each time."""

from django.utils.translation import gettext as _
from django.utils.translation import override

from vivaio.jury.commenting import queries
from vivaio.jury.commenting.queries import Part
from vivaio.jury.models import RankingEntry
from vivaio.kit import documents, formats


def written(entry: RankingEntry, parts: list[Part], language: str) -> bytes:
    """What the jurors wrote, criterion by criterion, without a name."""
    application, call = entry.application, entry.ranking.call
    at = queries.released_at(application)
    with override(language):
        data = {
            "programme": str(call.programme),
            "lead": str(application),
            "facts": [
                (_("Number"), str(application.number)),
                (_("Applicant"), application.applicant_name),
                (_("Call"), str(call)),
                (_("Outcome"), entry.get_outcome_display()),
                (_("Released on"), formats.instant(at, call.time_zone)),
            ],
            "parts": [{"title": title_of(part), "comments": numbered(part)} for part in parts],
        }
        title = _("Comments of the jury")
        return documents.pdf("jury/comments", data, title=title, language=language, at=at)


def title_of(part: Part) -> str:
    """The criterion, or the whole application."""
    return str(part.criterion) if part.criterion else _("On the whole application")


def numbered(part: Part) -> list[tuple[str, str]]:
    """Each comment with its number on this criterion, which says nothing of the next."""
    return [(_("Comment %(n)s") % {"n": n}, text) for n, text in enumerate(part.comments, start=1)]


def file_name(entry: RankingEntry) -> str:
    return _("comments-%(number)s.pdf") % {"number": entry.application.number}
