"""The small world, built once for a file of tests: every test leaves it as it was."""

from collections.abc import Iterator

import pytest
from django.db import transaction
from pytest_django.plugin import DjangoDbBlocker

from tests.house import addresses
from tests.house.world import World


@pytest.fixture(scope="module")
def world(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[World]:
    with django_db_blocker.unblock(), transaction.atomic():
        yield World()
        transaction.set_rollback(True)


@pytest.fixture(scope="module")
def places(world: World) -> dict[str, str]:
    """The address of every URL name in this world."""
    return addresses.all_of(world)
