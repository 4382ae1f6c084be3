"""What a call's conditions need to know of whoever would apply, and no more."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field

from vivaio.applications.eligibility import age_day
from vivaio.calls.models import Call, Condition, Track
from vivaio.calls.states import ApplicantKind, ConditionKind
from vivaio.questionnaires.engine.definition import Definition, Question
from vivaio.questionnaires.engine.expressions import references

ASKABLE = ("select_one", "select_multiple", "integer", "decimal", "range", "date", "text")
CLOSEST = 20  # steps from an expression to what it rests on


@dataclass
class Needs:
    """The fields of the form, and which of them each condition looks at (by the condition's key).

    A condition without fields is one that only people can judge: it becomes a statement to tick.
    """

    call: Call
    tracks: list[Track]
    conditions: list[Condition]
    questions: list[Question] = field(default_factory=list)
    fields: dict[str, list[str]] = field(default_factory=dict)

    @property
    def statements(self) -> list[Condition]:
        return [one for one in self.conditions if not self.fields.get(one.key)]

    @property
    def wanted(self) -> set[str]:
        return {name for names in self.fields.values() for name in names}

    @property
    def both_kinds(self) -> bool:
        """Whether organisations and people may apply, so that one says which."""
        return len(set(self.call.applicant_kinds)) > 1

    @property
    def people_alone(self) -> bool:
        return set(self.call.applicant_kinds) == {ApplicantKind.PERSON}

    @property
    def age_days(self) -> set[dt.date]:
        """The days on which somebody's age counts."""
        ages = [one for one in self.conditions if one.kind == ConditionKind.AGE]
        return {age_day(one.parameters, self.call) for one in ages}

    @property
    def kinds_matter(self) -> bool:
        """Whether it counts which kind of organisation applies."""
        return not self.people_alone and (
            "organisation_kind" in self.wanted or any(track.organisation_kinds for track in self.tracks)
        )


def needs_of(call: Call) -> Needs:
    """What this call asks to know. Two queries."""
    conditions = list(call.conditions.filter(internal=False).select_related("track"))
    needs = Needs(call, list(call.tracks.all()), conditions)
    definition = call.form.questionnaire if call.form else None
    for one in conditions:
        needs.fields[one.key] = _fields(one, definition, needs.questions)
    return needs


def _fields(condition: Condition, definition: Definition | None, questions: list[Question]) -> list[str]:
    kind, parameters = condition.kind, condition.parameters
    if kind == ConditionKind.ORGANISATION_KIND:
        return ["organisation_kind"]
    if kind == ConditionKind.FOUNDED_AFTER:
        return ["founded_on"]
    if kind == ConditionKind.AGE:
        return ["age", "born_on"]
    if kind == ConditionKind.IDENTIFIED:
        return ["identifier"]
    if kind == ConditionKind.SEAT:
        found = ["country"] if parameters.get("countries") else []
        found += ["municipality"] if parameters.get("municipalities") else []
        return found + (["province"] if parameters.get("provinces") else [])
    if kind == ConditionKind.ANSWER and definition is not None:
        asked = _asked(definition, parameters.get("expression", ""))
        questions += [one for one in asked if one not in questions]
        return [field_of(one) for one in asked]
    return []


def field_of(question: Question) -> str:
    """The name of the field that asks a question of the call's form."""
    return f"q_{question.name}"


def _asked(definition: Definition, expression: str) -> list[Question]:
    """The questions that an expression rests on, in the order of the form; none if one of them cannot be asked here."""
    wanted, ahead = set(), set(references(expression))
    for _step in range(CLOSEST):
        wanted |= ahead
        ahead = {name for one in ahead for name in _rests_on(definition, one)} - wanted
        if not ahead:
            break
    if not wanted or ahead or not wanted <= set(definition.by_name):
        return []
    found = [question for question, _above in definition.walk() if question.name in wanted]
    if any(one.kind != "calculate" and not _askable(definition, one) for one in found):
        return []
    return [one for one in found if one.kind != "calculate"]


def _askable(definition: Definition, question: Question) -> bool:
    return question.answerable and question.kind in ASKABLE and definition.table_of(question.name) is None


def _rests_on(definition: Definition, name: str) -> Iterable[str]:
    """What decides whether a question is asked, and what it is worked out from."""
    question = definition.by_name.get(name)
    if question is None:
        return
    for one in (question, *definition.above[name]):
        yield from references(one.relevant)
    yield from references(question.calculation)
