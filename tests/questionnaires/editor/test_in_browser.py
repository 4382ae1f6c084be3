"""A manager makes a form in a real browser: three questions, one asked sometimes, tried out, given out twice."""

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from playwright.sync_api import expect

from tests.factories.programmes import ProgrammeFactory, holder
from vivaio.questionnaires.models import Form

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def no_kept_connections(monkeypatch):
    """The server's threads must not keep their connections: the database is dropped at the end."""
    monkeypatch.setitem(connection.settings_dict, "CONN_MAX_AGE", 0)


@pytest.fixture
def manager(page, live_server):
    """A browser in which the manager of a programme is signed in."""
    client = Client()
    client.force_login(holder(ProgrammeFactory(title="Miracolo a Milano"), "manager"))
    cookie = client.cookies[settings.SESSION_COOKIE_NAME].value
    page.context.add_cookies(
        [{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": live_server.url}]
    )
    return page


def add(page, kind, label, **typed):
    """A question from the page of a new one."""
    page.get_by_label(kind, exact=True).check()
    page.get_by_label("Che cosa si legge (Italiano)").fill(label)
    for name, value in typed.items():
        page.locator(f"[name={name}]").fill(value)
    page.get_by_role("button", name="Aggiungi la domanda").click()
    expect(page.get_by_role("link", name=label)).to_be_visible()


def pick(page, question, answer):
    """The condition of the question whose page of logic is open."""
    page.get_by_text("Solo se tutto questo è vero", exact=True).click()
    page.locator("#relevant-0-question").select_option(label=question)
    page.locator("#relevant-0-value").select_option(label=answer)
    page.get_by_role("button", name="Salva le condizioni").click()


def test_a_form_is_made_tried_published_and_compared(manager, live_server, axe):
    page = manager
    page.goto(f"{live_server.url}/it/forms/new/")
    page.get_by_label("Programma").select_option(label="Miracolo a Milano")
    page.get_by_label("Titolo del questionario").fill("Idee per il quartiere")
    page.get_by_role("button", name="Comincia il questionario").click()

    page.get_by_role("link", name="Aggiungi una domanda").click()
    add(page, "Testo breve", "Come si chiama?")
    page.get_by_role("link", name="Aggiungi una domanda qui").click()
    add(page, "Una scelta", "In quale settore?", lines="Cultura\nAltro")
    page.get_by_role("link", name="Aggiungi una domanda qui").click()
    add(page, "Testo breve", "Quale altro?")
    assert axe(page) == []

    form = Form.objects.get(title="Idee per il quartiere")
    draft = f"{live_server.url}/it/forms/{form.pk}/draft"
    name = list(form.draft.questionnaire.by_name)[2]
    page.goto(f"{draft}/question/{name}/logic/")
    pick(page, "In quale settore?", "Altro")
    expect(page.locator(f"#row-{name}")).to_contain_text("si chiede se «In quale settore?» è «Altro»")

    page.locator(f"button[name=up][value={name}]").press("Enter")
    expect(page.locator(f"button[name=up][value={name}]")).to_be_focused()
    page.get_by_role("button", name="Annulla").click()

    page.goto(f"{draft}/preview/1/")
    expect(page.get_by_label("Quale altro?")).to_have_count(0)
    page.get_by_text("Altro", exact=True).click()
    expect(page.get_by_label("Quale altro?")).to_be_visible()
    assert axe(page) == []

    page.get_by_role("link", name="Pubblica la versione 1").click()
    page.get_by_role("button", name="Pubblica la versione 1").click()
    expect(page.get_by_text("La versione 1 è pubblicata")).to_be_visible()

    page.get_by_role("link", name="Comincia una bozza").click()
    page.get_by_role("button", name="Comincia la bozza").click()
    page.get_by_role("link", name="Come si chiama?").click()
    page.get_by_label("Che cosa si legge (Italiano)").fill("Come si chiama il progetto?")
    page.get_by_role("button", name="Salva la domanda").click()
    page.get_by_role("link", name="Pubblica la versione 2").click()
    page.get_by_role("button", name="Pubblica la versione 2").click()
    page.get_by_role("link", name="Confronta due versioni").click()
    expect(page.locator("ins")).to_have_text("chiama il progetto?")
    assert axe(page) == []


def two_questions(page, live_server):
    """The plan of a form with two questions, “Prima” and “Seconda”."""
    page.goto(f"{live_server.url}/it/forms/new/")
    page.get_by_label("Programma").select_option(label="Miracolo a Milano")
    page.get_by_label("Titolo del questionario").fill("Ordine")
    page.get_by_role("button", name="Comincia il questionario").click()
    page.get_by_role("link", name="Aggiungi una domanda").click()
    add(page, "Testo breve", "Prima")
    page.get_by_role("link", name="Aggiungi una domanda qui").click()
    add(page, "Testo breve", "Seconda")


def stands():
    return list(Form.objects.get(title="Ordine").draft.questionnaire.by_name)


def test_a_question_is_dragged_to_another_place(manager, live_server):
    page = manager
    two_questions(page, live_server)
    page.locator("#row-seconda").drag_to(page.locator("#row-prima"), target_position={"x": 30, "y": 4})
    expect(page.locator(".vv-plan-label").first).to_have_text("Seconda")
    assert stands() == ["seconda", "prima"]


def step(page, label):
    """One more step with this title."""
    page.get_by_label("Che cosa si legge (Italiano)").fill(label)
    page.get_by_role("button", name="Aggiungi la domanda").click()
    expect(page.get_by_role("heading", name=label)).to_be_visible()


def test_a_step_is_dragged_with_all_that_it_asks(manager, live_server, axe):
    page = manager
    page.goto(f"{live_server.url}/it/forms/new/")
    page.get_by_label("Programma").select_option(label="Miracolo a Milano")
    page.get_by_label("Titolo del questionario").fill("Ordine")
    page.get_by_role("button", name="Comincia il questionario").click()
    page.get_by_role("link", name="Aggiungi il primo passo").click()
    step(page, "Mattina")
    page.get_by_role("link", name="Aggiungi una domanda qui").click()
    add(page, "Testo breve", "Sveglia")
    page.get_by_role("link", name="Aggiungi un passo").click()
    step(page, "Sera")
    assert axe(page) == []
    page.locator("#row-sera .vv-handle").hover()
    page.mouse.down()
    page.locator("#sheet-1").hover(position={"x": 60, "y": 2})
    expect(page.locator(".vv-plan-step.vv-dragged")).to_have_count(1)
    page.mouse.up()
    expect(page.locator(".vv-plan-head h2").first).to_have_text("1. Sera")
    assert stands() == ["sera", "mattina", "sveglia"]


def test_a_drag_that_is_given_up_moves_nothing(manager, live_server):
    page = manager
    two_questions(page, live_server)
    page.locator("#row-seconda .vv-handle").hover()
    page.mouse.down()
    page.locator("#row-prima .vv-plan-kind").hover()
    expect(page.locator(".vv-dragged")).to_have_count(1)
    page.keyboard.press("Escape")
    expect(page.locator(".vv-dragged")).to_have_count(0)
    page.mouse.up()
    page.reload()
    assert stands() == ["prima", "seconda"]


def touch(session, kind, spot=None):
    session.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": [spot] if spot else []})


def drawn_with_a_finger(page, start, end):
    """A finger goes from the middle of one element to the upper edge of another."""
    one, other = page.locator(start).bounding_box(), page.locator(end).bounding_box()
    x, y = one["x"] + one["width"] / 2, one["y"] + one["height"] / 2
    session = page.context.new_cdp_session(page)
    touch(session, "touchStart", {"x": x, "y": y})
    for part in range(1, 6):
        touch(session, "touchMove", {"x": x, "y": y + (other["y"] + 4 - y) * part / 5})
    touch(session, "touchEnd")


def in_the_middle(page, row):
    """Bring the row to the middle of the window, away from the edges where a drag scrolls; how far the page is then.

    A page that still glides after an earlier finger would leave from under the next one: begin with a new page.
    """
    return page.evaluate(
        "row => (document.querySelector(row).scrollIntoView({block: 'center', behavior: 'instant'}), window.scrollY)",
        row,
    )


def test_a_finger_drags_by_the_handle_and_scrolls_elsewhere(manager, live_server, browser):
    two_questions(manager, live_server)
    phone = browser.new_context(
        storage_state=manager.context.storage_state(),
        viewport={"width": 390, "height": 844},
        has_touch=True,
        is_mobile=True,
    )
    page = phone.new_page()
    page.goto(manager.url)
    handle = page.locator("#row-seconda .vv-handle").bounding_box()
    assert min(handle["width"], handle["height"]) >= 44
    stood = in_the_middle(page, "#row-prima")
    drawn_with_a_finger(page, "#row-seconda .vv-plan-kind", "#row-prima")
    page.wait_for_function("stood => window.scrollY > stood", arg=stood)
    expect(page.locator(".vv-dragged")).to_have_count(0)
    assert stands() == ["prima", "seconda"]
    page.goto(manager.url)
    in_the_middle(page, "#row-prima")
    drawn_with_a_finger(page, "#row-seconda .vv-handle", "#row-prima")
    expect(page.locator(".vv-plan-label").first).to_have_text("Seconda")
    assert stands() == ["seconda", "prima"]
    phone.close()
