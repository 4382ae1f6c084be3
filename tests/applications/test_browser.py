"""An applicant's way in Chromium: words saved as one types, the tab closed, handed in, withdrawn."""

import re

import pytest
from django.test import Client
from django.urls import reverse
from playwright.sync_api import Page, expect

from tests.factories.applications import open_call
from tests.factories.people import MembershipFactory
from vivaio.applications.models import Application
from vivaio.applications.states import ApplicationState
from vivaio.questionnaires.models import Response

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def signed_in(page: Page, live_server):
    def sign_in(person):
        client = Client()
        client.force_login(person)
        cookie = {"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_server.url}
        page.context.add_cookies([cookie])
        return page

    return sign_in


def test_an_applicant_from_the_call_to_the_receipt(signed_in, live_server, axe):
    call = open_call()
    person = MembershipFactory(organisation__name="Filo di Ringhiera").person
    page = signed_in(person)
    page.goto(live_server.url + reverse("applications:apply", args=[call.programme.slug, call.slug]))
    page.get_by_role("button", name=re.compile("Filo di Ringhiera")).click()
    application = Application.objects.get()

    with page.expect_response(lambda answer: "/save/" in answer.url) as answered:
        page.get_by_label(re.compile("Come si chiama")).fill("La portineria leggera")
        page.get_by_text("Abitare").click()
    assert answered.value.ok
    expect(page.locator("[data-vv-saved]")).to_contain_text("Tutto salvato")
    assert axe(page) == []

    page.goto("about:blank")
    page.goto(live_server.url + reverse("applications:step", args=[application.pk, 1]))
    expect(page.get_by_label(re.compile("Come si chiama"))).to_have_value("La portineria leggera")
    expect(page.get_by_role("heading", level=1)).to_have_text("La portineria leggera")

    page.locator("button[value=next]").click()
    page.get_by_label(re.compile("Che cosa volete fare")).fill("Riaprire tre portinerie.")
    page.locator("button[value=next]").click()
    expect(page.get_by_text("Riaprire tre portinerie.")).to_be_visible()
    page.get_by_text(re.compile("Dichiariamo")).click()
    page.get_by_text(re.compile("Abbiamo letto")).click()
    assert axe(page) == []
    page.get_by_role("button", name="Invia la candidatura").click()

    application.refresh_from_db()
    assert application.state == ApplicationState.SUBMITTED
    expect(page.get_by_text(application.digest)).to_be_visible()
    with page.expect_download() as download:
        page.get_by_role("link", name=re.compile("Scarica la ricevuta")).click()
    assert download.value.suggested_filename == "ricevuta-1.pdf"
    assert axe(page) == []

    page.get_by_role("link", name="Ritira").click()
    page.get_by_role("button", name="Ritira la candidatura").click()
    application.refresh_from_db()
    assert application.state == ApplicationState.WITHDRAWN


def test_two_colleagues_in_two_tabs_keep_their_own_words(signed_in, live_server, browser):
    call = open_call()
    first = MembershipFactory().person
    organisation = first.memberships.get().organisation
    second = MembershipFactory(organisation=organisation).person
    page = signed_in(first)
    page.goto(live_server.url + reverse("applications:apply", args=[call.programme.slug, call.slug]))
    page.get_by_role("button", name=re.compile(organisation.name)).click()
    application = Application.objects.get()
    step = live_server.url + reverse("applications:step", args=[application.pk, 1])

    client = Client()
    client.force_login(second)
    other = browser.new_context()
    other.add_cookies(
        [{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_server.url}]
    )
    tab = other.new_page()
    tab.goto(step)
    with page.expect_response(lambda answer: "/save/" in answer.url):
        page.get_by_label(re.compile("Come si chiama")).fill("Del primo")
    with tab.expect_response(lambda answer: "/save/" in answer.url):
        tab.get_by_label(re.compile("Come si chiama")).fill("Del secondo")
    expect(tab.locator(".vv-disputed")).to_contain_text("Del primo")
    assert Response.objects.get().answers["title"] == "Del primo"
    other.close()
