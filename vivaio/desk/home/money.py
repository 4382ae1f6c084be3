"""What awaits people about money: claims to look at and to pay, counted with the programmes; claims to correct."""

from collections.abc import Iterator
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef
from django.db.models.functions import JSONObject
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from vivaio.desk.home.items import Item
from vivaio.desk.home.staff import Rights
from vivaio.funding.queries import claims
from vivaio.funding.states import ClaimState
from vivaio.kit.counting import counted
from vivaio.people.models import Person


def annotations(person: Person) -> dict[str, Any]:
    """How many claims of a programme this person could look at, and how many could be paid."""
    waiting = claims.waiting(ClaimState.SUBMITTED).exclude(submitted_by=person)
    return {
        "claims_to_look_at": counted(waiting),
        "claims_to_pay": counted(claims.waiting(ClaimState.APPROVED)),
    }


def items(programmes: list[Any], rights: Rights) -> Iterator[Item]:
    """Claims that wait, for those who approve and pay."""
    for programme in programmes:
        page = reverse("funding:claims", args=[programme.slug])
        n = programme.claims_to_look_at
        if n and rights.may("funding.approve", programme.pk):
            yield Item(
                title=ngettext("Look at %(n)d claim", "Look at %(n)d claims", n) % {"n": n},
                text=_("A team asks for an invoice to be paid: approve it, send it back, or refuse it."),
                action=_("Open the claims"),
                href=f"{page}?state={ClaimState.SUBMITTED}",
                context=str(programme),
            )
        n = programme.claims_to_pay
        if n and rights.may("funding.manage", programme.pk):
            yield Item(
                title=ngettext("Pay %(n)d approved claim", "Pay %(n)d approved claims", n) % {"n": n},
                text=_("Write the payment once the bank has made it."),
                action=_("Open the claims"),
                href=f"{page}?state={ClaimState.APPROVED}",
                context=str(programme),
            )


def to_correct() -> ArraySubquery:
    """For a statement that reads initiatives: the claims of each that were sent back."""
    rows = claims.sent_back().filter(award__initiative=OuterRef("pk")).order_by("created_at")
    return ArraySubquery(rows.values(told=JSONObject(pk="pk", award="award__title", answer="answer")))


def items_of_team(initiative: Any) -> Iterator[Item]:
    """Claims that were sent back to a team; read with its initiative."""
    for claim in initiative.claims_to_correct:
        yield Item(
            title=_("Correct the claim on “%(award)s”") % {"award": claim["award"]},
            text=claim["answer"][:160],
            action=_("Correct it"),
            href=reverse("funding:claim_edit", args=[claim["pk"]]),
            context=str(initiative),
        )
