"""Each type of question: what is typed, stored, wrong with it, read, and put in a spreadsheet."""

import datetime as dt
from decimal import Decimal

import pytest
from django.utils.translation import override

from tests.questionnaires.every import ANSWERS, EVERY, every
from tests.questionnaires.forms import TODAY, form, questions
from tests.questionnaires.test_reading import sheet
from vivaio.questionnaires.changes import Change
from vivaio.questionnaires.engine import answers as stored
from vivaio.questionnaires.engine import counting, flat, textbook, twin, workbook
from vivaio.questionnaires.engine import form as engine
from vivaio.questionnaires.engine.blocks import blocks
from vivaio.questionnaires.engine.definition import Question
from vivaio.questionnaires.engine.merging import Merge

NOW = dt.datetime(2020, 9, 15, 20, 47, tzinfo=dt.UTC)


@pytest.fixture(autouse=True)
def in_english():
    with override("en"):
        yield


def see(answers, asked=None, language="en", **more):
    return engine.state(asked or every(), answers, language, today=TODAY, now=NOW, **more)


def error(asked, value):
    return see({"a": value}, asked).question("a").error


def merge(asked, answers=None):
    return Merge(asked, answers or {}, {}, {}, by="me", language="en", today=TODAY, now=NOW)


@pytest.mark.parametrize(
    ("kind", "typed", "kept"),
    [
        ("time", "9:05", "09:05"),
        ("time", "14.30", "14:30"),
        ("time", "25:00", "25:00"),
        ("time", "soon", "soon"),
        ("dateTime", "2020-09-15T14:30", "2020-09-15T14:30"),
        ("dateTime", "15/09/2020, 14.30", "2020-09-15T14:30"),
        ("dateTime", "2020-09-15", "2020-09-15"),
        ("date", "15/09/2020", "2020-09-15"),
        ("range", "7.50", "7.5"),
        ("range", "many", "many"),
        ("acknowledge", "OK", "OK"),
        ("acknowledge", "", None),
        ("rank", ["2 a", "1 b"], ["b", "a"]),
        ("rank", ["", "1 b", ""], ["b"]),
        ("rank", ["1 a", "1 b"], ["1 a", "1 b"]),
        ("rank", ["", ""], None),
        ("rank", "b a", ["b", "a"]),
    ],
)
def test_what_is_typed_is_kept(kind, typed, kept):
    assert stored.coerce(Question("a", kind), typed, "en") == kept


@pytest.mark.parametrize(
    ("row", "value", "words"),
    [
        ("type: time", "soon", "14:30"),
        ("type: dateTime", "2020-09-15", "Write both"),
        ("type: range, parameters: {start: 0, end: 10}", "11", "from 0 to 10"),
        ("type: range, parameters: {start: 0, end: 10}", "2.5", "whole number"),
        ("type: range, parameters: {start: 0, end: 1, step: 0.1}", "0.25", "steps of 0.1"),
        ("type: range, parameters: {start: 0, end: 1, step: 0.1}", "0.3", ""),
        ("type: range", "x", "not a number"),
        ("type: rank l", ["1 x", "1 y"], "place 1"),
        ("type: rank l", ["x"], "“Y” has no place"),
        ("type: rank l", ["x", "z"], "can no longer be chosen"),
        ("type: rank l", ["y", "x"], ""),
    ],
)
def test_what_is_wrong_says_the_way_out(row, value, words):
    lists = "choices:\n  l:\n    - {name: x, label: X}\n    - {name: y, label: Y}\n"
    found = error(form(questions(f"{row}, name: a, label: A") + lists), value)
    assert (words in found) if words else found == ""


def test_a_form_with_every_type_can_be_handed_in():
    state = see(ANSWERS, strict=True)
    assert [item.heading for item in state.missing] == []
    missing = [item.heading for item in see({}, strict=True).missing]
    assert {"1.1 Your name", "1.8 How sure you are", "2.6 In which order", "3.4 Places"} <= set(missing)


def test_what_counts_holds_hidden_values_and_leaves_empty_rows_out():
    rows = [*ANSWERS["places"], {"_id": "p3", "rooms": [{"_id": "r9"}]}]
    kept = counting.counted(every(), {**ANSWERS, "places": rows}, today=TODAY, now=NOW)
    assert kept["source"] == "web"
    assert kept["needs_other"] == "Tempo"
    assert [row["_id"] for row in kept["places"]] == ["p1", "p2"]
    assert (kept["places"][0]["all_seats"], kept["seats_in_all"]) == ("25", "27")


def test_answers_are_read_from_top_to_bottom():
    found = blocks(see(ANSWERS))
    read = {block.name: block for block in found}
    assert read["order"].items == ("Money", "Rooms", "People")
    assert read["visit"].text == "15 September 2020, 14:30"
    assert read["rules"].text == "Confirmed"
    assert "source" not in read
    entries = [block.label for block in found if block.kind == "entry"]
    assert entries == ["1. Via Padova", "2. Via Crespi"]
    rooms = [block.rows for block in found if block.name == "rooms"]
    assert rooms[0] == (("Sala", "20", "Via Padova 1/1"), ("Cucina", "5", "Via Padova 2/1"))


def test_a_spreadsheet_holds_typed_cells():
    kept = counting.counted(every(), ANSWERS, today=TODAY, now=NOW)
    cells = flat.values(every(), kept, "en")
    assert [name for name, _heading in flat.columns(every(), "en")] == list(cells)
    assert dict(flat.columns(every(), "en"))["story"] == "Your story, …"
    assert (cells["people"], cells["share"], cells["founded"]) == (12, Decimal("12.50"), dt.date(2019, 3, 1))
    assert (cells["score"], cells["visit"]) == (Decimal(70), "2020-09-15 14:30")
    assert (cells["needs"], cells["order"]) == ("Money; Other", "1. Money; 2. Rooms; 3. People")
    assert cells["costs"] == "Item: Affitto, Hour: 09:00, Amount: 100.00"
    assert "Rooms: (Use: Sala, Seats: 20, Where: Via Padova 1/1 | Use: Cucina" in cells["places"]


def test_rows_in_rows_are_added_changed_and_removed():
    merged = merge(every())
    merged.start({})
    (place,) = merged.answers["places"]
    way = f"places/{place['_id']}/rooms"
    assert len(place["rooms"]) == 1
    merged.apply(Change(way, "r2", op="add_row"))
    merged.apply(Change(f"{way}/r2/seats", "12"))
    merged.apply(Change(f"places/{place['_id']}/lift", "yes"))
    merged.apply(Change(f"{way}/nobody/seats", "12"))
    merged.apply(Change("rooms/r2/seats", "12"))
    merged.apply(Change("seats", "12"))
    merged.apply(Change(f"places/{place['_id']}/seats", "12"))
    merged.apply(Change("source", "elsewhere"))
    (place,) = merged.answers["places"]
    assert place["rooms"][1] == {"_id": "r2", "seats": 12}
    assert place["lift"] == "yes"
    assert len(merged.refused) == 5
    assert merged.answers["source"] == "web"
    merged.apply(Change(f"{way}/r2", op="remove_row"))
    assert len(merged.answers["places"][0]["rooms"]) == 1
    merged.apply(Change(f"{way}/r2/seats", "13"))
    assert [conflict.path for conflict in merged.conflicts] == [f"{way}/r2/seats"]
    for _time in range(9):
        merged.apply(Change(way, op="add_row"))
    assert len(merged.answers["places"][0]["rooms"]) == 5


def test_or_other_is_a_choice_and_a_text():
    asked = every()
    assert [choice.name for choice in asked.lists["needs_or_other"]] == [
        "rooms_",
        "people_",
        "money",
        "other",
    ]
    assert len(asked.lists["needs"]) == 3
    assert not see({"needs": ["money"]}).question("needs_other").relevant
    assert see({"needs": ["other"]}).question("needs_other").relevant


def test_neighbours_of_a_likert_scale_stand_in_one_table():
    page = see(ANSWERS).page(2)
    (table,) = [item for item in page.items if item.kind == "likert"]
    assert [item.name for item in table.items] == ["ease", "worth"]
    assert [choice.label for choice in table.choices] == ["Not at all", "A little", "Rather", "Very"]


EXPRESSIONS = [
    ("jr:choice-name(${s}, '${s}')", "Housing"),
    ("concat(${s}, '(', count(${t}), ')')", "housing(2)"),
    ("indexed-repeat(${amount}, ${t}, 2)", "20"),
    ("indexed-repeat(${amount}, ${t}, 9)", ""),
    ("sum(${amount}) div count(${t})", "15"),
    ("${end} > ${begin}", "true"),
    ("decimal-time(${begin})", "0.25"),
    ("round((decimal-date-time(${end}) - decimal-date-time(${start})) * 24, 2)", ""),
    ("(${later} - ${earlier}) * 24", "36"),
    ("format-date-time(now(), '%H:%M')", "22:47"),
    ("format-date(${earlier}, '%a %e %b %Y')", "Tue 15 Sep 2020"),
    ("date-time('2020-09-15')", "2020-09-15T00:00"),
    ("date-time(0.5)", "1970-01-01T12:00"),
    ("date-time(-0.5)", "1969-12-31T12:00"),
    ("log10(1000) + sqrt(16) + pow(2, 3)", "15"),
    ("round(log(exp(2)), 6)", "2"),
    ("translate('abc', 'ab', 'x')", "xc"),
    ("weighted-checklist(2, 3, ${s} = 'housing', 2, false(), 5)", "true"),
    ("selected-at(${order}, 0)", "y"),
    ("if(${ok} = 'OK', 'yes', 'no')", "yes"),
    ("substr('hello', 1, 3)", "el"),
    ("join(', ', ${amount})", "10, 20"),
]
SMALL = """
survey:
  - {type: select_one l, name: s, label: S}
  - {type: rank r, name: order, label: O}
  - {type: acknowledge, name: ok, label: A}
  - {type: time, name: begin, label: B}
  - {type: time, name: end, label: E}
  - {type: date, name: start, label: D}
  - {type: dateTime, name: earlier, label: D}
  - {type: dateTime, name: later, label: D}
  - type: repeat
    name: t
    label: T
    questions:
      - {type: integer, name: amount, label: A}
  - {type: calculate, name: it, calculation: "%s"}
choices:
  l: [{name: housing, label: {it: Abitare, en: Housing}}]
  r: [{name: x, label: X}, {name: y, label: Y}]
"""


@pytest.mark.parametrize(("source", "expected"), EXPRESSIONS)
def test_functions_of_the_specification(source, expected):
    answers = {
        "s": "housing",
        "order": ["y", "x"],
        "ok": "OK",
        "begin": "06:00",
        "end": "14:30",
        "start": "2020-01-01",
        "earlier": "2020-09-15T10:00",
        "later": "2020-09-16T22:00",
        "t": [{"_id": "a", "amount": 10}, {"_id": "b", "amount": 20}],
    }
    asked = form(SMALL % source)
    note = form(SMALL % source + "").by_name["it"]
    evaluation = engine.Evaluation(asked, answers, today=TODAY, now=NOW, language="en")
    assert evaluation.variable(note) == expected


@pytest.mark.parametrize(
    ("source", "holds"),
    [
        ("is-partita-iva('00743110157')", True),
        ("is-partita-iva('IT 00743110157')", True),
        ("is-partita-iva('00743110158')", False),
        ("is-partita-iva('7431101570')", False),
        ("is-codice-fiscale('rccmnl83s18d969h')", True),
        ("is-codice-fiscale('RCCMNL83S18D969A')", False),
        ("is-codice-fiscale('RCCMNL83\u017f18D969H')", False),
        ("is-codice-fiscale('00743110157')", True),
        ("is-iban('IT60 X054 2811 1010 0000 0123 456')", True),
        ("is-iban('IT60X0542811101000000123457')", False),
        ("is-iban('XX00')", False),
        ("is-iban('')", False),
        ("is-iban(join('', ${amount}))", False),
        ("is-iban(translate('9999999999', '9', 'IT60X0542811101000000123456'))", False),
    ],
)
def test_official_numbers_are_checked_to_their_check_digits(source, holds):
    asked = form(SMALL % source)
    evaluation = engine.Evaluation(asked, {}, today=TODAY, now=NOW, language="en")
    assert evaluation.variable(asked.by_name["it"]) == ("true" if holds else "false")


def test_a_choice_in_words_is_frozen_in_the_forms_own_language():
    asked = form(SMALL % "jr:choice-name(${s}, '${s}')")
    assert counting.counted(asked, {"s": "housing"}, today=TODAY)["it"] == "Abitare"


@pytest.mark.parametrize(
    "source",
    [
        "jr:choice-name(${s}, 's')",
        "jr:choice-name(${s}, '${nobody}')",
        "indexed-repeat(3, ${t}, 1)",
        "uuid()",
    ],
)
def test_what_the_functions_do_not_take(source):
    reading = twin.read_text((SMALL % source).encode())
    assert len(reading.problems) == 1


@pytest.mark.parametrize(
    ("row", "cell"),
    [
        (["range", "a", "A", "start=5 end=1"], "survey!D2"),
        (["range", "a", "A", "start=0 end=1 step=0"], "survey!D2"),
        (["range", "a", "A", "from=0"], "survey!D2"),
        (["range", "a", "A", "start"], "survey!D2"),
        (["select_one l", "a", "A", "randomize=true"], "survey!D2"),
        (["text", "a", "A", "rows=900"], "survey!D2"),
        (["rank one", "a", "A"], "survey!A2"),
        (["rank l or_other", "a", "A"], "survey!A2"),
        (["select_one l or_else", "a", "A"], "survey!A2"),
        (["select_one", "a", "A"], "survey!A2"),
        (["image", "a", "A", None, "photo.jpg"], "survey!E2"),
        (["text", "a", "A", None, None, "3"], "survey!F2"),
        (["text", "a", "A", None, None, None, "x"], "survey!G2"),
        (["text", "a", "A", None, None, None, None, "Testo"], "survey!H2"),
    ],
)
def test_what_is_not_taken_is_named_by_cell(row, cell):
    head = ["type", "name", "label::Italiano (it)", "parameters", "media::image", "repeat_count"]
    head += ["relevant::English (en)", "label"]
    lists = [["list_name", "name", "label"], ["l", "x", "X"], ["l", "y", "Y"], ["one", "x", "X"]]
    found = workbook.read(sheet([head, row], choices=lists)).problems
    assert [problem.where for problem in found][:1] == [cell], found


def test_a_picture_in_a_choice_is_refused_by_its_cell():
    lists = [["list_name", "name", "label", "media::image"], ["l", "x", "X", "x.png"]]
    found = workbook.read(
        sheet([["type", "name", "label"], ["select_one l", "a", "A"]], choices=lists)
    ).problems
    assert [problem.where for problem in found] == ["choices!D2"]


CSV = """survey,,,
,type,name,label::it,label::en
,select_one l or_other,a,"Che cosa, dite?",What
,range,b,Quanto,How much
choices,,,
,list_name,name,label::it
,l,x,Ics
settings,,
,form_title,default_language
,Prova,it
"""
MD = """
# A form

| survey |
| | type | name | label::it | label::en |
|-|------|------|-----------|-----------|
| | select_one l or_other | a | Che cosa, dite? | What |
| | range | b | Quanto | How much |
| choices |
| | list_name | name | label::it |
| | l | x | Ics |
| settings |
| | form_title | default_language |
| | Prova | it |
"""


def test_text_gives_the_same_form():
    semicolons = CSV.replace('"Che cosa, dite?"', "Che cosa§ dite?").replace(",", ";").replace("§", ",")
    found = [
        textbook.read_csv(CSV.encode()),
        textbook.read_csv(semicolons.encode("utf-8-sig")),
        textbook.read_md(MD.encode()),
    ]
    assert [str(problem) for reading in found for problem in reading.problems] == []
    assert len({reading.definition.sha256 for reading in found}) == 1
    assert [question.name for question in found[0].definition.questions] == ["a", "a_other", "b"]
    assert found[0].definition.title == {"it": "Prova"}


def test_problems_of_text_name_the_line():
    for read, text in ((textbook.read_csv, CSV), (textbook.read_md, MD)):
        (problem,) = read(text.replace("range", "geopoint").encode()).problems
        line = (
            text.replace("range", "geopoint")
            .splitlines()
            .index(
                next(line for line in text.replace("range", "geopoint").splitlines() if "geopoint" in line)
            )
        )
        assert problem.where == f"line {line + 1}, type"


def test_a_language_that_has_no_words_yet_is_not_lost():
    definition = form(EVERY.replace("default_language: it", "default_language: it, languages: [it, en, de]"))
    assert definition.languages == ("it", "en", "de")
    assert twin.read(twin.write(definition)).definition == definition
