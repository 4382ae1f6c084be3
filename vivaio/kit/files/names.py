"""The name of a file as a person may read it."""

import re
import unicodedata
from pathlib import PurePosixPath

LONGEST = 150


def display_name(name: str | None, suffix: str = "") -> str:
    """The last part of the name, without what hides or deceives, with the suffix of what the file really is.

    Control signs, marks that turn the reading direction and signs without width go; `a.pdf.exe` written as
    `exe.fdp.a` by such a mark is an old trick.
    """
    text = unicodedata.normalize("NFC", name or "")
    text = re.split(r"[/\\]", text)[-1]
    text = "".join(
        " " if c.isspace() else c for c in text if c.isspace() or unicodedata.category(c)[0] != "C"
    )
    text = re.sub(r" +", " ", text).strip(". ")
    own = PurePosixPath(text).suffix
    if suffix and own.lower() not in _same(suffix):
        own = suffix
        stem = text
    else:
        stem = text.removesuffix(own)
    return (stem[: LONGEST - len(own)].rstrip(". ") or "file") + own


def _same(suffix: str) -> set[str]:
    return {".jpg", ".jpeg"} if suffix == ".jpg" else {suffix}
