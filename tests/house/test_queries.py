"""A page costs the same with three rows and with thirty, and never more than twelve queries."""

import pytest
from django.db import transaction
from django.test import Client

from tests.house import addresses
from tests.house.asking import Answer, ask, client_of
from tests.house.world import World
from vivaio.kit.tables import Table
from vivaio.people.sessions import SET_UP_HERE

LIMIT = 12
# The pages that most people open, each as those who open it: whoever sees the longest page of that name.
READERS = ("anonymous", "applicant", "juror", "manager", "administrator")
STAFF = ("manager", "administrator")  # of them a second step is asked, and they have taken it


def costs(rows: int) -> dict[str, int]:
    """What every page costs in a world of that size; nothing of it stays."""
    found = {}
    with transaction.atomic():
        world = World(rows)
        places = addresses.all_of(world)
        for role in READERS:
            client = client_of(world, role, **({SET_UP_HERE: True} if role in STAFF else {}))
            for name, url in places.items():
                ask(client, "get", url)  # what is kept in memory is kept by now
                answer = ask(client, "get", url)
                if answer.is_page:
                    found[f"{name} ({role})"] = answer.cost
                    found |= of_all_columns(client, f"{name} ({role})", url, answer)
        transaction.set_rollback(True)
    return found


def of_all_columns(client: Client, name: str, url: str, answer: Answer) -> dict[str, int]:
    """What a list costs with every column that people may choose."""
    table = (answer.response.context or {}).get("table")
    if not isinstance(table, Table) or not table.key:
        return {}
    keys = ",".join(column.key for column in table.offered)
    return {f"{name}, all columns": ask(client, "get", f"{url}?{table.name('columns')}={keys}").cost}


@pytest.mark.slow
@pytest.mark.django_db
def test_a_page_costs_the_same_with_many_rows_and_little(settings):
    settings.STAFF_SECOND_STEP = True
    few, many = costs(3), costs(30)
    grown = {name: (few[name], many[name]) for name in few.keys() & many.keys() if few[name] < many[name]}
    dear = {name: cost for name, cost in few.items() if cost > LIMIT}
    assert (grown, dear) == ({}, {})
