"""A form is read from a workbook and from its YAML twin alike; what is not taken is named by its cell."""

import io
import time
import zipfile

import pytest
from django.utils.translation import override
from openpyxl import Workbook, load_workbook

from tests.questionnaires.forms import PROJECT, form, questions
from vivaio.questionnaires.engine import bookwriting, twin, workbook
from vivaio.questionnaires.engine.definition import Definition


@pytest.fixture(autouse=True)
def in_english():
    with override("en"):
        yield


def sheet(survey, choices=(), settings=()):
    """A workbook with these rows."""
    book = Workbook()
    book.active.title = "survey"
    for row in survey:
        book.active.append(row)
    for title, rows in (("choices", choices), ("settings", settings)):
        page = book.create_sheet(title)
        for row in rows:
            page.append(row)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


HEAD = ["type", "name", "label::Italiano (it)", "label::English (en)", "relevant", "calculation"]


def told(survey, **more):
    return [str(problem) for problem in workbook.read(sheet([HEAD, *survey], **more)).problems]


def test_twin_and_workbook_give_the_same_form():
    definition = form()
    assert twin.read(twin.write(definition)).definition == definition
    reading = workbook.read(bookwriting.write(definition))
    assert [str(problem) for problem in reading.problems] == []
    assert reading.definition == definition
    assert reading.definition.sha256 == definition.sha256


def test_a_definition_survives_its_own_json():
    definition = form()
    again = Definition.from_dict(definition.to_dict())
    assert again == definition
    assert again.canonical() == definition.canonical()


def test_a_usual_odk_workbook_is_taken():
    content = sheet(
        [
            ["type", "name", "label", "hint", "required", "relevant", "constraint", "appearance"],
            ["begin group", "page", "Chi siete"],
            ["text", "name", "Nome", "Per esteso", "yes", None, "string-length(.) < 80"],
            ["integer", "age", "Età", None, "yes", "${name} != ''", ". >= 18"],
            ["select_one yn", "member", "Socio?", None, None, None, None, "minimal"],
            ["end group"],
            ["note", "thanks", "Grazie ${name}"],
        ],
        choices=[["list_name", "name", "label"], ["yn", "yes", "Sì"], ["yn", "no", "No"]],
        settings=[["form_title", "form_id", "default_language"], ["Prova", "prova", "it"]],
    )
    reading = workbook.read(content)
    assert [str(problem) for problem in reading.problems] == []
    assert reading.definition.by_name["age"].constraint == ". >= 18"
    assert reading.definition.title == {"it": "Prova"}
    assert [choice.label["it"] for choice in reading.definition.lists["yn"]] == ["Sì", "No"]


@pytest.mark.parametrize(
    ("rows", "cell", "words"),
    [
        ([["barcode", "code", "Codice"]], "survey!A2", "barcode"),
        ([["text", "a", "A"], ["start", "begun"]], "survey!A3", "start"),
        ([["text", "a", "A"], [], ["text", "b", "B", None, "${nobody} = 1"]], "survey!E4", "nobody"),
        ([["text", "a", "A"], ["calculate", "x", None, None, None, "${y} + 1"]], "survey!F3", "“y”"),
        ([["text", "a", "A"], ["text", "a", "Again"]], "survey!B3", "a"),
        ([["text", "a b", "A"]], "survey!", "a b"),
        ([["select_one nope", "a", "A"]], "survey!A2", "nope"),
        ([["begin_group", "g", "G"], ["text", "a", "A"]], "survey!", "group"),
        ([["text", "a", "Ciao ${b}"]], "survey!C2", "“b”"),
        ([["text", "a", "A", None, "${a} = 1"]], "survey!E2", "a → a"),
    ],
)
def test_what_is_not_taken_is_named_by_cell(rows, cell, words):
    problems = told(rows)
    assert problems
    assert any(problem.startswith(cell) and words in problem for problem in problems), problems


def test_a_circle_of_calculations_is_refused():
    problems = told(
        [
            ["text", "t", "T"],
            ["calculate", "a", None, None, None, "${b} + 1"],
            ["calculate", "b", None, None, None, "${c} + 1"],
            ["calculate", "c", None, None, None, "${a} + 1"],
        ]
    )
    assert "a → b → c → a" in problems[0]


@pytest.mark.parametrize(
    ("row", "words"),
    [
        ("type: text, name: a, label: No", ""),
        ("type: geopoint, name: a, label: A", "geopoint"),
        ("type: text, name: a, label: A, colour: red", "colour"),
        ("type: text, name: a, label: A, max_words: many", "many"),
        ("type: text, name: a, label: A, relevant: '1 +'", "survey[0] (line 2), relevant"),
    ],
)
def test_problems_of_a_twin_name_the_line(row, words):
    problems = [str(problem) for problem in twin.read_text(questions(row).encode()).problems]
    assert (words in "".join(problems)) if words else problems == []


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\xff\xfe",
        b"survey: 3",
        b"survey: [1, 2]",
        b"survey: []",
        b"survey: {a: b}",
        b"- a\n- b",
        b"survey:\n  - {type: text, name: [a], label: {it: {x: y}}}",
        b"survey:\n  - {type: group, name: g, questions: 3}",
        b"survey:\n  - {type: text, name: a, label: A}\nchoices: [1]",
        b"survey:\n  - {type: text, name: a, label: A}\nsettings: [1]",
        b"a: &a [x]\nsurvey: [*a, *a]",
        b"a: &a [1,1]\nb: &b [*a,*a,*a]\nc: &c [*b,*b,*b]\nsurvey: *c",
        b"survey: " + b"[" * 3000,
        b"survey:\n" + b"".join(b"  - {type: text, name: q%d, label: A}\n" % n for n in range(3000)),
    ],
)
def test_a_broken_twin_is_told_not_raised(content):
    started = time.process_time()
    reading = twin.read_text(content)
    assert reading.definition is None
    assert reading.problems
    assert time.process_time() - started < 10


def far_cell():
    content = sheet([HEAD, ["text", "a", "A"]])
    source, target = zipfile.ZipFile(io.BytesIO(content)), io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for part in source.infolist():
            data = source.read(part)
            if part.filename == "xl/worksheets/sheet1.xml":
                data = data.replace(
                    b"</sheetData>", b'<row r="1048576"><c r="XFD1048576"/></row></sheetData>'
                )
            archive.writestr(part, data)
    return target.getvalue()


def bomb():
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", b" " * 80_000_000)
    return stream.getvalue()


def laughs():
    stream = io.BytesIO()
    entities = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 12))
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        text = f'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY l0 "ha">{entities}]><x>&l11;</x>'
        archive.writestr("xl/worksheets/sheet1.xml", text)
    return stream.getvalue()


@pytest.mark.parametrize(
    "content", [b"", b"PK", b"not a workbook", far_cell(), bomb(), laughs(), b"x" * 3_000_000]
)
def test_a_hostile_workbook_is_told_in_bounded_time(content):
    started = time.process_time()
    reading = workbook.read(content)
    assert reading.definition is None
    assert str(reading.problems[0])
    assert time.process_time() - started < 10


def test_a_form_whose_logic_costs_too_much_is_refused():
    sums = " + ".join(f"sum(${{d{n}}})" for n in range(9))
    table = "\n".join(
        f"          - {{type: decimal, name: c{n}, label: C, constraint: '{sums} > 0'}}" for n in range(40)
    )
    other = "\n".join(f"          - {{type: decimal, name: d{n}, label: D}}" for n in range(9))
    text = f"""
survey:
  - type: group
    name: g
    label: G
    questions:
      - type: repeat
        name: t
        label: T
        questions:
{table}
      - type: repeat
        name: u
        label: U
        questions:
{other}
"""
    problems = twin.read_text(text.encode()).problems
    assert len(problems) == 1
    assert "too much work" in str(problems[0])


def test_a_column_that_only_a_late_question_uses_is_taken():
    rows = [f"type: text, name: q{n}, label: Q" for n in range(200)]
    late = "type: calculate, name: late, calculation: 'string-length(${q1})'"
    assert twin.read_text(questions(*rows, late).encode()).problems == []


def test_a_form_in_english_alone_is_an_english_form():
    survey = [["type", "name", "label::English (en)"], ["text", "a", "What?"]]
    definition = workbook.read(sheet(survey, settings=[["form_title"], ["Trial"]])).definition
    assert (definition.languages, definition.title) == (("en",), {"en": "Trial"})
    assert form(questions("type: text, name: a, label: A")).languages == ("it",)


def test_what_is_unknown_is_left_aside_and_said():
    content = sheet([[*HEAD, "my notes"], ["text", "a", "A", "A", None, None, "ask Teresa"]])
    reading = workbook.read(content)
    assert reading.definition is not None
    assert "survey!G2" in str(reading.notes[0])


def test_a_label_that_looks_like_a_formula_stays_text():
    definition = form(PROJECT.replace("label: {it: Nome, en: Name}", 'label: {it: "=1+1", en: "=cmd()"}'))
    book = load_workbook(io.BytesIO(bookwriting.write(definition)))
    values = [cell for row in book["survey"].iter_rows() for cell in row if cell.value == "=1+1"]
    assert [cell.data_type for cell in values] == ["s"]
