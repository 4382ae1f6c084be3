"""What the room holds of a person, what stays when they go, and how long papers are kept."""

from typing import Any

from django.dispatch import receiver
from django.utils.translation import gettext_lazy as _

from vivaio.applications.events import telling
from vivaio.funding import timeline
from vivaio.funding.actions import claims as actions
from vivaio.funding.queries import claims as queries
from vivaio.funding.states import KEPT_UNFINISHED, UNFINISHED
from vivaio.kit import retention
from vivaio.people.events import erasing, gathering
from vivaio.people.gathering import Gathered
from vivaio.people.models import Person


@receiver(telling, dispatch_uid="funding.tell_prizes_in_timeline")
def prizes_told(sender: Any, application: Any, staff: bool, **more: Any) -> Any:
    """The prizes that an application won in a contest, on its own page."""
    return (timeline.told(application), [])


@receiver(gathering, dispatch_uid="funding.gathered")
def claims_gathered(sender: Any, person: Person, into: Gathered, **more: Any) -> None:
    """The claims that the person wrote or handed in, with their files."""
    rows = list(queries.handed_in_by(person))
    into.section(
        "claims",
        _("Claims"),
        [
            {
                "programme": str(claim.award.programme),
                "award": claim.award.title,
                "payee": claim.payee_name,
                "invoice": claim.invoice_number,
                "amount": claim.amount,
                "what_for": claim.purpose,
                "state": claim.get_state_display(),
                "handed_in_at": claim.submitted_at,
            }
            for claim in rows
        ],
    )
    for claim in rows:
        into.file(claim.name, claim.file)


@receiver(erasing, dispatch_uid="funding.erased")
def drafts_forgotten(sender: Any, person: Person, **more: Any) -> None:
    """Drafts go with the person; the law wants accounts kept, so what was handed in stays."""
    actions.forget(person)


retention.register(
    retention.Kind(
        UNFINISHED,
        title=_("Claims that were never finished"),
        since=_("after the last change"),
        then=_("A draft goes with its file; what was sent back is taken back, and its money is free again."),
        reason=_("A claim holds a payee’s data and, once handed in, money. The team is told a month before."),
        days=KEPT_UNFINISHED,
        due=queries.given_up,
        carry_out=actions.give_up,
    )
)
retention.register(
    retention.Kind(
        "accounting",
        title=_("Claims and their invoices"),
        since=_("after the payment, or the refusal"),
        then=_("Payee, bank account and file are erased; amounts and dates stay in the ledger."),
        reason=_("The civil code wants accounts and their papers kept for ten years."),
        days=3650,
        due=queries.kept_long_enough,
        carry_out=actions.empty,
    )
)
