"""Who sat on the jury is interested: the team answers, and what comes of it is followed as a contact."""

from playwright.sync_api import expect

from tests.journeys.growing import PROGRAMME
from tests.journeys.players import Player
from vivaio.calls.models import Call
from vivaio.initiatives.models import Contact, Initiative
from vivaio.initiatives.states import ContactState, InterestKind, InterestState
from vivaio.jury.models import Panel

WORDS = {
    InterestKind.INVEST: "Cerchiamo imprese sociali nei quartieri: possiamo entrare con una quota.",
    InterestKind.BUY: "Abbiamo otto palazzi: vorremmo la portineria in due di questi.",
    InterestKind.PARTNER: "Facciamo consegne in bicicletta: il vostro cortile è la fermata che ci manca.",
}


def jurors_are_interested(jurors: list[Player], call: Call, initiative: Initiative) -> None:
    """Each says for what, in their own words; then the list of entrants says that it waits for the team."""
    panel = Panel.objects.get(call=call)
    for juror, (kind, words) in zip(jurors, WORDS.items(), strict=True):
        juror.open(f"/jury/{panel.pk}/entrants/")
        line = juror.page.locator("main li", has_text=initiative.title)
        juror.follow("I am interested", line)
        juror.tick(juror.named(kind))
        juror.fill({"In a few words": words})
        juror.press("Tell the team")
        expect(line).to_contain_text(juror.named(InterestState.MARKED))


def the_team_answers(leader: Player, jurors: list[Player], initiative: Initiative) -> None:
    """From the letter to the page: who invests and who buys are accepted, the third is thanked; each is told."""
    leader.open(f"/initiatives/{initiative.pk}/contests/")
    for juror, answer in zip(jurors, ("Accept", "Accept", "Decline"), strict=True):
        leader.told(juror.name)
        expect(leader.page.locator("main")).not_to_contain_text(juror.email)
        leader.press(answer, leader.page.locator("main li", has_text=juror.name))
        if answer == "Accept":
            leader.told(juror.email)
    assert leader.email in jurors[0].letter("accetta il tuo interesse").body
    assert leader.email not in jurors[2].letter("ringrazia per il tuo interesse").body


def it_comes_to_good(leader: Player, clara: Player, juror: Player, initiative: Initiative) -> None:
    """The contact is there already; what happened is written down, and at the end what came of it in money."""
    leader.open(f"/initiatives/{initiative.pk}/contacts/")
    leader.follow(juror.name)
    leader.fill({"What happened": "Ci siamo visti in cortile: hanno chiesto i conti dei tre anni."})
    leader.press("Write it down")
    leader.told("hanno chiesto i conti dei tre anni")
    leader.follow("Say what came of it")
    leader.tick(leader.named(ContactState.WON))
    leader.fill({"What came of it": "Entrano con una quota.", "Amount": "25000"})
    leader.leave_by(leader.page.locator("main form button[type=submit]").last)
    expect(leader.page.locator("main")).to_contain_text("25.000,00")
    assert Contact.objects.filter(initiative=initiative, origin="contest").count() == 2
    clara.open(f"{PROGRAMME}initiatives/contacts/?state=won")
    clara.told(initiative.title)
