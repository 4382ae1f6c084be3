"""The kinds of file that can be taken in, and what is said about the others."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

OOXML = "application/vnd.openxmlformats-officedocument"
ODF = "application/vnd.oasis.opendocument"


@dataclass(frozen=True)
class Kind:
    """A kind of file: what it is called, how it is stored and served."""

    name: str
    suffix: str
    content_type: str
    inline: bool = False


KINDS = {
    "pdf": Kind("PDF", ".pdf", "application/pdf", inline=True),
    "jpeg": Kind("JPEG", ".jpg", "image/jpeg", inline=True),
    "png": Kind("PNG", ".png", "image/png", inline=True),
    "docx": Kind("DOCX", ".docx", f"{OOXML}.wordprocessingml.document"),
    "xlsx": Kind("XLSX", ".xlsx", f"{OOXML}.spreadsheetml.sheet"),
    "odt": Kind("ODT", ".odt", f"{ODF}.text"),
    "ods": Kind("ODS", ".ods", f"{ODF}.spreadsheet"),
    "p7m": Kind("P7M", ".p7m", "application/pkcs7-mime"),
}
DOCUMENTS = ("pdf", "jpeg", "png", "docx", "xlsx", "odt", "ods")
WORKBOOKS = ("xlsx",)
INLINE = frozenset(kind.content_type for kind in KINDS.values() if kind.inline)

HEIC = _("HEIC does not open on everyone's computer. Save it as JPEG and upload it again.")
PROGRAM = _("Files of this kind can carry a program. Save it as PDF and upload it again.")
ARCHIVE = _("It is an archive. Upload the documents in it one by one.")
OLD_OFFICE = _(
    "It is in an old Office format, or protected by a password. Save it as PDF or DOCX and upload it again."
)
REASONS = {
    **dict.fromkeys((".heic", ".heif", ".avif"), HEIC),
    **dict.fromkeys(
        (".svg", ".html", ".htm", ".xml", ".xhtml", ".js", ".exe", ".sh", ".elf", ".jar"), PROGRAM
    ),
    **dict.fromkeys((".zip", ".rar", ".7z", ".gz", ".tar", ".bz2", ".xz"), ARCHIVE),
    **dict.fromkeys((".doc", ".xls", ".ppt"), OLD_OFFICE),
}
