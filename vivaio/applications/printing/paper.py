"""An application as a document for the staff: PDF/UA, the same bytes for the same application."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import override

from vivaio.applications import answers, queries
from vivaio.applications.deminimis import beside as deminimis
from vivaio.applications.models import Application, Dossier
from vivaio.kit import documents, formats


def written(application: Application, language: str, *, notes: bool = False) -> bytes:
    """The application in a language: who applies, where it stands, every answer, every file with its checksum.

    With `notes` also what the staff wrote on the conditions.
    """
    data = {"programme": str(application.call.programme), **part(application, language, notes=notes)}
    return documents.pdf(
        "applications/application", data, title=data["title"], language=language, at=application.submitted_at
    )


def part(application: Application, language: str, *, notes: bool) -> dict[str, Any]:
    """An application as data for a document."""
    with override(language):
        return {
            "title": _("Application no. %(number)s") % {"number": application.number},
            "lead": str(application),
            "facts": _facts(application),
            "blocks": [block.as_dict() for block in answers.reading(application)],
            "files": _files(application),
            "notes": _notes(application) if notes else [],
        }


def volume(dossier: Dossier, number: int, parts: list[dict[str, Any]]) -> bytes:
    """Many applications as one document, with a table of contents. Raises `DocumentFailed`."""
    call, titled = dossier.call, [{**one, "title": f"{one['title']}. {one['lead']}"} for one in parts]
    with override(dossier.language):
        facts = [
            (_("Call"), str(call)),
            (_("Applications"), formats.number(len(parts))),
            (_("Volume"), formats.number(number)),
            (_("Taken out on"), formats.instant(dossier.begun_at, call.time_zone)),
            (_("Taken out by"), str(dossier.person)),
        ]
        data = {"programme": str(call.programme), "lead": "", "facts": facts, "applications": titled}
        title = _("Applications to “%(call)s”") % {"call": call}
        return documents.pdf(
            "applications/volume",
            data,
            title=title,
            language=dossier.language,
            at=dossier.begun_at,
            apart=True,
        )


def file_name(application: Application, language: str) -> str:
    with override(language):
        return _("application-%(number)s.pdf") % {"number": application.number}


def _facts(application: Application) -> list[tuple[str, str]]:
    zone = application.call.time_zone
    facts = [
        (_("Number"), str(application.number)),
        (_("Applicant"), application.applicant_name),
        (_("Call"), str(application.call)),
        (_("Track"), str(application.track)),
        (_("State"), str(application.get_state_display())),
    ]
    if application.submitted_at:
        facts.append((_("Handed in"), formats.instant(application.submitted_at, zone)))
    if application.withdrawn_at:
        facts.append((_("Withdrawn"), formats.instant(application.withdrawn_at, zone)))
    if application.decision_reason:
        facts.append((_("Reason"), application.decision_reason))
    facts.append((_("SHA-256 of the answers"), application.digest))
    return [*facts, *_aid(application)]


def _aid(application: Application) -> list[tuple[str, str]]:
    """The de minimis declaration, word for word as it was signed, and what the register said."""
    aid = deminimis.beside(application)
    if not aid["words"]:
        return []
    facts = [
        (_("De minimis declaration"), aid["words"]),
        (_("Signature"), aid["signed"]),
        (_("SHA-256 of the declaration"), aid["digest"]),
    ]
    facts += [
        (_("Visura of the register"), f"{formats.short_day(one.checked_on)}: {formats.money(one.total)}")
        for one in aid["verifications"]
    ]
    return facts


def _files(application: Application) -> list[dict[str, Any]]:
    return [
        {"name": file.name, "size": formats.file_size(file.size), "sha256": file.sha256}
        for file in queries.attachments_of(application)
    ]


def _notes(application: Application) -> list[tuple[str, str, str]]:
    """Each condition, how it stands, and what the staff wrote on it."""
    checks = application.checks.select_related("condition")
    return [(str(one.condition), str(one.get_outcome_display()), one.note) for one in checks]
