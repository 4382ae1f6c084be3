"""Names of files and folders that every system can unpack."""

import re

from vivaio.kit.files import display_name

FORBIDDEN = re.compile(r'[<>:"/\\|?*\x00-\x1f\x7f]')
LONGEST_FOLDER, LONGEST_FILE = 60, 90


def folder(number: int | None, title: str) -> str:
    """`0007 La portineria leggera`: the number keeps names apart, and from those that a system has taken."""
    return f"{number or 0:04d} {_safe(title, LONGEST_FOLDER)}".strip()


def file(place: int, name: str) -> str:
    """`01 statuto.pdf`, whatever the file was called by whoever gave it."""
    name = _safe(name, 10_000)
    stem, dot, ending = name.rpartition(".")
    if not dot or len(ending) > 8:
        stem, ending = name, ""
    return f"{place:02d} {stem[:LONGEST_FILE].strip('. ') or 'file'}" + (f".{ending}" if ending else "")


def _safe(text: str, longest: int) -> str:
    plain = display_name(FORBIDDEN.sub(" ", text))
    return re.sub(r" +", " ", plain)[:longest].strip(". ")
