"""The application as the PDF that is signed: PDF/UA, with every answer and the checksum of every file."""

import datetime as dt
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import override

from vivaio.applications import answers
from vivaio.applications.models import Application
from vivaio.applications.signing.queries import files_by_question
from vivaio.kit import documents, formats
from vivaio.questionnaires import queries as questionnaires


def written(application: Application, language: str, at: dt.datetime, digest: str) -> bytes:
    """The draft as it is now, in a language."""
    with override(language):
        blocks = questionnaires.answer_blocks(
            application.response.version, application.response.answers, language, at=at
        )
        data: dict[str, Any] = {
            "programme": str(application.call.programme),
            "lead": answers.title_of(application, application.response) or str(application),
            "notes": [],
            "facts": _facts(application, at, digest),
            "blocks": [block.as_dict() for block in blocks],
            "files": [
                {
                    "name": file.get("name", ""),
                    "size": formats.file_size(int(file.get("size") or 0)),
                    "sha256": file.get("sha256", ""),
                }
                for files in files_by_question(application).values()
                for file in files
            ],
        }
        title = _("Application to be signed")
        return documents.pdf("applications/application", data, title=title, language=language, at=at)


def file_name(language: str) -> str:
    with override(language):
        return _("application-to-sign.pdf")


def _facts(application: Application, at: dt.datetime, digest: str) -> list[tuple[str, str]]:
    zone = application.call.time_zone
    return [
        (_("Applicant"), application.applicant_name),
        (_("Call"), str(application.call)),
        (_("Track"), str(application.track)),
        (_("Prepared"), formats.instant(at, zone)),
        (_("SHA-256 of the answers"), digest),
    ]
