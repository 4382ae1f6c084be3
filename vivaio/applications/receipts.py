"""The receipt as a document: PDF/UA, the same bytes every time, for everything in it was frozen."""

from typing import Any

from django.http import HttpResponse, HttpResponseBase
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _

from vivaio.applications import answers
from vivaio.applications.models import Application, Receipt
from vivaio.applications.states import ReceiptKind
from vivaio.kit import documents, formats


def valid(application: Application) -> Receipt | None:
    """The receipt of the submission that counts, read from what was prefetched; none for a draft."""
    standing = [one for one in application.receipts.all() if one.superseded_at is None]
    submissions = [one for one in standing if one.kind == ReceiptKind.SUBMISSION]
    return submissions[-1] if submissions else None


def of_integrations(application: Application) -> list[Receipt]:
    """The receipts that answered requests for integration left, read from what was prefetched."""
    return [one for one in application.receipts.all() if one.kind == ReceiptKind.INTEGRATION]


def written(receipt: Receipt, language: str) -> bytes:
    """The receipt in a language, as PDF/UA."""
    application = receipt.application
    call = application.call
    with override(language):
        title = _("Receipt of application no. %(number)s") % {"number": application.number}
        data = {
            "programme": str(call.programme),
            "lead": str(application),
            "facts": _facts(receipt),
            "meaning": _meaning(receipt),
            "files": _files(receipt),
            "blocks": answers.receipt_blocks(receipt, language),
        }
        return documents.pdf("applications/receipt", data, title=title, language=language, at=receipt.at)


def response(receipt: Receipt) -> HttpResponseBase:
    """The receipt as a download, in the reader's language."""
    language = (get_language() or "it").split("-")[0]
    content = written(receipt, language)
    answer = HttpResponse(content, content_type="application/pdf")
    name = _("receipt-%(number)s.pdf") % {"number": receipt.application.number}
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    answer["Cache-Control"] = "private, no-cache"
    return answer


def _facts(receipt: Receipt) -> list[tuple[str, str]]:
    application = receipt.application
    zone = application.call.time_zone
    facts = [
        (_("Number"), str(application.number)),
        (_("Applicant"), application.applicant_name),
        (_("Call"), str(application.call)),
        (_("Track"), str(application.track)),
        (
            _("Handed in") if receipt.kind == ReceiptKind.SUBMISSION else _("Integrated"),
            _to_the_second(receipt, zone),
        ),
        (_("Handed in by"), str(receipt.by or "")),
    ]
    if receipt.superseded_at:
        facts.append((_("No longer valid since"), formats.instant(receipt.superseded_at, zone)))
    return [*facts, (_("SHA-256 of the answers"), receipt.digest)]


def _to_the_second(receipt: Receipt, zone: str) -> str:
    seconds = f"{receipt.at:%S}"
    return _("%(instant)s, second %(seconds)s") % {
        "instant": formats.instant(receipt.at, zone),
        "seconds": seconds,
    }


def _meaning(receipt: Receipt) -> str:
    if receipt.superseded_at:
        return _("The application was reopened or withdrawn after this receipt: it no longer counts.")
    return _(
        "The SHA-256 is taken over the frozen answers with the digests of their files: it proves what you sent."
    )


def _files(receipt: Receipt) -> list[dict[str, Any]]:
    return [
        {"name": file["name"], "size": formats.file_size(file.get("size")), "sha256": file.get("sha256", "")}
        for file in answers.receipt_files(receipt)
    ]
