"""What came of it is published: every figure opens to what it is made of, the report and the kit are taken along."""

import datetime as dt
import io
import re
import zipfile

from playwright.sync_api import expect
from pypdf import PdfReader

from tests.journeys import opening
from tests.journeys.growing import PROGRAMME
from tests.journeys.players import Player, Stage
from vivaio.calls.models import Call
from vivaio.initiatives.models import Initiative
from vivaio.kit import clock
from vivaio.programmes.models import Programme

# The figures that were played, as the programme reads them and as anyone does.
PLAYED = {
    "initiatives accompanied": "18",
    "experts in the competence bank": "12",
    "hours given by experts": "4.5",
    "students placed": "4",
    "initiatives analysed at least twice": "5",
    "contacts made": "3",
    "come to good": "1",
    "what came of them in money": "€25,000.00",
    "contests": "2",
    "winners": "2",
    "awards of money": "6",
    "new enterprise": "1",
    "initiative that goes on by itself": "1",
}
TOLD = {
    "iniziative accompagnate": "18",
    "ore prestate da esperte ed esperti": "4,5",
    "tirocinanti": "4",
    "contatti presi": "3",
    "nuova impresa": "1",
}
ELSEWHERE = "miracolo-altrove"


def the_results_are_published(stage: Stage, clara: Player) -> Player:
    """Taken, looked at, one opened to its rows, published; anyone reads them, to the stories of who took part."""
    clara.open(f"{PROGRAMME}site/results/")
    clara.press("Take the figures")
    for words, value in PLAYED.items():
        figure(clara, value, words)
    clara.follow("contacts made")
    clara.told("Bianca Terzi")
    clara.open(f"{PROGRAMME}site/results/")
    clara.follow("Publish the results")
    clara.press("Publish the results")
    anyone = stage.enter(language="it")
    anyone.open(f"{PROGRAMME}results/")
    for words, value in TOLD.items():
        figure(anyone, value, words)
    anyone.told("La portineria leggera")
    return anyone


def each_part_is_opened(anyone: Player) -> None:
    """What each is made of: contest by contest with its interest, before and after, from money in to money paid."""
    anyone.open(f"{PROGRAMME}results/contests/")
    expect(anyone.page.get_by_role("row").filter(has_text="40").first).to_contain_text("40")
    assert [row.split()[-2:] for row in anyone.page.locator("main tbody tr").all_inner_texts()] == [
        ["3", "2"],
        ["0", "0"],
    ]
    anyone.open(f"{PROGRAMME}results/change/")
    expect(anyone.page.locator("table.vv-profile tbody tr")).to_have_count(6)
    anyone.open(f"{PROGRAMME}results/money/")
    expect(anyone.page.locator("main")).to_contain_text("13.600,00")


def the_report_is_for_anyone(anyone: Player) -> None:
    """A tagged PDF, in the reader's language."""
    anyone.open(f"{PROGRAMME}results/")
    report = anyone.page.locator("main a[href$='report.pdf']").get_attribute("href")
    read = PdfReader(io.BytesIO(anyone.context.request.get(report).body()))
    root = read.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert "/StructTreeRoot" in root
    assert root["/Lang"] == "it"
    assert "iniziative accompagnate" in " ".join(page.extract_text() for page in read.pages)


def another_territory_begins(stage: Stage, clara: Player) -> None:
    """The kit is downloaded, given another name, and applied from the page: the set-up alone, nobody and no money."""
    clara.open(f"{PROGRAMME}site/results/")
    clara.follow("Take the programme as a kit, for another territory")
    with clara.page.expect_download() as download:
        clara.link("Download the kit (ZIP)").click()
    irma = opening.administrator(stage)
    irma.open("/blueprints/")
    irma.page.locator("[name=file]").set_input_files(
        {
            "name": "kit.zip",
            "mimeType": "application/zip",
            "buffer": renamed(download.value.path().read_bytes()),
        }
    )
    irma.field("First day").fill(f"{clock.today() + dt.timedelta(days=60):%Y-%m-%d}")
    irma.press("See what would change")
    irma.press("Apply the blueprint")
    expect(irma.page).to_have_url(re.compile(f"/programmes/{ELSEWHERE}/$"))
    made = Programme.objects.get(slug=ELSEWHERE)
    assert Call.objects.filter(programme=made).count() == 4
    assert not Initiative.objects.filter(programme=made).exists()


def renamed(kit: bytes) -> bytes:
    """The same kit under an address of its own, as its read-me asks."""
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(kit)) as before, zipfile.ZipFile(target, "w") as after:
        for name in before.namelist():
            content = before.read(name)
            after.writestr(
                name, content.replace(b"slug: miracolo-a-milano", b"slug: " + ELSEWHERE.encode(), 1)
            )
    return target.getvalue()


def figure(player: Player, value: str, words: str) -> None:
    """The figure stands on the page beside its words."""
    cell = player.page.locator("main .col").filter(has_text=re.compile(rf"{re.escape(words)}\s*$"))
    expect(cell.locator(".vv-figure").first).to_have_text(value)
