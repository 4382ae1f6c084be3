"""What the menus offer opens: nobody is led to a page that then refuses them."""

import re

import pytest

from tests.factories.applications import open_call
from tests.factories.people import PersonFactory
from tests.factories.programmes import holder
from vivaio.programmes.roles import ROLES

pytestmark = pytest.mark.django_db

MENU = re.compile(r'<nav[^>]*class="vv-menu.*?</nav>', re.DOTALL)


def menu_of(page: str) -> list[str]:
    found = MENU.search(page)
    return re.findall(r'href="([^"]+)"', found[0]) if found else []


@pytest.mark.parametrize("role", sorted(ROLES))
def test_every_page_that_a_menu_offers_opens(client, role):
    programme = open_call().programme
    client.force_login(holder(programme, role))
    for start in ("/en/desk/", f"/en/programmes/{programme.slug}/"):
        offered = menu_of(client.get(start).content.decode())
        assert offered
        assert {href: client.get(href).status_code for href in offered} == dict.fromkeys(offered, 200)


def test_every_page_that_the_menu_of_somebody_without_a_role_offers_opens(client):
    client.force_login(PersonFactory())
    offered = menu_of(client.get("/en/desk/").content.decode())
    assert {href: client.get(href).status_code for href in offered} == dict.fromkeys(offered, 200)
