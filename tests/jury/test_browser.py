"""A whole sheet in Chromium without touching the mouse, and on a phone."""

import pytest
from django.test import Client
from django.urls import reverse
from playwright.sync_api import Page, expect

from tests.factories.jury import AssignmentFactory, PanelFactory
from vivaio.jury.models import Score
from vivaio.jury.states import AssignmentState

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


@pytest.fixture
def sheet():
    return AssignmentFactory(juror__panel=PanelFactory(asks_confidence=True))


def tab_to(page, element, most=60):
    """Press Tab until the element has the focus, as somebody without a mouse does."""
    for _ in range(most):
        if page.evaluate("document.activeElement.id") == element:
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"{element} is never reached by Tab")


def test_a_sheet_is_scored_by_keys_alone(signed_in, live_server, sheet):
    following = AssignmentFactory(juror=sheet.juror, position=sheet.position + 1)
    page = signed_in(sheet.juror.person)
    page.goto(live_server.url + reverse("jury:sheet", args=[sheet.juror.panel_id, sheet.pk]))
    tab_to(page, "score-bisogno-1")
    page.keyboard.press("4")
    expect(page.locator("#score-bisogno-4")).to_be_checked()
    page.keyboard.press("9")
    expect(page.locator("#score-bisogno-4")).to_be_checked()
    tab_to(page, "sure-bisogno")
    page.keyboard.press("ArrowDown")
    tab_to(page, "score-innovazione-1")
    page.keyboard.press("2")
    page.keyboard.press("ArrowRight")
    expect(page.locator("#score-innovazione-3")).to_be_checked()
    tab_to(page, "note")
    page.keyboard.type("Voto 5? No: 3.")
    page.keyboard.press("Control+Enter")
    page.wait_for_url(f"**/{following.pk}/")
    page.wait_for_load_state("networkidle")
    sheet.refresh_from_db()
    given = dict(Score.objects.filter(assignment=sheet).values_list("criterion__key", "value"))
    assert given == {"bisogno": 4, "innovazione": 3}
    assert (sheet.state, sheet.confidence) == (AssignmentState.DONE, {"bisogno": "low"})
    assert sheet.private_note == "Voto 5? No: 3.", "digits in a text are digits"


def test_on_a_phone_every_score_is_as_large_as_a_thumb(signed_in, live_server, sheet):
    page = signed_in(sheet.juror.person)
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(live_server.url + reverse("jury:sheet", args=[sheet.juror.panel_id, sheet.pk]))
    for label in page.locator(".vv-scores label").all():
        box = label.bounding_box()
        assert min(box["width"], box["height"]) >= 44
    assert page.locator("#sure-bisogno").bounding_box()["height"] >= 44
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
    page.locator("label[for=score-bisogno-5]").click()
    expect(page.locator("#score-bisogno-5")).to_be_checked()
    expect(page.locator("[data-vv-saved]")).to_contain_text("Salvato")
    page.wait_for_load_state("networkidle")
