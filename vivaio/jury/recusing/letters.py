"""The staff hears when a juror steps aside. Who takes over hears by the letter that gives applications out."""

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from vivaio.jury.models import Recusal
from vivaio.jury.states import Aside
from vivaio.mailroom.categories import STAFF
from vivaio.mailroom.letters import Letter, Recipient
from vivaio.programmes.queries import holders


def staff(recusal: Recusal) -> Iterable[Recipient]:
    """Those who look after the jury, but for the juror."""
    for person in holders(recusal.programme_id, "jury.edit"):
        if person.pk != recusal.juror.person_id:
            yield Recipient.of(person)


def told(recusal: Recusal, recipient: Recipient) -> dict[str, Any]:
    """Who stepped aside from what, and what became of it."""
    call = recusal.juror.panel.call
    with translation.override(recipient.language or settings.LANGUAGE_CODE):
        path = reverse("jury:recusals", args=[call.programme.slug, call.slug])
        return {
            "call": str(call),
            "programme": str(call.programme),
            "juror": str(recusal.juror),
            "application": f"{recusal.application.number}. {recusal.application}",
            "conflict": recusal.why == Aside.CONFLICT,
            "successor": recusal.successor,
            "to": str(recusal.to or ""),
            "link": f"{settings.BASE_URL}{path}",
        }


stepped_aside = Letter(
    "jury.stepped_aside",
    title=_("A juror stepped aside"),
    category=STAFF,
    recipients=staff,
    context=told,
)
