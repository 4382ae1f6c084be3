"""Two versions of a form side by side: what was added, removed, changed, moved, in old and new words."""

import bisect
import difflib
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext_lazy, pgettext_lazy

from vivaio.kit.language_fields import language_name
from vivaio.questionnaires.editor import limits, picks, renaming, tree
from vivaio.questionnaires.editor.offers import offer_of
from vivaio.questionnaires.engine.definition import Choice, Definition, Question, Words
from vivaio.questionnaires.states import Signature

ADDED, REMOVED, CHANGED, MOVED = "added", "removed", "changed", "moved"
RENAMED, LIKELY = "renamed", "likely"
WORDS = {
    ADDED: pgettext_lazy("question", "Added"),
    REMOVED: pgettext_lazy("question", "Removed"),
    RENAMED: pgettext_lazy("question", "Renamed"),
    LIKELY: pgettext_lazy("question", "Probably renamed"),
    CHANGED: pgettext_lazy("question", "Changed"),
    MOVED: pgettext_lazy("question", "Moved"),
}
COUNTED = {
    ADDED: ngettext_lazy("%(n)s added", "%(n)s added", "n"),
    REMOVED: ngettext_lazy("%(n)s removed", "%(n)s removed", "n"),
    RENAMED: ngettext_lazy("%(n)s renamed", "%(n)s renamed", "n"),
    LIKELY: ngettext_lazy("%(n)s probably renamed", "%(n)s probably renamed", "n"),
    CHANGED: ngettext_lazy("%(n)s changed", "%(n)s changed", "n"),
    MOVED: ngettext_lazy("%(n)s moved", "%(n)s moved", "n"),
}
TONES = {ADDED: "yes", REMOVED: "no", RENAMED: "", LIKELY: "", CHANGED: "maybe", MOVED: ""}
TEXTS = (
    ("label", gettext_lazy("What people read")),
    ("hint", gettext_lazy("Help")),
    ("guidance_hint", gettext_lazy("Further help")),
    ("required_message", gettext_lazy("If it is missing")),
    ("constraint_message", gettext_lazy("If it is not accepted")),
)
PLAIN = (
    ("calculation", gettext_lazy("Calculation")),
    ("default", gettext_lazy("Initial value")),
    ("read_only", gettext_lazy("Read-only")),
    ("choices", gettext_lazy("List of choices")),
    ("choice_filter", gettext_lazy("Choices that are shown")),
    ("max_words", gettext_lazy("Maximum number of words")),
    ("max_rows", gettext_lazy("Maximum number of rows")),
    ("max_files", gettext_lazy("Maximum number of files")),
    ("accept", gettext_lazy("Kinds of file")),
)
Pieces = tuple[tuple[bool, str], ...]
"""A text in pieces; true for those that the other version does not have."""


@dataclass(frozen=True)
class Detail:
    """One thing that changed: what, and how it read before and reads now."""

    what: str
    before: Pieces
    after: Pieces


@dataclass(frozen=True)
class Entry:
    """A question, or a list, that is not as it was. `kinds` may be renamed, changed and moved at once."""

    name: str
    label: str
    kinds: tuple[str, ...]
    about: Any = ""
    details: tuple[Detail, ...] = ()

    @property
    def tags(self) -> list[tuple[Any, str]]:
        return [(WORDS[kind], TONES[kind]) for kind in self.kinds]


@dataclass(frozen=True)
class Comparison:
    """All that is not as it was, in the order of the newer form; what was removed after what it stood behind."""

    entries: tuple[Entry, ...]
    form: tuple[Detail, ...] = field(default=())

    def counts(self) -> list[str]:
        """“2 added”, “1 moved”: only what there is."""
        return [
            str(COUNTED[kind] % {"n": count})
            for kind in WORDS
            if (count := sum(kind in entry.kinds for entry in self.entries))
        ]

    @property
    def same(self) -> bool:
        return not self.entries and not self.form


def compared(old: Definition, new: Definition, language: str = "it") -> Comparison:
    """What tells the newer form from the older."""
    names = renaming.renamed(old, new)
    likely = renaming.probably(old, new, names)
    names = {**names, **likely}
    former = {name: before for before, name in names.items()}
    old = tree.with_other_names(old, names)
    strayed = moved(old, new)
    entries: list[Entry] = []
    for question, _above in new.walk():
        before = old.by_name.get(question.name)
        if before is None:
            entries.append(_whole(new, question, ADDED, language))
            continue
        details = tuple(_details(old, new, before, question, language))
        kinds = ((CHANGED,) if details else ()) + ((MOVED,) if question.name in strayed else ())
        if question.name in former:
            kinds = (LIKELY if former[question.name] in likely else RENAMED, *kinds)
            details = (
                Detail(
                    _("Name in the answers and in expressions"),
                    *plainly(former[question.name], question.name),
                ),
                *details,
            )
        if kinds:
            where = () if question.name not in strayed else (_where(old, new, question.name, language),)
            label = new.words(question.label, language) or question.name
            entries.append(Entry(question.name, label, kinds, offer_of(question).word, (*details, *where)))
    for question, _above in old.walk():
        if question.name not in new.by_name:
            entries.append(_whole(old, question, REMOVED, language))
    entries.extend(_lists(old, new, language))
    title = tuple(_words(_("Title"), old.title, new.title))
    if old.languages != new.languages:
        spoken = plainly(*(", ".join(map(language_name, each.languages)) for each in (old, new)))
        title = (*title, Detail(_("Languages"), *spoken))
    return Comparison(tuple(entries), title)


def _whole(definition: Definition, question: Question, kind: str, language: str) -> Entry:
    label = definition.words(question.label, language) or question.name
    return Entry(question.name, label, (kind,), offer_of(question).word)


def moved(old: Definition, new: Definition) -> set[str]:
    """The questions that stand in another group, or in another order among those that stayed."""
    found: set[str] = set()
    holders: dict[str, list[str]] = {}
    for question, above in new.walk():
        if question.name not in old.by_name:
            continue
        here, there = _holder(above), _holder(old.above[question.name])
        if here != there:
            found.add(question.name)
        else:
            holders.setdefault(here, []).append(question.name)
    place = {name: at for at, name in enumerate(old.by_name)}
    for names in holders.values():
        stayed = in_order([place[name] for name in names])
        found |= {name for at, name in enumerate(names) if at not in stayed}
    return found


def _holder(above: Sequence[Question]) -> str:
    return above[-1].name if above else ""


def in_order(numbers: Sequence[int]) -> set[int]:
    """The places of a longest rising row among numbers: the fewest moves explain the rest."""
    tails: list[int] = []
    ends: list[int] = []
    previous: list[int] = []
    for at, each in enumerate(numbers):
        spot = bisect.bisect_left(tails, each)
        previous.append(ends[spot - 1] if spot else -1)
        tails[spot : spot + 1] = [each]
        ends[spot : spot + 1] = [at]
    found: set[int] = set()
    at = ends[-1] if ends else -1
    while at >= 0:
        found.add(at)
        at = previous[at]
    return found


def _where(old: Definition, new: Definition, name: str, language: str) -> Detail:
    def told(definition: Definition) -> str:
        holder = tree.holder_of(definition, name)
        beside = [each.name for each in tree.siblings(definition, name)]
        at = beside.index(name) + 1
        if holder is None:
            return _("place %(number)s in the form") % {"number": at}
        inside = definition.words(holder.label, language) or holder.name
        return _("place %(number)s of “%(group)s”") % {"number": at, "group": inside}

    return Detail(_("Place"), ((False, told(old)),), ((False, told(new)),))


def _details(
    old: Definition, new: Definition, before: Question, after: Question, language: str
) -> Iterator[Detail]:
    for column, what in TEXTS:
        yield from _words(str(what), getattr(before, column), getattr(after, column))
    if (before.kind, offer_of(before)) != (after.kind, offer_of(after)):
        yield Detail(_("Kind"), *plainly(str(offer_of(before).word), str(offer_of(after).word)))
    if before.required != after.required:
        yield Detail(_("Answer"), *plainly(_needed(old, before, language), _needed(new, after, language)))
    if before.relevant != after.relevant:
        told = (
            picks.said(old, before.relevant, language) or _("always"),
            picks.said(new, after.relevant, language) or _("always"),
        )
        yield Detail(_("When it is asked"), *plainly(*told))
    if before.constraint != after.constraint:
        yield Detail(_("What is accepted"), *plainly(*_accepted(old, before, new, after)))
    for column, what in PLAIN:
        one, other = getattr(before, column), getattr(after, column)
        if one != other:
            yield Detail(str(what), *plainly(str(one or ""), str(other or "")))
    if before.signature != after.signature:
        yield Detail(_("Signature"), *plainly(_signature(before), _signature(after)))
    if before.identifying != after.identifying:
        told = {True: _("yes"), False: _("no")}
        yield Detail(_("Tells who applies"), *plainly(told[before.identifying], told[after.identifying]))
    if _scale(before) != _scale(after):
        yield Detail(_("Scale"), *plainly(_scale(before), _scale(after)))
    one, other = (question.parameters.get("rows", "") for question in (before, after))
    if one != other:
        yield Detail(_("Height of the field, in lines"), *plainly(one, other))


def _signature(question: Question) -> str:
    """How the document has to be signed, in words."""
    return str(Signature(question.signature).label) if question.signature else ""


def _scale(question: Question) -> str:
    """“from 0 to 10, in steps of 1”; empty for what is no range."""
    told = _("from %(start)s to %(end)s, in steps of %(step)s")
    return told % question.range if question.kind == "range" else ""


def _pairs(found: Mapping[str, str]) -> str:
    return ", ".join(f"{key} {value}" for key, value in found.items())


def _needed(definition: Definition, question: Question, language: str) -> str:
    if not question.required:
        return _("optional")
    if question.required == "true()":
        return _("required")
    return _("required if %(condition)s") % {"condition": picks.said(definition, question.required, language)}


def _accepted(old: Definition, before: Question, new: Definition, after: Question) -> tuple[str, str]:
    """What is accepted, in words as long as they tell one from the other."""
    one, other = (
        limits.said(definition, question) or question.constraint or _("anything")
        for definition, question in ((old, before), (new, after))
    )
    return (one, other) if one != other else (before.constraint, after.constraint)


def _words(what: str, before: Words, after: Words) -> Iterator[Detail]:
    for code in dict.fromkeys([*before, *after]):
        one, other = before.get(code, ""), after.get(code, "")
        if one != other:
            yield Detail(f"{what} ({language_name(code)})", *word_by_word(one, other))


def _lists(old: Definition, new: Definition, language: str) -> Iterator[Entry]:
    for name in dict.fromkeys([*new.lists, *old.lists]):
        before, after = old.lists.get(name, ()), new.lists.get(name, ())
        if before == after:
            continue
        details = tuple(_choices(before, after))
        kind = ADDED if not before else REMOVED if not after else CHANGED
        if details:
            yield Entry("", name, (kind,), _("List of choices"), details if kind == CHANGED else ())


def _choices(before: Sequence[Choice], after: Sequence[Choice]) -> Iterator[Detail]:
    old, new = {each.name: each for each in before}, {each.name: each for each in after}
    for name in dict.fromkeys([*new, *old]):
        one, other = old.get(name), new.get(name)
        if one is None or other is None:
            yield Detail(_("Choice “%(name)s”") % {"name": name}, *plainly(_label(one), _label(other)))
        elif one != other:
            yield from _words(_("Choice “%(name)s”") % {"name": name}, one.label, other.label)
            if dict(one.extra) != dict(other.extra):
                columns = plainly(_pairs(one.extra), _pairs(other.extra))
                yield Detail(_("Choice “%(name)s”") % {"name": name}, *columns)
    kept = [name for name in new if name in old]
    if kept != [name for name in old if name in new]:
        orders = [", ".join(_label(found[name]) for name in found if name in kept) for found in (old, new)]
        yield Detail(_("Order"), *plainly(*orders))


def _label(choice: Choice | None) -> str:
    return next((text for text in choice.label.values() if text), choice.name) if choice else ""


def plainly(before: str, after: str) -> tuple[Pieces, Pieces]:
    """Both whole: nothing of one is worth finding in the other."""
    return ((bool(before), before),), ((bool(after), after),)


def word_by_word(before: str, after: str) -> tuple[Pieces, Pieces]:
    """Both in pieces, those that differ marked. Very long texts are shown whole."""
    one, other = re.findall(r"\S+\s*|\s+", before), re.findall(r"\S+\s*|\s+", after)
    if len(one) * len(other) > 250_000:
        return plainly(before, after)
    left: list[tuple[bool, str]] = []
    right: list[tuple[bool, str]] = []
    for tag, a, b, c, d in difflib.SequenceMatcher(None, one, other, autojunk=False).get_opcodes():
        left += [(tag != "equal", "".join(one[a:b]))] if b > a else []
        right += [(tag != "equal", "".join(other[c:d]))] if d > c else []
    return tuple(left), tuple(right)
