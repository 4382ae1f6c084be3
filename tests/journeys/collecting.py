"""Good practices of others that met the same needs: collected by a call, taken on, suggested, published."""

import datetime as dt

from playwright.sync_api import expect

from tests.journeys import opening
from tests.journeys.growing import PROGRAMME
from tests.journeys.players import Player, Stage
from vivaio.applications.models import Application
from vivaio.blueprints.demo import people
from vivaio.blueprints.demo.grown import after
from vivaio.blueprints.demo.registering import vat_number
from vivaio.calls.models import Call
from vivaio.calls.states import CallKind
from vivaio.initiatives.models import Initiative
from vivaio.kit import clock
from vivaio.publishing.models import Practice
from vivaio.publishing.states import PracticeState


def the_collection_opens(clara: Player) -> Call:
    """It came with the blueprint, its form ready: the days are set, it is looked over and published."""
    window = {
        "opens_at": clock.now() - dt.timedelta(hours=2),
        "closes_at": clock.now() + dt.timedelta(days=5),
    }
    Call.objects.filter(kind=CallKind.PRACTICES).update(**window)
    call = Call.objects.get(kind=CallKind.PRACTICES)
    clara.open(f"{PROGRAMME}collected/")
    clara.open(f"/calls/{call.programme.slug}/{call.slug}/manage/")
    clara.follow("Publish the call")
    clara.press("Publish the call")
    return call


def an_organisation_tells_its_own(stage: Stage, call: Call) -> Player:
    """Nobody whom the programme knew: an account, an organisation, the form, the receipt; all in the browser."""
    entry = after()["practices"][0]
    irma = stage.enter(people.address(*entry["person"].split(" ", 1)), entry["person"], "it")
    address = f"/calls/{call.programme.slug}/{call.slug}/"
    opening.register(irma, "cooperative", entry["org"], vat_number(55), address)
    irma.open(f"{address}apply/")
    irma.leave_by(irma.page.locator("main form button[type=submit]").last)
    for name in ("title", "need", "done", "results"):
        irma.page.locator(f"#q-{name}").fill(entry[name])
    need = irma.page.locator("[name=needs][value=finance]").get_attribute("id")
    irma.page.locator(f"label[for='{need}']").click()
    irma.tick("Acconsentiamo", exact=False)
    opening.saved(irma)
    irma.press("Review and submit")
    opening.hand_in(irma)
    return irma


def it_is_taken_on(clara: Player, irma: Player, call: Call) -> None:
    """Eligible, accepted for publication, tagged by need, on line as it was written; its authors are told."""
    application = Application.objects.get(call=call)
    clara.open(f"/applications/{application.pk}/eligibility/")
    clara.follow("Confirm as eligible")
    clara.press("Confirm as eligible")
    clara.open(f"{PROGRAMME}collected/")
    clara.press("Accept for publication")
    clara.press("Settle the tags")
    clara.follow("Put it on line as it was written")
    clara.press("Put it on line as it was written")
    practice = Practice.objects.get()
    assert practice.state == PracticeState.PUBLISHED
    irma.open(f"/practices/{practice.pk}/yours/")
    irma.told(practice.title)


def it_meets_a_need(stage: Stage, leader: Player) -> None:
    """The team with that gap finds it with the reason, asks to be introduced; anyone reads it."""
    practice = Practice.objects.get()
    initiative = Initiative.objects.get(team__person__email=leader.email)
    leader.open(f"/initiatives/{initiative.pk}/practices/")
    leader.told("Finanza")
    leader.follow("Ask to be introduced")
    leader.page.locator("[name=message]").fill("Vorremmo capire come avete scritto il regolamento.")
    leader.leave_by(leader.page.locator("main form button[type=submit]").last)
    leader.told(practice.organisation.name)
    anyone = stage.enter(language="it")
    anyone.open(f"{PROGRAMME}practices/")
    anyone.follow(practice.title)
    expect(anyone.page.locator("article")).to_contain_text(practice.results)
