"""Questions that only have another name in a newer version, found by what they ask and where they stand.

A version knows no history: a workbook may have been written anywhere. So a question that went and one that came are
one and the same if they are of one kind, stand in the same group, and say the same or hold the same questions.
"""

from collections.abc import Hashable, Iterator, Mapping, Sequence
from dataclasses import replace

from vivaio.questionnaires.editor import marks, tree
from vivaio.questionnaires.engine.definition import Definition, Question, canonical_json

Clues = Sequence[Sequence[Hashable]]
"""What a question is known by: in every respect, by its words in a language, by what stands inside it."""

TURNS = 8
"""Each turn finds what the turn before made known: the questions of a renamed group, those that speak of them."""


def renamed(old: Definition, new: Definition) -> dict[str, str]:
    """The former names with those of today."""
    found: dict[str, str] = {}
    for _turn in range(TURNS):
        gone = [
            (each.name, clues_of(tree.speaking_of(each, found), found.get(holder, holder), found))
            for each, holder in _standing(old)
            if each.name not in new.by_name and each.name not in found
        ]
        came = [
            (each.name, clues_of(each, holder, {}))
            for each, holder in _standing(new)
            if each.name not in old.by_name and each.name not in found.values()
        ]
        more = _matched(gone, came)
        if not more:
            break
        found |= more
    return found


def _standing(definition: Definition) -> Iterator[tuple[Question, str]]:
    """Every question with the name of the group or table around it."""
    for question, above in definition.walk():
        yield question, above[-1].name if above else ""


def clues_of(question: Question, holder: str, names: Mapping[str, str]) -> Clues:
    """The surest first; `names` are those found so far."""
    here = (question.kind, holder)
    bare = replace(question, name="", children=())
    says = bare != Question("", question.kind)
    inside = tuple(names.get(each.name, each.name) for each in question.children)
    return (
        [(*here, canonical_json(marks.plain(bare)))] if says else [],
        [(*here, code, text) for code, text in question.label.items() if text],
        [(*here, inside)] if inside else [],
    )


def _matched(gone: Sequence[tuple[str, Clues]], came: Sequence[tuple[str, Clues]]) -> dict[str, str]:
    found: dict[str, str] = {}
    for level in range(3):
        known: dict[Hashable, list[str]] = {}
        for name, clues in gone:
            for clue in clues[level]:
                known.setdefault(clue, []).append(name)
        for name, clues in came:
            if name not in found.values():
                alike = (each for clue in clues[level] for each in known.get(clue, ()) if each not in found)
                if match := next(alike, ""):
                    found[match] = name
    return found
