"""Sending what is hostile to every address of the small world that takes something."""

import traceback
from typing import Any
from urllib.parse import urlsplit

from django.core.signals import got_request_exception
from django.test import Client
from django.urls import reverse

from tests.house import addresses, hostile
from tests.house.asking import Answer, ask, client_of
from tests.house.permissions import TABLE
from tests.house.world import World
from vivaio.calls import sections

CHANGE: dict[str, list[str]] = TABLE["change"]
READERS = ("manager", "applicant", "juror", "nobody", "administrator")  # who opens a page to see its forms
STAND_IN = {"anyone": "anonymous", "signed-in": "applicant"}


def roles() -> dict[str, str]:
    """Who sends to each address: the first who may."""
    return {name: STAND_IN.get(may[0], may[0]) for name, may in CHANGE.items()}


def targets(world: World, places: dict[str, str]) -> list[tuple[str, str, str]]:
    """Every address that takes something: its name, who sends, where."""
    found = [(name, role, places[name] + addresses.QUERY.get(name, "")) for name, role in roles().items()]
    call = {"programme": world.programme.slug, "slug": world.prepared.slug}
    for section in sections.SECTIONS:
        url = reverse("calls:edit", kwargs={**call, "section": section})
        found.append((f"calls:edit {section}", "manager", url))
    return [*found, ("questionnaires:preview", "manager", places["questionnaires:preview"])]


def sheets(world: World, places: dict[str, str]) -> dict[str, hostile.Sheet]:
    """What the pages' own forms hold, by the path that they send it to."""
    found: dict[str, hostile.Sheet] = {}
    told = targets(world, places)
    pages = {url: role for _name, role, url in told}
    for name, url in places.items():
        readable = [role for role in READERS if answers(name)[role] == "200"]
        pages |= {url: readable[0]} if readable else {}
    clients = {role: client_of(world, role) for role in {*pages.values()}}
    for url, role in pages.items():
        answer = ask(clients[role], "get", url)
        if answer.is_page:
            for path, sheet in hostile.Forms(url, answer.response.content.decode()).found.items():
                found.setdefault(path, hostile.Sheet()).add(sheet)
    sent = addresses.sent(world)
    for name, _role, url in told:
        sheet = found.setdefault(urlsplit(url).path, hostile.Sheet())
        for key, value in (sent.get(name) or {}).items():
            if key != "json":
                sheet.values[key] = [str(one) for one in value] if isinstance(value, list) else [str(value)]
    return found


def asked(client: Client, method: str, url: str, data: Any = None, **more: Any) -> tuple[Answer, str]:
    """The answer, and the failure of ours that it hides, if any."""
    failures: list[str] = []

    def caught(sender: Any, **_more: Any) -> None:
        failures.append(traceback.format_exc(limit=-6))

    got_request_exception.connect(caught)
    try:
        answer = ask(client, method, url, data, **more)
    finally:
        got_request_exception.disconnect(caught)
    return answer, "\n".join(failures) or ("500" if answer.status == "500" else "")


def reader(name: str) -> str | None:
    """The last of the roles that may read what is there, who sees most; None where there is nothing to read."""
    return next((role for role, status in reversed(answers(name).items()) if status == "200"), None)


def answers(name: str) -> dict[str, str]:
    """What each role gets who asks for the page."""
    return dict(zip(TABLE["roles"].split(), TABLE["read"][name].split(), strict=True))


QUESTIONS = (
    "q",
    "sort",
    "page",
    "export",
    "state",
    "track",
    "subject",
    "step",
    "count",
    "next",
    "inline",
    "set",
    "key",
    "here",
    "view",
)


def questions(client: Client, url: str) -> list[str]:
    """What may follow the question mark: what the page's own forms ask, and what addresses ask by themselves."""
    answer = ask(client, "get", url)
    page = answer.response.content.decode() if answer.is_page else ""
    return sorted({*QUESTIONS, *hostile.Forms(url, page).asked})
