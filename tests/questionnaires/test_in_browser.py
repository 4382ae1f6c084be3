"""A form in a real browser: it follows what one types, and anyone can use it."""

import copy
import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from PIL import Image
from playwright.sync_api import expect

from tests.questionnaires.every import ANSWERS, every
from tests.questionnaires.forms import FULL, form
from tests.questionnaires.test_merging import version_of
from vivaio.questionnaires import actions
from vivaio.questionnaires.changes import Change
from vivaio.questionnaires.models import Response

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.urls("tests.questionnaires.form_pages")]


@pytest.fixture(autouse=True)
def no_kept_connections(monkeypatch):
    """The server's threads must not keep their connections: the database is dropped at the end."""
    monkeypatch.setitem(connection.settings_dict, "CONN_MAX_AGE", 0)


@pytest.fixture
def response():
    begun = actions.start_response(version_of(form()), by=None, initial=FULL)
    row = begun.answers["budget"][0]["_id"]
    actions.save_answers(
        begun,
        [
            Change(f"budget/{row}/item", "Personale"),
            Change(f"budget/{row}/amount", "24960"),
            Change("budget", "r2", op="add_row"),
            Change("budget/r2/item", "Quaderno digitale"),
            Change("people", "dodici"),
        ],
        by=None,
        language="it",
    )
    return begun


def address(live_server, response, step):
    return f"{live_server.url}/it/prova/{response.pk}/{step}/"


@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize("step", ["1", "2", "read"])
def test_axe_finds_nothing(page, live_server, response, axe, width, step):
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(address(live_server, response, step))
    assert axe(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_the_page_follows_what_is_typed(page, live_server, response):
    page.goto(address(live_server, response, 2))
    status = page.locator("[data-vv-saved]")
    expect(page.get_by_label("Quale altro")).to_have_count(0)
    page.get_by_text("Altro", exact=True).click()
    expect(page.get_by_label("Quale altro")).to_be_visible()
    expect(page.locator("#form-missing")).to_contain_text("Quale altro")
    page.get_by_label("Importo, riga 2").fill("3.450,00")
    expect(page.locator("#q-budget-totals")).to_contain_text("28.410,00")
    expect(page.locator("#box-told")).to_contain_text("28.410,00")
    expect(page.get_by_label("Importo, riga 2")).to_be_focused()
    expect(page.get_by_label("Importo, riga 2")).not_to_have_attribute("aria-invalid", "true")
    expect(status).to_contain_text("Tutto salvato")
    answers = Response.objects.get(pk=response.pk).answers
    assert answers["kinds"] == ["other"]
    assert answers["budget"][1]["amount"] == "3450.00"


def test_typing_goes_on_while_the_page_is_redrawn(page, live_server, response):
    page.goto(address(live_server, response, 2))
    idea = page.locator("#q-idea")
    idea.fill("")
    idea.press_sequentially("una due tre quattro cinque sei sette otto nove dieci undici dodici", delay=30)
    expect(page.locator("#q-idea-error")).to_contain_text("2 parole")
    expect(idea).to_be_focused()
    expect(idea).to_have_value("una due tre quattro cinque sei sette otto nove dieci undici dodici")
    page.keyboard.type(" tredici")
    expect(page.locator("#q-idea-error")).to_contain_text("3 parole")
    expect(idea).to_have_value("una due tre quattro cinque sei sette otto nove dieci undici dodici tredici")


def test_a_form_works_without_script(browser, live_server, response):
    page = browser.new_context(java_script_enabled=False).new_page()
    page.goto(address(live_server, response, 2))
    page.locator("#q-idea").fill("Scritta senza script")
    page.get_by_role("button", name="Aggiungi una riga").click()
    expect(page.locator("#q-idea")).to_have_value("Scritta senza script")
    expect(page.locator("#q-budget tbody tr")).to_have_count(3)
    page.locator("#q-idea").fill("Ancora")
    page.locator("#q-sector").select_option("culture")
    page.get_by_role("button", name="Indietro").click()
    page.goto(address(live_server, response, 2))
    expect(page.locator("#q-idea")).to_have_value("Ancora")
    expect(page.locator("#q-sector")).to_have_value("culture")


@pytest.fixture
def everything():
    begun = actions.start_response(version_of(every()), by=None)
    begun.answers = copy.deepcopy(ANSWERS)
    begun.save()
    picture = io.BytesIO()
    Image.new("RGB", (40, 30)).save(picture, "PNG")
    upload = SimpleUploadedFile("facciata.png", picture.getvalue())
    actions.attach_file(begun, "places/p1/front", upload, name="facciata.png", by=None)
    return begun


@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize("step", ["1", "2", "3", "read"])
def test_every_type_can_be_used_by_anyone(page, live_server, everything, axe, width, step):
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(address(live_server, everything, step))
    assert axe(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_a_ranking_is_made_with_the_keyboard(page, live_server, everything):
    page.goto(address(live_server, everything, 2))
    up = page.get_by_role("button", name="Sposta «Persone» in su")
    up.focus()
    page.keyboard.press("Enter")
    expect(up).to_be_focused()
    expect(page.locator("#box-order [role=status]")).to_have_text("Persone: posto 2 di 3")
    expect(page.locator("[data-vv-saved]")).to_contain_text("Tutto salvato")
    expect(page.locator("#box-order")).to_have_attribute("data-revision", "1")
    assert Response.objects.get(pk=everything.pk).answers["order"] == ["money", "people_", "rooms_"]
    page.get_by_label("Posto di «Stanze»").select_option("1")
    expect(page.locator("#box-order")).to_have_attribute("data-revision", "2")
    expect(page.locator("#q-order-error")).to_contain_text("non ha ancora un posto")


def test_a_slider_and_its_number_follow_each_other(page, live_server, everything):
    page.goto(address(live_server, everything, 1))
    slider = page.get_by_role("slider")
    slider.focus()
    page.keyboard.press("ArrowRight")
    expect(page.locator("#q-confidence")).to_have_value("8")
    expect(page.locator("#box-told")).to_contain_text("80")
    page.locator("#q-confidence").fill("3")
    expect(slider).to_have_value("3")


def test_every_type_is_kept_without_script(browser, live_server, everything):
    page = browser.new_context(java_script_enabled=False).new_page()
    page.goto(address(live_server, everything, 2))
    expect(page.get_by_role("button", name="Sposta «Persone» in su")).to_have_count(0)
    for name, place in (("Denaro", "3"), ("Stanze", "1"), ("Persone", "2")):
        page.get_by_label(f"Posto di «{name}»").select_option(place)
    page.get_by_text("Abbiamo letto il bando").click()
    page.locator("#box-worth td").nth(1).locator("label").click()
    page.get_by_role("button", name="Avanti").click()
    page.locator("#q-places-p2-rooms-r1-seats").fill("9")
    page.locator("#box-places-p2-rooms").get_by_role("button", name="Aggiungi una riga").click()
    expect(page.locator("#box-places-p2-rooms tbody tr")).to_have_count(2)
    found = Response.objects.get(pk=everything.pk).answers
    assert found["order"] == ["rooms_", "people_", "money"]
    assert "rules" not in found
    assert found["worth"] == "2"
    assert found["places"][1]["rooms"][0]["seats"] == 9
    assert found["places"][0]["front"][0]["name"] == "facciata.png"
