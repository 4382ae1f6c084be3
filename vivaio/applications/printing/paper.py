"""An application as a document for the staff: PDF/UA, the same bytes for the same application."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import override

from vivaio.applications import answers, queries
from vivaio.applications.models import Application
from vivaio.kit import documents, formats


def written(application: Application, language: str) -> bytes:
    """The application in a language: who applies, where it stands, every answer, every file with its checksum."""
    with override(language):
        title = _("Application no. %(number)s") % {"number": application.number}
        data = {
            "programme": str(application.call.programme),
            "lead": str(application),
            "facts": _facts(application),
            "blocks": [block.as_dict() for block in answers.reading(application)],
            "files": _files(application),
        }
        at = application.submitted_at
        return documents.pdf("applications/application", data, title=title, language=language, at=at)


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
    return [*facts, (_("SHA-256 of the answers"), application.digest)]


def _files(application: Application) -> list[dict[str, Any]]:
    return [
        {"name": file.name, "size": formats.file_size(file.size), "sha256": file.sha256}
        for file in queries.attachments_of(application)
    ]
