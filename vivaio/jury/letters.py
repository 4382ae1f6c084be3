"""The letters of a jury. Where a letter carries a secret link, the action puts the secret on the row for a moment."""

from collections.abc import Iterable
from functools import partial
from typing import Any
from uuid import UUID

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from vivaio.jury import letter_fields as said
from vivaio.jury.models import Juror
from vivaio.kit.formats import instant
from vivaio.mailroom.categories import INVITATIONS, PROCEDURE, REMINDERS, STAFF
from vivaio.mailroom.letters import Letter, Recipient


def _juror(juror: Juror) -> Iterable[Recipient]:
    yield Recipient.at(juror.email, juror.person, juror.language, name=str(juror))


def _call(juror: Juror) -> UUID:
    return juror.panel.call_id


def _words(juror: Juror, recipient: Recipient) -> dict[str, Any]:
    call = juror.panel.call
    zone = call.programme.time_zone
    with translation.override(recipient.language or settings.LANGUAGE_CODE):
        return {
            "name": recipient.name,
            "call": str(call),
            "programme": str(call.programme),
            "opens": instant(juror.panel.opens_at, zone) if juror.panel.opens_at else "",
            "closes": instant(juror.panel.closes_at, zone) if juror.panel.closes_at else "",
            "expires": instant(juror.expires_at, zone) if juror.expires_at else "",
            "contact": call.programme.contact_email,
        }


def _invitation(juror: Juror, recipient: Recipient) -> dict[str, Any]:
    token = juror.invitation_token  # type: ignore[attr-defined]
    with translation.override(recipient.language or settings.LANGUAGE_CODE):
        link = settings.BASE_URL + reverse("jury:invitation", args=[token])
    inviter = str(juror.invited_by) if juror.invited_by else ""
    return {**_words(juror, recipient), "link": link, "inviter": inviter}


def _inviter(juror: Juror) -> Iterable[Recipient]:
    person = juror.invited_by
    if person and person.is_active:
        yield Recipient.of(person)


def _declined(juror: Juror, recipient: Recipient) -> dict[str, Any]:
    call = juror.panel.call
    with translation.override(recipient.language or settings.LANGUAGE_CODE):
        path = reverse("jury:panel", kwargs={"programme": call.programme.slug, "call": call.slug})
    about = {"juror": str(juror), "email": juror.email, "reason": juror.decline_reason}
    return {**_words(juror, recipient), **about, "link": f"{settings.BASE_URL}{path}"}


def _desk(juror: Juror, recipient: Recipient) -> dict[str, Any]:
    with translation.override(recipient.language or settings.LANGUAGE_CODE):
        link = settings.BASE_URL + reverse("jury:desk", args=[juror.panel_id])
    to_do = getattr(juror, "to_do", 0)
    return {**_words(juror, recipient), "link": link, "to_do": to_do}


invitation = Letter(
    "jury.invitation",
    title=_("Invitation to sit on a jury"),
    category=INVITATIONS,
    recipients=_juror,
    context=_invitation,
    personal="link",
    owner=_call,
    wording=said.INVITATION,
)
declined = Letter(
    "jury.declined",
    title=_("Invitation to sit on a jury declined"),
    category=STAFF,
    recipients=_inviter,
    context=_declined,
    owner=_call,
)
to_the_desk = partial(Letter, recipients=_juror, context=_desk, owner=_call)
ready = to_the_desk(
    "jury.ready", title=_("Applications ready to be scored"), category=PROCEDURE, wording=said.READY
)
reminder = to_the_desk(
    "jury.reminder",
    title=_("Reminder to jurors"),
    category=REMINDERS,
    before=lambda juror: juror.panel.closes_at,
    wording=said.REMINDER,
)
reopened = to_the_desk(
    "jury.reopened", title=_("Scoring reopened"), category=PROCEDURE, wording=said.REOPENED
)
