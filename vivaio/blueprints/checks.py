"""Check a blueprint against the schema, then against itself; every problem has its line."""

import datetime as dt
import re
from collections.abc import Iterator
from typing import Any
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _
from jsonschema import Draft202012Validator, FormatChecker, ValidationError, validators

from vivaio.blueprints import later
from vivaio.blueprints.reading import Document, Problem, Unreadable
from vivaio.blueprints.schema import SCHEMA
from vivaio.calls import blueprint as calls
from vivaio.calls import vouchers, wording
from vivaio.experts import blueprint as experts
from vivaio.initiatives.analysing import blueprint as needs
from vivaio.programmes import blueprint as programmes
from vivaio.publishing import blueprint as publishing
from vivaio.questionnaires import blueprint as questionnaires

formats = FormatChecker(formats=["date"])


@formats.checks("local-date-time", raises=ValueError)
def is_local_instant(value: Any) -> bool:
    """Whether the text is a date and time without a zone (the programme has one)."""
    return not isinstance(value, str) or (dt.datetime.fromisoformat(value).tzinfo is None and "T" in value)


@formats.checks("time-zone", raises=(ValueError, OSError, KeyError))
def is_time_zone(value: Any) -> bool:
    """Whether the text names a zone, such as Europe/Rome."""
    return not isinstance(value, str) or bool(ZoneInfo(value))


def whole_pattern(_validator: Any, pattern: str, value: Any, _schema: Any) -> Iterator[ValidationError]:
    """As the schema means it: Python's `$` would let a line break stand at the end."""
    if isinstance(value, str) and not re.search(re.sub(r"\$$", r"\\Z", pattern), value):
        yield ValidationError(f"{value!r} does not match {pattern!r}")


Validator = validators.extend(Draft202012Validator, {"pattern": whole_pattern})
validator = Validator(SCHEMA, format_checker=formats)


def check(document: Document) -> None:
    """Raise `Unreadable` with every problem found, in the order of the lines."""
    problems = [problem_of(error, document) for error in validator.iter_errors(document.data)]
    if not problems:
        problems = against_itself(document)
    if problems:
        raise Unreadable(sorted(set(problems), key=lambda problem: (problem.line, problem.message)))


def problem_of(error: ValidationError, document: Document) -> Problem:
    """The schema's complaint in words that say what to write instead."""
    while error.context and error.validator == "oneOf":
        error = max(error.context, key=lambda inner: len(inner.absolute_path))
    path = tuple(error.absolute_path)
    if error.validator == "additionalProperties":
        known = set(error.schema.get("properties", {}))
        extra = sorted(set(error.instance) - known)
        path = (*path, extra[0])
        message = _("“%(name)s” is not known here. Known: %(known)s.") % {
            "name": ", ".join(extra),
            "known": ", ".join(sorted(known)),
        }
    else:
        message = words_for(error)
    return Problem(document.line(path), message, "/".join(str(step) for step in path))


def words_for(error: ValidationError) -> str:
    """One sentence for one broken rule."""
    name = error.absolute_path[-1] if error.absolute_path else _("the file")
    value = str(error.instance)[:60]
    match error.validator:
        case "required":
            missing = [key for key in error.validator_value if key not in error.instance]
            return _("missing here: %(names)s") % {"names": ", ".join(missing)}
        case "enum" | "const":
            options = error.validator_value if error.validator == "enum" else [error.validator_value]
            return _("“%(value)s” is not one of: %(options)s") % {
                "value": value,
                "options": ", ".join(str(option) for option in options),
            }
        case "type":
            return _("“%(name)s” must be of type %(type)s, not “%(value)s”") % {
                "name": name,
                "type": error.validator_value,
                "value": value,
            }
        case "format":
            return _("“%(value)s” is not a %(format)s (dates: 2020-09-15; instants: 2020-09-15T23:59)") % {
                "value": value,
                "format": error.validator_value,
            }
        case "pattern":
            return _("“%(value)s” is not written as “%(name)s” must be (%(pattern)s)") % {
                "value": value,
                "name": name,
                "pattern": error.validator_value,
            }
    return f"{name}: {error.message}"


def against_itself(document: Document) -> list[Problem]:
    """Keys that stand twice, references that lead nowhere, windows the wrong way round, forms that do not work."""
    data = document.data
    problems: list[Problem] = []
    programme = data["programme"]
    for section in ("phases", "partners", "areas"):
        problems += twice(programme.get(section, []), ("programme", section), "key", document)
    problems += twice(data.get("forms", []), ("forms",), "key", document)
    problems += twice(data.get("calls", []), ("calls",), "slug", document)
    problems += stages(data.get("calls", []), document)
    problems += twice(data.get("news", []), ("news",), "slug", document)
    problems += twice(data.get("milestones", []), ("milestones",), "key", document)
    problems += in_bank(data.get("experts", {}), document)
    forms = {form["key"] for form in data.get("forms", [])}
    for path, message in [
        *programmes.too_large(programme),
        *experts.too_large(data.get("experts", {})),
        *((("needs", *path), message) for path, message in needs.too_large(data.get("needs", {}))),
        *((("needs", *path), message) for path, message in needs.problems(data.get("needs", {}), forms)),
        *later.too_large(data),
        *later.problems(data),
        *((("calls", *path), message) for path, message in calls.CALLS.too_large(data.get("calls", []))),
        *((("news", *path), message) for path, message in publishing.NEWS.too_large(data.get("news", []))),
    ]:
        problems.append(Problem(document.line(path), message))
    phases = {phase["key"] for phase in programme.get("phases", [])}
    for position, call in enumerate(data.get("calls", [])):
        problems += in_call(call, ("calls", position), phases, forms, document)
    languages = programme.get("languages", ["it", "en"])
    for position, call in enumerate(data.get("calls", [])):
        path = ("calls", position, "letters")
        problems += twice(call.get("letters", []), path, "letter", document)
        problems += [
            Problem(document.line((*path, *place)), message)
            for place, message in wording.problems(call.get("letters", []), languages)
        ]
    for position, form in enumerate(data.get("forms", [])):
        problems += [
            Problem(document.line(("forms", position, *path)), message)
            for path, message in questionnaires.problems(form, languages)
        ]
    return problems


def in_call(
    call: dict, path: tuple[Any, ...], phases: set[str], forms: set[str], document: Document
) -> list[Problem]:
    """What is wrong inside one call."""
    problems: list[Problem] = []
    for section in ("tracks", "conditions", "criteria", "awards", "dates"):
        problems += twice(call.get(section, []), (*path, section), "key", document)
    tracks = {track["key"] for track in call.get("tracks", [])}
    criteria = {criterion["key"] for criterion in call.get("criteria", [])}

    def leads_nowhere(where: tuple[Any, ...], value: str | None, known: set[str]) -> None:
        if value is not None and value not in known:
            message = _("“%(value)s” is named here but stands nowhere in the file") % {"value": value}
            problems.append(Problem(document.line((*path, *where)), message))

    leads_nowhere(("phase",), call.get("phase"), phases)
    leads_nowhere(("form",), call.get("form"), forms)
    for section in ("conditions", "awards"):
        for position, entry in enumerate(call.get(section, [])):
            leads_nowhere((section, position, "track"), entry.get("track"), tracks)
    for position, rule in enumerate(call.get("tie_breaks", [])):
        if rule.startswith("criterion:"):
            leads_nowhere(("tie_breaks", position), rule.removeprefix("criterion:"), criteria)
    for position, award in enumerate(call.get("awards", [])):
        for name, message in vouchers.problems(award):
            problems.append(Problem(document.line((*path, "awards", position, name)), message))
    for first, second in (
        ("opens_at", "closes_at"),
        ("questions_until", "closes_at"),
        ("closes_at", "scoring_opens_at"),
        ("scoring_opens_at", "scoring_closes_at"),
    ):
        if first in call and second in call and call[first] > call[second]:
            message = _("%(second)s comes before %(first)s") % {"first": first, "second": second}
            problems.append(Problem(document.line((*path, second)), message))
    return problems


def stages(calls: list[dict], document: Document) -> list[Problem]:
    """A stage follows a call that stands before it in the file, and no other does."""
    known: set[str] = set()
    followed: set[str] = set()
    problems = []
    for position, call in enumerate(calls):
        before = call.get("follows")
        line = document.line(("calls", position, "follows"))
        if before is not None and before not in known:
            words = _("“%(value)s” has to stand in the file before the stage that follows it")
            problems.append(Problem(line, words % {"value": before}))
        elif before in followed:
            words = _("another stage follows “%(value)s” already")
            problems.append(Problem(line, words % {"value": before}))
        known.add(call["slug"])
        followed |= {before} if before else set()
    return problems


def twice(entries: list[dict], path: tuple[Any, ...], key: str, document: Document) -> list[Problem]:
    """A problem for each entry whose key another one has already."""
    seen: set[str] = set()
    problems = []
    for position, entry in enumerate(entries):
        if entry[key] in seen:
            message = _("the key “%(key)s” stands here twice") % {"key": entry[key]}
            problems.append(Problem(document.line((*path, position, key)), message))
        seen.add(entry[key])
    return problems


def in_bank(section: dict[str, Any], document: Document) -> list[Problem]:
    """Keys that stand twice among the fields of the competence bank, or among a field's competences."""
    fields = section.get("fields", [])
    problems = twice(fields, ("experts", "fields"), "key", document)
    for position, field in enumerate(fields):
        path = ("experts", "fields", position, "competences")
        problems += twice(field.get("competences", []), path, "key", document)
    return problems
