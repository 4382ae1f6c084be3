"""A contest is a call that initiatives enter: it says so, and nobody else begins an application to it."""

import pytest
from django.test import Client

from tests.calls.pages import at, signed_in
from tests.factories.applications import open_call
from tests.factories.people import MembershipFactory
from vivaio.applications import actions as applications
from vivaio.calls import blueprint
from vivaio.calls.states import CallKind
from vivaio.kit.reconcile import Passage
from vivaio.kit.rules import Refused

pytestmark = pytest.mark.django_db


def test_an_ordinary_application_is_not_begun_to_a_contest():
    call = open_call(kind=CallKind.CONTEST)
    member = MembershipFactory()
    with pytest.raises(Refused, match="dalle loro pagine"):
        applications.start(call.tracks.get(), by=member.person, organisation=member.organisation)
    begun = applications.start(
        call.tracks.get(), by=member.person, organisation=member.organisation, entering=True
    )
    assert begun.call == call
    page = signed_in(member.person).get(f"/it/calls/{call.programme.slug}/{call.slug}/apply/")
    assert "partecipano solo le iniziative" in page.content.decode()


def test_the_public_page_says_that_it_is_a_contest():
    call = open_call(kind=CallKind.CONTEST)
    assert "contest tra iniziative" in Client().get(at(call, "call")).content.decode()


def test_the_kind_goes_through_a_blueprint():
    call = open_call(kind=CallKind.CONTEST)
    told = blueprint.tell(call.programme, Passage())
    assert told[0]["kind"] == "contest"
