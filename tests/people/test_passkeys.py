"""Passkeys in a real browser with a virtual authenticator: made, used to sign in, renamed, removed."""

import re

import pytest
from allauth.account.models import EmailAddress
from django.core.cache import cache
from django.db import connections
from playwright.sync_api import expect

from tests.factories.people import PersonFactory
from tests.people.test_second_step import PASSWORD
from vivaio.people import queries

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]
AUTHENTICATOR = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


@pytest.fixture(autouse=True)
def connection_beside_the_browser():
    cache.clear()
    yield
    connections.close_all()


@pytest.fixture
def person():
    made = PersonFactory(email="nadir@example.org", password=PASSWORD)
    EmailAddress.objects.create(user=made, email=made.email, verified=True, primary=True)
    return made


@pytest.fixture
def browser_with_device(context, live_server, settings):
    """A page, and the device beside it: `device("isUserVerified", False)` and so on."""
    settings.BASE_URL = live_server.url
    page = context.new_page()
    page.set_default_timeout(20_000)
    session = context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    session.send("WebAuthn.addVirtualAuthenticator", {"options": AUTHENTICATOR})
    return page


def sign_in(page, url):
    page.goto(f"{url}/it/account/login/")
    page.locator("[name=login]").fill("nadir@example.org")
    page.locator("[name=password]").fill(PASSWORD)
    page.get_by_role("button", name="Accedi", exact=True).click()
    page.wait_for_url(re.compile("/desk/"))


def test_a_passkey_is_made_signs_in_and_is_taken_away(browser_with_device, live_server, person):
    page, url = browser_with_device, live_server.url
    sign_in(page, url)
    page.goto(f"{url}/it/account/2fa/")
    page.get_by_role("link", name="Aggiungi una passkey").first.click()
    page.locator("[name=password]").fill(PASSWORD)
    page.locator("main form button[type=submit]").first.click()
    page.get_by_label("Nome della passkey").fill("Portatile")
    page.get_by_role("button", name="Crea la passkey").click()
    expect(page.get_by_role("heading", level=1, name="Codici di riserva")).to_be_visible()
    page.get_by_role("link", name="Li ho conservati").click()
    expect(page.get_by_text("Portatile", exact=True).first).to_be_visible()

    page.context.clear_cookies()
    page.goto(f"{url}/it/account/login/?next=/it/people/organisations/")
    page.get_by_role("button", name="Accedi con una passkey").click()
    page.wait_for_url(f"{url}/it/people/organisations/")

    page.goto(f"{url}/it/account/2fa/")
    page.get_by_role("link", name="Cambia nome").click()
    expect(page.get_by_role("link", name="Usa la password")).to_be_visible()
    page.get_by_role("button", name="Usa una passkey").click()
    page.get_by_label("Nome della passkey").fill("Telefono")
    page.get_by_role("button", name="Salva il nome").click()
    expect(page.get_by_text("Telefono", exact=True).first).to_be_visible()
    page.get_by_role("link", name="Togli Telefono").click()
    page.get_by_role("button", name="Toglila").click()
    expect(page.get_by_text("La passkey è stata tolta.")).to_be_visible()
    assert not queries.has_second_step(person)


def test_after_the_password_the_passkey_is_the_second_step(browser_with_device, live_server, person):
    page, url = browser_with_device, live_server.url
    sign_in(page, url)
    page.goto(f"{url}/it/account/2fa/webauthn/add/")
    page.locator("[name=password]").fill(PASSWORD)
    page.locator("main form button[type=submit]").first.click()
    page.get_by_role("button", name="Crea la passkey").click()
    expect(page.get_by_role("heading", level=1, name="Codici di riserva")).to_be_visible()
    page.context.clear_cookies()
    page.goto(f"{url}/it/account/login/")
    page.locator("[name=login]").fill("nadir@example.org")
    page.locator("[name=password]").fill(PASSWORD)
    page.get_by_role("button", name="Accedi", exact=True).click()
    expect(page.get_by_role("heading", level=1, name="Secondo passo dell’accesso")).to_be_visible()
    page.get_by_role("button", name="Usa una passkey").click()
    page.wait_for_url(re.compile("/desk/"))


def test_a_device_without_passkey_is_told_so(context, live_server, person):
    page = context.new_page()
    session = context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    session.send("WebAuthn.addVirtualAuthenticator", {"options": {**AUTHENTICATOR, "isUserVerified": False}})
    page.goto(f"{live_server.url}/it/account/login/")
    page.get_by_role("button", name="Accedi con una passkey").click()
    expect(page.get_by_text("La passkey non è stata usata")).to_be_visible(timeout=20_000)
