"""What wants to take the machine with it is refused soon and in little memory."""

import io
import struct
import time
import tracemalloc
import zipfile

import pytest
from django.utils.translation import override

from tests.questionnaires.forms import TODAY, form, questions
from tests.questionnaires.test_reading import HEAD, sheet
from vivaio.questionnaires.engine import form as engine
from vivaio.questionnaires.engine import oldbook, textbook, twin, workbook
from vivaio.questionnaires.engine.expressions import BadExpression, parse

SECONDS = 8
MEGABYTES = 120


@pytest.fixture(autouse=True)
def in_english():
    with override("en"):
        yield


@pytest.fixture(autouse=True)
def bounded():
    """Time that this test takes for itself, and memory that it holds at once."""
    tracemalloc.start()
    started = time.process_time()
    yield
    taken, (_now, most) = time.process_time() - started, tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert taken < SECONDS, taken
    assert most < MEGABYTES * 1_000_000, most


def packed(**parts):
    """An .xlsx file with some of its parts replaced."""
    source, target = zipfile.ZipFile(io.BytesIO(sheet([HEAD, ["text", "a", "A"]]))), io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for part in source.infolist():
            name = part.filename.rpartition("/")[2].partition(".")[0]
            archive.writestr(part.filename, parts.get(name, source.read(part)))
    return target.getvalue()


NS = b'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
HEADS = b"".join(b'<c t="inlineStr"><is><t>%s</t></is></c>' % head for head in (b"type", b"name", b"label"))


def rows(body, dimension=b"A1:C3"):
    return (
        b'<?xml version="1.0"?><worksheet %s><dimension ref="%s"/>'
        b'<sheetData><row r="1">%s</row>%s</sheetData></worksheet>' % (NS, dimension, HEADS, body)
    )


BOOKS = {
    "unpacks to much": lambda: packed(sheet1=b" " * 60_000_000),
    "many cells": lambda: packed(sheet1=rows(b"<row>" + b"<c><v>1</v></c>" * 800_000 + b"</row>")),
    "many styles": lambda: packed(
        styles=b"<styleSheet %s><cellXfs>%s</cellXfs></styleSheet>" % (NS, b"<xf/>" * 2_000_000)
    ),
    "entities": lambda: packed(
        sheet1=b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "%s">]><worksheet %s>%s</worksheet>'
        % (b"ha" * 5_000, NS, b"&a;" * 50_000)
    ),
    "entities in strings": lambda: packed(
        sheet1=rows(b"").replace(b"?><w", b'?><!DOCTYPE x [<!ENTITY a "a"><!ENTITY b "&a;&a;">]><w')
    ),
    "another alphabet": lambda: packed(
        sheet1=b'<?xml version="1.0" encoding="cp037"?>' + rows(b"<row/>" * 100_000).decode().encode("cp037")
    ),
    "a far cell": lambda: packed(sheet1=rows(b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>')),
    "one text in each of many cells": lambda: packed(
        sharedStrings=b"<sst %s><si><t>%s</t></si></sst>" % (NS, b" x" * 100_000),
        sheet1=rows((b"<row>" + b'<c t="s"><v>0</v></c>' * 3 + b"</row>") * 5_000),
    ),
    "deep tags": lambda: packed(sheet1=b"<a>" * 400_000),
    "many small parts": lambda: many_parts(),  # noqa: PLW0108 it is defined below
}


def many_parts():
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        for at in range(2_000):
            archive.writestr(f"xl/{at}.xml", b"<a/>")
    return target.getvalue()


@pytest.mark.parametrize("kind", BOOKS)
def test_a_hostile_workbook_is_refused(kind):
    content = BOOKS[kind]()
    assert len(content) < workbook.MOST_BYTES
    reading = workbook.read(content)
    assert reading.definition is None
    assert reading.problems[0].message


def test_a_sheet_that_claims_a_million_rows_costs_what_it_has():
    body = b'<row r="2">%s</row>' % b"".join(
        b'<c t="inlineStr"><is><t>%s</t></is></c>' % text for text in (b"text", b"a", b"What?")
    )
    reading = workbook.read(packed(sheet1=rows(body, b"A1:XFD1048576")))
    assert reading.problems == []
    assert reading.definition.by_name["a"].label == {"it": "What?"}


def old(cells=(), dimension=(0, 1)):
    """A bare worksheet of the oldest kind: its cells as (row, column, text)."""

    def record(code, data):
        return struct.pack("<HH", code, len(data)) + data

    begin = record(0x0009, struct.pack("<HH", 0x0002, 0x0010))
    size = record(0x0000, struct.pack("<HHHH", 0, *dimension, 1))
    body = b"".join(
        record(0x0004, struct.pack("<HH3sB", row, column, b"\0\0\0", len(text)) + text)
        for row, column, text in cells
    )
    return begin + size + body + record(0x000A, b"")


@pytest.mark.parametrize(
    "content",
    [
        oldbook.SIGNATURE,
        oldbook.SIGNATURE + b"\xff" * 100_000,
        oldbook.SIGNATURE + b"\x00" * 1_000_000,
        old([(65_535, 255, b"far")], (65_535, 256)),
    ],
)
def test_a_hostile_workbook_of_the_old_kind_is_refused(content):
    reading = oldbook.read(content)
    assert reading.definition is None
    assert reading.problems


@pytest.mark.parametrize(
    "content",
    [
        b"survey" + b"," * 1_000_000,
        b"survey\n,type\n" + b",text\n" * 150_000,
        b'survey\n,"' + b"x" * 900_000,
        b"| survey |\n" + b"|" * 900_000,
        b"| survey |\n| | type |\n" + b"| | text |\n" * 80_000,
        b"\xff\xfe\x00",
        b"",
        b"survey\n,type,name,label\n,text,a," + b"y" * 20_000,
    ],
)
def test_hostile_text_is_refused(content):
    for read in (textbook.read_csv, textbook.read_md):
        reading = read(content)
        assert reading.definition is None
        assert reading.problems


def test_a_text_that_goes_on_too_far_is_refused_whole_not_cut():
    begun = b"survey\n,type,name,label\n,text,first,First\n"
    reading = textbook.read_csv(begun + b"\n" * 20_000 + b",text,last,Last\n")
    assert reading.definition is None
    assert [problem.message for problem in reading.problems] == [
        "the form is too long; split it into several"
    ]


DEEP = "(" * 900 + "1" + ")" * 900
EXPRESSIONS = [
    DEEP,
    "-" * 1_999 + "1",
    "not(" * 400 + "1" + ")" * 400,
    " or ".join(["1"] * 600),
    "+".join(["1"] * 900),
    "concat(" + ",".join(["'a'"] * 500) + ")",
    "'" + "a" * 1_990,
    "/" * 1_990,
    "../" * 660,
    "a/" * 990,
    "a-" * 990,
    "a:" * 990,
    "${a" * 600,
    "if(" * 600,
    "uuid()",
    "random()",
    "pulldata('a', 'b', 'c', 'd')",
    "//*[//*[//*]]",
    "${a}[position() > 1]",
    "regex(${a}, '(a+)+$') and regex(${a}, '(?<=a)b')",
]


@pytest.mark.parametrize("source", EXPRESSIONS, ids=lambda source: source[:20])
def test_a_hostile_expression_is_refused(source):
    with pytest.raises(BadExpression) as told:
        parse(source, {"a"})
    assert str(told.value)


def test_a_pattern_that_other_engines_never_finish_is_quick():
    asked = form(questions("type: text, name: a, label: A, constraint: \"regex(., '(a+)+$|(a|a)*b')\""))
    started = time.process_time()
    for _time in range(20):
        engine.state(asked, {"a": "a" * 20_000 + "!"}, "en", today=TODAY)
    assert time.process_time() - started < 4


def test_many_official_numbers_in_one_form_are_refused():
    asked = " and ".join(["is-iban(.)"] * 10)
    columns = ", ".join(f'{{type: text, name: c{n}, label: C, constraint: "{asked}"}}' for n in range(20))
    row = f"type: repeat, name: t, label: T, questions: [{columns}]"
    (problem,) = twin.read_text(questions(row).encode()).problems
    assert "too much work" in problem.message


def test_values_that_would_grow_without_end_stay_short():
    rows_of = ["type: text, name: t0, label: T"]
    rows_of += [
        f"type: calculate, name: t{n}, calculation: 'concat(${{t{n - 1}}}, ${{t{n - 1}}}, ${{t{n - 1}}})'"
        for n in range(1, 40)
    ]
    rows_of += ["type: calculate, name: p0, calculation: 'pow(9.9, 999)'"]
    rows_of += [f"type: calculate, name: p{n}, calculation: 'pow(${{p{n - 1}}}, 999)'" for n in range(1, 20)]
    asked = form(questions(*rows_of, "type: note, name: n, label: '${t39} ${p19}'"))
    state = engine.state(asked, {"t0": "ha" * 100}, "en", today=TODAY)
    assert len(state.question("n").label) < 25_000


def test_tables_in_tables_have_a_limit_to_their_fields():
    columns = "".join(f"              - {{type: text, name: c{n}, label: C}}\n" for n in range(4))
    text = (
        "survey:\n  - type: repeat\n    name: t\n    label: T\n    questions:\n      - type: repeat\n        name: u\n"
        f"        label: U\n        questions:\n{columns}"
    )
    (problem,) = twin.read_text(text.encode()).problems
    assert "8000 fields" in problem.message
    text = text.replace("name: t\n", "name: t\n    max_rows: 50\n")
    assert twin.read_text(text.encode()).problems == []


def test_groups_and_tables_in_each_other_without_end_are_refused():
    for kind in ("group", "repeat"):
        rows_of = [[f"begin_{kind}", f"g{n}", "G"] for n in range(900)]
        rows_of += [["text", "a", "A"], *[[f"end_{kind}"]] * 900]
        reading = workbook.read(sheet([HEAD, *rows_of]))
        assert reading.definition is None


def test_answers_that_do_not_fit_their_form_are_borne():
    inner = "{type: repeat, name: u, label: U, questions: [{type: text, name: x, label: X}]}"
    asked = form(questions(f"type: repeat, name: t, label: T, questions: [{inner}]"))
    for answers in (
        {"t": 3},
        {"t": [{"_id": "a", "u": "x"}]},
        {"t": [{"_id": "a", "u": [{"_id": 1}, [], {"_id": "b", "x": {}}]}]},
    ):
        engine.state(asked, answers, "en", today=TODAY, strict=True)
