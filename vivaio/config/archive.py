"""The file of a backup: a tar of the database, the uploaded files and, last, a manifest with the digest of each.

Whoever reads it trusts nothing in it before all of it was read: names that lead elsewhere, links, parts that are
missing, too many or altered are found first, and said in one line.
"""

import hashlib
import io
import json
import tarfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import IO, Any, cast

from vivaio.config.failures import CannotStart

FORMAT, VERSION = "vivaio-backup", 1
DATABASE, MANIFEST, FILES = "database.dump", "manifest.json", "files/"
LARGEST_MANIFEST = 256 * 1024 * 1024
BLOCK = 1024 * 1024
USE_ANOTHER = "Use another backup."


@dataclass
class Contents:
    """What an archive says of itself, and what was found in it: size and SHA-256 by name."""

    said: dict[str, Any] = field(default_factory=dict)
    parts: dict[str, dict[str, Any]] = field(default_factory=dict)

    @property
    def files(self) -> list[str]:
        """The uploaded files that the database names, as the storage calls them."""
        left = set(self.said.get("left_out", []))
        return [
            name.removeprefix(FILES) for name in self.parts if name.startswith(FILES) and name not in left
        ]


class Measured(io.RawIOBase):
    """A stream that notes how much was read through it, and its digest."""

    def __init__(self, stream: IO[bytes]):
        self.stream, self.size, self.digest = stream, 0, hashlib.sha256()

    def read(self, size: int = -1) -> bytes:
        """The next bytes."""
        block = self.stream.read(size)
        self.size += len(block)
        self.digest.update(block)
        return block


class Writer:
    """Writes an archive part by part; the manifest closes it."""

    def __init__(self, target: IO[bytes]):
        self.tar = tarfile.open(fileobj=target, mode="w", format=tarfile.PAX_FORMAT)  # noqa: SIM115
        self.parts: dict[str, dict[str, Any]] = {}

    def add(self, name: str, stream: IO[bytes], size: int) -> None:
        """Add a part of exactly `size` bytes."""
        measured = Measured(stream)
        self.tar.addfile(_entry(name, size), measured)  # type: ignore[arg-type]
        self.parts[name] = {"size": size, "sha256": measured.digest.hexdigest()}

    def close(self, said: dict[str, Any]) -> None:
        """Write the manifest: what is `said`, and every part."""
        manifest = {"format": FORMAT, "version": VERSION} | said | {"parts": self.parts}
        written = json.dumps(manifest, indent=1, sort_keys=True).encode()
        self.tar.addfile(_entry(MANIFEST, len(written)), io.BytesIO(written))
        self.tar.close()


def read(path: Path) -> Contents:
    """Read the whole archive and hold every part against the manifest. Raises `CannotStart` with what is wrong."""
    found: dict[str, dict[str, Any]] = {}
    said: dict[str, Any] | None = None
    with _read_errors_named(path):
        for entry, stream in _entries(path):
            if said is not None:
                raise CannotStart(f"{path} goes on after its manifest: it was altered. {USE_ANOTHER}")
            if entry.name == MANIFEST:
                said = _manifest(path, entry, stream)
            else:
                found[entry.name] = _measure(path, entry, stream, found)
    if said is None:
        raise CannotStart(f"{path} is incomplete: its manifest, which comes last, is missing. {USE_ANOTHER}")
    _compare(path, said["parts"], found)
    return Contents(said, found)


def copy_out(path: Path, wanted: str, target: IO[bytes], sha256: str) -> None:
    """Copy one part. Raises `CannotStart` if the archive has changed since it was read."""
    for entry, stream in _entries(path):
        if entry.name == wanted:
            measured = Measured(stream)
            while block := measured.read(BLOCK):
                target.write(block)
            if measured.digest.hexdigest() == sha256:
                return
            break
    raise CannotStart(f"{path} changed while it was read: start again with a file that nobody writes to.")


def files_in(path: Path) -> Iterator[tuple[str, IO[bytes]]]:
    """Each uploaded file, as the storage calls it, and its content."""
    for entry, stream in _entries(path):
        if entry.name.startswith(FILES):
            yield entry.name.removeprefix(FILES), stream


def digest(path: Path) -> str:
    """The SHA-256 of the whole archive."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def _entry(name: str, size: int) -> tarfile.TarInfo:
    entry = tarfile.TarInfo(name)
    entry.size, entry.mode = size, 0o600
    return entry


@contextmanager
def _read_errors_named(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise CannotStart(f"{path} cannot be read: {error.strerror or error}.") from None
    except (tarfile.TarError, EOFError, UnicodeError, ValueError) as error:
        raise CannotStart(f"{path} is no backup of Vivaio, or is cut off ({error}). {USE_ANOTHER}") from None


def _entries(path: Path) -> Iterator[tuple[tarfile.TarInfo, IO[bytes]]]:
    with tarfile.open(path, "r:") as tar:
        for entry in tar:
            _check_name(path, entry)
            yield entry, cast("IO[bytes]", tar.extractfile(entry))


def _check_name(path: Path, entry: tarfile.TarInfo) -> None:
    """Only plain files, and only where they belong."""
    name = entry.name
    plain = entry.type in (tarfile.REGTYPE, tarfile.AREGTYPE) and not entry.issparse()
    steps = name.split("/")
    inside = name in (DATABASE, MANIFEST) or (name.startswith(FILES) and len(steps) > 1)
    odd = "\\" in name or "\0" in name or PurePosixPath(name).is_absolute() or {"", ".", ".."} & set(steps)
    if not plain or not inside or odd:
        raise CannotStart(f"{path} holds {name!r}, which no backup of Vivaio does. {USE_ANOTHER}")


def _manifest(path: Path, entry: tarfile.TarInfo, stream: IO[bytes]) -> dict[str, Any]:
    said = json.loads(stream.read()) if entry.size <= LARGEST_MANIFEST else None
    if not isinstance(said, dict) or said.get("format") != FORMAT or not isinstance(said.get("parts"), dict):
        raise CannotStart(f"{path} is no backup of Vivaio. {USE_ANOTHER}")
    if said.get("version") != VERSION:
        raise CannotStart(
            f"{path} is a backup of format {said.get('version')!r}, this Vivaio reads {VERSION}: "
            "restore it with the version that made it."
        )
    return said


def _measure(
    path: Path, entry: tarfile.TarInfo, stream: IO[bytes], found: dict[str, dict[str, Any]]
) -> dict[str, Any]:
    if entry.name in found:
        raise CannotStart(f"{path} holds {entry.name!r} twice: it was altered. {USE_ANOTHER}")
    measured = Measured(stream)
    while measured.read(BLOCK):
        pass
    if measured.size != entry.size:
        raise CannotStart(f"{path} is cut off in {entry.name!r}. {USE_ANOTHER}")
    return {"size": measured.size, "sha256": measured.digest.hexdigest()}


def _compare(path: Path, said: dict[str, Any], found: dict[str, dict[str, Any]]) -> None:
    if missing := sorted(set(said) - set(found)):
        raise CannotStart(f"{path} lacks {missing[0]!r} ({len(missing)} parts in all). {USE_ANOTHER}")
    if foreign := sorted(set(found) - set(said)):
        raise CannotStart(f"{path} holds {foreign[0]!r}, which its manifest does not name. {USE_ANOTHER}")
    if altered := sorted(name for name in found if found[name] != said[name]):
        raise CannotStart(f"{path} was altered or damaged: {altered[0]!r} has another digest. {USE_ANOTHER}")
    if DATABASE not in found:
        raise CannotStart(f"{path} holds no database. {USE_ANOTHER}")
