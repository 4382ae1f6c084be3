"""The others apply, one of them late; the secretary decides who is eligible."""

import datetime as dt
from typing import Any

from playwright.sync_api import expect

from tests.journeys.opening import CALL
from tests.journeys.players import Player, Stage
from vivaio.applications import actions as applications
from vivaio.applications.models import Application
from vivaio.applications.states import ApplicationState
from vivaio.blueprints.demo import play
from vivaio.blueprints.demo.people import account, cast
from vivaio.calls.models import Call
from vivaio.kit import clock
from vivaio.people.models import Person
from vivaio.questionnaires.changes import Change

MANY_COOPERATIVES, MANY_SPIN_OFFS = 11, 9


def person_of(entry: dict[str, Any]) -> Person:
    """Who writes for an organisation of the cast."""
    return account(*entry["person"].split(" ", 1))


def many_apply(call: Call) -> None:
    """The other organisations, through the actions behind the same pages, a quarter of an hour after each other."""
    tracks = {track.key: track for track in call.tracks.all()}
    entries = [("cooperatives", one) for one in cast()["cooperatives"][2 : 2 + MANY_COOPERATIVES]]
    entries += [("spin-offs", one) for one in cast()["spin_offs"][1 : 1 + MANY_SPIN_OFFS]]
    for number, (track, entry) in enumerate(entries, start=10):
        with clock.rehearsing(call.opens_at + dt.timedelta(hours=24, minutes=15 * number)):
            play.hand_in(tracks[track], entry, number)


def one_cannot_work_in_milan(call: Call) -> Application:
    """Not eligible: a condition of the call is not met, and the machine sees it."""
    track = call.tracks.get(key="cooperatives")
    entry = cast()["cooperatives"][13]
    with clock.rehearsing(call.opens_at + dt.timedelta(days=3)):
        application, person = play.begin(track, entry, 40)
        applications.save(application, [Change("milan", "no")], by=person)
        return applications.submit(application, by=person, declared=True, noticed=True)


def one_withdraws(stage: Stage, call: Call) -> Application:
    """Handed in, then taken back in the browser."""
    entry = cast()["cooperatives"][14]
    with clock.rehearsing(call.opens_at + dt.timedelta(days=3)):
        application = play.hand_in(call.tracks.get(key="cooperatives"), entry, 41)
    diego = stage.enter(person_of(entry).email, entry["person"], "it")
    diego.sign_in()
    diego.open("/applications/")
    diego.follow(entry["title"])
    diego.follow("Withdraw")
    diego.press("Withdraw the application")
    diego.told("The application was withdrawn.")
    application.refresh_from_db()
    assert application.state == ApplicationState.WITHDRAWN
    return application


def one_is_late(stage: Stage, call: Call) -> Application:
    """The page is open before the deadline, the button is pressed after: refused in words, nothing is lost."""
    entry = cast()["cooperatives"][15]
    with clock.rehearsing(call.opens_at + dt.timedelta(days=3)):
        application, person = play.begin(call.tracks.get(key="cooperatives"), entry, 42)
    anna = stage.enter(person.email, entry["person"], "it")
    stage.at(call.closes_at - dt.timedelta(minutes=1))
    anna.sign_in()
    anna.open(f"/applications/{application.pk}/step/1/")
    anna.page.locator("#q-project").fill("Una cuoca per scala, e un tavolo lungo in cortile la domenica.")
    anna.press(anna.say("Review and submit"))
    anna.tick("We declare that what we wrote is true, and that we may apply for this applicant.")
    anna.tick("We have read the privacy notice.")
    stage.at(call.closes_at + dt.timedelta(seconds=1))
    anna.press("Hand in the application")
    anna.told("It cannot be handed in any more.")
    expect(anna.page.get_by_role("alert").or_(anna.page.locator(".alert")).first).to_contain_text("23:59")
    anna.told("un tavolo lungo in cortile la domenica")
    application.refresh_from_db()
    assert application.state == ApplicationState.DRAFT
    assert application.number is None
    return application


def eligibility_is_decided(stage: Stage, call: Call, paola: Player, matteo: Player) -> None:
    """The secretary excludes one, asks another for an integration, and confirms the rest."""
    stage.at(call.closes_at + dt.timedelta(hours=12))
    paola.open(f"{CALL}applications/")
    outside = Application.objects.get(call=call, title=cast()["cooperatives"][13]["title"])
    paola.open(f"{CALL}applications/?q={outside.number}")
    paola.follow(outside.title)
    paola.told("It can work in the Milan area")
    paola.follow("Exclude")
    paola.field("Reason").fill("It can work in the Milan area: no, article 2 of the call.")
    paola.press("Exclude the application")
    paola.told("It is not eligible. The letter is held: read it, then release it.")
    release(paola, 1)
    letters = stage.letters_to(person_of(cast()["cooperatives"][13]).email)
    assert sum("article 2 of the call" in " ".join(letter.body.split()) for letter in letters) == 1
    asks_for_an_integration(stage, paola, call, matteo)
    for application in Application.objects.filter(call=call, state=ApplicationState.SUBMITTED):
        applications.admit(application, by=Person.objects.get(email=paola.email))


def asks_for_an_integration(stage: Stage, paola: Player, call: Call, matteo: Player) -> None:
    """Soccorso istruttorio: asked by the secretary, answered by the team, then confirmed as eligible."""
    application = Application.objects.get(call=call, created_by__email=matteo.email)
    paola.open(f"/applications/{application.pk}/eligibility/")
    paola.follow("Ask for an integration")
    paola.field("What is missing").fill("Say in which libraries you work, and add a drawing.")
    paola.tick("The context", exact=False)
    paola.press("Send the request to the team")
    paola.told("The request is on its way to the team.")
    matteo.open(matteo.link_in("Say in which libraries", "/integrations/"))
    matteo.follow("Change")
    matteo.page.locator("#q-context").fill("Lavoriamo con le biblioteche di Baggio, Lorenteggio e Harar.")
    with matteo.page.expect_navigation():
        matteo.page.locator("#form [type=submit], [form=form][type=submit]").last.click()
    matteo.page.goto(f"/it/integrations/{application.integration_requests.get().pk}/")
    matteo.field("What you want to say").fill("Le biblioteche sono tre; il disegno non serve.")
    matteo.press("Send the answer")
    matteo.told("The answer is sent: the staff reads it.")
    paola.open(f"/applications/{application.pk}/eligibility/")
    paola.told("Harar")
    paola.follow("Confirm as eligible")
    paola.press("Confirm as eligible")
    paola.told("The application is confirmed as eligible.")


def release(player: Player, count: int) -> None:
    """Read the first batch of held letters, and let it go with the button that bears its number."""
    player.open("/desk/miracolo-a-milano/letters/")
    player.follow("Read the letters")
    words = f"Send {count} letter{'s' if count > 1 else ''}"
    expect(player.page.frame_locator("iframe").locator("body")).not_to_be_empty()
    player.follow(words)
    player.press(words)
    player.told("The letters are on their way.")
