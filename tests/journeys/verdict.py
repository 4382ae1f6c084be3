"""The ranking is computed, adopted, published; letters leave; a place is given up and passes on."""

import csv
import datetime as dt
from collections import Counter

from django.core.management import call_command
from playwright.sync_api import expect

from tests.journeys.applying import release
from tests.journeys.opening import CALL
from tests.journeys.players import Player, Stage
from vivaio.calls.models import Call
from vivaio.journal.models import Record
from vivaio.journal.verification import verify
from vivaio.jury.models import RankingEntry
from vivaio.jury.states import Outcome, PlaceState
from vivaio.mailroom.models import OutgoingLetter
from vivaio.mailroom.states import State


def the_verdict_is_adopted(stage: Stage, call: Call, clara: Player) -> None:
    """The machine computes; the manager looks, and adopts the verdict of each track."""
    stage.at(call.scoring_closes_at + dt.timedelta(hours=15))
    clara.open(f"{CALL}jury/ranking/")
    clara.press("Compute the ranking now")
    clara.told("The ranking is computed.")
    for track in ("cooperatives", "spin-offs"):
        clara.open(f"{CALL}jury/ranking/?track={track}")
        clara.follow("Adopt the verdict")
        clara.press("Adopt the verdict")
        clara.told("The verdict is adopted.")
    with clara.page.expect_download() as download:
        clara.link("Minutes (PDF)").click()
    assert download.value.path().read_bytes().startswith(b"%PDF-")


def the_ranking_is_published(clara: Player) -> None:
    """Asked once, then public."""
    clara.open(f"{CALL}jury/ranking/")
    clara.follow("Publish the ranking")
    clara.press("Publish the ranking")
    clara.told("The ranking is published. The letters wait to be read and released.")


def anyone_reads_it(stage: Stage, call: Call) -> None:
    """Eighteen by name, the others by number alone; one place of the second track stays empty."""
    entries = RankingEntry.objects.filter(ranking__call=call).select_related("application__organisation")
    names = {entry.application.organisation.name for entry in entries if entry.outcome == Outcome.SELECTED}
    unnamed = [entry.application for entry in entries if entry.outcome != Outcome.SELECTED]
    per_track = [
        entries.filter(ranking__track=track, outcome=Outcome.SELECTED).count() for track in call.tracks.all()
    ]
    assert per_track == [10, 8]
    anyone = stage.enter(language="it")
    anyone.open(f"{CALL}ranking/")
    shown = anyone.page.locator("main").inner_text()
    for name in names:
        expect(anyone.page.get_by_text(name, exact=True)).to_be_visible()
    for application in unnamed:
        assert application.organisation.name not in shown
        assert application.title not in shown
        assert str(application.number) in shown
    with anyone.page.expect_download() as download:
        anyone.page.get_by_role("link", name="CSV").click()
    rows = list(csv.reader(download.value.path().read_text(encoding="utf-8-sig").splitlines()))
    told = " ".join(" ".join(row) for row in rows)
    assert all(name in told for name in names)
    assert not any(application.organisation.name in told for application in unnamed)
    with anyone.page.expect_download() as download:
        anyone.page.get_by_role("link", name="PDF").click()
    assert download.value.path().read_bytes().startswith(b"%PDF-")


def held_letters_leave(stage: Stage, clara: Player, counts: tuple[int, ...]) -> None:
    """Nothing about outcomes has left yet; each batch is read and released with its number."""
    stage.worker()
    assert OutgoingLetter.objects.filter(state=State.HELD).count() == sum(counts)
    for _batch in counts:
        clara.open("/desk/miracolo-a-milano/letters/")
        clara.follow("Read the letters")
        count = OutgoingLetter.objects.filter(batch=clara.page.url.rstrip("/").rsplit("/", 1)[-1]).count()
        release(clara, count)
    stage.worker()
    assert not OutgoingLetter.objects.filter(state=State.HELD).exists()


def a_winner_declines(stage: Stage, call: Call, winner: Player) -> None:
    """The place is given up in the browser, and the first of the reserve list is offered it."""
    reserve = RankingEntry.objects.get(ranking__call=call, outcome=Outcome.RESERVE)
    winner.open(winner.link_in("/outcome/", "/outcome/"))
    winner.follow("Give the place up")
    winner.press("Give the place up")
    reserve.refresh_from_db()
    assert reserve.place == PlaceState.OFFERED
    assert RankingEntry.objects.get(application__created_by__email=winner.email).place == PlaceState.DECLINED
    offered = [
        letter
        for letter in stage.letters_to(reserve.application.created_by.email)
        if f"/applications/{reserve.application_id}/outcome/" in letter.body
    ]
    assert len(offered) == 2  # on the reserve list; then a place


def each_letter_left_once(stage: Stage) -> None:
    """Every letter was sent, and nobody got the same one twice."""
    stage.worker()
    assert set(OutgoingLetter.objects.values_list("state", flat=True)) == {State.SENT}
    sent = Counter((*letter.to, letter.subject) for letter in stage.mailbox)
    assert {key: times for key, times in sent.items() if times > 1} == {}
    written = [letter.extra_headers["Message-ID"] for letter in stage.mailbox if letter.extra_headers]
    assert sorted(written) == sorted(OutgoingLetter.objects.values_list("message_id", flat=True))


def the_journal_verifies() -> None:
    """Sealed, and nothing was altered or dropped."""
    call_command("journal", "seal")
    call_command("journal", "verify")  # leaves with an error if anything is wrong
    report = verify()
    assert report.intact
    assert report.waiting == 0
    assert report.records == Record.objects.count() > 100
