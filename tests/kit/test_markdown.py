"""Markdown: safe whatever is typed, and headings that fit the page."""

import re

import pytest
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from vivaio.kit.markdown import plain, render


@pytest.mark.parametrize(
    "typed",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "[x](javascript:alert(1))",
        "[x](JaVaScRiPt:alert(1))",
        "[x](data:text/html;base64,PHNjcmlwdD4=)",
        "![x](https://foreign.example/pixel.png)",
        "![x](//foreign.example/pixel.png)",
        "![x](data:image/svg+xml,<svg/onload=alert(1)>)",
        '[x](/a "<table><script>")',
        "<style>*{display:none}</style>",
        "<a href='x' onclick='y'>z</a>",
    ],
)
def test_nothing_runs_and_nothing_is_fetched_from_elsewhere(typed):
    html = render(typed)
    elements = re.findall(r"<(\w+)([^>]*)>", html)
    assert {name for name, _ in elements} <= {"p", "a"}
    assert not any("on" + "error" in given_ or "javascript" in given_.lower() for _, given_ in elements)


@given(st.text(alphabet=st.sampled_from("<>[]()!#*_`|-\n \"'&:/aschref=j"), max_size=80))
def test_any_text_gives_known_elements_alone(typed):
    html = render(typed)
    assert "<script" not in html
    assert not re.search(r"<(?!/?(?:p|h[2-6]|ul|ol|li|blockquote|pre|code|hr|br|em|strong|s|a|img"
                         r"|table|thead|tbody|tr|th|td|div)\b)", html)  # fmt: skip
    plain(typed)


def test_headings_start_below_the_pages_and_skip_no_level():
    html = render("# A\n\n#### B\n\n## C\n\n###### D")
    assert re.findall(r"<h(\d)>", html) == ["3", "4", "4", "5"]
    assert re.findall(r"<h(\d)>", render("### A\n\n#### B", top=2)) == ["2", "3"]


def test_links_say_nothing_about_us_and_own_images_show():
    html = render("[a](https://a.example) ![Una mappa](/files/1.png)")
    assert 'rel="nofollow noopener"' in html
    assert '<img src="/files/1.png" alt="Una mappa">' in html
    assert "Foto" in render("![Foto](https://a.example/x.png)")
    assert "<img" not in render("![Foto](https://a.example/x.png)")


def test_a_table_scrolls_in_a_named_region_without_inline_style():
    with override("it"):
        html = render("| Voce | Euro |\n|---|--:|\n| Sala | 10 |")
    assert '<div class="vv-table-frame" role="region" tabindex="0" aria-label="Tabella">' in html
    assert '<th scope="col" class="text-end">Euro</th>' in html
    assert "style" not in html


def test_empty_is_empty():
    assert render(None) == render(" \n") == plain(None) == ""


def test_plain_text_keeps_what_is_said_and_where_links_go():
    assert plain(
        "## Che cosa fare\n\nLeggi [il **bando**](https://a.example).\nPoi:\n\n1. scrivi\n   - bene\n2. invia"
    ) == ("Che cosa fare\n\nLeggi il bando (https://a.example).\nPoi:\n\n1. scrivi\n   - bene\n2. invia")
    assert plain("<https://a.example> <m@a.example>") == "https://a.example m@a.example"
