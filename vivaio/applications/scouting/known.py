"""What is known of a spotted organisation, carried into its application so that nobody types it again."""

from collections.abc import Iterator
from typing import Any

from vivaio.applications.models import Prospect
from vivaio.people.states import OrganisationKind
from vivaio.questionnaires.changes import Change
from vivaio.questionnaires.models import Response

# Questions are recognised by their names, in English or in Italian, whatever their words.
QUESTIONS = {
    "sector": "sector",
    "settore": "sector",
    "organisation_name": "name",
    "denominazione": "name",
    "organisation_kind": "kind",
    "forma_giuridica": "kind",
    "website": "website",
    "sito_web": "website",
    "area": "area",
    "municipality": "area",
    "comune": "area",
}
WRITTEN = ("text",)


def changes(response: Response, prospect: Prospect) -> list[Change]:
    """The answers that the longlist knows, for questions that nobody has answered yet."""
    return [
        Change(name, value)
        for name, value in _answers(response, prospect)
        if response.answers.get(name) in (None, "", [])
    ]


def _answers(response: Response, prospect: Prospect) -> Iterator[tuple[str, Any]]:
    definition = response.questionnaire
    for name, field in QUESTIONS.items():
        question, value = definition.by_name.get(name), getattr(prospect, field)
        if not value or question is None or definition.table_of(name) is not None:
            continue
        if question.kind == "select_one" and value in {
            one.name for one in definition.lists[question.choices]
        }:
            yield name, value
        elif question.kind in WRITTEN and not question.calculation:
            yield name, prospect.get_kind_display() if field == "kind" else value


def registration(prospect: Prospect) -> dict[str, Any]:
    """The same for whoever registers the organisation: the fields of its form, as an address carries them."""
    known = {"name": prospect.name, "website": prospect.website, "municipality": prospect.area}
    if prospect.kind in OrganisationKind.values:
        known["kind"] = prospect.kind
    if prospect.sector:
        known["sectors"] = prospect.sector
    return {name: value for name, value in known.items() if value}
