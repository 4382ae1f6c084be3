"""Questions that only have another name in a newer version, found by what they ask and where they stand.

A version knows no history: a workbook may have been written anywhere. So a question that went and one that came are
one and the same if they are of one kind, stand in the same group, and say the same or hold the same questions. Where
the words are other ones too, only a guess is left: same kind, same place, same choices or logic, and no rival.
"""

from collections import Counter
from collections.abc import Hashable, Iterator, Mapping, Sequence
from dataclasses import replace

from vivaio.questionnaires.editor import marks, tree
from vivaio.questionnaires.engine.definition import Definition, Question, canonical_json
from vivaio.questionnaires.engine.expressions import references
from vivaio.questionnaires.engine.program import LOGIC

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


RULES = ("relevant", "constraint", "calculation", "choice_filter", "accept", "max_words")
"""What is written for one question, and hardly twice by chance. That an answer is required says nothing."""


def probably(old: Definition, new: Definition, found: Mapping[str, str]) -> dict[str, str]:
    """A guess at former names with today's where the words are new in every language; `found` are the sure ones."""
    gone = [each for each, _above in old.walk() if each.name not in new.by_name and each.name not in found]
    if not gone:
        return {}
    known = set(found.values())
    came = [each for each, _above in new.walk() if each.name not in old.by_name and each.name not in known]
    then, today = _speakers(old, found), _speakers(new, {})
    before = {each.name: _traits(old, each, found, new, then) for each in gone}
    now = {each.name: _traits(new, each, {}, old, today) for each in came}
    rivals = Counter([*before.values(), *now.values()])
    by_traits = {traits: name for name, traits in now.items()}
    return {
        name: by_traits[traits]
        for name, traits in before.items()
        if traits and traits in by_traits and rivals[traits] == 2
    }


def _speakers(definition: Definition, names: Mapping[str, str]) -> Mapping[str, set[str]]:
    """By name, the questions whose logic looks at a question."""
    found: dict[str, set[str]] = {}
    for question, _above in definition.walk():
        for column in LOGIC:
            for name in references(getattr(question, column)):
                found.setdefault(name, set()).add(names.get(question.name, question.name))
    return found


def _traits(
    definition: Definition,
    question: Question,
    names: Mapping[str, str],
    other: Definition,
    speakers: Mapping[str, set[str]],
) -> Sequence[Hashable]:
    """Kind, place, choices and logic of a question; nothing where they would fit any other."""
    here = tree.speaking_of(question, names)
    spoken = frozenset(speakers.get(question.name, ()))
    says = [getattr(here, rule) or "" for rule in RULES]
    offers = tuple(choice.name for choice in definition.lists.get(question.choices, ()))
    scale = tuple(sorted(question.parameters.items()))
    if not any((*says, spoken, offers, scale)):
        return ()
    beside = [names.get(one.name, one.name) for one in tree.siblings(definition, question.name)]
    at = beside.index(question.name)
    stays = [name in other.by_name for name in beside]
    left = next((beside[n] for n in range(at - 1, -1, -1) if stays[n]), "")
    right = next((beside[n] for n in range(at + 1, len(beside)) if stays[n]), "")
    holder = tree.holder_of(definition, question.name)
    above = names.get(holder.name, holder.name) if holder else ""
    return (question.kind, above, left, right, *says, spoken, offers, scale)
