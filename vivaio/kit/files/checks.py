"""A file is what its content says, whatever it calls itself."""

import hashlib
import lzma
import re
import secrets
import warnings
import zipfile
import zlib
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

import puremagic
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.base import File
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext_lazy as _
from PIL import Image

from vivaio.kit.files.kinds import ARCHIVE, DOCUMENTS, HEIC, KINDS, OLD_OFFICE, PROGRAM, REASONS
from vivaio.kit.files.names import display_name

MOST_PIXELS = 40_000_000
MOST_ENTRIES = 5_000
MOST_UNPACKED = 100 * 1024 * 1024
MOST_RATIO = 200
DAMAGED = _("It is damaged or incomplete. Open it on your computer, save it again and upload the new copy.")
MACROS = _("It carries macros, which are programs. Save it without macros or as PDF and upload it again.")
# What zipfile raises for a box that is not what it says, by way of compressing.
BROKEN_BOX = (
    zipfile.BadZipFile,
    OSError,
    EOFError,
    ValueError,
    NotImplementedError,
    RuntimeError,
    KeyError,
    zlib.error,
    lzma.LZMAError,
)
BOMB = _("Unpacked it would be far too large. Save it again as PDF and upload that.")


class FileRefused(ValidationError):
    """A file was not taken in; the message names it, says why and what to do."""

    def __init__(self, name: str, reason: Any):
        words = _("“%(name)s” was not added. %(reason)s")
        super().__init__(words, code="file_refused", params={"name": name, "reason": reason})


@dataclass(frozen=True)
class Checked:
    """A file that passed: what to store, and what to say about it."""

    file: File
    name: str
    size: int
    content_type: str
    sha256: str
    kind: str

    def fields(self) -> dict[str, Any]:
        """The values for a model with `file`, `name`, `size`, `content_type` and `sha256`."""
        return {
            "file": self.file,
            "name": self.name,
            "size": self.size,
            "content_type": self.content_type,
            "sha256": self.sha256,
        }


def check(upload: File, *, kinds: Collection[str] = DOCUMENTS, largest: int | None = None) -> Checked:
    """Look into the file. Raises `FileRefused` unless it is sound, of one of the `kinds`, small enough."""
    name = sized(upload, largest or settings.MAX_UPLOAD_BYTES)
    upload.seek(0)
    head = upload.read(4096)
    kind, reason = _kind_of(upload, head)
    if kind is None or kind not in kinds:
        raise FileRefused(name, reason or _not_taken(kinds))
    if reason := _wrong_with(kind, upload):
        raise FileRefused(name, reason)
    return taken_in(upload, name, kind, KINDS[kind].suffix, KINDS[kind].content_type)


def sized(upload: File, limit: int) -> str:
    """The name to call the file by. Raises `FileRefused` for one that is empty or larger than `limit` bytes."""
    name = display_name(upload.name)
    if not upload.size:
        raise FileRefused(name, _("It is empty. Choose another file."))
    if upload.size > limit:
        too_large = _("It is %(size)s, the limit is %(limit)s. Make it smaller and upload it again.")
        raise FileRefused(
            name, _filled(too_large, size=filesizeformat(upload.size), limit=filesizeformat(limit))
        )
    return name


def taken_in(upload: File, name: str, kind: str, suffix: str, content_type: str) -> Checked:
    """A file that passed, under a name that nobody guesses."""
    upload.seek(0)
    digest = hashlib.sha256()
    for chunk in upload.chunks():
        digest.update(chunk)
    upload.seek(0)
    upload.name = secrets.token_hex(16) + suffix
    return Checked(upload, display_name(name, suffix), upload.size, content_type, digest.hexdigest(), kind)


def _filled(words: Any, **values: Any) -> str:
    return str(words) % values


def _not_taken(kinds: Collection[str]) -> str:
    names = ", ".join(KINDS[kind].name for kind in kinds)
    return _filled(
        _("Here you can upload: %(kinds)s. Save it as one of these and upload it again."), kinds=names
    )


def _kind_of(upload: File, head: bytes) -> tuple[str | None, Any]:
    """The kind that the content shows, or the reason why it is none of ours."""
    if head.startswith(b"%PDF-"):
        return "pdf", None
    if head.startswith(b"\xff\xd8\xff"):
        return "jpeg", None
    if head.startswith(b"\x89PNG\r\n\x1a\n"):
        return "png", None
    if head.startswith(b"PK\x03\x04"):
        return _packed(upload)
    if head.startswith(b"0") and b"\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x07\x02" in head[:32]:
        return "p7m", None
    if head[4:8] == b"ftyp" and head[8:12] in (b"heic", b"heix", b"hevc", b"mif1", b"msf1", b"avif"):
        return None, HEIC
    if head.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        return None, OLD_OFFICE
    if head.startswith((b"#!", b"MZ", b"\x7fELF")) or re.search(
        rb"<\s*(!doctype|html|svg|script|\?xml)", head, re.I
    ):
        return None, PROGRAM
    try:
        guesses = puremagic.magic_string(head)
    except (puremagic.PureError, ValueError):
        return None, None
    return None, next((REASONS[guess.extension] for guess in guesses if guess.extension in REASONS), None)


def _packed(upload: File) -> tuple[str | None, Any]:
    """Which office format a ZIP holds, if any."""
    try:
        with zipfile.ZipFile(upload) as box:
            if len(box.infolist()) > MOST_ENTRIES:
                return None, BOMB
            names = set(box.namelist())
            if "mimetype" in names and box.getinfo("mimetype").file_size < 200:
                stated = box.read("mimetype").decode("ascii", "replace").strip()
                return next((k for k in ("odt", "ods") if KINDS[k].content_type == stated), None), None
    except BROKEN_BOX:
        return None, DAMAGED
    if "[Content_Types].xml" not in names:
        return None, ARCHIVE
    if any(name.lower().endswith("vbaproject.bin") for name in names):
        return None, MACROS
    if "word/document.xml" in names:
        return "docx", None
    return ("xlsx", None) if "xl/workbook.xml" in names else (None, None)


def _wrong_with(kind: str, upload: File) -> Any:
    """Why a file of this kind cannot be taken in, or None."""
    upload.seek(0)
    if kind == "pdf":
        return _wrong_with_pdf(upload)
    if kind in ("jpeg", "png"):
        return _wrong_with_picture(upload, kind.upper())
    if kind in ("docx", "xlsx", "odt", "ods"):
        return _wrong_with_box(upload)
    return None


def _wrong_with_pdf(upload: File) -> Any:
    head = upload.read(8)
    upload.seek(max(0, upload.size - 2048))
    tail = upload.read()
    if not re.match(rb"%PDF-[12]\.\d", head) or b"%%EOF" not in tail or b"startxref" not in tail:
        return DAMAGED
    return None


def _wrong_with_picture(upload: File, form: str) -> Any:
    too_large = _("It has more than %(most)s million points. Make it smaller and upload it again.")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            picture = Image.open(upload, formats=[form])
        if picture.width * picture.height > MOST_PIXELS:
            return _filled(too_large, most=MOST_PIXELS // 1_000_000)
        if form == "JPEG":
            picture.draft("RGB", (picture.width // 8, picture.height // 8))
            picture.load()
        else:
            picture.verify()
    except Image.DecompressionBombError:
        return _filled(too_large, most=MOST_PIXELS // 1_000_000)
    except Exception:  # Pillow raises many kinds for damaged pictures, and none of them is ours
        return DAMAGED
    return None


def _wrong_with_box(upload: File) -> Any:
    try:
        with zipfile.ZipFile(upload) as box:
            entries = box.infolist()
            if any(e.flag_bits & 1 for e in entries):
                return OLD_OFFICE
            if any(
                e.filename.startswith(("/", "\\")) or ".." in re.split(r"[/\\]", e.filename) for e in entries
            ):
                return DAMAGED
            unpacked = sum(e.file_size for e in entries)
            if unpacked > MOST_UNPACKED or unpacked > MOST_RATIO * max(upload.size, 100_000):
                return BOMB
            # What an entry says of its size is only believed once it has been read to the end.
            for entry in entries:
                with box.open(entry) as content:
                    while content.read(1 << 20):
                        pass
    except BROKEN_BOX:
        return DAMAGED
    return None
