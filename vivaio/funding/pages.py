"""What the pages about money say, in words and figures."""

from collections.abc import Iterable
from decimal import Decimal
from typing import Any, NamedTuple

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from stdnum import iban

from vivaio.funding.models import Award, Claim
from vivaio.funding.states import AWARD_TONES, CLAIM_TONES, AccountKind, AwardState, ClaimState
from vivaio.kit import formats, money
from vivaio.programmes.models import Programme

Pairs = list[tuple[Any, Any]]


class Line(NamedTuple):
    """An award or a claim in a short list."""

    title: str
    href: str
    note: str
    amount: str
    state: Any
    tone: str


def standing(programme: Programme, balances: dict[str, Decimal]) -> list[tuple[Any, Any, str]]:
    """Where the programme's money stands; each figure opens the lines of the ledger that it is made of."""
    ledger = reverse("funding:ledger", args=[programme.slug])
    told = (
        (_("received"), -balances[AccountKind.INCOME], AccountKind.INCOME),
        (_("free to award"), balances[AccountKind.FUND], AccountKind.FUND),
        (_("awarded, not yet claimed"), balances[AccountKind.COMMITTED], AccountKind.COMMITTED),
        (_("claimed, to be looked at"), balances[AccountKind.CLAIMED], AccountKind.CLAIMED),
        (_("approved, to be paid"), balances[AccountKind.PAYABLE], AccountKind.PAYABLE),
        (_("paid"), balances[AccountKind.PAID], AccountKind.PAID),
    )
    return [
        (label, money.show(amount, programme.currency), f"{ledger}?account={kind}")
        for label, amount, kind in told
    ]


def free_words(programme: Programme, free: Decimal) -> str:
    """What may still be awarded, in words."""
    return _("%(free)s is free to award.") % {"free": money.show(free, programme.currency)}


def figures_of(award: Award) -> Pairs:
    """The award in figures: what was awarded goes down this line."""
    told = (
        (_("awarded"), award.amount),
        (_("still to claim"), award.left),
        (_("claimed, to be looked at"), award.asked),
        (_("approved, to be paid"), award.payable),
        (_("paid"), award.paid),
    )
    return [(label, money.show(amount, award.currency)) for label, amount in told]


def terms_of(award: Award) -> Pairs:
    """What may be bought with it, from whom, until when."""
    zone = award.programme.time_zone
    buys = award.buys_words or _("Anything that serves the initiative")
    suppliers = ", ".join(one["name"] for one in award.suppliers) or _("Any supplier")
    until = formats.instant(award.expires_at, zone) if award.expires_at else _("It does not expire")
    told = [
        (_("What it may buy"), buys),
        (_("From whom"), suppliers),
        (_("To be claimed before"), until),
        (_("Why it differs from the call"), award.departure),
        (_("Further conditions"), award.conditions),
        (_("Act or decree"), award.document),
        (_("Awarded by"), f"{award.awarded_by}, {formats.moment(award.created_at, zone)}"),
        (_("Why it was taken back"), award.ended_reason),
    ]
    return [(label, value) for label, value in told if value]


def state_of(award: Award) -> dict[str, Any]:
    """The award's state as the head of its page says it."""
    return {"state": award.get_state_display(), "tone": AWARD_TONES[AwardState(award.state)]}


def nothing_left(award: Award) -> str | None:
    """Why nothing more is claimed."""
    return _("Nothing is left to claim of this award.") if award.left <= 0 else None


def revoking(award: Award) -> str:
    """What happens when it is taken back."""
    return _(
        "%(left)s goes back to what is free. Claims that were handed in go on. The team gets a letter with the reason."
    ) % {"left": money.show(award.left, award.currency)}


def lines_of(awards: Iterable[Award]) -> list[Line]:
    """Awards in a short list: what is left stands beside each."""
    found = []
    for one in awards:
        left = _("%(left)s left of %(amount)s") % {
            "left": money.show(one.left, one.currency),
            "amount": money.show(one.amount, one.currency),
        }
        until = formats.short_day(one.expires_at, one.programme.time_zone) if one.expires_at else ""
        note = (
            f"{one.get_kind_display()} · {_('before %(day)s') % {'day': until}}"
            if until
            else one.get_kind_display()
        )
        tone = AWARD_TONES[AwardState(one.state)]
        found.append(Line(one.title, one.get_absolute_url(), str(note), left, one.get_state_display(), tone))
    return found


def claims_of(claims: Iterable[Claim]) -> list[Line]:
    """Claims in a short list."""
    found = []
    for one in claims:
        title = f"{one.payee_name or _('Payee not written yet')}"
        note = _("invoice %(number)s") % {"number": one.invoice_number} if one.invoice_number else ""
        tone = CLAIM_TONES[ClaimState(one.state)]
        shown = money.show(one.amount, one.award.currency)
        found.append(Line(title, one.get_absolute_url(), note, shown, one.get_state_display(), tone))
    return found


def papers_of(claim: Claim) -> Pairs:
    """What a claim says."""
    currency = claim.award.currency
    told = [
        (_("Payee"), claim.payee_name),
        (_("VAT number or tax code"), claim.payee_code),
        (_("IBAN"), iban.format(claim.payee_iban)),
        (_("Invoice"), claim.invoice_number),
        (_("Date of the invoice"), formats.day(claim.invoice_on)),
        (_("Of which VAT"), money.show(claim.vat, currency)),
        (_("What was bought"), claim.get_buys_display()),
        (pgettext("claim", "What for"), claim.purpose),
    ]
    return [(label, value) for label, value in told if value]


def history_of(claim: Claim) -> Pairs:
    """Who did what with a claim, and when."""
    zone = claim.programme.time_zone
    told: Pairs = [(_("Written by"), claim.created_by)]
    if claim.submitted_by:
        told.append(
            (_("Put forward by"), f"{claim.submitted_by}, {formats.moment(claim.submitted_at, zone)}")
        )
    if claim.decided_by:
        told.append((_("Looked at"), f"{claim.decided_by}, {formats.moment(claim.decided_at, zone)}"))
    if claim.paid_by:
        told.append((_("Paid"), f"{claim.paid_by}, {formats.day(claim.paid_on)}"))
        told.append((_("Reference of the payment"), claim.payment_reference))
    return told


def next_of(claim: Claim) -> str:
    """What follows, in words."""
    told = {
        ClaimState.DRAFT: _("Nothing is asked for until it is handed in."),
        ClaimState.SUBMITTED: _("Somebody of the programme who is not of the team looks at it."),
        ClaimState.SENT_BACK: _("The team corrects it and hands it in again; its amount stays held."),
        ClaimState.APPROVED: _("It waits to be paid."),
        ClaimState.PAID: _("It is paid: nothing more is to be done."),
        ClaimState.REFUSED: _("It is refused: its amount may be claimed for something else."),
        ClaimState.WITHDRAWN: _("The team took it back: its amount may be claimed again."),
    }
    return told[ClaimState(claim.state)]


def tone_of(claim: Claim) -> str:
    return CLAIM_TONES[ClaimState(claim.state)]
