"""One's own e-mail addresses: an act is offered where it can be done."""

import pytest
from allauth.account.models import EmailAddress
from django.urls import reverse

from tests.factories.people import PersonFactory

pytestmark = pytest.mark.django_db
PASSWORD = "una-parola-lunga-77"
MAIN, AGAIN, AWAY = "Rendilo il principale", "Manda di nuovo la conferma", "Toglilo"


@pytest.fixture
def ada(client):
    person = PersonFactory(email="ada@example.org")
    person.set_password(PASSWORD)
    person.save()
    EmailAddress.objects.create(user=person, email=person.email, verified=True, primary=True)
    client.force_login(person)
    return person


def press(client, email, act):
    """Press a button beside an address; the password is asked once more before it is done."""
    asked = client.post(reverse("account_email"), {"email": email, act: ""})
    assert asked.status_code == 302
    if reverse("account_reauthenticate") in asked.url:
        client.post(asked.url, {"password": PASSWORD})


def page(client):
    return client.get(reverse("account_email")).text


def test_the_one_confirmed_address_offers_nothing(client, ada):
    shown = page(client)
    assert "ada@example.org" in shown
    assert not [words for words in (MAIN, AGAIN, AWAY) if words in shown]


def test_another_one_is_confirmed_first_then_made_the_main_one(client, ada):
    other = EmailAddress.objects.create(user=ada, email="ada.due@example.org", verified=False)
    shown = page(client)
    assert AGAIN in shown
    assert AWAY in shown
    assert MAIN not in shown
    EmailAddress.objects.filter(pk=other.pk).update(verified=True)
    shown = page(client)
    assert MAIN in shown
    assert AGAIN not in shown
    press(client, other.email, "action_primary")
    ada.refresh_from_db()
    assert ada.email == "ada.due@example.org"


def test_one_that_is_not_the_main_one_goes(client, ada):
    EmailAddress.objects.create(user=ada, email="ada.due@example.org", verified=True)
    press(client, "ada.due@example.org", "action_remove")
    assert not EmailAddress.objects.filter(email="ada.due@example.org").exists()


def test_a_long_time_after_signing_in_the_password_is_asked_again(client, ada):
    answer = client.post(reverse("account_email"), {"email": "ada.due@example.org", "action_add": ""})
    assert reverse("account_reauthenticate") in answer.url
    assert not EmailAddress.objects.filter(email="ada.due@example.org").exists()
