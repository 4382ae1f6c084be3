"""Opening an account from an invitation: the letter's language and look, and the way back."""

import datetime as dt
import re
import socket
from pathlib import Path

import allauth
import pytest
from allauth.account.models import EmailAddress
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from tests.factories.people import MembershipFactory
from tests.postman import deliver, path_in, words_of
from vivaio.kit import clock
from vivaio.kit.rules import Refused
from vivaio.mailroom import actions as mailroom
from vivaio.mailroom import jobs
from vivaio.mailroom.models import OutgoingLetter
from vivaio.mailroom.sending import message_of
from vivaio.mailroom.states import State
from vivaio.people import accounts, actions
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
    [letter] = deliver()
    assert words in letter.subject
    html, kind = letter.alternatives[0]
    assert kind == "text/html"
    assert f'<html lang="{language}">' in html
    assert f"/{language}/account/confirm-email/" in letter.body
    assert re.search(r'href="[^"]+/confirm-email/', html)


def test_a_letter_to_somebody_known_speaks_their_language(client, django_user_model):
    django_user_model.objects.create_user("ann@example.org", PASSWORD, language="en")
    client.post("/it/account/password/reset/", {"email": "ann@example.org"})
    [letter] = deliver()
    assert "A new password" in letter.subject
    assert "/en/account/password/reset/" in letter.body


def test_nobody_signs_in_before_the_address_is_confirmed(client):
    sign_up(client)
    client.post("/it/account/login/", {"login": "nadir@example.org", "password": PASSWORD})
    assert "_auth_user_id" not in client.session


def test_an_invited_person_without_account_opens_one_and_comes_back(client):
    coop = MembershipFactory()
    actions.invite_member(coop.organisation, "nadir@example.org", "member", by=coop.person)
    link = path_in(words_of(OutgoingLetter.objects.get()))
    assert reverse("account_signup") in client.get(link).content.decode()
    sign_up(client, following=link)
    confirm = path_in(deliver()[-1].body)
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


@pytest.fixture
def dead_server(settings):
    """A mail server whose port refuses connections; call it to bring the server back."""
    with socket.create_server(("127.0.0.1", 0)) as door:
        settings.EMAIL_HOST, settings.EMAIL_PORT = door.getsockname()
    works, settings.EMAIL_BACKEND = settings.EMAIL_BACKEND, "django.core.mail.backends.smtp.EmailBackend"

    def back():
        settings.EMAIL_BACKEND = works

    return back


@pytest.mark.parametrize("what", ["signup", "reset"])
def test_without_a_mail_server_the_page_works_and_the_letter_leaves_later(
    client, django_user_model, dead_server, what
):
    if what == "signup":
        answer = sign_up(client)
        assert answer.url == "/it/account/confirm-email/"
    else:
        django_user_model.objects.create_user("nadir@example.org", PASSWORD)
        answer = client.post("/it/account/password/reset/", {"email": "nadir@example.org"})
        assert answer.url == "/it/account/password/reset/done/"
    assert client.get(answer.url).status_code == 200
    assert deliver() == []
    letter = OutgoingLetter.objects.get()
    assert letter.state == State.QUEUED
    assert "refused" in letter.error
    dead_server()
    [message] = deliver()
    assert client.get(path_in(message.body)).status_code in (200, 302)


def test_the_link_of_a_letter_is_kept_from_its_words_and_forgotten_when_it_has_left(client):
    sign_up(client)
    letter = OutgoingLetter.objects.get()
    link = letter.secret
    key = link.rstrip("/").rsplit("/", 1)[1]
    assert letter.programme is None
    for words in (letter.text, letter.html, letter.text_shown, letter.html_shown):
        assert key not in words
    [message] = deliver()
    assert link in message.body
    letter.refresh_from_db()
    assert key not in str(vars(letter))
    assert key not in message_of(letter).body


def test_a_link_that_never_left_is_forgotten_and_the_letter_is_not_sent_without_it(client):
    sign_up(client)
    letter = OutgoingLetter.objects.get()
    OutgoingLetter.objects.update(state=State.FAILED, created_at=clock.now() - dt.timedelta(days=29))
    jobs.forget_secrets(0)
    assert OutgoingLetter.objects.get().secret
    OutgoingLetter.objects.update(created_at=clock.now() - dt.timedelta(days=31))
    jobs.forget_secrets(0)
    assert OutgoingLetter.objects.get().secret == ""
    with pytest.raises(Refused, match="collegamento personale"):
        mailroom.retry(letter.pk, by=None)


def test_an_account_whose_letter_cannot_be_written_is_not_opened(client, monkeypatch):
    def broken(*args, **kwargs):
        raise OSError("no letter")

    monkeypatch.setattr(accounts.address_to_confirm, "enqueue", broken)
    with pytest.raises(OSError, match="no letter"):
        sign_up(client)
    assert not Person.objects.filter(email="nadir@example.org").exists()


def test_a_changed_password_is_told_with_where_it_came_from(client, django_user_model):
    person = django_user_model.objects.create_user("ann@example.org", PASSWORD, language="en")
    EmailAddress.objects.create(user=person, email=person.email, verified=True, primary=True)
    client.post("/en/account/login/", {"login": person.email, "password": PASSWORD})
    changed = {"oldpassword": PASSWORD, "password1": "un-altro-cortile-7", "password2": "un-altro-cortile-7"}
    client.post("/en/account/password/change/", changed, headers={"user-agent": "Netscape *4*"})
    [message] = deliver()
    assert message.subject == "Vivaio: Your account has changed"
    assert "The password of your account on Vivaio has just changed." in message.body
    assert "127.0.0.1, with this browser: Netscape *4*" in message.body.replace("\n", " ")


def test_every_letter_that_allauth_can_write_is_one_of_ours():
    """Nothing here turns on the codes; nobody unknown is written to; a confirmed address is not told again."""
    folder = Path(allauth.__file__).parent / "templates"
    off = {"login_code", "password_reset_code", "unknown_account", "email_confirm"}
    for path in folder.glob("*/email/*_subject.txt"):
        name = path.name.removesuffix("_subject.txt")
        prefix = f"{path.parent.parent.name}/email/{name}"
        if path.parent.parent.name in ("account", "mfa") and name not in off:
            assert prefix in accounts.LETTERS or prefix in accounts.HAPPENED, prefix


def test_one_connection_signs_up_so_many_a_minute_and_the_page_says_when_it_may_go_on(client, settings):
    most = 20
    assert settings.ACCOUNT_RATE_LIMITS["signup"] == f"{most}/m/ip,100/h/ip"
    for number in range(most):
        assert sign_up(Client(), email=f"persona{number}@example.org").status_code == 302
    refused = sign_up(client, email="una.di.troppo@example.org")
    assert (refused.status_code, refused["Retry-After"]) == (429, "60")
    assert "Aspetta un minuto" in refused.content.decode()
    assert not Person.objects.filter(email="una.di.troppo@example.org").exists()
    there = Client(REMOTE_ADDR="192.0.2.7")
    assert sign_up(there, email="da.altrove@example.org").status_code == 302
