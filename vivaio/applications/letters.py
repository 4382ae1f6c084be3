"""Letters about applications. Those to the applicant go to everyone of the team who worked on it."""

from collections.abc import Iterable, Mapping
from functools import partial
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db.models import QuerySet
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from vivaio.applications import letter_fields as said
from vivaio.applications import queries
from vivaio.applications.models import Application, IntegrationRequest, ProspectInvitation, Receipt
from vivaio.applications.own_letters.queries import LETTER as OWN_LETTER
from vivaio.calls.models import Call, CallNotice
from vivaio.calls.notices import queries as notices
from vivaio.kit import formats
from vivaio.mailroom import queries as mailroom
from vivaio.mailroom.categories import CALLS, PROCEDURE, REMINDERS, STAFF
from vivaio.mailroom.letters import Letter, Recipient
from vivaio.people.models import Guardianship, Person
from vivaio.programmes.models import RoleHolding
from vivaio.programmes.roles import MANAGER, SECRETARY


def addressed(people: Iterable[Person]) -> list[Recipient]:
    """People as the mailroom knows them."""
    return [Recipient.of(one) for one in people]


def team(application: Application) -> list[Recipient]:
    return addressed(queries.people_of(application))


def team_of_request(request: IntegrationRequest) -> list[Recipient]:
    return team(request.application)


def team_of_receipt(receipt: Receipt) -> list[Recipient]:
    return team(receipt.application)


def staff_of_request(request: IntegrationRequest) -> list[Recipient]:
    """Who asked; the programme's call secretaries; its managers where it has none."""
    asked = Person.objects.filter(pk=request.requested_by_id, is_active=True)
    return addressed((staff_of(request.programme_id) | asked).distinct())


def staff_of_application(application: Application) -> list[Recipient]:
    """The programme's call secretaries; its managers where it has none."""
    return addressed(staff_of(application.programme_id))


def staff_of(programme: UUID) -> QuerySet[Person]:
    """Whom what happens to applications concerns: the call secretaries, or the managers."""
    holdings = RoleHolding.objects.filter(programme=programme)
    for role in (SECRETARY, MANAGER):
        found = Person.objects.filter(
            pk__in=holdings.filter(role=role.code).values("person_id"), is_active=True
        )
        if found.exists():
            break
    return found


def _call(subject: Application | ProspectInvitation | CallNotice) -> UUID:
    """The call that sends the letter."""
    return subject.call_id


def _call_of_application(subject: Receipt | IntegrationRequest) -> UUID:
    return subject.application.call_id


def _matter(guardianship: Guardianship) -> UUID:
    return guardianship.matter


def held_about(application: Application) -> QuerySet[Any]:
    """Letters that tell a decision on it and that nobody has released yet; what the staff writes itself is none."""
    return mailroom.held_about(application.pk).exclude(letter=OWN_LETTER)


def about(application: Application, recipient: Recipient) -> dict[str, Any]:
    """What every letter may say, in the reader's language."""
    call = application.call
    with translation.override(recipient.language or settings.LANGUAGE_CODE):
        return {
            "application": application,
            "title": str(application),
            "applicant": application.applicant_name,
            "number": application.number,
            "call": str(call),
            "track": str(application.track),
            "programme": str(call.programme),
            "submitted": formats.instant(application.submitted_at, call.time_zone),
            "closes": formats.instant(call.closes_at, call.time_zone),
            "left": formats.remaining(call.closes_at).words,
            "reason": application.decision_reason,
            "link": settings.BASE_URL + reverse("applications:application", args=[application.pk]),
            "contact": call.programme.contact_email,
        }


def about_receipt(receipt: Receipt, recipient: Recipient) -> dict[str, Any]:
    with translation.override(recipient.language or settings.LANGUAGE_CODE):
        at = formats.instant(receipt.at, receipt.application.call.time_zone)
    return {**about(receipt.application, recipient), "at": at, "digest": receipt.digest}


def about_request(request: IntegrationRequest, recipient: Recipient) -> Mapping[str, Any]:
    zone = request.application.call.time_zone
    with translation.override(recipient.language or settings.LANGUAGE_CODE):
        return {
            **about(request.application, recipient),
            "missing": request.text,
            "deadline": formats.instant(request.deadline, zone),
            "answered": formats.instant(request.answered_at, zone),
            "answer_link": settings.BASE_URL + reverse("applications:integration", args=[request.pk]),
            "staff_link": settings.BASE_URL
            + reverse("applications:eligibility", args=[request.application_id]),
        }


receipt = Letter(
    "applications.receipt",
    title=_("Receipt of an application"),
    category=PROCEDURE,
    recipients=team_of_receipt,
    context=about_receipt,
    owner=_call_of_application,
    wording=said.RECEIPT,
)
withdrawn = Letter(
    "applications.withdrawn",
    title=_("Application withdrawn"),
    category=PROCEDURE,
    recipients=team,
    context=about,
    owner=_call,
    wording=said.WITHDRAWN,
)
reopened = Letter(
    "applications.reopened",
    title=_("Application reopened"),
    category=PROCEDURE,
    recipients=team,
    context=about,
    owner=_call,
    wording=said.REOPENED,
)
admitted = Letter(
    "applications.admitted",
    title=_("Application eligible"),
    category=PROCEDURE,
    recipients=team,
    context=about,
    group=lambda application: application.call_id,
    owner=_call,
    wording=said.ADMITTED,
)
excluded = Letter(
    "applications.excluded",
    title=_("Application not eligible"),
    category=PROCEDURE,
    recipients=team,
    context=about,
    group=lambda application: application.call_id,
    owner=_call,
    wording=said.EXCLUDED,
)
deadline_reminder = Letter(
    "applications.deadline_reminder",
    title=_("A draft waits to be handed in"),
    category=REMINDERS,
    recipients=team,
    context=about,
    before=lambda application: application.call.closes_at,
    owner=_call,
    wording=said.REMINDER,
)
integration_requested = Letter(
    "applications.integration_requested",
    title=_("Request for integration"),
    category=PROCEDURE,
    recipients=team_of_request,
    context=about_request,
    owner=_call_of_application,
    wording=said.INTEGRATION,
)
integration_answered = Letter(
    "applications.integration_answered",
    title=_("A request for integration was answered"),
    category=STAFF,
    recipients=staff_of_request,
    context=about_request,
    owner=_call_of_application,
)
integration_expired = Letter(
    "applications.integration_expired",
    title=_("A request for integration expired"),
    category=STAFF,
    recipients=staff_of_request,
    context=about_request,
    owner=_call_of_application,
)


def _spotted(invitation: ProspectInvitation) -> list[Recipient]:
    """The address that was found; where it has an account, what its person chose holds."""
    known = Person.objects.filter(email__iexact=invitation.email).values_list("pk", flat=True).first()
    return [Recipient(invitation.email, invitation.contact_name, invitation.language, known)]


def _scouting(invitation: ProspectInvitation, recipient: Recipient) -> dict[str, Any]:
    call = invitation.call
    with translation.override(recipient.language or settings.LANGUAGE_CODE):
        return {
            "link": settings.BASE_URL + reverse("applications:scouted", args=[invitation.token or "0"]),
            "organisation": invitation.prospect.name,
            "source": invitation.prospect.source,
            "words": invitation.words,
            "inviter": str(invitation.invited_by or ""),
            "call": str(call),
            "summary": call.summary_i18n,
            "programme": str(call.programme),
            "closes": formats.instant(call.closes_at, call.time_zone) if call.closes_at else "",
            "contact": call.programme.contact_email,
        }


scouted = Letter(
    "applications.scouted",
    title=_("Invitation to apply"),
    category=CALLS,
    recipients=_spotted,
    context=_scouting,
    personal="link",
    owner=_call,
    wording=said.SCOUTED,
)


def _guardian(guardianship: Guardianship) -> list[Recipient]:
    """The guardian, who need not have an account."""
    return [Recipient(guardianship.email, guardianship.name, guardianship.language)]


def _guarded(guardianship: Guardianship) -> list[Recipient]:
    return addressed([guardianship.person])


def _guarding(guardianship: Guardianship, recipient: Recipient) -> dict[str, Any]:
    """What is asked of the guardian, and the link that is theirs alone."""
    call = Call.objects.select_related("programme").get(pk=guardianship.matter)
    zone = call.time_zone
    with translation.override(recipient.language or settings.LANGUAGE_CODE):
        page = reverse("applications:guardian_asked", args=[getattr(guardianship, "token", "0")])
        return {
            "person": str(guardianship.person),
            "guardian": guardianship.name,
            "relation": str(guardianship.get_relation_display()).lower(),
            "state": guardianship.state,
            "answered": formats.instant(guardianship.answered_at, zone),
            "expires": formats.instant(guardianship.expires_at, zone),
            "call": str(call),
            "closes": formats.instant(call.closes_at, zone),
            "programme": str(call.programme),
            "link": settings.BASE_URL + page,
        }


def _guardian_told(guardianship: Guardianship, recipient: Recipient) -> dict[str, Any]:
    """The same for the young person, who never sees the guardian's link."""
    with translation.override(recipient.language or settings.LANGUAGE_CODE):
        page = reverse("applications:mine")
    return {**_guarding(guardianship, recipient), "link": settings.BASE_URL + page}


def _for_staff(application: Application, recipient: Recipient) -> dict[str, Any]:
    with translation.override(recipient.language or settings.LANGUAGE_CODE):
        page = reverse("applications:eligibility", args=[application.pk])
    return {**about(application, recipient), "staff_link": settings.BASE_URL + page}


to_guardian = partial(
    Letter, category=PROCEDURE, recipients=_guardian, context=_guarding, personal="link", owner=_matter
)
guardian_asked = to_guardian("applications.guardian_asked", title=_("A guardian is asked to sign"))
guardian_signed = to_guardian("applications.guardian_signed", title=_("Receipt of a guardian’s signature"))
guardian_answered = Letter(
    "applications.guardian_answered",
    title=_("A guardian has answered"),
    category=PROCEDURE,
    recipients=_guarded,
    context=_guardian_told,
    owner=_matter,
)
guardian_withdrew = Letter(
    "applications.guardian_withdrew",
    title=_("A guardian’s signature was withdrawn"),
    category=STAFF,
    recipients=staff_of_application,
    context=_for_staff,
    owner=_call,
)


def _concerned(notice: CallNotice) -> list[Recipient]:
    """Everyone who works on a draft or on an application of the call, once each."""
    people = {
        one.pk: one
        for application in queries.concerned_by(notice.call)
        for one in queries.team_of(application)
    }
    return addressed(people.values())


call_changed = Letter(
    "applications.call_changed",
    title=_("The call that you apply to has changed"),
    category=PROCEDURE,
    recipients=_concerned,
    context=lambda notice, recipient: notices.told_in(notice, recipient.language),
    group=lambda notice: notice.pk,
    owner=_call,
)
