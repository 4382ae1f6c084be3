"""The letters about money: to the team about its awards and claims, to the staff about claims that came in."""

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from vivaio.funding.models import Award, Claim
from vivaio.funding.states import NOTICE
from vivaio.initiatives.models import Initiative
from vivaio.initiatives.queries import initiatives
from vivaio.kit import formats
from vivaio.mailroom.categories import PROCEDURE, REMINDERS, STAFF
from vivaio.mailroom.letters import Letter, Recipient
from vivaio.programmes import queries as programmes


def _team(initiative: Initiative) -> list[Recipient]:
    people = [member.person for member in initiatives.team_of(initiative)]
    return [Recipient.of(person) for person in people if person.is_active]


def team_of_award(award: Award) -> Iterable[Recipient]:
    """Everybody of the team."""
    return _team(award.initiative)


def team_of_claim(claim: Claim) -> Iterable[Recipient]:
    """Everybody of the team."""
    return _team(claim.award.initiative)


def approvers(claim: Claim) -> Iterable[Recipient]:
    """Who approves claims in the programme."""
    held = programmes.holders(claim.programme_id, "funding.approve")
    return [Recipient.of(person) for person in held if person.pk != claim.submitted_by_id]


def about_award(award: Award, recipient: Recipient) -> dict[str, Any]:
    """The award, its amount and its last day, in the reader's language."""
    with override(recipient.language):
        path = award.get_absolute_url()
        amount = formats.money(award.amount, award.currency)
        until = formats.instant(award.expires_at, award.programme.time_zone)
        kind = award.get_kind_display()
    return {
        "award": award,
        "kind": kind,
        "amount": amount,
        "until": until,
        "initiative": award.initiative,
        "programme": award.programme,
        "link": f"{settings.BASE_URL}{path}",
    }


def about_claim(claim: Claim, recipient: Recipient) -> dict[str, Any]:
    """The claim, its amount, and the words of whoever looked at it."""
    with override(recipient.language):
        path = claim.get_absolute_url()
        amount = formats.money(claim.amount, claim.award.currency) if claim.amount else ""
        paid_on = formats.day(claim.paid_on)
        until = formats.day((claim.warned_at + NOTICE).date()) if claim.warned_at else ""
    return {
        "claim": claim,
        "amount": amount,
        "paid_on": paid_on,
        "until": until,
        "award": claim.award,
        "initiative": claim.award.initiative,
        "programme": claim.award.programme,
        "link": f"{settings.BASE_URL}{path}",
    }


def _award_letter(name: str, title: Any, **more: Any) -> Letter:
    told = {"category": PROCEDURE, "recipients": team_of_award, "context": about_award} | more
    return Letter(f"funding.{name}", title=title, **told)


def _claim_letter(name: str, title: Any, **more: Any) -> Letter:
    told = {"category": PROCEDURE, "recipients": team_of_claim, "context": about_claim} | more
    return Letter(f"funding.{name}", title=title, **told)


awarded = _award_letter("awarded", _("Money is awarded"))
revoked = _award_letter("revoked", _("An award is taken back"))
expired = _award_letter("expired", _("An award has expired"))
expiring = _award_letter(
    "expiring", _("An award expires soon"), category=REMINDERS, before=lambda award: award.expires_at
)
claim_submitted = _claim_letter("claim_submitted", _("A claim came in"), category=STAFF, recipients=approvers)
claim_sent_back = _claim_letter("claim_sent_back", _("A claim is to be corrected"))
claim_refused = _claim_letter("claim_refused", _("A claim is refused"))
claim_approved = _claim_letter("claim_approved", _("A claim is approved"))
claim_unfinished = _claim_letter("claim_unfinished", _("A claim was left unfinished"))
payment_undone = _claim_letter("payment_undone", _("A payment is undone"))
approval_undone = _claim_letter("approval_undone", _("The approval of a claim is undone"))
claim_paid = _claim_letter("claim_paid", _("A claim is paid"))
