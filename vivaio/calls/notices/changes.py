"""The parts of an opened call that a notice may change: what they are called, how they read, what they were."""

import datetime as dt
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from vivaio.calls.models import Call, CallDocument, CallNotice
from vivaio.calls.notices import terms
from vivaio.calls.staging import queries
from vivaio.kit import formats
from vivaio.kit.language_fields import language_name
from vivaio.kit.texts import text_in, write_text

INSTANTS = {
    "closes_at": _("Applications close"),
    "questions_until": _("Questions are taken until"),
    "scoring_opens_at": _("The jury begins to score"),
    "scoring_closes_at": _("The jury ends"),
}
TEXTS = {"who": _("Who may apply"), "what": _("What it supports"), "text": _("Full text")}
# By kind of row: attribute, how it reads, and what it is called.
ROWS: dict[str, tuple[tuple[str, str, Any], ...]] = {
    "tracks": (("places", "number", _("Places")),),
    "conditions": (("title", "text", _("Condition")),),
    "awards": (("quantity", "number", _("How many")), ("amount", "amount", _("Amount")), *terms.ROWS),
    "dates": (("at", "instant", _("When")),),
    "stages": (("opens_at", "instant", _("Opens")), ("closes_at", "instant", _("Closes"))),
}


@dataclass(frozen=True)
class Part:
    """One thing that may change: an instant, a text in a language, a number of a row."""

    key: str
    name: str
    kind: str
    language: str = ""
    row: Any = None
    section: str = ""

    def value(self, call: Call) -> Any:
        """What it is now."""
        subject = self.row or call
        return (
            text_in(subject, self.name, self.language) if self.kind == "text" else getattr(subject, self.name)
        )

    def set(self, call: Call, value: Any) -> None:
        subject = self.row or call
        if self.kind == "text":
            write_text(subject, self.name, self.language, value or "")
        else:
            setattr(subject, self.name, value)

    @property
    def label(self) -> str:
        return label_of({"part": self.part, "language": self.language, "title": titles_of(self.row)})

    @property
    def part(self) -> str:
        return f"{self.section}.{self.name}" if self.section else self.name


def parts(call: Call) -> Iterator[Part]:
    """Every part, in the order of the call's page."""
    for name in INSTANTS:
        yield Part(name, name, "instant")
    languages = call.programme.languages or ["it"]
    for name in TEXTS:
        for language in languages:
            yield Part(f"{name}-{language}", name, "text", language)
    for section, fields in ROWS.items():
        for row in rows_of(call, section):
            if getattr(row, "internal", False):
                continue
            for name, kind, _label in fields:
                if kind in terms.KINDS and not terms.may_have(row):
                    continue
                for language in languages if kind == "text" else [""]:
                    key = "-".join(filter(None, (section, key_of(row), name, language)))
                    yield Part(key, name, kind, language, row, section)


def rows_of(call: Call, section: str) -> Iterable[Any]:
    """The rows that may change; of the stages those to come, whose dates were announced with the call."""
    return queries.to_come(call) if section == "stages" else getattr(call, section).all()


def key_of(row: Any) -> str:
    return str(row.slug if isinstance(row, Call) else row.key)


def differ(before: Any, after: Any) -> bool:
    """Whether two values read otherwise: spaces around a text, line ends, and the order of choices do not count."""
    if isinstance(before, str) and isinstance(after, str):
        return before.replace("\r\n", "\n").strip() != after.replace("\r\n", "\n").strip()
    if isinstance(before, list) and all(isinstance(one, str) for one in (*before, *after)):
        return set(before) != set(after)
    return bool(before != after)


def stored(value: Any) -> str:
    """A value as the notice keeps it."""
    if value is None:
        return ""
    if isinstance(value, list):
        return "\n".join(terms.kept(value))
    return value.astimezone(dt.UTC).isoformat() if isinstance(value, dt.datetime) else str(value)


def change(part: Part, before: Any, after: Any) -> dict[str, Any]:
    """What the notice keeps of one change."""
    return {
        "part": part.part,
        "kind": part.kind,
        "language": part.language,
        "title": titles_of(part.row),
        "currency": getattr(part.row, "currency", "") if part.kind == "amount" else "",
        "before": stored(before),
        "after": stored(after),
        **({"corrected": terms.corrected(before, after)} if part.kind == "suppliers" else {}),
    }


def announced(document: CallDocument) -> dict[str, Any]:
    """A document that the notice brings."""
    return {
        "part": "document", "kind": "text", "language": "", "title": {}, "before": "", "after": document.title,
        "document": str(document.pk),
    }  # fmt: skip


def titles_of(row: Any) -> dict[str, str]:
    """The row's name in every language, as it was called then."""
    if row is None:
        return {}
    others = {
        key.removeprefix("title_"): text for key, text in (row.i18n or {}).items() if key.startswith("title_")
    }
    return {"it": row.title, **others}


@dataclass(frozen=True)
class Told:
    """A change in words."""

    label: str
    before: str
    after: str
    language: str = ""
    long: bool = False


def told(notice: CallNotice) -> list[Told]:
    """What a notice changed, in the reader's words. A text in several languages is told in the reader's own."""
    spoken = (get_language() or "it").split("-")[0]
    found = list(notice.changes)
    in_mine = {one["part"] for one in found if one["language"] == spoken}
    return [
        Told(
            label=label_of(one),
            before=words_of(one, one["before"], notice.call.time_zone),
            after=words_of(one, one["after"], notice.call.time_zone, one.get("corrected") or ()),
            language=one["language"],
            long=max(len(one["before"]), len(one["after"])) > 160,
        )
        for one in found
        if not one["language"] or one["language"] == spoken or one["part"] not in in_mine
    ]


def label_of(one: Mapping[str, Any]) -> str:
    """“Places: Cooperatives”, “Who may apply (English)”."""
    section, _dot, name = one["part"].rpartition(".")
    if one["part"] == "document":
        return str(_("New document"))
    known = {name: label for name, _kind, label in ROWS.get(section, ())}
    label = str(known.get(name) or INSTANTS.get(name) or TEXTS.get(name) or name)
    title = one["title"]
    spoken = (get_language() or "it").split("-")[0]
    if title and name != "title":
        label = f"{label}: {title.get(spoken) or title.get('it', '')}"
    return (
        f"{label} ({language_name(one['language'])})"
        if one["language"] and one["language"] != spoken
        else label
    )


def words_of(one: Mapping[str, Any], value: str, zone: str, corrected: Collection[str] = ()) -> str:
    """A kept value as people read it."""
    if one["kind"] in terms.KINDS:
        return terms.in_words(one["kind"], value, corrected)
    if not value or one["kind"] == "text":
        return value
    if one["kind"] == "instant":
        return formats.instant(dt.datetime.fromisoformat(value), zone)
    if one["kind"] == "amount":
        return formats.money(Decimal(value), one["currency"] or "EUR")
    return formats.number(Decimal(value))
