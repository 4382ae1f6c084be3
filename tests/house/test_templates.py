"""Templates: each compiles, is used, stands in the frame, and asks nobody else for anything."""

import re
from functools import cache
from html.parser import HTMLParser
from pathlib import Path

import pytest
from django.template import engines

from tests.house import code
from tests.house.asking import ask, client_of

# Templates that a package of ours asks for by its own names.
ASKED_BY_PACKAGES = ("account/", "mfa/", "socialaccount/", "allauth/", "django/forms/", "cotton/")
# Letters stand in an inbox, where a style sheet does not reach.
LETTERS = ("mailroom/", "/letters/")
HTML_LANGUAGES = ("it", "en")


@cache
def templates() -> dict[str, Path]:
    """By the name they are loaded with."""
    return {
        str(path.relative_to(folder)): path
        for folder in code.VIVAIO.rglob("templates")
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def pages() -> dict[str, str]:
    """The text of every template that ends in a browser."""
    return {
        name: path.read_text()
        for name, path in templates().items()
        if path.suffix == ".html" and not any(part in f"/{name}" for part in LETTERS)
    }


@pytest.mark.parametrize("name", [name for name in templates() if name.endswith((".html", ".md", ".txt"))])
def test_it_compiles(name):
    engines["django"].get_template(name)


def test_every_template_is_used():
    told = "\n".join(module.text for module in code.modules())
    shown = "\n".join(path.read_text() for path in templates().values())
    unused: list[str] = []
    for name, path in templates().items():
        if name.startswith(ASKED_BY_PACKAGES) or path.suffix == ".typ":
            continue
        stem = re.sub(r"\.(it|en)\.(md|txt|html)$", "", name)
        if name in told or name in shown or named_in_parts(name, stem, told):
            continue
        unused.append(name)
    assert unused == []


def test_the_parts_of_a_title_are_parted_alike():
    """“What · where · Vivaio”: one sign everywhere, and no sentence that hides another sign."""
    blocks = {
        name: re.search(r"\{% block (?:head_)?title %\}(.*?)\{% endblock", text, re.DOTALL)
        for name, text in pages().items()
    }
    wrong = {
        name: found[1]
        for name, found in blocks.items()
        if found and not re.fullmatch(r"(\s*·\s*|\s)*", re.sub(r"\{%.*?%\}|\{\{.*?\}\}", "", found[1]))
    }
    assert wrong == {}


def test_words_for_the_ear_do_not_begin_with_a_sign():
    """Hidden words are read after a pause: “Begin : Cooperatives”; in brackets they read well."""
    wrong = {
        name: found
        for name, text in pages().items()
        if (found := re.findall(r'visually-hidden">\s*[:,;.].*?</span>', text))
    }
    assert wrong == {}


def named_in_parts(name: str, stem: str, told: str) -> bool:
    """Letters and pages whose name is put together: `applications/letters/receipt` from `applications.receipt`."""
    room, _slash, rest = stem.partition("/")
    if "letters/" in rest:
        letter = rest.removeprefix("letters/")
        return f'"{room}.{letter}"' in told or re.search(rf'letter\(\s*"{letter}"', told) is not None
    folder, _slash, last = name.rpartition("/")
    return f"{folder}/{{" in told and f'"{last.removesuffix(".html")}"' in told


def test_every_component_is_used():
    shown = "\n".join(path.read_text() for path in templates().values())
    shown += "\n".join(module.text for module in code.modules())
    unused = []
    for name in templates():
        if name.startswith("cotton/"):
            called = name.removeprefix("cotton/").removesuffix(".html").removesuffix("/index")
            called = called.replace("/", ".").replace("_", "-")
            if not re.search(rf"<c-{re.escape(called)}[\s/>]", shown) and name not in shown:
                unused.append(name)
    assert unused == []


def test_a_whole_page_stands_in_the_frame():
    """Only the frames themselves open a document; all others extend one or are a part of a page."""
    frames = {"kit/base.html", "kit/errors/frameless.html", "mailroom/layout.html"}
    frames |= {"people/own_data/page.html"}  # travels in the copy of one's data and is read without Vivaio
    found = {name for name, text in pages().items() if "<html" in text or "<body" in text}
    assert found <= frames


def test_nothing_is_written_inline():
    """The content policy would refuse it."""
    wrong = {}
    for name, source in pages().items():
        text = re.sub(r"{#.*?#}|{% comment %}.*?{% endcomment %}", "", source, flags=re.S)
        found = re.findall(r"<style\b|\sstyle=|\son[a-z]+=[\"']|\shx-on\b|javascript:", text)
        found += re.findall(r"<script\b(?![^>]*\bsrc=)(?![^>]*application/(?:ld\+)?json)[^>]*>", text)
        if found:
            wrong[name] = found
    assert wrong == {}


HOST = re.compile(
    r"""(?:src|href|action|srcset|url)\s*[=(]\s*["']?(?:https?:)?//([\w.-]+)|@import\s+["'](?:https?:)?//"""
)


def test_no_source_asks_a_foreign_host():
    files = list(pages().items())
    files += [
        (str(path.relative_to(code.HOME)), path.read_text())
        for kind in ("*.scss", "*.js", "*.css", "*.svg")
        for path in code.VIVAIO.rglob(kind)
        if "build" not in path.parts
    ]
    wrong = {name: found for name, text in files if (found := HOST.findall(text))}
    assert wrong == {}


class Page(HTMLParser):
    """What a test asks of a page."""

    def __init__(self, text: str):
        super().__init__(convert_charrefs=True)
        self.lang, self.headings, self.title, self.hosts, self.inline = "", 0, "", [], []
        self._in_title = False
        self.feed(text)

    def handle_starttag(self, tag, attributes):
        given = dict(attributes)
        if tag == "html":
            self.lang = given.get("lang") or ""
        self.headings += tag == "h1"
        self._in_title = tag == "title" and not self.title
        for name in ("src", "srcset", "poster") + (("href",) if tag == "link" else ()):
            if re.match(r"(https?:)?//", given.get(name) or "") and given.get("rel") not in (
                "alternate",
                "canonical",
            ):
                self.hosts.append(given[name])
        self.inline += [name for name in given if name == "style" or name.startswith(("on", "hx-on"))]

    def handle_endtag(self, tag):
        if tag == "title":
            self._in_title = False

    def handle_data(self, data):
        if self._in_title:
            self.title += data


# Words that only an unfinished page shows.
LEFTOVERS = re.compile(r"\{\{|\{%|\bNone\b(?!-Match)|Lorem ipsum|%\(\w+\)s|\bTODO\b|<c-")


# Where letters are worded, the names of their fields stand in braces.
SHOWS_FIELDS = {"desk:call_letter", "applications:own_letter"}


@pytest.mark.slow
@pytest.mark.django_db
@pytest.mark.parametrize("language", HTML_LANGUAGES)
@pytest.mark.parametrize("role", ["anonymous", "applicant", "juror", "manager"])
def test_every_page_is_whole(world, places, role, language):
    client, wrong = client_of(world, role), {}
    for name, url in places.items():
        found = ask(client, "get", url.replace("/it/", f"/{language}/", 1))
        if not found.is_page or "<html" not in (text := found.response.content.decode()):
            continue
        if name in ("desk:letter_html", "desk:call_letter_html"):
            continue  # a letter, in a frame of its own
        page = Page(text)
        said = re.sub(r"<script\b.*?</script>|<[^>]+>", " ", text.split("<main", 1)[-1], flags=re.S)
        problems = [
            *([f"lang={page.lang}"] if page.lang != language else []),
            *([f"{page.headings} h1"] if page.headings != 1 else []),
            *(["no title"] if not page.title.replace("· Vivaio", "").strip() else []),
            *page.hosts,
            *page.inline,
            *(LEFTOVERS.findall(said) if name not in SHOWS_FIELDS else []),
        ]
        if problems:
            wrong[name] = problems
    assert wrong == {}


def test_no_page_loads_twice_what_every_page_loads():
    """The second copy has an address of its own, so it runs again: two buttons, two savings of every answer."""
    everywhere = re.findall(r"import '\./(\w+\.js)';", (code.VIVAIO / "kit/static/kit/page.js").read_text())
    again = [(name, part) for name, text in pages().items() for part in everywhere if f"kit/{part}'" in text]
    assert everywhere
    assert again == []
