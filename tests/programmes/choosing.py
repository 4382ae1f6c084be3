"""Choosing rows in a list as a person does: boxes, what to do, and on to the preview."""

import html
import re
from typing import Any

from vivaio.programmes.models import BulkRun


def choose(client: Any, url: str, act: str, *rows: Any, scope: str = "ticked") -> Any:
    """Send the list's own form; the page that it leads to."""
    sent = {"act": act, "scope": scope, "row": [str(getattr(row, "pk", row)) for row in rows]}
    return client.post(url, sent, follow=True)


def last_run() -> BulkRun:
    return BulkRun.objects.latest("created_at")


def go(client: Any) -> Any:
    """Confirm what was prepared last; the page with what became of it."""
    return client.post(f"{last_run().get_absolute_url()}carry-out/", follow=True)


def undo(client: Any) -> Any:
    return client.post(f"{last_run().get_absolute_url()}take-back/", follow=True)


def read(page: Any) -> str:
    """The words of a page, without its tags."""
    text = re.sub(r"<[^>]+>", " ", page.content.decode().partition("<main")[2])
    return " ".join(html.unescape(text).split())
