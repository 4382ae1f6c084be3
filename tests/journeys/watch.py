"""Looks over the shoulder of whoever plays: what the browser complains of, and whether anyone can use the page."""

import json
from urllib.parse import urlsplit

from django.conf import settings
from django.urls import resolve
from django.utils import translation
from playwright.sync_api import BrowserContext, ConsoleMessage, Page, Request, Response

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
WIDE, NARROW = {"width": 1280, "height": 900}, {"width": 390, "height": 844}
# The browser logs every 4xx; those that are wrong are told apart by `_response`.
LOGGED_TWICE = "the server responded with a status of"


class Watch:
    """What was seen in every browser of a journey. `problems` is empty when all is well."""

    def __init__(self, url: str):
        self.host = urlsplit(url).netloc
        self.axe = (settings.BASE_DIR / "node_modules/axe-core/axe.min.js").read_text()
        self.seen: set[tuple[str, str, int]] = set()
        self.problems: list[str] = []

    def over(self, context: BrowserContext) -> None:
        """Watch all pages of a browser."""
        context.on("console", self._console)
        context.on("weberror", lambda error: self.problems.append(f"script: {error.error}"))
        context.on("request", self._request)
        context.on("response", self._response)

    def _console(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning") and LOGGED_TWICE not in message.text:
            self.problems.append(f"console, {self._place(message.page)}: {message.text}")

    def _request(self, request: Request) -> None:
        parts = urlsplit(request.url)
        if parts.scheme in ("http", "https", "ws", "wss") and parts.netloc != self.host:
            self.problems.append(f"asked another host: {request.url}")

    def _response(self, response: Response) -> None:
        """A page may be refused or come back with its errors; what a page asks for has to be there."""
        asked_by_page = response.request.resource_type != "document"
        if response.status >= 500 or (response.status >= 400 and asked_by_page):
            self.problems.append(f"{response.status} for {response.request.method} {response.url}")

    def look(self, page: Page) -> None:
        """Let axe judge the page at both widths, once for each kind of page and language."""
        path = urlsplit(page.url).path
        with translation.override(path[1:3]):
            match = resolve(path)
        key = (match.view_name, path[1:3])
        if (*key, 0) in self.seen:
            return
        self.seen.add((*key, 0))
        page.evaluate(self.axe)
        for size in (NARROW, WIDE):
            page.set_viewport_size(size)
            self._judge(page, match.view_name, size["width"])
        page.set_viewport_size(WIDE)

    def _judge(self, page: Page, view: str, width: int) -> None:
        # In a window as tall as the page: in a lower one the bar at the foot may cut a control in two, and axe takes
        # what is cut for too small, though one scrolls on.
        page.evaluate("window.scrollTo({top: 0, behavior: 'instant'})")
        tall = page.evaluate("document.documentElement.scrollHeight")
        page.set_viewport_size({"width": width, "height": tall})
        found = page.evaluate("rules => axe.run({runOnly: rules, resultTypes: ['violations']})", RULES)
        for broken in found["violations"]:
            nodes = [node["html"][:300] for node in broken["nodes"]]
            self.problems.append(f"axe at {width}, {view} {page.url}: {broken['id']} {json.dumps(nodes)}")
        overflow = page.evaluate("document.documentElement.scrollWidth")
        if overflow > width:
            self.problems.append(f"{view} is {overflow} wide at {width}: {page.url}")

    @staticmethod
    def _place(page: Page | None) -> str:
        return urlsplit(page.url).path if page else "no page"
