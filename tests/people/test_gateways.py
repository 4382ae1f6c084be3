"""Signing in through a gateway of identity: a real OpenID Connect provider runs beside the tests."""

import pytest
import requests
from allauth.account.models import EmailAddress
from allauth.socialaccount.internal.statekit import STATES_SESSION_KEY
from allauth.socialaccount.models import SocialAccount
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from oidc_provider_mock import User, run_server_in_thread

from tests.factories.people import PersonFactory, confirmed
from tests.factories.programmes import ProgrammeFactory, holder
from vivaio.config.gateways import gateway
from vivaio.journal.models import Record
from vivaio.people.models import Person

# The provider that plays the gateway is built on calls that its own library is about to drop.
pytestmark = [pytest.mark.django_db, pytest.mark.filterwarnings("ignore::DeprecationWarning")]
ADA = {
    "email": "ada@example.org",
    "email_verified": True,
    "given_name": "Ada",
    "family_name": "Negri",
    "fiscal_number": "TINIT-NGRDAA70A41F205X",
}
PEOPLE = [
    User(sub="ada", claims=ADA),
    User(sub="unproved", claims=ADA | {"email_verified": "false"}),
    User(sub="silent", claims={"given_name": "Ada", "family_name": "Negri"}),
]


@pytest.fixture(scope="module")
def provider():
    with run_server_in_thread(user_claims=PEOPLE, require_nonce=True) as server:
        yield f"http://localhost:{server.server_port}"


@pytest.fixture
def configure(settings):
    """Set the gateway up as its environment would."""

    def put(issuer, **more):
        told = {"ISSUER": issuer, "CLIENT_ID": "vivaio", "CLIENT_SECRET": "segreto", "LABEL": "SPID"} | more

        def env(name, default=None):
            return told.get(name.removeprefix("VIVAIO_OIDC_SPID_"), default)

        settings.SOCIALACCOUNT_PROVIDERS = {"gateway": {"APPS": [gateway(env, "spid")]}}

    cache.clear()
    return put


@pytest.fixture
def spid(provider, configure):
    configure(provider)


def leave(client, language="it", **data):
    return client.post(f"/{language}/account/gateways/spid/", data)


def answer(page, sub="ada"):
    """What the provider sends the browser back with once the person has said who they are."""
    address = page.headers["Refresh"].partition("url=")[2]
    sent = requests.post(address, data={"sub": sub}, allow_redirects=False, timeout=10)
    return sent.headers["Location"].removeprefix("http://testserver")


def come_back(client, sub="ada", **leaving):
    return client.get(answer(leave(client, **leaving), sub), follow=True)


def signed_in(client):
    return client.session.get("_auth_user_id")


def test_the_sign_in_page_offers_it(spid, client):
    assert "Entra con SPID" in client.get("/it/account/login/").content.decode()


def test_who_is_new_sees_what_is_taken_over_and_nothing_else_is_kept(spid, client):
    page = come_back(client)
    words = page.content.decode()
    assert 'value="Ada"' in words
    assert 'value="ada@example.org"' in words
    data = {"email": "ada@example.org", "given_name": "Ada", "family_name": "Negri"}
    client.post(reverse("socialaccount_signup"), data)
    person = Person.objects.get(email="ada@example.org")
    assert signed_in(client) == str(person.pk)
    assert EmailAddress.objects.get(user=person).verified
    [account] = SocialAccount.objects.all()
    assert account.extra_data == {}
    assert "NGRDAA" not in str(vars(person))


def test_who_was_here_before_signs_in(spid, client):
    person = confirmed(PersonFactory(email="other@example.org"))
    SocialAccount.objects.create(user=person, provider="spid", uid="ada")
    come_back(client)
    assert signed_in(client) == str(person.pk)


def test_the_language_of_leaving_is_that_of_coming_back(spid, client):
    SocialAccount.objects.create(user=PersonFactory(), provider="spid", uid="ada")
    page = come_back(client, language="en")
    assert page.request["PATH_INFO"].startswith("/en/")


def test_an_address_proved_on_both_sides_opens_the_account(spid, client):
    person = confirmed(PersonFactory(email="ada@example.org"))
    come_back(client)
    assert signed_in(client) == str(person.pk)
    assert Record.objects.filter(verb="people.gateway_joined", actor=person.pk).exists()


def test_an_address_that_the_gateway_does_not_vouch_for_opens_nothing(spid, client):
    confirmed(PersonFactory(email="ada@example.org"))
    page = come_back(client, sub="unproved")
    assert signed_in(client) is None
    assert not SocialAccount.objects.exists()
    assert page.request["PATH_INFO"] == reverse("socialaccount_signup")


def test_an_address_that_was_never_proved_here_opens_nothing(spid, client):
    EmailAddress.objects.create(
        user=PersonFactory(email="ada@example.org"), email="ada@example.org", verified=False, primary=True
    )
    come_back(client)
    assert signed_in(client) is None


def test_a_closed_account_is_said_to_be_closed(spid, client):
    confirmed(PersonFactory(email="ada@example.org", is_active=False))
    page = come_back(client)
    assert signed_in(client) is None
    assert "account chiuso" in page.content.decode()


def test_staff_join_by_hand(spid, client):
    confirmed(holder(ProgrammeFactory(), "manager", email="ada@example.org"))
    page = come_back(client)
    assert signed_in(client) is None
    assert "gestisce un programma" in page.content.decode()


def test_who_is_signed_in_joins_it_and_parts_it(spid, client):
    person = holder(ProgrammeFactory(), "manager", email="chi@example.org")
    client.force_login(person)
    asked = come_back(client)
    assert asked.request["PATH_INFO"] == reverse("account_reauthenticate")
    client.post(reverse("account_reauthenticate"), {"password": "prova-prova-prova"})
    account = SocialAccount.objects.get(user=person)
    client.post(reverse("people:part_gateway", args=[account.pk]))
    assert not SocialAccount.objects.exists()


def test_the_only_way_in_is_kept(spid, client):
    person = PersonFactory()
    person.set_unusable_password()
    person.save()
    account = SocialAccount.objects.create(user=person, provider="spid", uid="ada")
    client.force_login(person)
    page = client.post(reverse("people:part_gateway", args=[account.pk]), follow=True)
    assert "unico modo di accedere" in page.content.decode()
    assert SocialAccount.objects.exists()


def test_without_an_address_it_is_asked_for(spid, client):
    page = come_back(client, sub="silent")
    assert page.request["PATH_INFO"] == reverse("socialaccount_signup")
    client.post(
        reverse("socialaccount_signup"),
        {"email": "new@example.org", "given_name": "Ada", "family_name": "Negri"},
    )
    assert signed_in(client) is None
    assert not EmailAddress.objects.get(email="new@example.org").verified


class TestAnswersThatAreNotBelieved:
    def test_a_state_that_was_used(self, spid, client):
        SocialAccount.objects.create(user=PersonFactory(), provider="spid", uid="ada")
        back = answer(leave(client))
        client.get(back)
        client.logout()
        assert "Accesso non riuscito" in client.get(back).content.decode()
        assert signed_in(client) is None

    def test_a_state_of_another_browser(self, spid, client):
        back = answer(leave(client))
        stranger = Client()
        assert "Accesso non riuscito" in stranger.get(back).content.decode()
        assert signed_in(stranger) is None

    def test_another_nonce(self, spid, client):
        SocialAccount.objects.create(user=PersonFactory(), provider="spid", uid="ada")
        back = answer(leave(client))
        session = client.session
        for state, *_rest in session[STATES_SESSION_KEY].values():
            state["nonce"] = "another"
        session.save()
        assert "Accesso non riuscito" in client.get(back).content.decode()
        assert signed_in(client) is None

    def test_another_issuer_in_the_description(self, provider, configure, client):
        configure(provider.replace("localhost", "LOCALHOST"))
        assert "Accesso non riuscito" in leave(client).content.decode()

    def test_another_issuer_in_the_answer(self, spid, client):
        SocialAccount.objects.create(user=PersonFactory(), provider="spid", uid="ada")
        back = answer(leave(client)) + "&iss=https%3A%2F%2Fevil.example"
        assert "Accesso non riuscito" in client.get(back).content.decode()
        assert signed_in(client) is None

    def test_a_gateway_that_is_down(self, configure, client):
        configure("http://localhost:9")
        assert "Accesso non riuscito" in leave(client).content.decode()

    def test_a_gateway_that_is_not_configured(self, client):
        assert client.post("/it/account/gateways/nothing/").status_code == 404
        assert client.get("/sign-in/nothing/").status_code == 404
