"""Documents: PDF/UA-1 whatever the data say, and the same bytes for the same data."""

import datetime as dt
import io
from decimal import Decimal

import pytest
from django.utils.translation import gettext_lazy
from hypothesis import given, settings
from hypothesis import strategies as st
from pypdf import PdfReader

from vivaio.kit import documents

AT = dt.datetime(2020, 9, 15, 21, 59, tzinfo=dt.UTC)


def specimen(**changes):
    return {
        "eyebrow": "Miracolo a Milano",
        "lead": "",
        "facts": [("Numero", "12"), ("Impronta", "ab" * 32)],
        "note": "Nota",
        "columns": ["Numero", "Titolo", "Importo"],
        "rows": [["1", "Filo di Ringhiera", "€ 33.210,00"]],
        "caption": "Candidature",
        "text": documents.blocks("## Che cosa\n\n- uno\n- due"),
        "signatures": [("Presidente", "Anna Bianchi")],
        **changes,
    }


def printed(language="it", title="Avviso pubblico", **changes):
    content = documents.pdf("kit/specimen", specimen(**changes), title=title, language=language, at=AT)
    return PdfReader(io.BytesIO(content))


def text(reader):
    return "\n".join(page.extract_text() for page in reader.pages)


def test_the_file_is_tagged_titled_and_in_a_language():
    reader = printed(title=gettext_lazy("Yes"))
    root = reader.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == "it"
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert reader.metadata.title == "Sì"
    assert reader.metadata.creation_date == AT
    assert b"<pdfuaid:part>1</pdfuaid:part>" in root["/Metadata"].get_data()
    assert "/StructTreeRoot" in root
    assert "Pagina 1 di 1" in text(reader)
    assert "Page 1 of 1" in text(printed(language="en"))


def roles(node):
    node = node.get_object()
    if isinstance(node, list):
        return [role for part in node for role in roles(part)]
    if not isinstance(node, dict):
        return []
    return [node.get("/S", "")] + (roles(node["/K"]) if "/K" in node else [])


def test_a_screen_reader_meets_headings_lists_and_a_table_with_a_head():
    met = roles(printed(text=documents.blocks(MARKDOWN)).trailer["/Root"]["/StructTreeRoot"]["/K"])
    assert met.count("/H1") == 1
    assert met.index("/H1") < met.index("/H2")
    assert met.count("/TH") == 5
    assert {"/L", "/LI", "/LBody", "/Table", "/THead", "/BlockQuote", "/Link", "/P"} <= set(met)


def test_the_same_data_give_the_same_bytes():
    first, second = (
        documents.pdf("kit/specimen", specimen(), title="A", language="it", at=AT) for _time in range(2)
    )
    assert first == second
    assert first != documents.pdf("kit/specimen", specimen(note="B"), title="A", language="it", at=AT)


HOSTILE = [
    '#eval("1") #read("/etc/passwd") #import "x"',
    "$x^2$ @cite <label> *b* _i_ `r` // c /* d */ \\ [a] {b} #",
    '"; #panic("x")',
    "😀 你好 سلام Привет e\u0301 q\u033b \ue000 \u202e \x00 \x07 \ud7ff",
    "x" * 3000,
    "a\n\n\nb\tc",
]


@pytest.mark.parametrize("hostile", HOSTILE)
def test_hostile_text_is_only_text(hostile):
    reader = printed(
        title=hostile,
        eyebrow=hostile,
        lead=hostile,
        note=hostile,
        caption=hostile,
        facts=[(hostile, hostile)],
        rows=[[hostile] * 3] * 2,
        text=documents.blocks(hostile),
    )
    if hostile in HOSTILE[:3]:
        assert hostile.split()[0] in text(reader)


def test_what_no_font_draws_is_a_square_and_the_rest_stays():
    assert "Orto □ pensile" in text(printed(note="Orto 🌱 pensile"))
    assert "ab" * 32 in text(printed())


marks = st.text(alphabet=st.sampled_from("#*_-+>|`~[]()!\\<>&1. \n\tab:=/😀"), max_size=100)


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=100) | marks)
def test_any_text_can_be_printed(typed):
    assert printed(note=typed, title=typed, text=documents.blocks(typed)).pages


@pytest.mark.parametrize("empty", ["", " ", "\u200b", "\x07", "\t😀"])
def test_a_title_or_a_heading_without_words_does_not_stop_the_press(empty):
    assert printed(title=empty, text=documents.blocks(f"# {empty}\n\n### {empty}\n\n#### Fine")).pages


MARKDOWN = """
#### Requisiti

Testo **forte**, *corsivo*, ~~via~~, `codice`, [sito](https://a.example/b?c=d), [qui](/bandi/1).

# Secondo

3. tre
   - dentro

     > citato

| Voce | Euro |
|---|--:|
| Sala | 10 |

```
#let x = 1
```

---

![Foto](https://a.example/x.png) <b>html</b>
"""


def test_markdown_is_drawn_block_by_block():
    reader = printed(text=documents.blocks(MARKDOWN))
    shown = text(reader)
    for words in ("Requisiti", "forte", "via", "3. tre", "citato", "Sala", "#let x = 1", "<b>html</b>"):
        assert words in shown
    links = [a.get_object()["/A"]["/URI"] for page in reader.pages for a in page.get("/Annots", [])]
    assert links[0] == "https://a.example/b?c=d"
    assert links[1].endswith("/bandi/1")
    assert links[1].startswith("http")


def test_levels_of_headings_follow_the_title():
    levels = [b["level"] for b in documents.blocks("### A\n\n##### B\n\n#### C") if b["kind"] == "heading"]
    assert levels == [2, 3, 3]
    assert printed(text=documents.blocks(MARKDOWN)).pages


def test_lists_may_nest_as_deep_as_markdown_lets_them():
    deep = "\n".join("  " * n + "- x" for n in range(40))
    assert printed(text=documents.blocks(deep)).pages


def test_a_long_table_repeats_its_head_and_values_may_be_typed():
    reader = printed(rows=[[n, f"Candidatura {n}", Decimal("1.50")] for n in range(120)])
    assert len(reader.pages) > 2
    assert all("Importo" in page.extract_text() for page in reader.pages[1:3])


@pytest.mark.parametrize(
    "name", ["kit/nothing", "../settings", "kit/../kit/specimen", "specimen", "kit/specimen.typ"]
)
def test_a_template_that_does_not_exist_is_named(name):
    with pytest.raises(documents.DocumentFailed, match="no document template"):
        documents.pdf(name, {}, title="A", language="it")


def test_a_template_that_misses_its_data_says_so():
    with pytest.raises(documents.DocumentFailed, match="eyebrow"):
        documents.pdf("kit/specimen", {}, title="A", language="it")
