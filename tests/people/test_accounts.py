"""Opening an account from an invitation: the letter's language and look, and the way back."""

import re

import pytest
from django.core import mail
from django.core.cache import cache
from django.urls import reverse

from tests.factories.people import MembershipFactory
from vivaio.mailroom.models import OutgoingLetter
from vivaio.people import actions
from vivaio.people.models import Person

pytestmark = pytest.mark.django_db
PASSWORD = "cortile-ringhiera-1926"


@pytest.fixture(autouse=True)
def nobody_wrote_before():
    """How many letters an address was sent lately is remembered outside the database."""
    cache.clear()
    yield
    cache.clear()


def sign_up(client, language="it", following="", email="nadir@example.org"):
    data = {
        "email": email,
        "given_name": "Nadir <b>",
        "family_name": "Hamoud",
        "password1": PASSWORD,
        "password2": PASSWORD,
        "next": following,
    }
    return client.post(f"/{language}/account/signup/", data)


@pytest.mark.parametrize(
    ("language", "words"), [("it", "Conferma il tuo indirizzo"), ("en", "Confirm your address")]
)
def test_the_confirmation_speaks_the_language_in_our_layout(client, language, words):
    sign_up(client, language)
    [letter] = mail.outbox
    assert words in letter.subject
    html, kind = letter.alternatives[0]
    assert kind == "text/html"
    assert f'<html lang="{language}">' in html
    assert f"/{language}/account/confirm-email/" in letter.body
    assert re.search(r'href="[^"]+/confirm-email/', html)


def test_a_letter_to_somebody_known_speaks_their_language(client, django_user_model):
    django_user_model.objects.create_user("ann@example.org", PASSWORD, language="en")
    client.post("/it/account/password/reset/", {"email": "ann@example.org"})
    [letter] = mail.outbox
    assert "A new password" in letter.subject
    assert "/en/account/password/reset/" in letter.body


def test_nobody_signs_in_before_the_address_is_confirmed(client):
    sign_up(client)
    client.post("/it/account/login/", {"login": "nadir@example.org", "password": PASSWORD})
    assert "_auth_user_id" not in client.session


def test_an_invited_person_without_account_opens_one_and_comes_back(client):
    coop = MembershipFactory()
    actions.invite_member(coop.organisation, "nadir@example.org", "member", by=coop.person)
    link = re.search(r"https?://[^/]+(/\S+)", OutgoingLetter.objects.get().text)[1]
    assert reverse("account_signup") in client.get(link).content.decode()
    sign_up(client, following=link)
    confirm = re.search(r"https?://[^/]+(/\S+)", mail.outbox[0].body)[1]
    landed = client.post(confirm, follow=True)
    if "_auth_user_id" not in client.session:
        landed = client.post(
            "/it/account/login/",
            {"login": "nadir@example.org", "password": PASSWORD, "next": link},
            follow=True,
        )
    assert landed.request["PATH_INFO"] == link
    client.post(link)
    assert Person.objects.get(email="nadir@example.org").memberships.get().organisation == coop.organisation
