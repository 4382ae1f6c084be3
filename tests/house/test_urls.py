"""Every URL × every role, against `urls.toml`: what each may read, and that nobody else changes anything."""

import pytest

from tests.house import addresses
from tests.house.asking import ask, client_of
from tests.house.permissions import TABLE, asked_of, may, reads
from tests.house.world import ROLES

READ: dict[str, dict[str, str]] = {
    name: dict(zip(TABLE["roles"].split(), row.split(), strict=True)) for name, row in TABLE["read"].items()
}
CHANGE: dict[str, list[str]] = TABLE["change"]
# Nobody is let in: not signed in, forbidden, not there for them, not taken, typed wrongly, or told why not.
TURNED_AWAY = {"login", "401", "403", "404", "405", "409"}
TOLD = TURNED_AWAY | {"200", "302", "400", "422"}

EVERYBODY = (*ROLES, *TABLE["except"])

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


def test_every_url_stands_in_the_table():
    assert set(READ) == set(addresses.names())
    assert set(CHANGE) <= set(READ)
    assert tuple(TABLE["roles"].split()) == ROLES
    assert {role for roles in CHANGE.values() for role in roles} <= {*ROLES, "anyone", "signed-in"}


@pytest.mark.parametrize("role", EVERYBODY)
def test_what_a_role_may_read(world, places, role):
    client = client_of(world, role)
    expected = reads(role)
    answers = {name: ask(client, "get", url) for name, url in asked_of(role, places).items()}
    found = {name: answer.status for name, answer in answers.items()}
    assert {name: status for name, status in found.items() if status != expected[name]} == {}
    wrote = {name: answer.wrote for name, answer in answers.items() if ours(name) and answer.wrote}
    assert wrote == {}, "reading changed something"


def ours(name: str) -> bool:
    """The pages of an account belong to django-allauth, which proves them itself; they concern oneself alone."""
    return not name.startswith(("account_", "mfa_", "socialaccount_"))


@pytest.mark.parametrize("role", EVERYBODY)
def test_only_who_may_changes_anything(world, places, role):
    client, sent = client_of(world, role), addresses.sent(world)
    wrong = {}
    for name, url in asked_of(role, places).items():
        if not ours(name):
            continue
        how = addresses.METHOD.get(name, "post")
        found = ask(client, how, url + addresses.QUERY.get(name, ""), **addresses.as_sent(sent.get(name)))
        if may(name, role):
            if found.status in TURNED_AWAY or not (found.wrote or name in TABLE["unproved"]):
                wrong[name] = f"may, but {found.status} and {len(found.wrote)} rows"
        elif found.wrote or found.status not in TOLD:
            wrong[name] = f"may not, but {found.status}: {found.wrote[:1]}"
    assert wrong == {}
