"""An initiative's own page, the programme's list, one's own: who finds what; when money may go to it."""

import pytest
from django.test import Client
from django.urls import reverse

from tests.factories.initiatives import InitiativeFactory, TeamMemberFactory, led
from tests.factories.people import OrganisationFactory, PersonFactory
from tests.factories.programmes import ProgrammeFactory, holder
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
