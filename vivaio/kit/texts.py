"""Texts of a row in several languages: the column holds the Italian one, `i18n` the others."""

from collections.abc import Mapping
from typing import Any

BASE = "it"


def text_in(row: Any, name: str, language: str) -> str:
    """The row's own text in the language, without falling back to another."""
    found = getattr(row, name) if language == BASE else (row.i18n or {}).get(f"{name}_{language}")
    return found or ""


def translations_of(row: Any, name: str, language: str) -> dict[str, str]:
    """The row's texts in all languages but this one, those that there are."""
    mark = f"{name}_"
    spoken = [key.removeprefix(mark) for key in row.i18n or {} if key.startswith(mark)]
    found = {one: text_in(row, name, one) for one in (BASE, *spoken) if one != language}
    return {one: text for one, text in found.items() if text}


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


def write_texts(row: Any, texts: Mapping[str, Mapping[str, str]]) -> list[str]:
    """Set several texts at once (`{"title": {"it": ..., "en": ...}}`); returns the names that changed."""
    changed = []
    for name, by_language in texts.items():
        written = [write_text(row, name, language, text) for language, text in by_language.items()]
        if any(written):
            changed.append(name)
    return changed
