"""One volume of a dossier, written to a file on disk: no more of it in memory than one application, or one document.

Each application is asked for again as it is written; who may not read it any more does not get it.
"""

import hashlib
import tempfile
import zipfile
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import IO, Any

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from vivaio.applications import queries as applications
from vivaio.applications.dossiers import names, queries
from vivaio.applications.models import Application, Dossier
from vivaio.applications.printing import paper
from vivaio.applications.signing import queries as signing
from vivaio.applications.states import DossierKind
from vivaio.kit import clock, documents, exports

# A document of so many applications, or of so many signs of answers, is set within some 300 MB.
MOST_IN_PDF, HEAVIEST_PDF = 100, 1_000_000
CHUNK = 256 * 1024
Tell = Callable[[int], None]


@dataclass
class Written:
    """What stands in a volume, and how many rows of the dossier it took to fill it."""

    taken: list[str] = field(default_factory=list)
    rows: int = 0

    @property
    def left_out(self) -> int:
        return self.rows - len(self.taken)


def volume(dossier: Dossier, number: int, target: IO[bytes], tell: Tell) -> Written:
    """Write the next volume. `tell` is called with each row that was looked at; what it raises ends the work."""
    write = {DossierKind.PDF: _as_pdf, DossierKind.ZIP: _as_zip}[DossierKind(dossier.kind)]
    return write(dossier, number, target, tell)


def _next(dossier: Dossier, done: Written, tell: Tell) -> Iterable[Application]:
    """The applications that follow, as far as they may be read; `done` counts the rows."""
    for pk in dossier.rows[dossier.position :]:
        found = queries.readable(dossier, pk)
        done.rows += 1
        tell(dossier.position + done.rows)
        if found is not None:
            yield found


def _as_pdf(dossier: Dossier, number: int, target: IO[bytes], tell: Tell) -> Written:
    done, parts, weight = Written(), {}, 0
    for application in _next(dossier, done, tell):
        part = paper.part(application, dossier.language, notes=dossier.notes)
        parts[str(application.pk)] = part
        weight += len(str(part["blocks"])) + len(str(part["notes"]))
        if len(parts) >= MOST_IN_PDF or weight >= HEAVIEST_PDF:
            break
    if parts:
        try:
            target.write(paper.volume(dossier, number, list(parts.values())))
        except documents.DocumentFailed:
            parts = {pk: part for pk, part in parts.items() if _can_be_set(dossier, number, part)}
            if parts:
                target.write(paper.volume(dossier, number, list(parts.values())))
    done.taken = list(parts)
    return done


def _can_be_set(dossier: Dossier, number: int, part: dict[str, Any]) -> bool:
    try:
        paper.volume(dossier, number, [part])
    except documents.DocumentFailed:
        return False
    return True


def _as_zip(dossier: Dossier, number: int, target: IO[bytes], tell: Tell) -> Written:
    done, index = Written(), []
    with zipfile.ZipFile(target, "w", zipfile.ZIP_STORED) as pack:
        for application in _next(dossier, done, tell):
            try:
                index += list(_packed(pack, application, dossier))
            except documents.DocumentFailed:  # before anything of it was packed
                continue
            done.taken.append(str(application.pk))
            if target.tell() >= settings.DOSSIER_VOLUME_BYTES:
                break
        if done.taken:
            _write_index(pack, index)
    return done


def _packed(pack: zipfile.ZipFile, application: Application, dossier: Dossier) -> Iterable[list[Any]]:
    """The folder of an application; a line of the index for each file."""
    folder = names.folder(application.number, str(application))
    about = [
        application.number,
        str(application),
        application.applicant_name,
        str(application.track),
        application.get_state_display(),
        application.submitted_at,
    ]
    document = paper.written(application, dossier.language, notes=dossier.notes)
    name = f"{folder}/{paper.file_name(application, dossier.language)}"
    pack.writestr(name, document)
    yield [*about, name, len(document), hashlib.sha256(document).hexdigest(), ""]
    within = pgettext("folder", "files")
    rows = [*applications.attachments_of(application), *signing.files_of(application)]
    for place, row in enumerate(rows, start=1):
        name = f"{folder}/{within}/{names.file(place, row.name)}"
        digest = _copied(pack, name, row)
        if not digest:
            yield [*about, "", row.size, row.sha256, _("%(name)s is not in the storage") % {"name": row.name}]
        else:
            changed = _("not the file that was handed in") if digest != row.sha256 else ""
            yield [*about, name, row.size, digest, changed]


def _copied(pack: zipfile.ZipFile, name: str, row: Any) -> str:
    """Copy a stored file piece by piece; its SHA-256 as it was read, nothing where the storage has lost it."""
    digest = hashlib.sha256()
    try:
        source = row.file.open("rb")
    except (FileNotFoundError, ValueError):
        return ""
    entry = zipfile.ZipInfo(name, clock.now().timetuple()[:6])
    with source, pack.open(entry, "w", force_zip64=True) as into:
        while piece := source.read(CHUNK):
            digest.update(piece)
            into.write(piece)
    return digest.hexdigest()


def _write_index(pack: zipfile.ZipFile, rows: list[list[Any]]) -> None:
    header = [
        _("Number"),
        _("Application"),
        _("Applicant"),
        _("Track"),
        _("State"),
        _("Handed in"),
        _("File"),
        _("Size in bytes"),
        "SHA-256",
        _("Note"),
    ]
    title, name = _("Applications"), _("index")
    with pack.open(f"{name}.csv", "w") as table:
        exports.write_csv(table, title, header, rows)
    with tempfile.TemporaryFile() as book:
        exports.write_xlsx(book, title, header, rows)
        book.seek(0)
        pack.writestr(f"{name}.xlsx", book.read())
