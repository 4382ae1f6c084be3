"""Texts of a row in several languages: the column holds the Italian one, `i18n` the others."""

from typing import Any

BASE = "it"


def text_in(row: Any, name: str, language: str) -> str:
    """The row's own text in the language, without falling back to another."""
    found = getattr(row, name) if language == BASE else (row.i18n or {}).get(f"{name}_{language}")
    return found or ""


def write_text(row: Any, name: str, language: str, text: str) -> bool:
    """Set the row's text in the language, or take it away; returns whether it was different."""
    text = text.replace("\r\n", "\n").strip()
    if text_in(row, name, language) == text:
        return False
    if language == BASE:
        setattr(row, name, text)
    else:
        others = {key: value for key, value in (row.i18n or {}).items() if key != f"{name}_{language}"}
        row.i18n = others | ({f"{name}_{language}": text} if text else {})
    return True
