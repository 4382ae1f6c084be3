"""A group becomes a legal entity before any money; at the end one is an enterprise, one goes on, one stops."""

import datetime as dt

from playwright.sync_api import expect

from tests.factories.funding import PDF
from tests.journeys.growing import PROGRAMME, leader_of, signed_in
from tests.journeys.players import Player, Stage
from vivaio.blueprints.demo.registering import vat_number
from vivaio.funding.models import Award
from vivaio.initiatives.models import Initiative
from vivaio.initiatives.states import InitiativeState, ProofState
from vivaio.kit import clock
from vivaio.people.models import Organisation
from vivaio.people.states import OrganisationKind
from vivaio.programmes.models import Programme


def a_group_begins(programme: Programme) -> Initiative:
    """The last of the second track is a group of people, without any number."""
    found = Initiative.objects.filter(programme=programme).order_by("track_title", "title").last()
    Organisation.objects.filter(pk=found.organisation_id).update(
        kind=OrganisationKind.INFORMAL_GROUP, tax_code="", vat_number=""
    )
    return found


def no_money_goes_to_it(clara: Player, group: Initiative) -> None:
    """Whoever would award money reads why not, and nothing is written."""
    clara.open(f"{PROGRAMME}money/award/?initiative={group.pk}")
    clara.page.locator("[name=title]").fill("Borsa di avvio")
    clara.page.locator("[name=amount]").fill("100")
    clara.page.locator("[name=document]").fill("Determina 1/2021")
    clara.leave_by(clara.page.locator("main form button[type=submit]").last)
    expect(clara.page.locator("body")).to_contain_text("is an informal group: before any money")
    assert not Award.objects.exists()


def it_becomes_an_entity(stage: Stage, clara: Player, group: Initiative) -> None:
    """The leader names the start-up with its deed; the programme reads the deed and accepts it."""
    address, before = f"/initiatives/{group.pk}/legal/", group.organisation.name
    leader = signed_in(stage, leader_of(group))
    leader.open(address)
    expect(leader.page.locator("main")).to_contain_text("è un gruppo informale")
    leader.page.locator("[name=name]").fill("Impresa di Prova srl")
    leader.page.locator("[name=kind]").select_option("startup")
    leader.page.locator("[name=tax_code]").fill(vat_number(77))
    leader.page.locator("[name=file]").set_input_files(
        {"name": "atto.pdf", "mimeType": "application/pdf", "buffer": PDF}
    )
    leader.press("Send the proof")
    leader.told(leader.named(ProofState.WAITING))
    clara.open(address)
    deed = clara.link("atto.pdf").get_attribute("href")
    assert clara.context.request.get(deed).body() == PDF
    clara.press("Accept the proof")
    leader.open(leader.link_in("l’ente giuridico è accettato", "/initiatives/"))
    leader.told("Impresa di Prova srl è un ente")
    group.refresh_from_db()
    assert group.organisation.name == "Impresa di Prova srl" != before


def they_end(clara: Player, leader: Player, programme: Programme) -> None:
    """One is an enterprise now, recorded with its number; one goes on by itself; one closes, and says why."""
    mine = Initiative.objects.get(programme=programme, team__person__email=leader.email)
    others = Initiative.objects.filter(programme=programme).exclude(pk=mine.pk).order_by("title")
    started(clara, mine)
    clara.follow("Record the new enterprise")
    clara.page.locator("[name=name]").fill("Portineria Leggera impresa sociale srl")
    clara.page.locator("[name=kind]").select_option("company")
    clara.page.locator("[name=vat_number]").fill(vat_number(78))
    clara.page.locator("[name=on]").fill(f"{clock.today() - dt.timedelta(days=3):%Y-%m-%d}")
    clara.press("Record the new enterprise")
    leader.open(f"/initiatives/{mine.pk}/")
    leader.told("Portineria Leggera impresa sociale srl")
    started(clara, others[0])
    clara.follow("It goes on by itself")
    clara.press("It goes on by itself")
    clara.told(clara.named(InitiativeState.INDEPENDENT))
    started(clara, others[1])
    clara.follow("Close it")
    clara.press("Close it")
    clara.told("Close the initiative")
    clara.page.locator("[name=reason]").fill(
        "Il gruppo si è sciolto: due persone hanno trovato lavoro altrove."
    )
    clara.press("Close it")
    clara.told("due persone hanno trovato lavoro altrove")
    clara.open(f"{PROGRAMME}initiatives/manage/?state=closed")
    clara.told(others[1].title)


def started(clara: Player, initiative: Initiative) -> None:
    """The accompaniment begins, if it has not."""
    clara.open(f"/initiatives/{initiative.pk}/")
    if initiative.state == "admitted":
        clara.follow("Begin the accompaniment")
        clara.press("Begin the accompaniment")
