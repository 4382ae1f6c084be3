"""A form written as a workbook, or as its YAML twin, and read again is the same form: nothing is lost."""

import io

from django.utils.translation import override
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from pyxform.xls2xform import convert

from tests.questionnaires.every import every
from vivaio.questionnaires.engine import bookwriting, twin, workbook
from vivaio.questionnaires.engine.definition import MAX_INNER_ROWS, SIGNATURES, Choice, Definition, Question
from vivaio.questionnaires.engine.program import compiled

LANGUAGES = ("it", "en", "de", "pt-br")
SIGNS = st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Cn", "Co"))
TEXT = (
    st.text(st.one_of(SIGNS, st.sampled_from("\n\t “”‘’'\"=+-@{}$%<>&|;,_x000D_")), min_size=1, max_size=40)
    .map(str.strip)
    .filter(lambda text: text and "${" not in text and "\ufeff" not in text)
)
NAMES = st.from_regex(r"[A-Za-z][A-Za-z0-9_.\-]{0,12}", fullmatch=True).filter(lambda name: name != "name")
LISTS = ("colours", "sizes")
SIMPLE = ("text", "integer", "decimal", "date", "time", "dateTime", "file", "image", "acknowledge", "note")
LOOKS = ("", "multiline", "minimal", "likert", "quick", "money no-total", "our-own")


def words(languages):
    return st.dictionaries(st.sampled_from(languages), TEXT, min_size=1)


@st.composite
def questions(draw, names, languages, depth=0, tables=0):
    """A question of any kind with whatever may stand beside it; its `name` is drawn from those left over."""
    name = names.pop()
    kinds = [*SIMPLE, "select_one", "select_multiple", "rank", "range", "hidden", "calculate"]
    if depth < 3 and len(names) > 3:
        kinds += ["group"] * 3 + (["repeat"] * 3 if tables < 2 else [])
    kind = draw(st.sampled_from(kinds))
    logic = st.sampled_from(
        [
            "",
            "1 = 1",
            "string-length(.) > 2",
            "is-iban(.) or . = '-'",
            "'a' != \"b\"",
            "today() > '2020-01-01'",
        ]
    )
    optional = st.one_of(st.just({}), words(languages))
    common = {
        "name": name,
        "kind": kind,
        "label": draw(words(languages)),
        "hint": draw(optional),
        "guidance_hint": draw(optional),
        "required": draw(st.sampled_from(["", "true()", "1 = 1"])),
        "required_message": draw(optional),
        "relevant": draw(st.sampled_from(["", "false()", "not(1 = 2)"])),
        "constraint": draw(logic),
        "constraint_message": draw(optional),
        "read_only": draw(st.sampled_from(["", "true()", "1 = 2"])),
        "appearance": draw(st.sampled_from(LOOKS)),
        "identifying": draw(st.booleans()),
    }
    if kind in ("select_one", "select_multiple", "rank"):
        common["choices"] = draw(st.sampled_from(LISTS))
        common["choice_filter"] = draw(st.sampled_from(["", "name != 'x'"]))
    if kind == "range":
        step = draw(st.sampled_from([{}, {"step": "0.5"}]))
        common["parameters"] = draw(st.sampled_from([{}, {"start": "-2", "end": "3.5"}])) | step
    if kind == "text":
        common["parameters"] = draw(st.sampled_from([{}, {"rows": "7"}]))
        common["max_words"] = draw(st.integers(0, 10_000))
    if kind in ("file", "image"):
        common |= {"accept": draw(st.sampled_from(["", ".png,.jpg"])), "max_files": draw(st.integers(1, 20))}
        common["signature"] = draw(st.sampled_from(["", *SIGNATURES]))
    if kind == "calculate":
        common["calculation"] = "1 + 1"
    if kind in ("text", "hidden", "decimal"):
        common["default"] = draw(st.one_of(st.just(""), TEXT.filter(lambda text: "(" not in text)))
    if kind in ("group", "repeat"):
        inner = tables + (kind == "repeat")
        count = draw(st.integers(1, min(3, len(names))))
        children = [draw(questions(names, languages, depth + 1, inner)) for _ in range(count) if names]
        if kind == "repeat":
            children.append(Question(names.pop(), "integer", {languages[0]: "N"})) if names else None
            common["max_rows"] = draw(st.integers(1, 100 if tables == 0 else MAX_INNER_ROWS))
        common["children"] = tuple(children)
    return Question(**common)


@st.composite
def definitions(draw):
    languages = tuple(draw(st.permutations(LANGUAGES)))[: draw(st.integers(1, 4))]
    names = draw(st.lists(NAMES, min_size=8, max_size=24, unique=True))
    last, body = names.pop(), []
    while len(names) > 2 and len(body) < 5:
        body.append(draw(questions(names, languages)))
    body.append(Question(last, "text", {languages[0]: "?"}))
    codes = st.from_regex(r"[a-z0-9_\-]{1,10}", fullmatch=True)
    lists = {
        name: tuple(
            Choice(
                code,
                draw(words(languages)),
                draw(st.sampled_from([{}, {"region": "north", "Size_2": "x y"}])),
            )
            for code in draw(st.lists(codes, min_size=2, max_size=4, unique=True))
        )
        for name in LISTS
    }
    title = draw(st.one_of(st.just({}), words(languages)))
    return Definition(title, languages, tuple(body), lists, draw(st.sampled_from(["", "form_1"])))


# Without shrinking: on a busy machine it takes minutes, and the first counterexample says enough.
@settings(
    max_examples=100,
    deadline=None,
    suppress_health_check=list(HealthCheck),
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
)
@given(definitions())
def test_form_to_workbook_to_form_is_the_identity(definition):
    with override("en"):
        problems = compiled(definition).problems
        reading = workbook.read(bookwriting.write(definition))
        by_twin = twin.read(twin.write(definition))
    # What our own rules refuse is refused after the trip too.
    assert bool(reading.problems) == bool(by_twin.problems) == bool(problems), (problems, reading.problems)
    if not problems:
        assert reading.definition == definition
        assert by_twin.definition == definition
        assert reading.definition.sha256 == by_twin.definition.sha256 == definition.sha256


def test_every_type_survives_the_trip():
    definition = every()
    assert workbook.read(bookwriting.write(definition)).definition == definition
    assert twin.read(twin.write(definition)).definition == definition
    assert Definition.from_dict(definition.to_dict()) == definition


def test_what_is_written_is_a_form_to_other_tools():
    done = convert(io.BytesIO(bookwriting.write(every())), validate=False, file_type=".xlsx")
    assert "<h:title>Ogni tipo di domanda</h:title>" in done.xform
    assert "odk:rank" in done.xform
    assert 'mediatype="image/*"' in done.xform
