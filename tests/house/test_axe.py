"""Every page of the house in a real browser: axe finds nothing and nothing overflows, on a phone and on a desk."""

import mimetypes
from pathlib import Path

import pytest
from django.contrib.auth.models import AnonymousUser
from django.contrib.staticfiles import finders
from django.core.exceptions import PermissionDenied
from django.db import connections
from django.test import RequestFactory
from django.utils import translation

from tests.factories.programmes import ProgrammeFactory, holder
from tests.house.asking import ask
from tests.house.test_templates import client_of
from vivaio.kit import errors

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


def problems_at_every_width(page, axe) -> dict[int, list[str]]:
    """What axe finds, and whether the page is wider than its window, width by width; nothing where all is well."""
    wrong = {}
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        problems = [f"{rule}: {nodes[0][:160]}" for rule, nodes in axe(page)]
        problems += ["overflows"] if page.evaluate(OVERFLOWS) else []
        if problems:
            wrong[width] = problems
    return wrong


def refusals(person) -> dict[str, str]:
    """The pages that say what went wrong, through the handlers that show them."""
    request = RequestFactory().get("/nowhere/")
    request.user, request.session = person, {}
    answers = {
        "400": errors.bad_request(request),
        "403": errors.forbidden(
            request, PermissionDenied("Only who looks after the programme opens this page.")
        ),
        "404": errors.not_found(request),
        "500": errors.server_error(request),
        "503": errors.unavailable(),
        "503-files": errors.files_away(),
        "csrf": errors.csrf_failure(request),
    }
    return {name: answer.content.decode() for name, answer in answers.items()}


@pytest.mark.django_db
@pytest.mark.parametrize("language", ["it", "en"])
def test_every_refusal_is_for_everyone(shown, axe, language):
    wrong = {}
    for who, person in (("anonymous", AnonymousUser()), ("manager", holder(ProgrammeFactory(), "manager"))):
        with translation.override(language):
            pages = refusals(person)
        assert [name for name, html in pages.items() if f'lang="{language}"' not in html] == []
        for name, html in pages.items():
            if problems := problems_at_every_width(shown(f"/{language}/{who}/{name}/", html), axe):
                wrong[f"{who} {name}"] = problems
    assert wrong == {}


@pytest.mark.slow
@pytest.mark.django_db
@pytest.mark.parametrize("language", ["it", "en"])
def test_every_page_is_for_everyone(world, places, shown, axe, language):
    wrong, seen = {}, 0
    for name, address in places.items():
        if name in ("desk:letter_html", "desk:call_letter_html"):
            continue  # a letter, in a frame of its own
        url = address.replace("/it/", f"/{language}/", 1)
        text = html_of(world, url)
        if not text:
            continue
        seen += 1
        if problems := problems_at_every_width(shown(url.partition("?")[0], text), axe):
            wrong[name] = problems
    assert wrong == {}
    assert seen > 80
