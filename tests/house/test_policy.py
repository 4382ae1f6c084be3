"""What every answer says to the browser, and what every export hands to a spreadsheet: nothing that was typed runs."""

import csv
import io
import re
from html.parser import HTMLParser
from typing import Any
from urllib.parse import urlsplit

import openpyxl
import pytest
from django.apps import apps
from django.conf import settings
from django.db import DatabaseError, models, transaction
from django.test import Client

from tests.house import attack
from tests.house.asking import ask, client_of
from vivaio.kit.exports import FORMULA
from vivaio.kit.middleware import POLICY

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

ROLES = ("anonymous", "applicant", "juror", "manager", "auditor", "administrator")
# Pages that are drawn apart: they run nothing at all, so their own styles harm nobody.
APART = {"desk:outbox_html"}


class Page(HTMLParser):
    """What of a page a strict policy would stop, or a lax one would run."""

    def __init__(self, text: str):
        super().__init__()
        self.wrong: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: Any) -> None:
        said = {name: value or "" for name, value in attrs}
        runs = tag == "script" and "src" not in said and said.get("type") != "application/json"
        if tag == "style" or runs:
            self.wrong.append(f"<{tag}> in the page")
        self.wrong += [f"{name}= on <{tag}>" for name in said if name == "style" or name.startswith("on")]
        for name in ("href", "src", "action", "formaction", "data"):
            value = said.get(name, "").strip().lower()
            if re.match(r"(javascript|vbscript|data:text)", value):
                self.wrong.append(f"{name}={value[:30]} on <{tag}>")
            loads = tag in ("script", "img", "iframe", "object", "embed", "source", "video") or (
                tag == "link" and said.get("rel") not in ("canonical", "alternate")
            )
            if loads and urlsplit(value).netloc not in ("", "testserver", urlsplit(settings.BASE_URL).netloc):
                self.wrong.append(f"{name}={value[:60]} on <{tag}>: another host")


def directives(said: str) -> dict[str, str]:
    return {part.split()[0]: part for part in said.split(";") if part.strip()}


def test_the_policy_names_what_a_page_needs_and_nothing_runs_from_within_it():
    parts = directives(POLICY)
    assert "unsafe" not in POLICY
    assert "*" not in POLICY
    assert "http" not in POLICY
    assert parts["script-src"].strip() == "script-src 'self'"
    assert parts["style-src"].strip() == "style-src 'self'"
    assert set(parts) >= {"default-src", "object-src", "base-uri", "form-action", "frame-ancestors"}


@pytest.mark.parametrize("role", ROLES)
def test_every_answer_carries_the_policy_and_keeps_it(world, places, role):
    client, wrong, pages = client_of(world, role), {}, 0
    for name, url in {**places, "nowhere": "/it/nowhere/", "no form": "/it/account/login/"}.items():
        answer = ask(client, "get", url)
        said = answer.response.headers.get("Content-Security-Policy", "")
        runs = directives(said).get("script-src", directives(said).get("default-src", "none said"))
        if "unsafe" in runs or "none said" in runs:
            wrong[name] = f"may run: {said}"
        if not answer.response.headers.get("Content-Type", "").startswith("text/html"):
            continue
        if name in APART or "sandbox" in said:
            if "sandbox" not in said or "default-src 'none'" not in said:
                wrong[name] = f"drawn apart, and not fenced in: {said}"
            continue
        pages += 1
        if said != POLICY:
            wrong[name] = f"another policy: {said}"
        elif found := Page(answer.response.content.decode()).wrong:
            wrong[name] = ", ".join(sorted(set(found)))
    assert wrong == {}
    assert pages > 20


POISON = '=HYPERLINK("http://x.example","Apri")'
KEPT = {
    "language",
    "time_zone",
    "currency",
    "country",
    "province",
    "password",
    "secret",
    "token_digest",
    "source",
}


def poison() -> int:
    """Whatever text people may have typed becomes a formula; how many columns."""
    count = 0
    for model in apps.get_models():
        if not model.__module__.startswith("vivaio.") or model._meta.app_label == "journal":
            continue
        together = {name for one in model._meta.total_unique_constraints for name in one.fields}
        for column in model._meta.concrete_fields:
            plain = type(column) in (models.CharField, models.TextField) and not column.choices
            long = (column.max_length or 1000) >= len(POISON)
            if plain and long and not column.unique and column.name not in KEPT | together:
                try:
                    with transaction.atomic():
                        model._base_manager.update(**{column.name: POISON})
                    count += 1
                except DatabaseError:
                    continue
    return count


def test_no_export_hands_a_formula_to_a_spreadsheet(world, places):
    assert poison() > 30
    clients = {role: client_of(world, role) for role in attack.READERS}
    wrong, files, disarmed = {}, 0, 0
    for name, url in places.items():
        role = attack.reader(name)
        if role is None:
            continue
        client = clients.setdefault(role, client_of(world, role))
        for kind in ("csv", "xlsx"):
            sent, content = download(client, url, kind)
            if not ("csv" in sent or "spreadsheetml" in sent):
                continue
            files += 1
            cells = of_csv(content) if "csv" in sent else of_xlsx(content)
            wrong |= {f"{name}.{kind}": cell for cell in cells if cell.startswith("runs ")}
            disarmed += sum("HYPERLINK" in cell for cell in cells)
    assert wrong == {}
    assert files > 20
    assert disarmed > 100


def download(client: Client, url: str, kind: str) -> tuple[str, bytes]:
    """Of which type the answer is, and what it holds; whatever the asking wrote is undone."""
    with transaction.atomic():
        answer = client.get(url, {"export": kind})
        content = b"".join(answer.streaming_content) if answer.streaming else answer.content
        transaction.set_rollback(True)
    return (answer.headers.get("Content-Type", ""), content) if answer.status_code == 200 else ("", b"")


def of_csv(content: bytes) -> list[str]:
    """The cells; what a spreadsheet would run is marked."""
    rows = csv.reader(io.StringIO(content.decode("utf-8-sig")), delimiter=";")
    return [
        f"runs {cell}" if FORMULA.match(cell) and not is_number(cell) else cell
        for row in rows
        for cell in row
    ]


def is_number(cell: str) -> bool:
    return re.fullmatch(r"-?\d+([.,]\d+)?", cell) is not None


def of_xlsx(content: bytes) -> list[str]:
    cells = [cell for row in openpyxl.load_workbook(io.BytesIO(content)).active for cell in row]
    return [f"runs {cell.value}" if cell.data_type == "f" else str(cell.value) for cell in cells]
