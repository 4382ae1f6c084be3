"""What a form shows for given answers, what is missing, and what is handed in."""

import datetime as dt
import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.questionnaires.forms import FULL, PROJECT, TODAY, form, questions
from vivaio.questionnaires.engine import answers as stored
from vivaio.questionnaires.engine.blocks import blocks
from vivaio.questionnaires.engine.counting import counted, frozen, holds
from vivaio.questionnaires.engine.definition import Question
from vivaio.questionnaires.engine.form import check, state

PROJECT_FORM = form()


def see(answers, language="it", **more):
    return state(PROJECT_FORM, answers, language, today=TODAY, **more)


def test_pages_are_numbered_and_say_what_is_missing():
    seen = see({"name": "Filo di Ringhiera"})
    assert [(page.number, page.title, page.complete) for page in seen.pages] == [
        (1, "Chi siete", False),
        (2, "Il progetto", False),
    ]
    assert [item.heading for item in seen.missing] == [
        "1.2 Persone",
        "2.1 Che cosa volete fare, Filo di Ringhiera?",
        "2.2 Settore",
    ]
    assert (seen.answered, seen.total) == (1, 4)
    assert not seen.complete
    assert see(FULL).complete


def test_labels_notes_and_calculations_follow_the_answers_in_either_language():
    seen = see(FULL)
    assert seen.question("idea").label == "Che cosa volete fare, Filo di Ringhiera?"
    assert seen.question("told").label == "In tutto 24.960,00 euro."
    assert see(FULL, "en").question("told").label == "In all 24,960.00 euro."
    assert see(FULL, "pl").question("told").label == "In tutto 24\xa0960,00 euro."


def test_a_question_that_is_not_asked_is_neither_shown_nor_missing_nor_handed_in():
    answers = {**FULL, "kinds": ["service"], "other": "left behind"}
    seen = see(answers)
    assert not seen.question("other").relevant
    assert seen.complete
    assert "left behind" not in frozen(PROJECT_FORM, answers, today=TODAY).decode()
    asked = see({**answers, "kinds": ["service", "other"], "other": ""})
    assert [item.heading for item in asked.missing] == ["2.5 Quale altro"]


def test_a_table_adds_up_and_names_what_is_missing_in_it():
    rows = [
        {"_id": "r1", "item": "Personale", "amount": "24960.00"},
        {"_id": "r2", "item": "Arredi", "amount": "3450.00"},
        {"_id": "r3", "item": "Quaderno digitale"},
        {"_id": "r4"},
    ]
    seen = see({**FULL, "budget": rows})
    budget = seen.question("budget")
    assert [column.total for column in budget.columns] == ["", "", "28.410,00"]
    assert "Quaderno digitale" in budget.error
    (missing,) = seen.missing
    assert missing.heading == "2.6 Importo, «Quaderno digitale»"
    assert missing.element == "q-budget-r3-amount"
    kept = counted(PROJECT_FORM, {**FULL, "budget": rows}, today=TODAY)
    assert [row["_id"] for row in kept["budget"]] == ["r1", "r2", "r3"]
    assert kept["total"] == "28410"


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        ({"people": "dodici"}, "dodici"),
        ({"people": 0}, "Almeno una persona."),
        ({"founded": "ieri"}, "ieri"),
        ({"founded": "2020-09-16"}, ""),
        ({"sector": "gone"}, ""),
        ({"place": "stage"}, ""),
        ({"idea": "una " * 12}, "2 "),
        ({"budget": [{"_id": "r1", "item": "A", "amount": "molto"}]}, "molto"),
        ({"budget": [{"_id": "r1", "item": "A", "amount": "-3"}]}, "A: "),
        ({"budget": [{"_id": "r1", "item": "A", "amount": "1.005"}]}, "1,005"),
    ],
)
def test_what_is_filled_in_wrongly_is_said_and_stands_against_handing_in(answer, words):
    answers = {**FULL, **answer}
    name = next(iter(answer))
    error = see(answers).question(name).error
    assert error
    assert words in error
    problems = check(PROJECT_FORM, answers, "it", today=TODAY)
    assert [problem.path.partition("/")[0] for problem in problems] == [name]


def test_strict_says_what_is_missing_at_each_question():
    assert see({}).question("name").error == ""
    assert see({}, strict=True).question("name").error != ""
    assert [problem.number for problem in check(PROJECT_FORM, {}, "it", today=TODAY)] == [
        "1.1",
        "1.2",
        "2.1",
        "2.2",
    ]


@pytest.mark.parametrize(
    ("kind", "typed", "language", "kept"),
    [
        ("decimal", "24.960,00", "it", "24960.00"),
        ("decimal", "24.960", "it", "24960"),
        ("decimal", "24960.5", "it", "24960.5"),
        ("decimal", "24,960.00", "en", "24960.00"),
        ("decimal", "24.96", "en", "24.96"),
        ("decimal", "24.960,00", "en", "24960.00"),
        ("decimal", "€ 1 000", "it", "1000"),
        ("decimal", "0", "it", "0"),
        ("decimal", "-3,5", "it", "-3.5"),
        ("decimal", "3,5,5", "it", "3,5,5"),
        ("decimal", "1e5", "it", "1e5"),
        ("decimal", "9" * 40, "it", "9" * 40),
        ("integer", "12", "it", 12),
        ("integer", "1.200", "it", 1200),
        ("integer", "12,5", "it", "12,5"),
        ("integer", "dodici", "it", "dodici"),
        ("date", "2020-09-15", "it", "2020-09-15"),
        ("date", "15/9/2020", "it", "2020-09-15"),
        ("date", "31/02/2020", "it", "31/02/2020"),
        ("text", "a\x00b\r\nc\ud800", "it", "ab\nc?"),
        ("text", "  ", "it", None),
        ("select_multiple", ["a", "b", "a", ""], "it", ["a", "b"]),
        ("select_one", ["a"], "it", "a"),
        ("text", {"a": 1}, "it", None),
        ("integer", 7, "it", 7),
        ("integer", True, "it", "True"),
    ],
)
def test_what_is_typed_is_understood_or_kept_as_typed(kind, typed, language, kept):
    assert stored.coerce(Question("q", kind), typed, language) == kept


@given(st.decimals(min_value=-(10**9), max_value=10**9, places=2), st.sampled_from(["it", "en", "de"]))
def test_a_shown_number_is_read_back_as_the_same_number(number, language):
    question = Question("q", "decimal", appearance="money")
    kept = stored.coerce(question, f"{number:.2f}", "en")
    shown = stored.typed(question, kept, language)
    assert stored.coerce(question, shown, language) == kept


VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(max_size=20)
    | st.sampled_from(["housing", "other"]),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=12,
)
ROWS = st.lists(
    st.fixed_dictionaries(
        {"_id": st.text(max_size=5) | st.integers()}, optional={"item": VALUES, "amount": VALUES}
    ),
    max_size=5,
)
ANSWERS = st.fixed_dictionaries(
    {},
    optional={
        **dict.fromkeys(("name", "people", "founded", "idea", "sector", "place", "kinds", "drawing"), VALUES),
        "budget": ROWS | VALUES,
    },
)


@settings(deadline=None, max_examples=150)
@given(ANSWERS, st.sampled_from(["it", "en", "xx"]))
def test_no_stored_answers_ever_raise(answers, language):
    seen = state(PROJECT_FORM, answers, language, today=TODAY, strict=True)
    assert 0 <= seen.answered <= seen.total
    assert len(check(PROJECT_FORM, answers, language, today=TODAY)) == len(seen.missing)
    blocks(seen)


TYPED = st.fixed_dictionaries(
    {},
    optional={
        "name": st.text(max_size=30),
        "people": st.integers(0, 99),
        "kinds": st.lists(st.sampled_from(["service", "other"]), unique=True),
        "other": st.text(max_size=10),
        "sector": st.sampled_from(["housing", "culture"]),
    },
)


@settings(deadline=None)
@given(TYPED)
def test_the_same_answers_are_frozen_to_the_same_bytes(answers):
    once = frozen(PROJECT_FORM, answers, today=TODAY)
    again = frozen(PROJECT_FORM, dict(reversed(answers.items())), today=dt.date(2020, 9, 16))
    assert once == again
    kept = json.loads(once)["answers"]
    assert counted(PROJECT_FORM, kept, today=TODAY) == kept


def test_a_form_without_groups_is_one_page_with_plain_numbers():
    definition = form(
        questions("type: text, name: a, label: A, required: true", "type: note, name: n, label: N")
    )
    seen = state(definition, {}, "it", today=TODAY)
    assert [page.number for page in seen.pages] == [1]
    assert seen.question("a").number == "1"


def test_a_page_that_is_not_asked_is_left_out():
    text = PROJECT.replace("    name: project\n", '    name: project\n    relevant: "${people} > 1"\n')
    definition = form(text)
    assert [page.name for page in state(definition, {"people": 1}, "it", today=TODAY).pages] == ["who"]
    assert [page.name for page in state(definition, {"people": 2}, "it", today=TODAY).pages] == [
        "who",
        "project",
    ]
    assert "idea" not in counted(definition, {**FULL, "people": 1}, today=TODAY)


def test_logic_inside_a_table_looks_at_its_own_row():
    definition = form(
        """
survey:
  - type: repeat
    name: t
    label: T
    questions:
      - {type: text, name: what, label: What}
      - {type: integer, name: n, label: N, relevant: "${what} != ''", default: "2"}
      - {type: calculate, name: twice, label: Twice, calculation: "${n} * 2 + position(..)"}
  - {type: calculate, name: all, calculation: "sum(${twice})"}
  - {type: note, name: told, label: "Tutto: ${all}, righe: ${t}"}
"""
    )
    rows = [{"_id": "a", "what": "x", "n": 3}, {"_id": "b", "n": 9}, {"_id": "c", "what": "y", "n": 1}]
    seen = state(definition, {"t": rows}, "it", today=TODAY)
    table = seen.question("t")
    assert [row.cells[2].display for row in table.rows] == ["7", "", "5"]
    assert seen.question("told").label == "Tutto: 12, righe: 3"


def test_an_expression_of_a_call_is_asked_of_the_answers():
    assert holds(PROJECT_FORM, FULL, "${people} > 10 and ${sector} = 'housing'", today=TODAY)
    assert not holds(PROJECT_FORM, FULL, "sum(${amount}) > 50000", today=TODAY)


def test_answers_are_read_as_blocks_without_what_is_hidden():
    answers = {**FULL, "kinds": ["service"], "drawing": [{"id": "x", "name": "cortile.pdf", "size": 9}]}
    found = blocks(see(answers), hidden={"name", "use"})
    assert [block.kind for block in found][:2] == ["page", "value"]
    assert "Filo di Ringhiera" not in [block.text for block in found]
    table = next(block for block in found if block.kind == "table")
    assert table.headings == ("Voce", "Importo")
    assert table.rows == (("Personale", "24.960,00"),)
    assert table.totals == ("", "24.960,00")
    assert next(block for block in found if block.name == "kinds").items == ("Un servizio",)
    assert next(block for block in found if block.kind == "files").files[0].name == "cortile.pdf"
    assert json.dumps([block.as_dict() for block in found])
