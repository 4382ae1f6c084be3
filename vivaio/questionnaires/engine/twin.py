"""The YAML twin of an XLSForm workbook: the same columns, with groups and tables written as nested lists.

`SCHEMA` is its JSON Schema; the blueprint's schema includes it.
"""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import yaml
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from vivaio.kit.later import later
from vivaio.questionnaires.engine.columns import FLAGS, LIMITS, PLAIN, TRANSLATED
from vivaio.questionnaires.engine.definition import MAX_ROWS, Definition, Question, Words
from vivaio.questionnaires.engine.reading import Issue, Reading, Sheet, read_sheets

if TYPE_CHECKING:
    from ruamel import yaml as plain
    from ruamel.yaml import error as plain_error
else:
    plain, plain_error = later("ruamel.yaml"), later("ruamel.yaml.error")

MOST_BYTES = 1024 * 1024
HOLDS = ("group", "repeat")
QUOTES = gettext_noop("yes and no are words here: put them in quotes")

_WORDS = {
    "description": "One text, or one for each language: {it: …, en: …}.",
    "anyOf": [{"type": "string"}, {"type": "object", "additionalProperties": {"type": "string"}}],
}
_LOGIC = {"type": ["string", "number", "boolean"]}
SCHEMA: dict[str, Any] = {
    "type": "object",
    "required": ["survey"],
    "additionalProperties": False,
    "properties": {
        "title": _WORDS,
        "settings": {
            "type": "object",
            "properties": {
                "form_id": {"type": "string"},
                "default_language": {"type": "string"},
                "languages": {"type": "array", "items": {"type": "string"}},
            },
            "additionalProperties": False,
        },
        "survey": {"type": "array", "items": {"$ref": "#/$defs/question"}},
        "choices": {
            "type": "object",
            "additionalProperties": {
                "type": "array",
                "items": {
                    "type": "object",
                    "required": ["name"],
                    "properties": {"name": {"type": ["string", "number"]}, "label": _WORDS},
                    "additionalProperties": {"type": ["string", "number", "boolean"]},
                },
            },
        },
    },
    "$defs": {
        "question": {
            "type": "object",
            "required": ["type"],
            "additionalProperties": False,
            "properties": {
                "type": {"type": "string"},
                "name": {"type": "string"},
                **dict.fromkeys(TRANSLATED, _WORDS),
                "required": _LOGIC,
                **dict.fromkeys(PLAIN, _LOGIC),
                "parameters": {
                    "description": "Of a range: {start: 0, end: 10, step: 1}.",
                    "anyOf": [
                        {"type": "string"},
                        {"type": "object", "additionalProperties": {"type": ["string", "number"]}},
                    ],
                },
                **{column: {"type": "integer", "minimum": 1} for column in LIMITS},
                **{column: {"type": "boolean"} for column in FLAGS},
                "questions": {"type": "array", "items": {"$ref": "#/$defs/question"}},
            },
        }
    },
}


def read_text(content: bytes) -> Reading:
    """Read a YAML file. Never raises: what is wrong is in `problems`, with its line where it is known."""
    if len(content) > MOST_BYTES:
        return Reading(None, [Issue("", _("the file is larger than 1 MB; split the form"))])
    try:
        node = yaml.compose(content.decode(), Loader=yaml.SafeLoader)
        if _aliased(node):
            return Reading(
                None, [Issue("", _("anchors and aliases (& and *) are not supported; write it out"))]
            )
        data = plain.YAML(typ="safe", pure=True).load(content)
    except (yaml.YAMLError, plain_error.YAMLError, UnicodeDecodeError, ValueError, RecursionError) as error:
        mark = getattr(error, "problem_mark", None)
        where = _("line %(line)s") % {"line": mark.line + 1} if mark else ""
        reason = str(getattr(error, "problem", "") or _("the file is not UTF-8 YAML"))
        return Reading(None, [Issue(where, reason)])
    return read(data, _lines(node))


def read(data: Any, lines: Mapping[int, int] | None = None) -> Reading:
    """Read the twin as loaded from YAML. `lines` gives the line of the n-th question, where it is known."""
    if (
        not isinstance(data, Mapping)
        or not isinstance(data.get("survey"), Sequence)
        or isinstance(data["survey"], str)
    ):
        return Reading(
            None, [Issue("survey", _("the list “survey” is missing; it holds one entry for each question"))]
        )
    unknown = [str(key) for key in data if key not in SCHEMA["properties"]]
    if unknown:
        message = _("“%(name)s” is not known; a form has title, settings, survey and choices") % {
            "name": unknown[0]
        }
        return Reading(None, [Issue("", message)])
    problems: list[Issue] = []
    if not isinstance(data.get("settings") or {}, Mapping):
        return Reading(
            None, [Issue("settings", _("settings are form_id and default_language, each with its value"))]
        )
    survey, places = _survey(data["survey"], problems, lines or {})
    settings = {
        str(key): " ".join(map(str, value)) if isinstance(value, list) else str(value)
        for key, value in (data.get("settings") or {}).items()
    }
    title = data.get("title")
    texts = title if isinstance(title, Mapping) else {"": title}
    settings |= {f"form_title::{code}".removesuffix("::"): str(text) for code, text in texts.items() if text}
    rows = {"survey": survey, "choices": _choices(data.get("choices"), problems), "settings": [settings]}
    sheets = {
        name: Sheet(list(dict.fromkeys(key for row in found for key in row)), found)
        for name, found in rows.items()
    }
    if problems:
        return Reading(None, problems)

    def place(sheet: str, row: int, column: str) -> str:
        return (
            f"{places[row]}, {column.partition('::')[0]}"
            if sheet == "survey" and row < len(places)
            else sheet
        )

    return read_sheets(sheets, place)


def _survey(
    items: Sequence[Any], problems: list[Issue], lines: Mapping[int, int]
) -> tuple[list[dict[str, str]], list[str]]:
    """The nested questions as the rows of a survey sheet, and where each row comes from."""
    rows: list[dict[str, str]] = []
    places: list[str] = []
    stack: list[tuple[Any, str, int]] = [
        (item, f"survey[{at}]", 1) for at, item in reversed(list(enumerate(items)))
    ]
    count = 0
    while stack:
        item, path, depth = stack.pop()
        where = path
        if isinstance(item, Mapping) and "end" not in item:
            where += " (" + _("line %(line)s") % {"line": lines[count]} + ")" if count in lines else ""
            count += 1
        if not isinstance(item, Mapping) or depth > 12:
            problems.append(Issue(where, _("this is not a question: write type, name and label")))
            continue
        if set(item) == {"end"}:
            rows.append({"type": f"end_{item['end']}"})
            places.append(path)
            continue
        row, wrong = _row(item)
        problems.extend(Issue(where, message) for message in wrong)
        kind = str(item.get("type", "")).strip()
        if kind in HOLDS:
            row["type"] = f"begin_{kind}"
            stack.append(({"end": kind}, path, depth))
            inner = item.get("questions") or []
            if not isinstance(inner, Sequence) or isinstance(inner, str):
                problems.append(Issue(where, _("“questions” is a list of questions")))
                inner = []
            stack.extend(
                (each, f"{path}.questions[{at}]", depth + 1) for at, each in reversed(list(enumerate(inner)))
            )
        rows.append(row)
        places.append(where)
    return rows, places


def _row(item: Mapping[str, Any]) -> tuple[dict[str, str], list[str]]:
    row: dict[str, str] = {}
    wrong: list[str] = []
    for key, value in item.items():
        if key == "questions" or value is None:
            continue
        if key in TRANSLATED and isinstance(value, Mapping):
            row |= {f"{key}::{code}": str(text) for code, text in value.items() if text}
            wrong.extend(_(QUOTES) for text in value.values() if isinstance(text, bool))
        elif key == "parameters" and isinstance(value, Mapping):
            row[key] = " ".join(f"{name}={text}" for name, text in value.items())
        elif key in ("type", "name", "required", *TRANSLATED, *PLAIN, *LIMITS, *FLAGS) and not isinstance(
            value, (Mapping, list)
        ):
            row[key] = str(value).lower() if isinstance(value, bool) else str(value).strip()
        else:
            wrong.append(_("“%(name)s” is not a column of a question") % {"name": str(key)[:60]})
    return row, wrong


def _choices(lists: Any, problems: list[Issue]) -> list[dict[str, str]]:
    if lists is None:
        return []
    if not isinstance(lists, Mapping):
        problems.append(Issue("choices", _("choices are lists by name: {sectors: [{name: …, label: …}]}")))
        return []
    rows = []
    for name, choices in lists.items():
        for choice in choices if isinstance(choices, Sequence) and not isinstance(choices, str) else ():
            if not isinstance(choice, Mapping):
                problems.append(Issue(f"choices.{name}", _("each choice has a name and a label")))
                continue
            row = {"list_name": str(name)}
            for key, value in choice.items():
                texts = value if isinstance(value, Mapping) else {"": value}
                if any(isinstance(text, bool) for text in texts.values()):
                    problems.append(Issue(f"choices.{name}", _(QUOTES)))
                row |= {
                    f"{key}::{code}".removesuffix("::"): str(text) for code, text in texts.items() if text
                }
            rows.append(row)
    return rows


def _aliased(root: yaml.Node | None) -> bool:
    """Whether the file repeats a node: a few lines of aliases can stand for millions."""
    seen: set[int] = set()
    stack = [root] if root is not None else []
    while stack:
        node = stack.pop()
        if id(node) in seen:
            return True
        seen.add(id(node))
        if isinstance(node, yaml.MappingNode):
            stack.extend(each for pair in node.value for each in pair)
        elif isinstance(node, yaml.SequenceNode):
            stack.extend(node.value)
    return False


def _lines(root: yaml.Node | None) -> dict[int, int]:
    """The line of each question, in the order of the form."""
    found: list[int] = []

    def entry(node: yaml.Node, key: str) -> yaml.Node | None:
        if not isinstance(node, yaml.MappingNode):
            return None
        return next((value for name, value in node.value if name.value == key), None)

    survey = entry(root, "survey") if root is not None else None
    stack = list(reversed(survey.value)) if isinstance(survey, yaml.SequenceNode) else []
    while stack:
        node = stack.pop()
        if isinstance(node, yaml.MappingNode):
            found.append(node.start_mark.line + 1)
        inner = entry(node, "questions")
        if isinstance(inner, yaml.SequenceNode):
            stack.extend(reversed(inner.value))
    return dict(enumerate(found))


def write(definition: Definition) -> dict[str, Any]:
    """The definition as a twin: `read(write(definition)).definition == definition`."""
    data: dict[str, Any] = {}
    if definition.title:
        data["title"] = dict(definition.title)
    data["settings"] = {"default_language": definition.language}
    if len(definition.languages) > 2 or not set(definition.languages) <= _spoken(definition):
        data["settings"]["languages"] = list(definition.languages)
    if definition.name:
        data["settings"]["form_id"] = definition.name
    data["survey"] = [_write(definition, question) for question in definition.questions]
    if definition.lists:
        data["choices"] = {
            name: [{"name": each.name, "label": dict(each.label), **each.extra} for each in found]
            for name, found in definition.lists.items()
        }
    return data


def _spoken(definition: Definition) -> set[str]:
    """The languages that the form's words show: its own, and those in which something is said."""
    texts = [definition.title, *(choice.label for found in definition.lists.values() for choice in found)]
    texts += [getattr(question, key) for question in definition.by_name.values() for key in TRANSLATED]
    return {definition.language, *(code for words in texts for code in words)}


def _write(definition: Definition, question: Question) -> dict[str, Any]:
    kind = f"{question.kind} {question.choices}" if question.choices else question.kind
    item: dict[str, Any] = {"type": kind, "name": question.name}
    usual: dict[str, Any] = {"max_words": 0, "max_rows": MAX_ROWS, "max_files": 1}
    for key in TRANSLATED:
        words: Words = getattr(question, key)
        if words:
            item[key] = dict(words)
    if question.required:
        item["required"] = True if question.required == "true()" else question.required
    item |= {
        key: dict(found) if isinstance(found, Mapping) else found
        for key in PLAIN
        if (found := getattr(question, key))
    }
    item |= {key: getattr(question, key) for key in LIMITS if getattr(question, key) != usual[key]}
    item |= {key: True for key in FLAGS if getattr(question, key)}
    if question.kind in HOLDS:
        item["questions"] = [_write(definition, child) for child in question.children]
    return item
