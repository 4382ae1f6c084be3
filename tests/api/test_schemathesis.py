"""What the document says holds: schemathesis asks each operation as each kind of caller, and finds no fault.

The same questions every time; `VIVAIO_HOSTILE=200 pytest tests/api/test_schemathesis.py` asks others, so many each.
"""

import datetime as dt
import os
from collections.abc import Iterator
from typing import Any

import pytest
import schemathesis
from django.core.handlers.wsgi import WSGIHandler
from django.core.signals import request_finished, request_started
from django.db import close_old_connections, transaction
from django.utils import translation
from hypothesis import HealthCheck, Phase, given, settings
from pytest_django.plugin import DjangoDbBlocker
from schemathesis import GenerationMode

from tests.factories.api import TokenFactory, bearer
from tests.house import addresses
from tests.house.world import World
from vivaio.api import scopes
from vivaio.kit import clock

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

TRIES = int(os.environ.get("VIVAIO_HOSTILE", "2"))
KINDS = ("none", "applicant", "juror", "manager", "auditor", "scopeless", "expired", "revoked")
asked = settings(
    deadline=None,
    database=None,
    derandomize="VIVAIO_HOSTILE" not in os.environ,
    max_examples=TRIES,
    phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
)


@pytest.fixture(scope="module")
def world(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[World]:
    with django_db_blocker.unblock(), transaction.atomic():
        yield World(rows=1)
        transaction.set_rollback(True)


@pytest.fixture(scope="module", autouse=True)
def one_connection() -> Iterator[None]:
    """A request leaves the test's connection open, as with Django's own client."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@pytest.fixture(scope="module")
def operations(one_connection: None, world: World) -> list[Any]:
    with translation.override("en"):
        schema = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", WSGIHandler())
    return [found.ok() for found in schema.get_all_operations()]


def headers_of(world: World, kind: str) -> dict[str, str]:
    """What each kind of caller sends. One has a token for something else."""
    unlike: dict[str, dict[str, Any]] = {
        "revoked": {"revoked_at": clock.now()},
        "expired": {"expires_at": clock.now() - dt.timedelta(minutes=1)},
        "scopeless": {"scopes": [scopes.INITIATIVES_READ]},
    }
    if kind == "none":
        return {}
    if kind in unlike:
        return {"Authorization": bearer(TokenFactory(person=world.people["applicant"], **unlike[kind]))}
    return {"Authorization": bearer(world.tokens[kind])}


def trying(
    operation: Any, mode: GenerationMode, there: dict[str, str], headers: dict[str, str], wrong: set[str]
):
    """One question; what is found wrong is noted, so that one run tells all of it."""

    def attempt(case):
        if mode is GenerationMode.POSITIVE:
            case.path_parameters.update(there)
            case.headers.pop("If-Match", None)  # a state that nobody has read is refused, as it must be
        with transaction.atomic():
            try:
                case.call_and_validate(headers=headers)
            except BaseExceptionGroup as found:
                wrong.add(f"{operation.label}: {found}")
            transaction.set_rollback(True)

    return attempt


@pytest.mark.parametrize("kind", KINDS)
def test_no_fault_is_found(world, operations, kind):
    headers, places, wrong = headers_of(world, kind), addresses.arguments(world), set()
    assert len(operations) > 15
    for operation in operations:
        names = places.get(f"v1:{operation.definition.raw['operationId']}", {})
        there = {key: str(value) for key, value in names.items()}
        for mode in (GenerationMode.POSITIVE, GenerationMode.NEGATIVE):
            attempt = trying(operation, mode, there, headers, wrong)
            asked(given(case=operation.as_strategy(generation_mode=mode))(attempt))()
    assert wrong == set(), "\n\n".join(sorted(wrong))
