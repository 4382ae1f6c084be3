"""The part of a blueprint that describes the forms: each is the YAML twin of an XLSForm, with a key."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from vivaio.kit.reconcile import ABSENT, Change, Passage
from vivaio.people.models import Person
from vivaio.programmes.models import Programme
from vivaio.questionnaires import actions
from vivaio.questionnaires.engine import twin
from vivaio.questionnaires.engine.definition import Definition
from vivaio.questionnaires.models import Form

DEFINITIONS: dict[str, Any] = twin.SCHEMA["$defs"]
SCHEMA: dict[str, Any] = {
    "type": "array",
    "items": {
        "type": "object",
        "additionalProperties": False,
        "required": ["key", "title", "survey"],
        "properties": {
            **twin.SCHEMA["properties"],
            "key": {"$ref": "#/$defs/key"},
            "title": {"$ref": "#/$defs/text"},
        },
    },
}


def problems(entry: Mapping[str, Any], languages: Sequence[str]) -> Iterator[tuple[tuple[Any, ...], str]]:
    """What the form's own engine does not take: a path inside the entry, and words."""
    for issue in reading_of(entry, languages).problems:
        yield place_of(issue.where), issue.message


def reading_of(entry: Mapping[str, Any], languages: Sequence[str]) -> twin.Reading:
    """The entry as the engine reads it, its first language being the programme's."""
    form = {name: value for name, value in entry.items() if name != "key"}
    form["settings"] = {"default_language": languages[0]} | dict(entry.get("settings") or {})
    return twin.read(form)


def place_of(where: str) -> tuple[Any, ...]:
    """`survey[2].questions[0], hint` as a path: survey, 2, questions, 0, hint."""
    path: list[Any] = []
    for step in where.partition(" (")[0].replace(", ", ".").replace("]", "").split("."):
        name, *position = step.split("[")
        path += [name, *(int(number) for number in position if number.isdigit())]
    return tuple(path)


def bring(entries: Sequence[Mapping], programme: Programme, passage: Passage, *, by: Person | None) -> None:
    """Give each form its newest version; a form that is the same as its current version is left alone."""
    for entry in entries:
        definition = reading_of(entry, passage.languages).definition
        assert definition is not None, "the blueprint was checked before"  # noqa: S101 a promise between rooms
        known = Form.objects.filter(programme=programme, key=entry["key"]).first()
        before = known.current if known else None
        texts = dict(definition.title)
        title = texts.get("it") or next(iter(texts.values()), entry["key"])
        form = actions.keep_form(programme, entry["key"], title=title, title_en=texts.get("en"), by=by)
        version = actions.publish_version(form, definition, by=by)
        passage.known[f"forms/{entry['key']}"] = version
        if before is None:
            passage.changes.append(Change(f"forms/{entry['key']}", "created"))
        elif version != before:
            passage.changes.append(
                Change(f"forms/{entry['key']}", "updated", (("version", before.number, version.number),))
            )


def tell(programme: Programme, passage: Passage) -> list[dict[str, Any]]:
    """The current version of each form, as the file writes it."""
    told = []
    for form in Form.objects.filter(programme=programme).order_by("key"):
        if form.current is not None:
            definition: Definition = form.current.questionnaire
            written = twin.write(definition)
            told.append({"key": form.key, "title": written.pop("title", ABSENT)} | written)
    return [{name: value for name, value in entry.items() if value is not ABSENT} for entry in told]
