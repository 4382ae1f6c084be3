"""Answers to one form, as far as another asks the same, begin the answers to the other."""

import pytest

from tests.factories.programmes import ProgrammeFactory
from tests.questionnaires.forms import form, questions
from vivaio.questionnaires import actions, queries

OLD = """
type: text, name: idea, label: Idea
type: integer, name: people, label: People
type: select_one areas, name: area, label: Area
type: select_multiple areas, name: others, label: Others
type: rank areas, name: order, label: Order
type: decimal, name: sum, label: Sum
type: text, name: kind, label: Kind
type: acknowledge, name: agreed, label: Agreed
type: file, name: statute, label: Statute
type: hidden, name: source, default: web
"""
ANSWERS = {
    "idea": "Bread for all",
    "people": 0,
    "area": "south",
    "others": ["north", "south"],
    "order": ["2 south", "1 north"],
    "sum": "24960.000",
    "kind": "a bakery",
    "agreed": "OK",
    "statute": [{"id": "1", "name": "statute.pdf"}],
    "source": "fair",
}


def asked(*rows, areas=("north", "south")):
    listed = "".join(f"    - {{name: {each}, label: {each}}}\n" for each in areas)
    return form(questions(*rows) + "choices:\n  areas:\n" + listed)


def rows_of(text):
    return text.strip().splitlines()


def test_same_name_and_kind_are_carried_and_nothing_that_is_said_anew():
    carried = queries.carried(ANSWERS, asked(*rows_of(OLD)), asked(*rows_of(OLD)))
    assert carried == {
        name: value for name, value in ANSWERS.items() if name not in ("agreed", "statute", "source")
    }


def test_another_kind_another_list_and_what_cannot_be_changed_stay_behind():
    new = asked(
        "type: text, name: idea, label: Idea, read_only: yes",
        "type: decimal, name: people, label: People",
        "type: select_one areas, name: area, label: Area",
        "type: select_multiple areas, name: others, label: Others",
        "type: rank areas, name: order, label: Order",
        "type: text, name: more, label: More",
        areas=("north", "east"),
    )
    assert queries.carried(ANSWERS, asked(*rows_of(OLD)), new) == {"others": ["north"], "order": ["1 north"]}


def table(*columns, more=""):
    inside = "".join(f"      - {{{each}, label: A}}\n" for each in columns)
    return form(
        f"survey:\n  - type: repeat\n    name: costs\n    label: Costs\n{more}    questions:\n{inside}"
    )


@pytest.mark.parametrize("most", [1, 5])
def test_rows_come_with_the_columns_that_both_forms_have(most):
    old = table("type: text, name: item", "type: decimal, name: sum", "type: text, name: note")
    new = table("type: text, name: item", "type: integer, name: note", more=f"    max_rows: {most}\n")
    rows = [
        {"_id": "r1", "item": "Oven"},
        {"_id": "r2", "note": "?"},
        {"_id": "r3", "item": "Flour", "sum": "2"},
    ]
    expected = [{"_id": "r1", "item": "Oven"}, {"_id": "r3", "item": "Flour"}]
    assert queries.carried({"costs": rows}, old, new) == {"costs": expected[:most]}


def test_a_column_of_the_same_name_outside_its_table_is_another_question():
    old, new = table("type: text, name: item"), form(questions("type: text, name: item, label: A"))
    assert queries.carried({"costs": [{"_id": "r1", "item": "Oven"}]}, old, new) == {}


def test_answers_begin_as_they_were_stored_with_what_is_known_and_the_defaults_after_them(db):
    definition = asked(
        "type: text, name: idea, label: Idea, default: none yet",
        "type: decimal, name: sum, label: Sum",
        "type: text, name: kind, label: Kind",
        "type: text, name: more, label: More, default: usual",
    )
    made = actions.keep_form(ProgrammeFactory(), "second", title="Second")
    version = actions.publish_version(made, definition, by=None)
    carried = queries.carried(ANSWERS, asked(*rows_of(OLD)), definition)
    begun = actions.start_response(
        version, by=None, initial={"kind": "a shop", "more": "known"}, carried={**carried, "sum": "1.000"}
    )
    assert begun.answers == {"idea": "Bread for all", "sum": "1.000", "kind": "a bakery", "more": "known"}
