"""The guide “Publish your first call in ten minutes”, played step by step, in both languages.

Every word that the guide prints in bold has to stand on the pages of its chapter: a button that is renamed fails here.
`make pictures` runs it and writes the guide's pictures, so that they show the pages as they are.
"""

import datetime as dt
import os
import re
from contextlib import contextmanager
from io import BytesIO

import pytest
from django.conf import settings
from PIL import Image
from playwright.sync_api import expect

from tests.journeys.players import Player
from vivaio.blueprints.demo.people import account
from vivaio.calls.models import Call
from vivaio.calls.states import CallState
from vivaio.kit import clock, guide

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]

PICTURES = settings.BASE_DIR / "docs/pictures" / guide.NAME
DRAWN = ("begin", "texts", "applicants", "criteria", "preview", "publish")
TEXTS = {
    "it": {
        "title": "Cura di quartiere",
        "summary": "Quattro gruppi che si prendono cura di un luogo del quartiere.",
        "who": "Associazioni, cooperative e gruppi informali del quartiere.",
        "what": "Un accompagnamento di sei mesi e uno spazio in cui lavorare.",
        "text": "## Perché questo bando\n\nUn luogo vive se qualcuno se ne prende cura.",
        "track": "Luoghi comuni",
        "criteria": ("Legame con il quartiere", "Cura nel tempo"),
    },
    "en": {
        "title": "Care for the neighbourhood",
        "summary": "Four groups that take care of a place in the neighbourhood.",
        "who": "Associations, cooperatives and informal groups of the neighbourhood.",
        "what": "Six months of mentoring and a space to work in.",
        "text": "## Why this call\n\nA place lives if somebody takes care of it.",
        "track": "Common places",
        "criteria": ("Ties with the neighbourhood", "Care over time"),
    },
}


def plain(words: str) -> str:
    """Words in one line, with one kind of apostrophe."""
    return " ".join(words.split()).replace("\u2019", "'")


def at(texts: dict, key: str) -> str:
    """A text by its name: `criteria.1` is the second of them."""
    name, _dot, number = key.partition(".")
    return texts[name][int(number)] if number else texts[name]


class Reader:
    """Somebody who follows the guide, chapter by chapter."""

    def __init__(self, player: Player):
        self.player, self.page = player, player.page
        self.chapters = {one.key: one for one in guide.read(player.language).chapters}
        self.told, self.seen = [], ""

    @contextmanager
    def chapter(self, key: str):
        """What the chapter says in bold has been read on a page by its end."""
        chapter = self.chapters.pop(key)
        self.told = [plain(words) for words in re.findall(r"\*\*(.+?)\*\*", chapter.text, re.DOTALL)]
        self.seen = ""
        self.look()
        yield
        self.look()
        missing = [words for words in self.told if words not in self.seen]
        assert missing == [], f"chapter “{chapter.title}” names what is not on its pages"

    def look(self) -> None:
        self.seen += plain(self.page.locator("body").text_content() or "")

    def words(self, said: str) -> str:
        """The words of a control, which the chapter names."""
        words = self.player.say(said)
        assert plain(words) in self.told, f"the guide does not name “{words}”"
        return words

    def open(self, path: str) -> None:
        self.page.goto(f"/{self.player.language}{path}")
        self.look()

    def follow(self, said: str, role: str = "link") -> None:
        """Click what the chapter names, and look at the page that it leads to."""
        begins = re.compile(rf"^{re.escape(self.words(said))}(?!\w)")
        control = self.page.get_by_role(role, name=begins).first
        with self.page.expect_navigation():
            control.click()
        self.look()

    def press(self, said: str) -> None:
        self.follow(said, "button")

    def write(self, values: dict[str, str]) -> None:
        """Type into the fields of these names."""
        for name, value in values.items():
            self.page.locator(f"[name={name}]").fill(value)

    def write_texts(self, names: dict[str, str]) -> None:
        """Type texts into the fields of these names, in Italian and in English."""
        for name, key in names.items():
            self.write({name: at(TEXTS["it"], key), f"{name}_en": at(TEXTS["en"], key)})

    def save(self) -> None:
        """Save the section, and go back to the call."""
        with self.page.expect_navigation():
            self.page.locator(".vv-action-bar button[type=submit]").click()
        expect(self.page.locator("main")).to_contain_text(self.player.say("Saved."))
        self.look()

    def draw(self, key: str) -> None:
        """The page as a picture of the guide, where pictures were asked for."""
        assert any(f"{self.player.language}-{key}.png" in one.text for one in GUIDES[self.player.language])
        if not os.environ.get("VIVAIO_PICTURES"):
            return
        self.page.evaluate("document.activeElement.blur(); window.scrollTo(0, 0)")
        shot = Image.open(BytesIO(self.page.screenshot(animations="disabled"))).convert("RGB")
        PICTURES.mkdir(parents=True, exist_ok=True)
        shot.quantize(64, dither=Image.Dither.NONE).save(
            PICTURES / f"{self.player.language}-{key}.png", optimize=True
        )


GUIDES = {language: guide.read(language).chapters for language in TEXTS}


def prepare(reader: Reader) -> str:
    """From the blueprint to a call that has a title; answers the address of the call's home."""
    with reader.chapter("programme"):
        reader.open("/desk/")
        reader.follow("Blueprints")
        reader.page.get_by_label(reader.words("Which programme?")).select_option(label="Miracolo a Milano")
        start = clock.today() + dt.timedelta(days=14)
        reader.page.get_by_label(reader.words("First day")).fill(start.isoformat())
        reader.press("See what would change")
        reader.press("Apply the blueprint")
        reader.open("/programmes/miracolo-a-milano/edit/")
    with reader.chapter("begin"):
        reader.follow("Calls")
        reader.follow("Begin a call")
        window = {"opens_at": "2027-03-01T09:00", "closes_at": "2027-04-16T18:00"}
        reader.write_texts({"title": "title"})
        reader.write(window)
        reader.draw("begin")
        reader.press("Begin the call")
    return reader.page.url


def describe(reader: Reader) -> None:
    """The texts, and who applies with which form."""
    with reader.chapter("texts"):
        reader.follow("Texts")
        reader.write_texts({name: name for name in ("summary", "who", "what", "text")})
        reader.draw("texts")
        reader.save()
    with reader.chapter("applicants"):
        reader.follow("Who applies, and the form")
        label = reader.words("Application form")
        reader.page.get_by_label(label).and_(reader.page.locator("select")).select_option(index=1)
        reader.draw("applicants")
        reader.save()


def judge(reader: Reader) -> None:
    """The track, the criteria and the days."""
    with reader.chapter("tracks"):
        reader.follow("Tracks and places")
        reader.write_texts({"tracks-0-title": "track"})
        reader.write({"tracks-0-places": "4"})
        reader.save()
    with reader.chapter("criteria"):
        reader.follow("Criteria")
        reader.write_texts({"criteria-0-title": "criteria.0"})
        reader.write({"criteria-0-weight": "60"})
        with reader.page.expect_navigation():
            reader.page.locator("button[name=add]").click()
        reader.write_texts({"criteria-1-title": "criteria.1"})
        reader.write({"criteria-1-weight": "40"})
        reader.draw("criteria")
        reader.save()
    with reader.chapter("dates"):
        reader.follow("Windows and days")
        reader.write({"scoring_opens_at": "2027-04-20T09:00", "scoring_closes_at": "2027-05-07T18:00"})
        reader.save()


def publish(reader: Reader, home: str) -> None:
    """Look at it, then publish it."""
    reader.page.goto(home)
    with reader.chapter("preview"):
        reader.follow("Public page")
        reader.draw("preview")
    reader.page.goto(home)
    with reader.chapter("publish"):
        reader.follow("Publish the call")
        reader.draw("publish")
        reader.press("Publish the call")


@pytest.mark.parametrize("language", TEXTS)
def test_the_guide_leads_to_a_public_call(stage, language):
    stage.at(dt.datetime(2027, 1, 15, 9, 30, tzinfo=dt.UTC))
    email = account("Irma", "Sala", administrator=True).email
    irma = stage.enter(email, "Irma Sala", language)
    irma.sign_in()
    reader = Reader(irma)
    home = prepare(reader)
    describe(reader)
    judge(reader)
    publish(reader, home)
    call = Call.objects.get(kind="ordinary", tracks__title=TEXTS["it"]["track"])
    assert (call.state, call.tracks.count(), call.criteria.count()) == (CallState.PUBLISHED, 1, 2)
    reader.page.locator(".vv-here > summary").click()
    stage.watch.look(reader.page)
    programme = f"/programmes/{call.programme.slug}"
    elsewhere = {
        "lists": [f"{programme}/calls/manage/?q=a"],
        "accessibility": ["/desk/"],
        "needs": [f"{programme}/needs/"],
        "plans": [f"{programme}/initiatives/plans/"],
        "money": [f"{programme}/money/", f"{programme}/ledger/"],
        "experts": [f"{programme}/experts/", f"{programme}/experts/requests/"],
    }
    for key in list(reader.chapters):  # what comes afterwards begins at the call's home
        with reader.chapter(key):
            for path in elsewhere.get(key, ()):
                reader.open(path)


@pytest.mark.parametrize("language", TEXTS)
def test_every_picture_of_the_guide_is_there_and_no_other(language):
    told = {name for one in GUIDES[language] for name in re.findall(r"\]\(.*/([a-z-]+\.png)\)", one.text)}
    assert told == {f"{language}-{key}.png" for key in DRAWN}
    assert told == {path.name for path in PICTURES.glob(f"{language}-*.png")}
