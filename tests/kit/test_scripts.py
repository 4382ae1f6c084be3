"""Saving as one types, in a real browser: nothing typed is lost, whatever the network or a colleague does."""

import pytest
from playwright.sync_api import expect

from tests.kit import script_pages

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.urls("tests.kit.script_pages")]


# Asked in the page itself: what Playwright waits for by itself is evaluated again and again, which the pages forbid.
NOTHING_KEPT = """() => new Promise((tell) => {
  const look = (left) => {
    if (localStorage.length && left) setTimeout(look, 50, left - 1);
    else tell(!localStorage.length);
  };
  look(200);
})"""


@pytest.fixture
def prova(page, live_server):
    """The page of `script_pages`, opened."""
    script_pages.received.clear()
    script_pages.answers.clear()
    script_pages.kept["idea"] = ""
    page.goto(f"{live_server.url}/it/page/")
    return page


def test_what_is_typed_is_saved_and_said(prova):
    prova.fill("#idea", "Una portineria leggera")
    expect(prova.get_by_role("status").first).to_have_text("Tutto salvato alle 22:47")
    assert script_pages.received[-1] == {
        "changes": [{"path": "idea", "value": "Una portineria leggera", "revision": 3}]
    }
    prova.fill("#idea", "Una portineria")
    prova.locator("#idea").blur()
    expect(prova.locator(".vv-question")).to_have_attribute("data-revision", "4")
    prova.check("#s1")
    assert prova.evaluate(NOTHING_KEPT)
    assert script_pages.received[-1]["changes"][-1]["value"] == ["a"]
    assert [change["revision"] for sent in script_pages.received for change in sent["changes"]][:2] == [3, 4]


def test_what_could_not_be_saved_survives_the_closed_tab(prova, live_server):
    prova.route("**/save/", lambda route: route.abort())
    prova.fill("#idea", "Scritta senza rete")
    expect(prova.get_by_role("status").first).to_contain_text("Nessuna connessione")
    prova.unroute("**/save/")
    script_pages.received.clear()
    prova.goto(f"{live_server.url}/it/page/")
    expect(prova.locator("#idea")).to_have_value("Scritta senza rete")
    expect(prova.get_by_role("status").first).to_have_text("Tutto salvato alle 22:47")
    assert script_pages.received[-1]["changes"][0]["value"] == "Scritta senza rete"


def test_a_colleagues_answer_is_shown_and_never_overwritten_unseen(prova):
    script_pages.answers.append(
        {
            "status": 409,
            "saved_at_text": "Salvato alle 22:48",
            "revisions": {},
            "conflicts": [{"path": "idea", "theirs": "Tre portinerie", "by": "Nadir Hamoud", "revision": 7}],
        }
    )
    prova.fill("#idea", "Due portinerie")
    expect(prova.get_by_role("alert")).to_contain_text("Nadir Hamoud")
    expect(prova.get_by_role("alert")).to_contain_text("Tre portinerie")
    expect(prova.locator("#idea")).to_have_value("Due portinerie")
    prova.fill("#idea", "Quattro portinerie")
    expect(prova.get_by_role("status").first).to_have_text("Tutto salvato alle 22:47")
    assert script_pages.received[-1]["changes"][0]["revision"] == 7


def test_a_choice_to_make_outlives_the_servers_fragments(prova):
    theirs = {"path": "idea", "theirs": "Tre da $1", "value": "Tre da $1", "by": "A$$A", "revision": 7}
    again = '<div class="vv-question" id="q-idea" data-revision="7"><textarea id="idea" name="idea"></textarea></div>'
    script_pages.answers += [
        {"status": 409, "saved_at_text": "Salvato", "revisions": {}, "conflicts": [theirs]},
        {"saved_at_text": "Altro salvato", "revisions": {}, "html": {"q-idea": again}},
    ]
    prova.fill("#idea", "Due portinerie")
    expect(prova.locator(".vv-disputed")).to_contain_text("A$$A")
    prova.check("#s1")
    expect(prova.get_by_role("status").first).to_have_text("Altro salvato")
    expect(prova.locator(".vv-disputed")).to_contain_text("Tre da $1")
    prova.get_by_role("button", name="Tieni la mia").click()
    expect(prova.get_by_role("status").first).to_have_text("Tutto salvato alle 22:47")
    assert script_pages.received[-1]["changes"] == [
        {"path": "idea", "value": "Due portinerie", "revision": 7}
    ]
    expect(prova.locator(".vv-disputed")).to_have_count(0)


def test_the_servers_fragments_take_their_place(prova):
    script_pages.answers.append(
        {"saved_at_text": "Salvato", "revisions": {}, "html": {"total": '<div id="total">28.410,00</div>'}}
    )
    prova.fill("#idea", "x")
    expect(prova.locator("#total")).to_have_text("28.410,00")


def test_a_door_that_shut_says_why_and_keeps_the_words(prova):
    script_pages.answers.append({"status": 410, "refused": "Il bando si è chiuso alle 23:59."})
    prova.fill("#idea", "tardi")
    expect(prova.get_by_role("status").first).to_have_text("Il bando si è chiuso alle 23:59.")
    expect(prova.locator("#idea")).to_have_value("tardi")
    assert "tardi" in prova.evaluate("localStorage.getItem('vivaio:prova')")


def test_words_are_counted_as_one_types(prova):
    prova.locator("#idea").press_sequentially("uno due tre")
    expect(prova.locator("#idea-c")).to_contain_text("3 parole su 5")
    prova.fill("#idea", "uno due tre quattro cinque sei")
    expect(prova.locator("#idea-c")).to_contain_text("6 parole su 5: 1 di troppo")


def test_the_preview_is_the_servers(prova):
    prova.fill("#bio", "ciao")
    prova.get_by_role("button", name="Anteprima").click()
    expect(prova.get_by_role("region", name="Come si vedrà")).to_have_text("4 segni")


def test_nothing_breaks_the_content_policy(prova, axe):
    problems = []
    prova.on("console", lambda message: problems.append(message.text) if message.type == "error" else None)
    prova.reload()
    prova.fill("#idea", "x")
    expect(prova.get_by_role("status").first).to_have_text("Tutto salvato alle 22:47")
    assert problems == []
    assert axe(prova) == []
