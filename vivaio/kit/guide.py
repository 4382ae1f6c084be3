"""The guide for those who run a programme, read from `docs/` and shown as a page of the installation."""

import re
from dataclasses import dataclass

from django.conf import settings
from django.utils.safestring import SafeString

from vivaio.kit import markdown

NAME = "first-call"
CHAPTER = re.compile(r'^<a id="([a-z-]+)"></a>\n+## (.+)$', re.MULTILINE)
PICTURES = f"../pictures/{NAME}/"


@dataclass(frozen=True)
class Chapter:
    """One part of the guide; `key` is the same in every language."""

    key: str
    title: str
    text: str

    @property
    def html(self) -> SafeString:
        return markdown.render(self.text)


@dataclass(frozen=True)
class Guide:
    title: str
    opening: str
    chapters: list[Chapter]

    @property
    def html(self) -> SafeString:
        return markdown.render(self.opening)


def read(language: str, pictures: str = PICTURES) -> Guide:
    """The guide in a language; `pictures` is where its pictures are found."""
    path = settings.BASE_DIR / "docs" / language / f"{NAME}.md"
    source = path.read_text(encoding="utf-8").replace(f"]({PICTURES}", f"]({pictures}")
    opening, *parts = CHAPTER.split(source)
    title, _line, opening = opening.removeprefix("# ").partition("\n")
    chapters = [Chapter(key, words, text) for key, words, text in zip(*(iter(parts),) * 3, strict=True)]
    return Guide(title, opening, chapters)
