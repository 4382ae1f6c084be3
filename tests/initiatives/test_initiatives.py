"""An initiative's own page, the programme's list, one's own: who finds what; when money may go to it."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.factories.initiatives import InitiativeFactory, TeamMemberFactory, led
from tests.factories.people import OrganisationFactory, PersonFactory
from tests.factories.programmes import ProgrammeFactory, holder
from vivaio.initiatives.models import Initiative
from vivaio.initiatives.rules import initiatives as rules
from vivaio.initiatives.states import InitiativeState
from vivaio.people.states import OrganisationKind

pytestmark = pytest.mark.django_db


def signed_in(person):
    client = Client()
    client.force_login(person)
    return client


def url(name, *arguments):
    return reverse(f"initiatives:{name}", args=arguments)


def test_the_team_opens_its_initiative_and_nobody_else_does():
    initiative, leader = led(title="La portineria leggera")
    TeamMemberFactory(initiative=initiative, person__given_name="Ada", person__family_name="Negri")

    page = signed_in(leader).get(url("initiative", initiative.pk))

    assert page.status_code == 200
    assert "La portineria leggera" in page.text
    assert "Ada Negri" in page.text
    assert signed_in(PersonFactory()).get(url("initiative", initiative.pk)).status_code == 404
    assert "La portineria leggera" in signed_in(leader).get(url("mine")).text


def test_who_has_left_the_team_opens_it_no_more():
    initiative, leader = led()
    initiative.team.update(ended_at=initiative.created_at)

    assert signed_in(leader).get(url("initiative", initiative.pk)).status_code == 404


def test_the_staff_lists_its_own_programme_alone():
    programme = ProgrammeFactory()
    InitiativeFactory(programme=programme, title="Il forno")
    InitiativeFactory(title="Altrove")
    client = signed_in(holder(programme, "community_manager"))

    page = client.get(url("staff_list", programme.slug))

    assert "Il forno" in page.text
    assert "Altrove" not in page.text
    stranger = signed_in(holder(ProgrammeFactory(), "manager"))
    assert stranger.get(url("staff_list", programme.slug)).status_code == 404


@pytest.mark.parametrize(
    ("fields", "why"),
    [
        ({"kind": OrganisationKind.INFORMAL_GROUP}, "gruppo informale"),
        ({"tax_code": "", "vat_number": ""}, "codice fiscale"),
        ({"kind": OrganisationKind.COOPERATIVE, "tax_code": "01234567890"}, None),
    ],
)
def test_money_goes_to_legal_entities_alone(fields, why):
    initiative = InitiativeFactory(organisation=OrganisationFactory(**fields))

    refused = rules.may_receive_money(initiative)

    assert refused is None if why is None else why in refused


def test_no_money_without_an_organisation_or_after_the_end():
    assert "un’organizzazione" in rules.may_receive_money(InitiativeFactory(organisation=None))
    assert "è chiusa" in rules.may_receive_money(InitiativeFactory(state=InitiativeState.CLOSED))


def test_an_initiative_is_founded_with_an_organisation_found_among_many():
    programme = ProgrammeFactory()
    client, address = signed_in(holder(programme, "manager")), url("found", programme.slug)
    InitiativeFactory.create_batch(5, programme=programme)
    client.get(address)
    with CaptureQueriesContext(connection) as few:
        client.get(address)
    InitiativeFactory.create_batch(145, programme=programme)
    twins = [OrganisationFactory(name="Cooperativa Verziere", municipality=town) for town in ("Lodi", "Como")]
    for one in twins:
        InitiativeFactory(programme=programme, organisation=one)
    with CaptureQueriesContext(connection) as many:
        page = client.get(address).content.decode()
    assert len(many) <= len(few) <= 12
    assert len(page) < 60_000
    typed = {"title": "L’orto di tutti", "email": "orto@example.org"}
    page = client.post(address, typed | {"organisation": "Cooperativa Verziere"}).content.decode()
    assert page.count('name="organisation_row"') == 2
    assert "Lodi" in page
    assert 'value="orto@example.org"' in page
    OrganisationFactory(name="Fondazione Altrove")
    page = client.post(address, typed | {"organisation": "Fondazione Altrove"}).content.decode()
    assert "organisation_row" not in page
    assert "Fondazione Altrove" in page, "what was typed stands in its field"
    told = typed | {"organisation": "Cooperativa Verziere", "organisation_row": str(twins[1].pk)}
    client.post(address, told)
    assert Initiative.objects.get(title="L’orto di tutti").organisation == twins[1]
