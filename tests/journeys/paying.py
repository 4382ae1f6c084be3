"""The two winners receive a voucher each; one claims an invoice, and the ledger holds to the cent."""

from decimal import Decimal

from playwright.sync_api import expect

from tests.factories.funding import PDF
from tests.journeys.contesting import VOUCHER
from tests.journeys.growing import PROGRAMME, leader_of, signed_in
from tests.journeys.players import Player, Stage
from vivaio.calls.models import Call
from vivaio.funding.models import Award, Claim
from vivaio.funding.queries import awards as queries
from vivaio.funding.states import ClaimState
from vivaio.initiatives.models import Initiative
from vivaio.jury.actions import places
from vivaio.jury.models import RankingEntry
from vivaio.jury.states import Outcome
from vivaio.kit import clock


def money_comes_in(clara: Player) -> None:
    """What is awarded is there before."""
    clara.open(f"{PROGRAMME}ledger/money-in/")
    clara.fill({"Who gives it": "Ente finanziatore A", "Amount": "15000", "Act or decree": "Delibera A/1"})
    clara.page.locator("[name=happened_on]").fill(f"{clock.today():%Y-%m-%d}")
    clara.page.locator("[name=reason]").fill("Voucher dei due contest")
    clara.leave_by(clara.page.locator("main form button[type=submit]").last)
    clara.told("15,000.00")


def winner_of(contest: Call) -> Initiative:
    """Whose entry the verdict put first."""
    won = RankingEntry.objects.get(ranking__call=contest, outcome=Outcome.SELECTED)
    return Initiative.objects.get(contest_entries__application=won.application)


def each_winner_has_a_voucher(clara: Player, contests: list[Call]) -> None:
    """The place is taken; then one button gives what the call announced, and nothing twice."""
    for contest in contests:
        won = RankingEntry.objects.get(ranking__call=contest, outcome=Outcome.SELECTED)
        places.accept(won, by=leader_of(winner_of(contest)))
        clara.open(f"/calls/{contest.programme.slug}/{contest.slug}/prizes/")
        clara.page.locator("[name=voucher-document]").fill("Verbale 1/2021")
        clara.press("Assign the prizes of this contest")
        clara.told("5,000.00")
        expect(clara.page.locator("[name=voucher-document]")).to_have_count(0)
    assert [award.amount for award in Award.objects.all()] == [VOUCHER, VOUCHER]


def an_invoice_is_claimed_and_paid(stage: Stage, clara: Player, paola: Player, contest: Call) -> None:
    """The team hands it in; one approves, another pays; what is left is told to the cent."""
    winner = winner_of(contest)
    award = Award.objects.get(initiative=winner)
    leader = signed_in(stage, leader_of(winner))
    leader.open(f"/initiatives/{winner.pk}/money/")
    leader.leave_by(leader.page.locator(f"main a[href$='/awards/{award.pk}/']"))
    leader.follow("Claim a payment")
    typed = {
        "payee_name": "Studio Dimostrativo", "payee_code": "00743110157", "invoice_number": "7/2021",
        "payee_iban": "IT60X0542811101000000123456", "invoice_on": f"{clock.today():%Y-%m-%d}",
        "amount": "1220,50", "vat": "220,09", "purpose": "Un piano economico a tre anni.",
    }  # fmt: skip
    for name, value in typed.items():
        leader.page.locator(f"[name={name}]").fill(value)
    leader.page.locator("[name=buys]").select_option("consultancy")
    leader.page.locator("[name=file]").set_input_files(
        {"name": "fattura.pdf", "mimeType": "application/pdf", "buffer": PDF}
    )
    leader.press("Hand it in")
    claim = Claim.objects.get()
    assert claim.state == ClaimState.SUBMITTED
    clara.open(f"/claims/{claim.pk}/")
    clara.press("Approve it")
    paola.open(f"/claims/{claim.pk}/")
    paola.follow("Write the payment")
    paola.page.locator("[name=paid_on]").fill(f"{clock.today():%Y-%m-%d}")
    paola.page.locator("[name=reference]").fill("Mandato 77")
    paola.leave_by(paola.page.locator("main form button[type=submit]").last)
    claim.refresh_from_db()
    assert claim.state == ClaimState.PAID
    assert queries.with_figures(Award.objects.filter(pk=award.pk)).get().left == Decimal("3779.50")
    leader.open(f"/awards/{award.pk}/")
    expect(leader.page.locator("main")).to_contain_text("3.779,50")
