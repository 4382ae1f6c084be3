"""From a template and data to the bytes of a PDF, with typst.

A room keeps its templates in `<room>/documents/<name>.typ`; each starts with `#import "/kit/documents/sheet.typ": *`.
Data travel as JSON, never as source. `t("An English sentence")` in a template says it in the document's
language; `tools/messages.py` finds it there.
"""

import datetime as dt
import json
import re
import subprocess
import sys
import unicodedata
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

import typst
from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.utils.translation import gettext, override

from vivaio.kit.documents.blocks import says_something

ROOMS = Path(__file__).resolve().parents[2]
SHEET = ROOMS / "kit/documents/sheet.typ"
FACES = ("Lora", "Titillium_Web", "Roboto_Mono")
SAID = re.compile(r'\bt\("((?:[^"\\]|\\.)*)"\)')
NOT_DRAWN = re.compile(r"the text `(\".*?\")` could not be displayed", re.DOTALL)
LONG_WORD = re.compile(r"\S{40}(?=\S{8})")
FINGERPRINT = re.compile(r"[0-9a-f]{64}")
LATIN = 0x24F
KEPT_AT_LAST = frozenset("€–—‘’“”…•\u200b")
MOST_ATTEMPTS = 6
APART = Path(__file__).with_name("apart.py")
NO_SIGNS = ("Cc", "Cs", "Co", "Cn")


class DocumentFailed(Exception):
    """A template could not be set; the message is the compiler's."""


class NotSet(DocumentFailed):
    """The compiler refused; the message is its own. It may be for want of a sign, which is mended."""


def pdf(
    template: str,
    data: Mapping[str, Any],
    *,
    title: Any,
    language: str,
    author: Any = "Vivaio",
    at: dt.datetime | None = None,
    apart: bool = False,
) -> bytes:
    """The document `template` ("calls/call" is `calls/documents/call.typ`) with these data, as PDF/UA-1.

    `at` is the instant that the file states as its creation: take it from the data, so that the same data
    give the same bytes. What no font can draw (an emoji, say) appears as a small empty square. `apart` sets a large
    document in a process of its own, whose memory goes with it. Raises `DocumentFailed` if the template is wrong.
    """
    path = _template(template)
    with override(language):
        words = {said: gettext(said) for said in _said(path)}
        about = {"title": title if says_something(str(title)) else author, "author": author}
        # Through JSON and back, so that words that were lazy are words when they are cleaned.
        values = _clean(json.loads(json.dumps({"data": data, "about": about}, cls=DjangoJSONEncoder)))
    missing: set[str] = set()
    for _attempt in range(MOST_ATTEMPTS):
        try:
            return _set(path, values, words, language, at, apart)
        except NotSet as error:
            found = set().union(*map(_signs, NOT_DRAWN.findall(str(error)))) - missing
            if not found:
                raise DocumentFailed(f"{template}: {error}") from error
            missing |= found
            values = _without(values, missing)
    # Too many signs that no font has: only letters of the Latin alphabet are left.
    return _set(path, _without(values, None), words, language, at, apart)


def _template(name: str) -> Path:
    room, _slash, rest = name.partition("/")
    path = ROOMS / room / "documents" / f"{rest}.typ"
    if not re.fullmatch(r"[a-z_]+/[a-z_]+", name) or not path.is_file():
        raise DocumentFailed(f"There is no document template {name}.")
    return path


@lru_cache
def _said(path: Path) -> tuple[str, ...]:
    sources = path.read_text("utf-8") + SHEET.read_text("utf-8")
    return tuple(json.loads(f'"{said}"') for said in SAID.findall(sources))


def _faces() -> list[str]:
    """Where the faces of the pages lie, from the front-end packages."""
    folder = Path(settings.BASE_DIR) / "node_modules/bootstrap-italia/dist/fonts"
    return [str(folder / face) for face in FACES if (folder / face).is_dir()]


@lru_cache
def _fonts() -> typst.Fonts:
    """The faces of the pages; typst's own where these are missing."""
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=True, font_paths=_faces())


def _set(
    path: Path, values: Any, words: dict[str, str], language: str, at: dt.datetime | None, apart: bool
) -> bytes:
    """Raises `NotSet`."""
    inputs = {
        "values": json.dumps(values, ensure_ascii=False),
        "words": json.dumps(words, ensure_ascii=False),
        "language": language.partition("-")[0],
    }
    if at is not None:
        inputs["at"] = json.dumps([at.year, at.month, at.day, at.hour, at.minute, at.second])
    how = {"format": "pdf", "sys_inputs": inputs, "pdf_standards": "ua-1"}
    how["timestamp"] = int(at.timestamp()) if at else 0
    if apart:
        return _set_apart(path, how)
    compiler = typst.Compiler(input=str(path), root=str(ROOMS), font_paths=_fonts(), ignore_system_fonts=True)
    try:
        document = compiler.compile(**how)
    except typst.TypstError as error:
        raise NotSet(error.diagnostic) from error
    if not isinstance(document, bytes):
        raise DocumentFailed(f"{path.name} did not become one document.")
    return document


def _set_apart(path: Path, how: dict[str, Any]) -> bytes:
    """The same in a process of its own: what the compiler remembers of a large document is given back."""
    asked = json.dumps({"input": str(path), "root": str(ROOMS), "faces": _faces(), "how": how})
    done = subprocess.run(  # noqa: S603  (our own program; the data go in by its standard input)
        [sys.executable, "-I", str(APART)], input=asked.encode(), capture_output=True, check=False
    )
    if done.returncode:
        raise NotSet(done.stderr.decode(errors="replace"))
    return done.stdout


def _signs(said: str) -> set[str]:
    """The signs that the compiler names, some as escapes; of a letter with a strange mark, only the mark."""
    plain = re.sub(r"\\u\{([0-9a-f]+)\}", lambda m: chr(int(m[1], 16)), said[1:-1])
    signs = set(re.sub(r"\\(.)", r"\1", plain))
    return {sign for sign in signs if ord(sign) > LATIN} or signs


def _clean(value: Any, key: str = "") -> Any:
    """Texts without control signs, and with places to break where a word is longer than a line.

    A SHA-256 stays whole, so that it can be copied.
    """
    if isinstance(value, str):
        text = value.replace("\t", "    ")
        text = "".join(c for c in text if c == "\n" or unicodedata.category(c) not in NO_SIGNS)
        return text if key == "link" or FINGERPRINT.fullmatch(text) else LONG_WORD.sub("\\g<0>\u200b", text)
    if isinstance(value, Mapping):
        return {str(name): _clean(part, str(name)) for name, part in value.items()}
    if isinstance(value, (list, tuple)):
        return [_clean(part) for part in value]
    return value


def _without(value: Any, missing: set[str] | None) -> Any:
    """The texts with a small empty square for each missing sign; None leaves Latin letters alone."""
    if isinstance(value, str):
        if missing is None:
            return "".join(c if ord(c) <= LATIN or c in KEPT_AT_LAST else "□" for c in value)
        return "".join("□" if c in missing else c for c in value)
    if isinstance(value, dict):
        return {name: part if name == "link" else _without(part, missing) for name, part in value.items()}
    if isinstance(value, list):
        return [_without(part, missing) for part in value]
    return value
