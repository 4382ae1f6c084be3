"""Asking for an address and saying what came, leaving the world as it was."""

import re
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from django.db import connection, transaction
from django.test import Client
from django.urls import reverse

from tests.factories.api import bearer
from tests.house.world import World

WRITES = ("INSERT", "UPDATE", "DELETE")
# Messages, sign-in, when one or one's program was last here and how often: no part of the world.
OWN = re.compile(
    'django_session|UPDATE "usersessions_usersession"|INTO api_allowance|UPDATE "api_token" SET "last_used_at"'
)


@dataclass
class Answer:
    """What came back, and what it cost."""

    response: Any = None
    queries: list[str] = field(default_factory=list)

    @property
    def status(self) -> str:
        """The status; `login` for a redirect to signing in."""
        if self.response.status_code == 302 and urlsplit(self.response.url).path == reverse("account_login"):
            return "login"
        return str(self.response.status_code)

    @property
    def wrote(self) -> list[str]:
        """The statements that change rows."""
        return [
            sql for sql in self.queries if sql.lstrip().upper().startswith(WRITES) and not OWN.search(sql)
        ]

    @property
    def cost(self) -> int:
        """The queries of the page; savepoints are the test's own."""
        return len([sql for sql in self.queries if "SAVEPOINT" not in sql])

    @property
    def is_page(self) -> bool:
        return self.status == "200" and self.response.headers.get("Content-Type", "").startswith("text/html")

    def _noted(self, execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        self.queries.append(sql)
        return execute(sql, params, many, context)


def ask(client: Client, method: str, url: str, data: Any = None, **more: Any) -> Answer:
    """Ask, and undo whatever the asking did."""
    found, cookies = Answer(), client.cookies.copy()
    with transaction.atomic(), connection.execute_wrapper(found._noted):
        found.response = getattr(client, method)(url, data or {}, **more)
        if getattr(found.response, "streaming", False):
            b"".join(found.response)
        transaction.set_rollback(True)
    client.cookies = cookies
    return found


def client_of(world: World, role: str, **remembered: Any) -> Client:
    """A browser in which this person is signed in, and a program with their token. An error of ours is an answer, 500.

    `remembered`: what the session keeps besides.
    """
    token = world.tokens.get(role)
    client = Client(
        raise_request_exception=False, headers={"Authorization": bearer(token)} if token else None
    )
    if world.people[role] is not None:
        client.force_login(world.people[role])
    if remembered:
        session = client.session
        session.update(remembered)
        session.save()
    return client
