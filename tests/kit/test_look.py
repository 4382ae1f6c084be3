"""The look has one source: its style sheet is built from our tokens, and templates use only what it draws."""

import re
from pathlib import Path

import pytest
from django.conf import settings

ROOT = Path(settings.BASE_DIR) / "vivaio"
SHEET = ROOT / "kit/static/kit/build/vivaio.css"
TEMPLATES = sorted(ROOT.glob("*/templates/**/*.html"))
PAGES = [
    path for path in TEMPLATES if "mailroom/layout" not in str(path)
]  # letters are no pages: mail has no sheets


@pytest.fixture(scope="module")
def sheet() -> str:
    return SHEET.read_text()


def test_the_librarys_blue_is_gone(sheet):
    assert "--bs-primary: #1f6646" in sheet
    for blue in ("#06c", "#0066cc", "hsl(210,100%", "hsl(210, 100%", "rgb(0,102,204", "0, 102, 204"):
        assert blue not in sheet.lower()


def test_nothing_in_the_sheet_comes_from_elsewhere(sheet):
    addresses = re.findall(r"url\(['\"]?([^)'\"]+)", sheet)
    assert addresses
    assert all(address.startswith(("data:", "../../bootstrap-italia/dist/fonts/")) for address in addresses)
    fonts = {address for address in addresses if address.endswith(".woff2")}
    served = settings.BASE_DIR / "node_modules/bootstrap-italia/dist"
    assert all((served / address.partition("dist/")[2]).is_file() for address in fonts)


def test_every_class_of_ours_in_a_template_is_drawn(sheet):
    drawn = set(re.findall(r"\.(vv-[a-z0-9-]+)", sheet))
    bare = {"vv-refused-action"}  # holds a button and its reason together, drawn by its parts
    for path in PAGES:
        words = re.sub(r"\{\{.*?\}\}|\{%.*?%\}", "\x00", path.read_text(), flags=re.DOTALL)
        for attribute in re.findall(r'class="([^"]*)"', words):
            used = {
                word
                for word in attribute.replace("\x00", " ").split()
                if re.fullmatch(r"vv-[a-z0-9-]*[a-z0-9]", word)
            }
            assert used - drawn - bare == set(), f"{path.relative_to(ROOT)} uses classes that nothing draws"


@pytest.mark.parametrize("path", PAGES, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_template_runs_and_styles_nothing_inline(path):
    markup = re.sub(r"\{#.*?#\}", "", path.read_text(), flags=re.DOTALL)
    assert not re.search(r"\sstyle=", markup), "the policy ignores inline styles: use classes"
    assert not re.search(r"\son[a-z]+=|hx-on|javascript:", markup), "the policy forbids inline handlers"
    data = r'<script(?=[^>]*\btype="application/json")[^>]*>'  # what a script of ours reads: it runs nothing
    scripts = re.sub(data, "", markup)
    assert not re.search(r"<script(?![^>]*\bsrc=)", scripts), "the policy forbids inline scripts"
    assert "<style" not in markup


def test_every_component_says_what_it_takes():
    for path in sorted((ROOT / "kit/templates/cotton").rglob("*.html")):
        assert path.read_text().startswith("{# "), path.name
