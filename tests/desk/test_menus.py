"""What the menus offer opens: nobody is led to a page that then refuses them."""

import re

import pytest
from django.urls import reverse

from tests.factories.applications import ApplicationFactory, open_call
from tests.factories.exchange import EntryFactory
from tests.factories.initiatives import led
from tests.factories.jury import JurorFactory
from tests.factories.people import PersonFactory
from tests.factories.programmes import ProgrammeFactory, holder
from tests.factories.publishing import VideoFactory
from vivaio.desk import menus
from vivaio.kit.tables import Table
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


def personal(client) -> list[str]:
    """The sections of a page that belongs to no programme."""
    return menu_of(client.get("/en/help/").content.decode())


@pytest.mark.parametrize("role", ["manager", "auditor", "secretary"])
def test_the_menu_speaks_of_applications_to_who_has_some(client, role):
    client.force_login(holder(open_call().programme, role))
    assert "/en/applications/" not in personal(client)


def test_a_juror_reaches_the_sheets_from_every_page(client):
    juror = JurorFactory()
    client.force_login(juror.person)
    assert f"/en/jury/{juror.panel_id}/" in personal(client)
    assert "/en/applications/" not in personal(client)


def test_who_applies_and_who_plays_no_part_yet_are_led_to_applying(client):
    for person in (PersonFactory(), ApplicationFactory().created_by):
        client.force_login(person)
        assert "/en/applications/" in personal(client)
        assert "/en/people/organisations/" in personal(client)


def test_the_page_of_one_thing_marks_the_section_that_it_belongs_to(client, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    entry, video = EntryFactory(), VideoFactory()
    for thing, section in ((entry, "exchange:directory"), (video, "publishing:gallery")):
        page = client.get(thing.get_absolute_url()).content.decode()
        current = re.search(r'<a[^>]*aria-current="[^"]*"[^>]*>', MENU.search(page)[0])[0]
        assert f'href="{reverse(section, args=[thing.programme.slug])}"' in current


@pytest.mark.parametrize("programmes", [0, 1, 2])
def test_an_administrator_finds_the_pages_of_the_installation_from_the_desk(client, programmes):
    for _number in range(programmes):
        open_call()
    client.force_login(PersonFactory(is_administrator=True))
    offered = menu_of(client.get("/en/desk/").content.decode())
    assert {"/en/accessibility/manage/", "/en/people/accounts/"} <= set(offered)
    assert len(offered) == len(set(offered))


def test_whoever_grows_an_initiative_has_their_own_menu_on_its_pages_and_the_programmes_on_public_ones(
    client,
):
    initiative, leader = led(programme=ProgrammeFactory(state="published"))
    client.force_login(leader)
    for name in ("initiatives:initiative", "initiatives:plan", "experts:tab", "funding:of_initiative"):
        offered = menu_of(client.get(reverse(name, args=[initiative.pk])).text)
        assert reverse("initiatives:mine") in offered, name
        assert reverse("publishing:news_list", args=[initiative.programme.slug]) not in offered, name
    page = client.get(reverse("initiatives:stories", args=[initiative.programme.slug])).text
    assert reverse("publishing:news_list", args=[initiative.programme.slug]) in menu_of(page)


def test_the_pages_of_every_lists_saved_views_stand_in_a_section():
    wanted = {kind.key for kind in every(Table) if kind.key and kind.permission}
    assert wanted <= set(menus.UNDER)


def every(kind):
    """The tables that rooms draw, and none that a test makes."""
    for below in kind.__subclasses__():
        if below.__module__.startswith("vivaio."):
            yield below
        yield from every(below)
