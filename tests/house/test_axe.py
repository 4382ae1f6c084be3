"""Every page of the house in a real browser: axe finds nothing and nothing overflows, on a phone and on a desk."""

import mimetypes
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.db import connections

from tests.house.asking import ask
from tests.house.test_templates import client_of

HOST = "http://vivaio.test"
READERS = ("anonymous", "applicant", "juror", "manager", "administrator")
WIDTHS = (1280, 390)
OVERFLOWS = "document.documentElement.scrollWidth > document.documentElement.clientWidth"


@pytest.fixture(scope="module", autouse=True)
def connection_beside_the_browser():
    """While a browser is open Django keeps a connection apart for its event loop: close it after the world's end."""
    yield
    connections.close_all()


@pytest.fixture
def shown(page):
    """Show HTML in the browser as if it came from its address; style sheets and scripts come from their files."""
    pages: dict[str, str] = {}

    def answer(route):
        path = route.request.url.removeprefix(HOST).partition("?")[0]
        if path in pages:
            return route.fulfill(body=pages[path], content_type="text/html; charset=utf-8")
        file = finders.find(path.removeprefix("/static/")) if path.startswith("/static/") else None
        if file is None:
            return route.fulfill(status=404, body="")
        kind = mimetypes.guess_type(path)[0] or "application/octet-stream"
        return route.fulfill(body=Path(str(file)).read_bytes(), content_type=kind)

    page.route("**/*", answer)

    def show(path: str, html: str):
        pages[path] = html
        page.set_viewport_size({"width": WIDTHS[0], "height": 900})
        page.goto(HOST + path)
        return page

    return show


def html_of(world, url: str) -> str:
    """The page as the first reader sees it who may; nothing where the address answers no page."""
    for role in READERS:
        found = ask(client_of(world, role), "get", url)
        if found.is_page and "<html" in (text := found.response.content.decode()):
            return text
    return ""


@pytest.mark.slow
@pytest.mark.django_db
@pytest.mark.parametrize("language", ["it", "en"])
def test_every_page_is_for_everyone(world, places, shown, axe, language):
    wrong, seen = {}, 0
    for name, address in places.items():
        if name == "desk:letter_html":
            continue  # a letter, in a frame of its own
        url = address.replace("/it/", f"/{language}/", 1)
        text = html_of(world, url)
        if not text:
            continue
        seen += 1
        page = shown(url.partition("?")[0], text)
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 900})
            problems = [f"{rule}: {nodes[0][:160]}" for rule, nodes in axe(page)]
            problems += ["overflows"] if page.evaluate(OVERFLOWS) else []
            if problems:
                wrong[f"{name} {width}"] = problems
    assert wrong == {}
    assert seen > 80
