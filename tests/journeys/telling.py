"""What came of it is published: every figure opens to what it is made of, and the report is a document for anyone."""

from playwright.sync_api import expect

from tests.journeys.growing import PROGRAMME
from tests.journeys.players import Player, Stage


def the_results_are_published(stage: Stage, clara: Player) -> None:
    """Taken, looked at, published; anyone reads them, the programme takes itself along as a kit."""
    clara.open(f"{PROGRAMME}site/results/")
    clara.press("Take the figures")
    figure(clara, "18", "initiatives accompanied")
    clara.follow("Publish the results")
    clara.press("Publish the results")
    anyone = stage.enter(language="it")
    anyone.open(f"{PROGRAMME}results/")
    figure(anyone, "18", "iniziative accompagnate")
    anyone.leave_by(anyone.page.locator("main a[href*='/results/']").first)
    anyone.open(f"{PROGRAMME}results/")
    report = anyone.page.locator("main a[href$='report.pdf']").get_attribute("href")
    assert anyone.context.request.get(report).body().startswith(b"%PDF-")
    clara.open(f"{PROGRAMME}site/results/")
    clara.follow("Take the programme as a kit, for another territory")


def figure(player: Player, value: str, words: str) -> None:
    """The figure stands on the page beside its words."""
    expect(player.page.locator("main").get_by_text(words).first).to_be_visible()
    expect(player.page.locator(".vv-figure", has_text=value).first).to_be_visible()
