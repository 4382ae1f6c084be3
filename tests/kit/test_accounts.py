"""Opening an account, signing in, a new password, the second step: our words, both languages, nothing lost."""

import re

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time

from tests.postman import deliver, path_in

pytestmark = pytest.mark.django_db
PASSWORD = "cortile-ringhiera-1926"


@pytest.fixture
def person(django_user_model):
    person = django_user_model.objects.create_user(
        "teresa@example.org", PASSWORD, given_name="Teresa", family_name="Brambati"
    )
    EmailAddress.objects.create(user=person, email=person.email, verified=True, primary=True)
    return person


def link_in(letter):
    return path_in(letter.body)


def test_an_account_is_opened_confirmed_by_letter_and_signed_in(client, django_user_model):
    answer = client.post(
        "/it/account/signup/",
        {
            "email": "nadir@example.org",
            "given_name": "Nadir",
            "family_name": "Hamoud",
            "password1": PASSWORD,
            "password2": PASSWORD,
        },
        follow=True,
    )
    assert "Conferma il tuo indirizzo" in answer.content.decode()
    assert str(django_user_model.objects.get(email="nadir@example.org")) == "Nadir Hamoud"
    [letter] = deliver()
    assert letter.subject == "Vivaio: Conferma il tuo indirizzo"
    assert "Hello" not in letter.body
    confirm = client.get(link_in(letter))
    assert "Sì, conferma l’indirizzo" in confirm.content.decode()
    client.post(link_in(letter))
    signed = client.post("/it/account/login/", {"login": "nadir@example.org", "password": PASSWORD})
    assert signed.status_code == 302


def test_what_was_typed_stays_when_an_account_is_refused(client, person):
    answer = client.post(
        "/it/account/signup/",
        {
            "email": "nuova@example.org",
            "given_name": "Elena",
            "family_name": "Vismara",
            "password1": "123",
            "password2": "1",
        },
    )
    body = answer.content.decode()
    assert 'value="Elena"' in body
    assert "alert-danger" in body
    assert 'href="#id_password1"' in body


def test_a_wrong_password_is_said_without_saying_whether_the_account_exists(client, person):
    said = []
    for address in ("teresa@example.org", "nessuno@example.org"):
        body = client.post("/it/account/login/", {"login": address, "password": "sbagliata"}).content.decode()
        said.append(re.search(r"alert-danger.*?<strong>(.*?)</strong>", body, re.DOTALL)[1])
        assert f'value="{address}"' in body
    assert said[0] == said[1]


def test_a_new_password_comes_by_letter(client, person):
    asked = client.post("/it/account/password/reset/", {"email": person.email}, follow=True)
    assert "Guarda nella tua casella di posta" in asked.content.decode()
    [letter] = deliver()
    assert letter.subject == "Vivaio: Una nuova password"
    form = client.get(link_in(letter), follow=True)
    assert "Salva la nuova password" in form.content.decode()
    client.post(
        form.request["PATH_INFO"], {"password1": "altra-parola-lunga-7", "password2": "altra-parola-lunga-7"}
    )
    assert (
        client.post(
            "/it/account/login/", {"login": person.email, "password": "altra-parola-lunga-7"}
        ).status_code
        == 302
    )
    used = client.get(link_in(letter), follow=True)
    assert "Questo collegamento non vale più" in used.content.decode()


def test_a_letter_for_an_address_without_account_is_never_sent(client):
    client.post("/it/account/password/reset/", {"email": "nessuno@example.org"})
    assert deliver() == []


@pytest.mark.parametrize(
    ("address", "italian", "english"),
    [
        ("login/", "Accedi", "Sign in"),
        ("signup/", "Crea un account", "Create an account"),
        ("password/reset/", "Una nuova password", "A new password"),
        ("password/reset/done/", "Guarda nella tua casella di posta", "Look in your mailbox"),
        ("confirm-email/", "Conferma il tuo indirizzo", "Confirm your address"),
        ("confirm-email/nope/", "Questo collegamento non vale più", "This link is not valid any more"),
        ("inactive/", "Questo account è chiuso", "This account is closed"),
    ],
)
def test_the_doors_open_in_both_languages(client, address, italian, english):
    for language, heading in (("it", italian), ("en", english)):
        body = client.get(f"/{language}/account/{address}").content.decode()
        assert heading in body
        assert body.count("<h1") == 1


@pytest.mark.parametrize(
    ("address", "italian", "english"),
    [
        ("logout/", "Uscire da Vivaio?", "Sign out of Vivaio?"),
        ("password/change/", "Cambia password", "Change password"),
        ("email/", "I tuoi indirizzi e-mail", "Your e-mail addresses"),
        ("2fa/", "Accesso e sicurezza", "Sign-in and security"),
    ],
)
def test_the_account_pages_open_in_both_languages(client, person, address, italian, english):
    client.post("/it/account/login/", {"login": person.email, "password": PASSWORD})
    for language, heading in (("it", italian), ("en", english)):
        body = client.get(f"/{language}/account/{address}").content.decode()
        assert heading in body
        assert body.count("<h1") == 1


def test_signing_in_needs_no_announcement_and_signing_out_says_so(client, person):
    client.post("/it/account/login/", {"login": person.email, "password": PASSWORD})
    body = client.get("/it/account/password/change/").content.decode()
    assert 'class="alert' not in body
    assert "Teresa Brambati" in body
    left = client.post("/it/account/logout/")
    assert left.status_code == 302
    assert "Uscita effettuata." in client.get("/it/help/").content.decode()


def code_for(secret):
    return format_hotp_value(hotp_value(secret, next(iter(yield_hotp_counters_from_time()))))


def test_the_second_step_is_turned_on_and_asked_for(client, person):
    client.post("/it/account/login/", {"login": person.email, "password": PASSWORD})
    asked = client.get("/it/account/2fa/totp/activate/", follow=True).content.decode()
    assert "Conferma la tua identità" in asked
    page = client.post(
        "/it/account/reauthenticate/",
        {"password": PASSWORD, "next": "/it/account/2fa/totp/activate/"},
        follow=True,
    ).content.decode()
    secret = re.search(r'<code class="vv-code">(\w+)</code>', page)[1]
    codes = client.post(
        "/it/account/2fa/totp/activate/", {"code": code_for(secret)}, follow=True
    ).content.decode()
    assert "Codici di riserva" in codes
    client.post("/it/account/logout/")
    second = client.post(
        "/it/account/login/", {"login": person.email, "password": PASSWORD}, follow=True
    ).content.decode()
    assert "Secondo passo dell’accesso" in second
    wrong = client.post("/it/account/2fa/authenticate/", {"code": "000000"}).content.decode()
    assert 'aria-invalid="true"' in wrong
