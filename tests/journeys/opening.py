"""The programme begins, its call opens, and the first organisations apply by hand."""

import datetime as dt
import hashlib
import re

from playwright.sync_api import expect

from tests.journeys.players import Player, Stage
from vivaio.applications.models import Application
from vivaio.blueprints.demo.people import account, address
from vivaio.calls.models import Call
from vivaio.kit import clock
from vivaio.people.models import Person
from vivaio.programmes.models import Programme
from vivaio.programmes.rules import may

CALL = "/calls/miracolo-a-milano/selezione/"
# How the questionnaire asks, by language; its own words, as the blueprint writes them.
QUESTIONS = {
    "it": {
        "kind": "Un servizio che prima non c\u2019era",
        "standing": "Ha resistito o ha risposto bene",
        "milan": "Sì",
    },
    "en": {
        "kind": "A service that was not there before",
        "standing": "It held up or responded well",
        "milan": "Yes",
    },
}


def administrator(stage: Stage) -> Player:
    """Whoever runs this installation, signed in."""
    irma = stage.enter(account("Irma", "Sala", administrator=True).email, "Irma Sala")
    irma.sign_in()
    return irma


def apply_the_blueprint(stage: Stage, irma: Player) -> Call:
    """The administrator chooses the blueprint, looks at the plan and applies it."""
    start = clock.today() + dt.timedelta(days=14)
    irma.open("/blueprints/")
    irma.field("Which programme?").select_option(label="Miracolo a Milano")
    irma.field("First day").fill(start.isoformat())
    irma.press("See what would change")
    irma.told("calls/selezione/tracks/cooperatives")
    irma.press("Apply the blueprint")
    irma.told("Miracolo a Milano")
    call = Call.objects.get(slug="selezione")
    assert call.programme.starts_on == start
    stage.at(call.opens_at + dt.timedelta(hours=2))
    irma.open(CALL)
    expect(irma.link("Apply").first).to_be_visible()
    return call


def join_the_staff(stage: Stage, by: Player, role: str, name: str) -> Player:
    """Somebody is invited to a role, comes from the letter, creates an account and accepts."""
    player = stage.enter(address(*name.split(" ", 1)), name, "en")
    by.open("/programmes/miracolo-a-milano/roles/")
    invite = by.part("Invite to a role")
    by.field("E-mail", invite).fill(player.email)
    by.field("Role", invite).select_option(role)
    by.field("Language of the letter", invite).select_option("en")
    by.press("Send the invitation")
    player.open(player.link_in("/role-invitations/", "/role-invitations/"))
    player.follow("Create an account to accept")
    player.sign_up()
    player.press("Accept the role")
    assert may(Person.objects.get(email=player.email), "programme.read", Programme.objects.get()) is None
    return player


def register(player: Player, kind: str, name: str, vat_number: str, call: str = CALL) -> None:
    """From the call's page: an account, the organisation, its board; then back to the call."""
    player.open(call)
    player.follow("Apply")
    player.leave_by(player.page.locator("main a[href*='/account/signup/']"))
    player.sign_up()
    expect(player.page).to_have_url(re.compile(f"{call}apply/$"))
    player.follow("Register an organisation and come back")
    player.fill(
        {"Name": name, "VAT number (partita IVA)": vat_number, "Municipality": "Milano", "Province": "MI"}
    )
    player.field("Kind").select_option(kind)
    player.press("Register the organisation")
    player.open("/people/organisations/")
    player.leave_by(player.page.get_by_role("link", name=name))
    player.follow("Put the board on record")
    given, family = player.name.split(" ", 1)
    player.fill({"First name": given, "Last name": family})
    player.field("Part").select_option("legal_representative")
    player.press("Put these people on record")
    player.told(family)


def write(player: Player, track: str, entry: dict) -> None:
    """Fill the page; what is typed is kept as one types, and is there after the tab was closed."""
    asked = QUESTIONS[player.language]
    player.open(f"{CALL}apply/")
    player.press(f"{entry['org']}, {track}")
    player.page.locator("#q-title").press_sequentially(entry["title"])
    player.page.locator("#q-context").fill(entry["context"])
    player.tick(asked["kind"])
    saved(player)
    address = player.page.url
    player.page.close()
    player.page = player.context.new_page()
    player.open(address)
    expect(player.page.locator("#q-title")).to_have_value(entry["title"])
    expect(player.page.locator("#q-context")).to_have_value(entry["context"])
    expect(player.page.get_by_label(asked["kind"], exact=True)).to_be_checked()
    missing = player.page.locator("#form-missing")
    expect(missing.get_by_role("listitem")).to_have_count(4)
    player.page.locator("#q-project").fill(entry["project"])
    player.page.locator("#q-sector").select_option(entry["sector"])
    player.tick(asked["standing"])
    player.tick(asked["milan"])
    saved(player)
    expect(missing.get_by_role("listitem")).to_have_count(0)
    player.press(player.say("Review and submit"))


def saved(player: Player) -> None:
    """All that was typed has reached the server."""
    expect(player.page.locator("[data-vv-saved]")).to_contain_text(
        player.say("All saved at %(hour)s").split("%")[0]
    )


def hand_in(player: Player) -> Application:
    """Declare, hand in, and hold the receipt: on the page, as a PDF, in a letter."""
    player.tick("We declare that what we wrote is true, and that we may apply for this applicant.")
    player.tick("We have read the privacy notice.")
    player.press("Hand in the application")
    application = Application.objects.get(pk=player.page.url.rstrip("/").rsplit("/", 1)[-1])
    receipt = application.receipts.get()
    assert len(receipt.digest) == hashlib.sha256().digest_size * 2
    player.told(receipt.digest)
    player.told(str(application.number))
    with player.page.expect_download() as download:
        player.link("Download the receipt").click()
    assert download.value.path().read_bytes().startswith(b"%PDF-")
    assert receipt.digest in player.letter(receipt.digest).body
    return application
