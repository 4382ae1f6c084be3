"""Minutes without a connection, in Chromium: one goes on typing, nothing is lost, and two people's words are chosen."""

import re

import pytest
from django.contrib.sessions.models import Session
from django.test import Client
from django.urls import reverse
from playwright.sync_api import Page, expect

from tests.factories.applications import ApplicationFactory, open_call
from tests.factories.people import MembershipFactory
from tests.factories.questionnaires import ResponseFactory
from vivaio.applications import actions
from vivaio.questionnaires.changes import Change
from vivaio.questionnaires.models import Response

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
NAME, SAVED = re.compile("Come si chiama"), "[data-vv-saved]"


@pytest.fixture
def draft():
    call = open_call()
    return ApplicationFactory(call=call, response=ResponseFactory(version=call.form, answers={}))


@pytest.fixture
def writing(page: Page, live_server, draft):
    """The first step of the draft, open in the browser of who began it."""
    client = Client()
    client.force_login(draft.created_by)
    page.context.add_cookies(
        [{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_server.url}]
    )
    page.goto(live_server.url + reverse("applications:step", args=[draft.pk, 1]))
    return page


def kept(page):
    return page.evaluate("Object.entries(localStorage).filter(([key]) => key.startsWith('vivaio:'))")


def nothing_is_kept(page):
    """Waits until the browser has let go of what the server acknowledged: the answer comes a moment before."""
    page.wait_for_function("!Object.keys(localStorage).some((key) => key.startsWith('vivaio:'))")


def title(draft):
    return Response.objects.get(pk=draft.response_id).answers.get("title")


def test_typing_goes_on_and_is_saved_when_the_connection_is_back(writing, draft, axe):
    writing.context.set_offline(True)
    writing.get_by_label(NAME).fill("Scritto senza rete")
    expect(writing.get_by_text("Nessuna connessione: continua pure a scrivere")).to_be_visible()
    expect(writing.locator(SAVED)).to_contain_text("Nessuna connessione")
    assert title(draft) is None
    assert str(draft.created_by.pk) in kept(writing)[0][0]
    writing.get_by_label(NAME).fill("Scritto ancora")
    with writing.expect_response(lambda answer: "/save/" in answer.url and answer.ok):
        writing.context.set_offline(False)
    expect(writing.locator(SAVED)).to_contain_text("Tutto salvato")
    expect(writing.get_by_text("continua pure a scrivere")).to_have_count(0)
    assert title(draft) == "Scritto ancora"
    nothing_is_kept(writing)
    assert axe(writing) == []


def test_what_was_typed_is_there_when_the_page_comes_back(writing, draft):
    address = writing.url
    writing.context.set_offline(True)
    writing.get_by_label(NAME).fill("Scritto prima di chiudere")
    expect(writing.get_by_text("continua pure a scrivere")).to_be_visible()
    writing.goto("about:blank")
    writing.context.set_offline(False)
    writing.goto(address)
    expect(writing.get_by_label(NAME)).to_have_value("Scritto prima di chiudere")
    expect(writing.locator(SAVED)).to_contain_text("Tutto salvato", timeout=20_000)
    assert title(draft) == "Scritto prima di chiudere"


@pytest.mark.parametrize(
    ("choice", "stays"), [("Tieni la mia", "Scritto da me"), ("Prendi l’altra", "Scritto da Nadir")]
)
def test_two_peoples_words_stand_side_by_side_and_one_chooses(writing, draft, axe, choice, stays):
    colleague = MembershipFactory(
        organisation=draft.organisation, person__given_name="Nadir", person__family_name="Hamoud"
    ).person
    writing.context.set_offline(True)
    writing.get_by_label(NAME).fill("Scritto da me")
    expect(writing.get_by_text("continua pure a scrivere")).to_be_visible()
    actions.save(draft, [Change("title", "Scritto da Nadir", 0)], by=colleague)
    writing.context.set_offline(False)
    choosing = writing.locator(".vv-disputed")
    expect(choosing).to_contain_text("Nadir Hamoud")
    expect(choosing).to_contain_text("Scritto da me")
    expect(choosing).to_contain_text("Scritto da Nadir")
    expect(choosing).to_contain_text(re.compile(r"\d\d:\d\d"))
    expect(writing.get_by_label(NAME)).to_have_value("Scritto da me")
    assert title(draft) == "Scritto da Nadir"
    assert axe(writing) == []
    writing.reload()
    expect(choosing).to_contain_text("Scritto da me")
    if stays == "Scritto da me":
        with writing.expect_response(lambda answer: "/save/" in answer.url and answer.ok):
            choosing.get_by_role("button", name=choice).click()
    else:
        choosing.get_by_role("button", name=choice).click()
    expect(writing.get_by_label(NAME)).to_have_value(stays)
    expect(choosing).to_have_count(0)
    expect(writing.locator(SAVED)).to_contain_text("Tutto salvato")
    assert title(draft) == stays
    nothing_is_kept(writing)


def test_a_session_that_ended_leads_to_signing_in_and_back(writing, draft, live_server):
    Session.objects.all().delete()
    writing.get_by_label(NAME).fill("Scritto dopo la scadenza")
    link = writing.get_by_role("link", name="Accedi e torna qui")
    expect(link).to_be_visible()
    assert kept(writing)
    assert f"/applications/{draft.pk}/step/1/" in link.get_attribute("href")
    link.click()
    expect(writing.locator("input[name=login]")).to_be_visible()
    client = Client()
    client.force_login(draft.created_by)
    writing.context.add_cookies(
        [{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_server.url}]
    )
    with writing.expect_response(lambda answer: "/save/" in answer.url and answer.ok):
        writing.goto(live_server.url + reverse("applications:step", args=[draft.pk, 1]))
    expect(writing.get_by_label(NAME)).to_have_value("Scritto dopo la scadenza")
    assert title(draft) == "Scritto dopo la scadenza"


def test_nobody_else_on_the_same_device_finds_it_and_signing_out_clears_it(writing, draft, live_server):
    key = f"vivaio:{draft.response_id}:{draft.created_by.pk}"
    writing.evaluate(
        "([key, kept]) => localStorage.setItem(key, kept)", [key, '[["title", {"value": "Solo mio"}]]']
    )
    mine = kept(writing)
    colleague = MembershipFactory(organisation=draft.organisation).person
    client = Client()
    client.force_login(colleague)
    writing.context.add_cookies(
        [{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_server.url}]
    )
    writing.goto(live_server.url + reverse("applications:step", args=[draft.pk, 1]))
    expect(writing.get_by_label(NAME)).to_have_value("")
    assert kept(writing) == mine
    writing.goto(live_server.url + reverse("account_logout"))
    writing.locator("main form button[type=submit]").click()
    writing.wait_for_load_state()
    nothing_is_kept(writing)
    assert title(draft) is None
