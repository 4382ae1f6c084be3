"""From the rows of an XLSForm (survey, choices, settings) to a definition.

The rows come from a workbook (`workbook.read`) or from its YAML twin (`twin.read`); pyxform builds the tree, and every
problem is told with the place that the source gives it.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _
from pyxform.errors import PyXFormError
from pyxform.xls2json import workbook_to_json
from pyxform.xls2json_backends import get_xlsform

from vivaio.questionnaires.engine.definition import MAX_ROWS, Choice, Definition, Question, Words
from vivaio.questionnaires.engine.expressions import references
from vivaio.questionnaires.engine.program import (
    MOST_CHOICES,
    MOST_QUESTIONS,
    NAME,
    Problem,
    bad_name,
    compiled,
)

Row = Mapping[str, str]
Place = Callable[[str, int, str], str]
"""Names a place in the source: sheet, row (counted from 0), column."""

KINDS = {
    "text": "text",
    "string": "text",
    "integer": "integer",
    "int": "integer",
    "decimal": "decimal",
    "date": "date",
    "select one": "select_one",
    "select all that apply": "select_multiple",
    "file": "file",
    "note": "note",
    "calculate": "calculate",
    "group": "group",
    "repeat": "repeat",
}
FIRST_WORDS = {
    *(
        "text",
        "string",
        "integer",
        "int",
        "decimal",
        "date",
        "select_one",
        "select_multiple",
        "select",
        "select1",
    ),
    *("file", "note", "calculate", "begin_group", "end_group", "begin_repeat", "end_repeat", "begin", "end"),
}
INSTEAD = {
    **dict.fromkeys(("image", "audio", "video"), "file"),
    **dict.fromkeys(("barcode", "geopoint", "geotrace", "geoshape", "time", "dateTime", "range"), "text"),
    **dict.fromkeys(("rank", "select_one_from_file", "select_multiple_from_file"), "select_multiple"),
    "acknowledge": "select_one",
    "hidden": "calculate",
}
ALIASES = {
    "relevance": "relevant",
    "calculate": "calculation",
    "readonly": "read_only",
    "body::accept": "accept",
    "requiredmsg": "required_message",
    "required_msg": "required_message",
    "constraint_msg": "constraint_message",
    "list name": "list_name",
    "caption": "label",
}
COLUMNS = {
    *("type", "name", "label", "hint", "required", "required_message", "relevant", "constraint"),
    *(
        "constraint_message",
        "calculation",
        "default",
        "appearance",
        "read_only",
        "choice_filter",
        "parameters",
    ),
    *("max_words", "max_rows", "max_files", "accept"),
}
CODES = {
    **dict.fromkeys(("italian", "italiano"), "it"),
    **dict.fromkeys(("english", "inglese"), "en"),
    **dict.fromkeys(("german", "deutsch", "tedesco"), "de"),
    **dict.fromkeys(("slovak", "slovenčina", "slovacco"), "sk"),
    **dict.fromkeys(("polish", "polski", "polacco"), "pl"),
    **dict.fromkeys(("hungarian", "magyar", "ungherese"), "hu"),
    **dict.fromkeys(("slovene", "slovenian", "slovenščina", "sloveno"), "sl"),
}
TITLE = re.compile(r"(?:form_)?title(?:\s*::?\s*(?P<language>.+))?$")
YES = {"yes", "true", "true()", "1", "x"}
NO = {"", "no", "false", "false()", "0"}


@dataclass(frozen=True)
class Issue:
    """A problem with its place in the source, e.g. `survey!B7`."""

    where: str
    message: str

    def __str__(self) -> str:
        return f"{self.where}: {self.message}" if self.where else self.message


@dataclass(frozen=True)
class Reading:
    """What reading a source gave: a definition, or the problems; `notes` is what was left aside."""

    definition: Definition | None
    problems: list[Issue] = field(default_factory=list)
    notes: list[Issue] = field(default_factory=list)


class _Refused(Exception):
    def __init__(self, *problems: Issue):
        super().__init__()
        self.problems = list(problems)


def read_rows(sheets: Mapping[str, Sequence[Row]], place: Place) -> Reading:
    """Read the rows of the sheets. Never raises: what is wrong is in `problems`."""
    notes: list[Issue] = []
    try:
        _check_size(sheets)
        survey = sheets["survey"]
        problems = [*_type_problems(survey, place)]
        problems += _column_problems(survey, place, notes)
        problems += _reference_problems(sheets, place)
        if problems:
            raise _Refused(*problems)
        tree = _tree(sheets, place)
        definition = _definition(tree, sheets, place)
        problems = [_issue(problem, survey, place) for problem in compiled(definition).problems]
        return Reading(None if problems else definition, problems, notes)
    except _Refused as refused:
        return Reading(None, refused.problems, notes)


def base(header: str) -> str:
    """The column that a header stands for, without its language: `label::Italiano (it)` is `label`."""
    whole = header.strip().lower()
    if whole in ALIASES:
        return ALIASES[whole]
    name = re.split(r"::?", whole)[0].strip().replace(" ", "_")
    return ALIASES.get(name, name)


def _check_size(sheets: Mapping[str, Sequence[Row]]) -> None:
    if not any(row.get("type") for row in sheets.get("survey", ())):
        raise _Refused(
            Issue("survey", _("the sheet “survey” is missing or empty; it holds one row for each question"))
        )
    if len(sheets["survey"]) > MOST_QUESTIONS * 4 or len(sheets.get("choices", ())) > MOST_CHOICES:
        raise _Refused(Issue("", _("the form is too long; split it into several")))


def _type_problems(survey: Sequence[Row], place: Place) -> Iterator[Issue]:
    for index, row in enumerate(survey):
        kind = row.get("type", "").strip()
        if not kind:
            if any(row.get(name) for name in ("name", "label", "calculation", "relevant")):
                yield Issue(place("survey", index, "type"), _("the type is missing"))
            continue
        first = kind.split()[0]
        if first not in FIRST_WORDS or (first == "end" and " " not in kind):
            hint = INSTEAD.get(first)
            words = (
                _("type “%(type)s” is not supported; use %(instead)s")
                if hint
                else _("type “%(type)s” is not supported; take the row out")
            )
            yield Issue(place("survey", index, "type"), words % {"type": kind[:60], "instead": hint})
        elif "or_other" in kind.split():
            message = _("or_other is not supported; add a choice “other” and a text that is relevant with it")
            yield Issue(place("survey", index, "type"), message)


def _column_problems(survey: Sequence[Row], place: Place, notes: list[Issue]) -> Iterator[Issue]:
    seen: set[str] = set()
    for index, row in enumerate(survey):
        for header in row:
            if header in seen or not row[header]:
                continue
            seen.add(header)
            name = base(header)
            if re.match(
                r"(media|image|audio|video|big-image|bind|body|instance|repeat_count|trigger)\b", name
            ):
                message = _("column “%(column)s” is not supported; take it out") % {"column": header[:60]}
                yield Issue(place("survey", index, header), message)
            elif name not in COLUMNS:
                message = _("column “%(column)s” is not known and was left aside") % {"column": header[:60]}
                notes.append(Issue(place("survey", index, header), message))


def _reference_problems(sheets: Mapping[str, Sequence[Row]], place: Place) -> Iterator[Issue]:
    """Names that cannot be, that stand twice, and names and lists that are spoken of but are not there."""
    survey = sheets["survey"]
    names = [row.get("name", "").strip() for row in survey]
    lists = {row.get("list_name", row.get("list name", "")).strip() for row in sheets.get("choices", ())}
    for index, row in enumerate(survey):
        kind, name = row.get("type", "").split(), names[index]
        if kind and kind[0] not in ("end", "end_group", "end_repeat"):
            if not NAME.fullmatch(name):
                yield Issue(place("survey", index, "name"), bad_name(name))
            elif name in names[:index]:
                message = _("the name “%(name)s” is used twice; give each question its own") % {"name": name}
                yield Issue(place("survey", index, "name"), message)
        if len(kind) > 1 and kind[0].startswith("select") and kind[1] not in lists:
            message = _("the list of choices “%(name)s” is empty or missing") % {"name": kind[1]}
            yield Issue(place("survey", index, "type"), message)
        for column, written in row.items():
            for unknown in sorted({each for each in references(written) if each not in names}):
                message = _("there is no question called “%(name)s”") % {"name": unknown}
                yield Issue(place("survey", index, column), message)


def _tree(sheets: Mapping[str, Sequence[Row]], place: Place) -> dict[str, Any]:
    try:
        rows = {name: [dict(row) for row in found] for name, found in sheets.items() if name != "settings"}
        rows["settings"] = [{key: value for key, value in _settings(sheets).items() if not TITLE.match(key)}]
        headers = {
            f"{name}_header": [dict.fromkeys(key for row in found for key in row)]
            for name, found in rows.items()
        }
        data = get_xlsform({**rows, **headers})
        return workbook_to_json(data, form_name="data", warnings=[])
    except PyXFormError as error:
        message = str(error)
        found = re.match(r"\[row : (\d+)\]\s*(?:On the '\w+' sheet, the '([^']+)' value )?", message)
        where = place("survey", int(found[1]) - 2, found[2] or "type") if found else "survey"
        message = message[found.end() :] if found else message
        raise _Refused(Issue(where, message.strip()[:300])) from None
    except (KeyError, TypeError, ValueError, AttributeError, IndexError, RecursionError):
        # pyxform stumbles over some malformed rows with errors of its own making.
        raise _Refused(
            Issue("survey", _("the rows cannot be read as an XLSForm; compare them with the manual"))
        ) from None


def _definition(tree: Mapping[str, Any], sheets: Mapping[str, Sequence[Row]], place: Place) -> Definition:
    settings = _settings(sheets)
    first = _code(str(settings.get("default_language") or "it")) or "it"
    builder = _Builder(first, sheets["survey"], place)
    lists = {
        name: tuple(builder.choice(row) for row in rows) for name, rows in (tree.get("choices") or {}).items()
    }
    questions = tuple(builder.question(child, 1) for child in tree.get("children", ()) if _own(child))
    title = {}
    for header, value in settings.items():
        found = TITLE.match(header)
        if found and value:
            title[builder.language(found["language"]) if found["language"] else ""] = value
    if settings.get("default_language") or first in builder.languages or not builder.languages:
        builder.languages = list(dict.fromkeys((first, *builder.languages)))
    languages = tuple(builder.languages)
    title = {code or languages[0]: text for code, text in title.items()}
    if builder.problems:
        raise _Refused(*builder.problems)
    return Definition(title, languages, questions, lists, str(settings.get("form_id") or ""))


def _settings(sheets: Mapping[str, Sequence[Row]]) -> Row:
    return next((row for row in sheets.get("settings", ()) if row), {})


def _own(child: Mapping[str, Any]) -> bool:
    """pyxform adds a group `meta` of its own."""
    return not (child.get("name") == "meta" and child.get("type") == "group")


class _Builder:
    """Turns pyxform's dictionaries into questions, and collects what is wrong on the way."""

    def __init__(self, first: str, survey: Sequence[Row], place: Place):
        self.first, self.survey, self.place = first, survey, place
        self.languages: list[str] = []
        self.problems: list[Issue] = []
        self.rows = {row.get("name", "").strip(): index for index, row in reversed(list(enumerate(survey)))}

    def language(self, written: str) -> str:
        code = self.first if written == "default" else _code(written)
        if not code:
            message = _("language “%(name)s” has no code; write it as “Italiano (it)”") % {
                "name": written[:40]
            }
            issue = Issue("survey", message)
            if issue not in self.problems:
                self.problems.append(issue)
        if code not in self.languages:
            self.languages.append(code)
        return code

    def words(self, value: Any) -> Words:
        if isinstance(value, Mapping):
            return {self.language(str(name)): str(text).strip() for name, text in value.items() if text}
        return {self.language("default"): str(value).strip()} if value else {}

    def choice(self, row: Mapping[str, Any]) -> Choice:
        usual = ("name", "label", "list_name", "media")
        extra = {key: str(value) for key, value in row.items() if key not in usual and isinstance(value, str)}
        name = str(row.get("name", ""))
        return Choice(name, self.words(row.get("label")) or {self.first: name}, extra)

    def question(self, item: Mapping[str, Any], depth: int) -> Question:
        bind, control = item.get("bind") or {}, item.get("control") or {}
        name = str(item.get("name", ""))
        limits = {key: self.limit(name, item, key) for key in ("max_words", "max_rows", "max_files")}
        deeper = depth < 12
        return Question(
            name=name,
            kind=KINDS.get(str(item.get("type")), str(item.get("type"))),
            label=self.words(item.get("label")),
            hint=self.words(item.get("hint")),
            required=condition(bind.get("required", item.get("required", ""))),
            required_message=self.words(bind.get("jr:requiredMsg")),
            relevant=always(bind.get("relevant", "")),
            constraint=always(bind.get("constraint", "")),
            constraint_message=self.words(bind.get("jr:constraintMsg")),
            calculation=str(bind.get("calculate", "")).strip(),
            default=str(item.get("default", "")).strip(),
            read_only=condition(bind.get("readonly", "")),
            appearance=str(control.get("appearance", "")).strip(),
            choices=str(item.get("list_name") or item.get("itemset") or ""),
            choice_filter=str(item.get("choice_filter") or "").strip(),
            accept=str(control.get("accept") or item.get("accept") or "").strip(),
            children=tuple(self.question(each, depth + 1) for each in item.get("children", ()))
            if deeper
            else (),
            **{key: value for key, value in limits.items() if value},
        )

    def limit(self, name: str, item: Mapping[str, Any], key: str) -> int:
        written = str(item.get(key) or "").strip()
        top = {"max_words": 10_000, "max_rows": MAX_ROWS, "max_files": 20}[key]
        if not written:
            return 0
        if not re.fullmatch(r"\d{1,5}(\.0)?", written, re.ASCII) or not 0 < float(written) <= top:
            where = self.place("survey", self.rows.get(name, 0), key)
            message = _("“%(value)s” is not a whole number from 1 to %(most)s") % {
                "value": written[:20],
                "most": top,
            }
            self.problems.append(Issue(where, message))
            return 0
        return int(float(written))


def _code(written: str) -> str:
    """The language code in `Italiano (it)`, `it` or `Italian`; empty if there is none."""
    written = written.strip()
    found = re.search(r"\(([A-Za-z]{2,3}(?:-[A-Za-z]{2,8})?)\)\s*$", written)
    if found:
        return found.group(1).lower()
    if re.fullmatch(r"[A-Za-z]{2}", written):
        return written.lower()
    return CODES.get(written.lower(), "")


def condition(written: Any) -> str:
    """A yes-or-no column as an expression: empty for no, `true()` for yes, or the expression itself."""
    text = str(written).strip()
    if text.lower() in NO:
        return ""
    return "true()" if text.lower() in YES else text


def always(written: Any) -> str:
    """An expression that is always true says nothing."""
    text = str(written).strip()
    return (
        ""
        if text.lower() in ("yes", "true", "true()")
        else "false()"
        if text.lower() in ("no", "false")
        else text
    )


def _issue(problem: Problem, survey: Sequence[Row], place: Place) -> Issue:
    if not problem.name or problem.column == "choices":
        return Issue(problem.column and "choices", problem.message)
    named = [index for index, row in enumerate(survey) if row.get("name", "").strip() == problem.name]
    if not named:
        return Issue("survey", problem.message)
    repeated = problem.column == "name" and len(named) > 1
    return Issue(place("survey", named[1] if repeated else named[0], problem.column), problem.message)
