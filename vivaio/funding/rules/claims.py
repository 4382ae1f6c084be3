"""Who may claim, look at claims and pay them, and why not."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from vivaio.funding import payees
from vivaio.funding.models import Claim
from vivaio.funding.queries import awards as awarded
from vivaio.funding.queries import claims as queries
from vivaio.funding.queries.ledger import NOTHING
from vivaio.funding.rules import awards
from vivaio.funding.states import EDITABLE, AwardKind, ClaimState, TransactionKind
from vivaio.initiatives.rules import initiatives
from vivaio.kit import clock, money
from vivaio.people.models import Person
from vivaio.programmes import rules as programmes

ASKED_FOR = {
    "payee_name": gettext_lazy("the payee"),
    "payee_code": gettext_lazy("the payee’s VAT number or tax code"),
    "payee_iban": gettext_lazy("the IBAN"),
    "invoice_key": gettext_lazy("the invoice number"),
    "invoice_on": gettext_lazy("the date of the invoice"),
    "amount": gettext_lazy("the amount"),
    "vat": gettext_lazy("the VAT"),
    "purpose": gettext_lazy("what it is for"),
    "file": gettext_lazy("the file of the invoice"),
}


def of_team(claim: Claim, person: Person) -> str | None:
    """A claim is its team's."""
    return initiatives.of_team(claim.award.initiative, person)


def edit(claim: Claim, person: Person) -> str | None:
    """A draft, and what was sent back, are the team's to write."""
    refused = of_team(claim, person)
    if refused is None and claim.state not in EDITABLE:
        return _("This claim was handed in: it can be changed if it is sent back to you, or taken back.")
    return refused


def discard(claim: Claim, person: Person) -> str | None:
    """Only what was never handed in is thrown away."""
    refused = of_team(claim, person)
    if refused is None and claim.state != ClaimState.DRAFT:
        return _("This claim was handed in: take it back instead.")
    return refused


def complete(claim: Claim) -> str | None:
    """Everything that whoever looks at it needs."""
    missing = [str(words) for name, words in ASKED_FOR.items() if not _given(getattr(claim, name))]
    if claim.award.buys and not claim.buys:
        missing.append(_("what was bought"))
    return _("The claim lacks: %(what)s.") % {"what": ", ".join(missing)} if missing else None


def fits(claim: Claim) -> str | None:
    """The invoice is one that this award pays for."""
    award = claim.award
    if claim.amount is None or claim.amount <= 0:
        return _("Write an amount above zero.")
    if claim.vat is not None and claim.vat > claim.amount:
        return _("The VAT cannot be more than the amount, which includes it.")
    if claim.invoice_on and claim.invoice_on > clock.today(award.programme.time_zone):
        return _("The date of the invoice is still to come.")
    if award.buys and claim.buys not in award.buys:
        return _("This award buys: %(what)s.") % {"what": award.buys_words}
    codes = {one["code"] for one in award.suppliers}
    if codes and claim.payee_code not in codes:
        names = ", ".join(one["name"] for one in award.suppliers)
        return _("This award may be spent with these suppliers alone: %(names)s.") % {"names": names}
    initiative = award.initiative
    own = payees.codes_of(initiative.organisation) | payees.codes_of(initiative.enterprise)
    if award.kind == AwardKind.VOUCHER and claim.payee_code in own:
        return _(
            "The payee is the initiative’s own organisation, or the enterprise it became: a voucher buys from others."
        )
    if award.kind == AwardKind.PLACEMENT and not (
        claim.payee_code in own or payees.of_a_person(claim.payee_code)
    ):
        return _(
            "A grant for a placement goes to the student, or back to your own organisation if it has paid the "
            "student: this payee is neither."
        )
    return taken(claim)


def taken(claim: Claim) -> str | None:
    """An invoice is claimed once in the programme."""
    if queries.same_invoice(claim).exists():
        return _("This invoice of this payee was claimed already: an invoice is paid once. Check its number.")
    return None


def keeps_its_invoice(claim: Claim) -> str | None:
    """What was sent back holds its money, and so an invoice: its payee and number stay written, and its own."""
    if claim.state != ClaimState.SENT_BACK:
        return None
    if not (claim.payee_code and claim.invoice_key):
        return complete(claim)
    return taken(claim)


def submit(claim: Claim, person: Person) -> str | None:
    """In time, complete, fitting, and within what is left to the cent."""
    refused = edit(claim, person) or initiatives.may_receive_money(claim.award.initiative)
    refused = refused or complete(claim) or fits(claim)
    if refused:
        return refused
    held = queries.standing(claim, TransactionKind.CLAIMED)
    reserved = queries.moved(held) if held else NOTHING
    too_late = awards.spendable(claim.award)
    if too_late and not held:
        return too_late
    # What was handed in in time may be corrected later, within what it asked for.
    most = reserved if too_late else awarded.left_of(claim.award) + reserved
    if claim.amount is not None and claim.amount > most:
        return _("Only %(left)s is left for this claim.") % {"left": money.show(most, claim.award.currency)}
    return None


def withdraw(claim: Claim, person: Person) -> str | None:
    """The team takes back what nobody has approved."""
    return of_team(claim, person) or _still(claim, ClaimState.SUBMITTED, ClaimState.SENT_BACK)


def independent(claim: Claim, person: Person) -> str | None:
    """Nobody decides on money of their own team."""
    if person.pk in (claim.submitted_by_id, claim.created_by_id):
        return _("You handed this claim in: somebody else looks at it.")
    if awarded.was_of_team(person, claim.award.initiative_id):
        return _("You are or were of this team: somebody else looks at its claims.")
    return None


def approve(claim: Claim, person: Person) -> str | None:
    """Somebody who approves claims, never the claimant nor their team."""
    return (
        programmes.may(person, "funding.approve", claim.programme)
        or independent(claim, person)
        or _still(claim, ClaimState.SUBMITTED)
    )


def refuse(claim: Claim, reason: str, person: Person) -> str | None:
    """As approving, with words; also when a correction does not come."""
    refused = programmes.may(person, "funding.approve", claim.programme) or independent(claim, person)
    refused = refused or _still(claim, ClaimState.SUBMITTED, ClaimState.SENT_BACK)
    return refused or said(reason)


def send_back(claim: Claim, reason: str, person: Person) -> str | None:
    """As approving, with what to correct."""
    return approve(claim, person) or said(reason)


def pay(claim: Claim, person: Person) -> str | None:
    """Somebody who pays; not who approved, where the programme wants two people."""
    refused = programmes.may(person, "funding.manage", claim.programme) or independent(claim, person)
    refused = refused or _still(claim, ClaimState.APPROVED)
    if refused:
        return refused
    if claim.decided_by_id == person.pk and awarded.terms_of(claim.programme).two_people:
        return _("You approved this claim, and this programme wants two people: somebody else pays it.")
    return None


def undo(claim: Claim, reason: str, person: Person) -> str | None:
    """A payment that did not go through, an approval given by mistake: one step back, with a reason."""
    refused = programmes.may(person, needed_to_undo(claim), claim.programme) or independent(claim, person)
    refused = refused or _still(claim, ClaimState.APPROVED, ClaimState.PAID)
    if refused is None and claim.emptied_at is not None:
        return _("Its papers went when the time to keep them was over: nothing can be undone any more.")
    return refused or said(reason)


def needed_to_undo(claim: Claim) -> str:
    """Who pays takes a payment back; who approves, an approval."""
    return "funding.manage" if claim.state == ClaimState.PAID else "funding.approve"


def said(reason: str) -> str | None:
    """Every no has its words."""
    return None if reason.strip() else _("Write why: the team reads it.")


def _still(claim: Claim, *states: ClaimState) -> str | None:
    """Whether the claim still stands where this is done."""
    if claim.state in states:
        return None
    return _("The claim stands elsewhere now: “%(state)s”.") % {"state": claim.get_state_display()}


def _given(value: Any) -> bool:
    """Whether something was written; a zero was."""
    return value == 0 or bool(value)


def not_yet() -> str:
    """A payment is written once it was made."""
    return _("This day is still to come: write the payment once it was made.")
