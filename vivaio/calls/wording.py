"""Letters in a call's own words, as a blueprint writes them."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _

from vivaio.calls import rules
from vivaio.calls.models import Call
from vivaio.kit.reconcile import Change, Passage
from vivaio.kit.rules import require
from vivaio.mailroom.letters import REGISTRY
from vivaio.mailroom.wording import actions as mailroom
from vivaio.mailroom.wording import queries as wordings
from vivaio.mailroom.wording import rules as wording
from vivaio.people.models import Person


def problems(entries: Sequence[Mapping], languages: Sequence[str]) -> Iterator[tuple[tuple[Any, ...], str]]:
    """What keeps these letters from being sent: a path among the entries, and words."""
    for place, entry in enumerate(entries):
        letter = REGISTRY.get(entry["letter"])
        wordable = letter.wording if letter else None
        if wordable is None:
            known = ", ".join(sorted(name for name, one in REGISTRY.items() if one.wording))
            words = _("“%(name)s” is not a letter that a call says in its own words. Known: %(known)s.")
            yield (place, "letter"), words % {"name": entry["letter"], "known": known}
            continue
        subjects, bodies = (texts(entry[name], languages) for name in ("subject", "text"))
        if set(subjects) != set(bodies):
            yield (place, "text"), _("Subject and text of a letter are written in the same languages.")
        for name, rule, said in (("subject", wording.subject, subjects), ("text", wording.body, bodies)):
            for text in said.values():
                if reason := rule(text, wordable):
                    yield (place, name), str(reason)


def texts(value: Any, languages: Sequence[str]) -> dict[str, str]:
    """A text by language; without one it is in the first."""
    return dict(value) if isinstance(value, Mapping) else {languages[0]: value}


def bring(entries: Sequence[Mapping], call: Call, passage: Passage, *, by: Person | None) -> None:
    """Say these letters of the call as the file does. What it does not name stays as it is.

    Raises `Refused` where the call is over.
    """
    named = set()
    for entry in entries:
        name = entry["letter"]
        named.add(name)
        before = wordings.of_letter(call.pk, name)
        bodies = texts(entry["text"], passage.languages)
        changed: list[tuple[str, Any, Any]] = []
        for language, subject in texts(entry["subject"], passage.languages).items():
            was = before.get(language)
            now = (subject.strip(), bodies[language].replace("\r\n", "\n").strip() + "\n")
            if was is not None and (was.subject, was.body) == now:
                continue
            require(rules.alive, call)
            mailroom.word(call, name, language, subject=now[0], body=now[1], by=by)
            changed += [
                (f"{part}.{language}", old, new)
                for part, old, new in zip(
                    ("subject", "text"), (was.subject, was.body) if was else ("", ""), now, strict=True
                )
                if old != new
            ]
        if changed:
            action = "updated" if before else "created"
            passage.changes.append(Change(place_of(call, name), action, tuple(changed) if before else ()))
    left = wordings.of_owner(call.pk).exclude(letter__in=named).values_list("letter", flat=True)
    passage.changes += [Change(place_of(call, name), "kept") for name in sorted(set(left))]


def tell(call: Call) -> list[dict[str, Any]]:
    """The letters that the call says in its own words, as the file writes them."""
    told: dict[str, dict[str, Any]] = {}
    for row in wordings.of_owner(call.pk).order_by("letter", "language"):
        entry = told.setdefault(row.letter, {"letter": row.letter, "subject": {}, "text": {}})
        entry["subject"][row.language], entry["text"][row.language] = row.subject, row.body
    return list(told.values())


def place_of(call: Call, letter: str) -> str:
    """How a plan names a letter."""
    return f"calls/{call.slug}/letters/{letter}"
