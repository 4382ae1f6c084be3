"""The letters of placements."""

from collections.abc import Iterable
from functools import partial
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from vivaio.experts.letters import matchers
from vivaio.experts.models import (
    Placement,
    PlacementHours,
    PlacementInvitation,
    PlacementOffer,
    PlacementStudent,
    StudentWish,
)
from vivaio.experts.placing.queries import placements, rounds
from vivaio.experts.placing.states import Side
from vivaio.initiatives.queries import initiatives
from vivaio.kit import money
from vivaio.kit.formats import day, instant, number
from vivaio.mailroom.categories import INVITATIONS, PROCEDURE, REMINDERS, STAFF
from vivaio.mailroom.letters import Letter, Recipient
from vivaio.people.models import Person
from vivaio.programmes import queries as programmes


def linked(path: str) -> str:
    return f"{settings.BASE_URL}{path}"


def invited(invitation: PlacementInvitation) -> Iterable[Recipient]:
    """The invited address; in the person's own language if there is an account, else the invitation's."""
    known = Person.objects.filter(email__iexact=invitation.email).first()
    yield Recipient.at(invitation.email, known, invitation.language)


def invitation_context(invitation: PlacementInvitation, recipient: Recipient) -> dict[str, Any]:
    """Who invites to what, their words, and the personal link."""
    with override(recipient.language):
        zone = invitation.programme.time_zone
        path = reverse("experts:placement_invited", args=[getattr(invitation, "token", "")])
        return {
            "name": recipient.name,
            "programme": str(invitation.programme),
            "round": str(invitation.round or ""),
            "university": str(invitation.university or ""),
            "inviter": str(invitation.invited_by or ""),
            "message": invitation.message,
            "until": instant(invitation.round.students_until, zone) if invitation.round else "",
            "expires": instant(invitation.expires_at, zone),
            "link": linked(path),
        }


def of_student(student: PlacementStudent) -> Iterable[Recipient]:
    return [Recipient.of(student.person)]


def tutors_of(student: PlacementStudent) -> Iterable[Recipient]:
    return [Recipient.of(one.person) for one in rounds.tutors_of(student)]


def student_context(student: PlacementStudent, recipient: Recipient) -> dict[str, Any]:
    """Who takes part in which round, and what was said of them."""
    with override(recipient.language):
        row = student.round
        return {
            "student": str(student.person),
            "university": str(student.university),
            "course": student.course,
            "round": str(row),
            "programme": str(row.programme),
            "words": student.words,
            "until": instant(row.preferences_until, row.programme.time_zone),
            "link": linked(student.get_absolute_url()),
            "wishes_link": linked(reverse("experts:placement_wishes", args=[student.pk])),
        }


def team_of(offer: PlacementOffer) -> Iterable[Recipient]:
    return [Recipient.of(one.person) for one in initiatives.team_of(offer.initiative)]


def offer_context(offer: PlacementOffer, recipient: Recipient) -> dict[str, Any]:
    """Which offer of whom, and what was said of it."""
    with override(recipient.language):
        row = offer.round
        return {
            "offer": str(offer),
            "initiative": str(offer.initiative),
            "round": str(row),
            "programme": str(row.programme),
            "words": offer.words,
            "until": instant(row.preferences_until, row.programme.time_zone),
            "link": linked(offer.get_absolute_url()),
            "ranks_link": linked(reverse("experts:placement_ranks", args=[offer.pk])),
        }


def who_wished(wish: StudentWish) -> Iterable[Recipient]:
    return of_student(wish.student)


def wish_context(wish: StudentWish, recipient: Recipient) -> dict[str, Any]:
    """Which offer the student would like, and where their choices are."""
    offered = offer_context(wish.offer, recipient)
    return offered | student_context(wish.student, recipient)


def of_placement_student(placement: Placement) -> Iterable[Recipient]:
    return [Recipient.of(placement.student.person)]


def of_placement_team(placement: Placement) -> Iterable[Recipient]:
    return team_of(placement.offer)


def three(placement: Placement) -> Iterable[Recipient]:
    """Student, team and university."""
    return [*of_placement_student(placement), *of_placement_team(placement), *tutors_of(placement.student)]


def all_of_them(placement: Placement) -> Iterable[Recipient]:
    """The three, and who runs the placements."""
    return [*three(placement), *matchers(placement.round.programme_id)]


def placement_context(placement: Placement, recipient: Recipient) -> dict[str, Any]:
    """Who is placed where, until when one answers, why it ended."""
    with override(recipient.language):
        row, offer = placement.round, placement.offer
        return {
            "student": str(placement.student),
            "university": str(placement.student.university),
            "course": placement.student.course,
            "offer": str(offer),
            "initiative": str(offer.initiative),
            "round": str(row),
            "programme": str(row.programme),
            "choice": placement.wish,
            "starts": day(offer.starts_on),
            "ends": day(offer.ends_on),
            "until": instant(placement.answer_by, row.programme.time_zone),
            "reason": placement.reason,
            "link": linked(placement.get_absolute_url()),
        }


def evaluation_context(placement: Placement, recipient: Recipient) -> dict[str, Any]:
    """The same, and the page on which the university says how it went."""
    with override(recipient.language):
        path = reverse("experts:placement_evaluate", args=[placement.pk, Side.UNIVERSITY])
        return {**placement_context(placement, recipient), "evaluate_link": linked(path)}


def of_money(placement: Placement) -> Iterable[Recipient]:
    """Who manages the programme's money."""
    rows = programmes.holders(placement.round.programme_id, "funding.manage")
    return [Recipient.of(one) for one in rows.filter(is_active=True)]


def grant_context(placement: Placement, recipient: Recipient) -> dict[str, Any]:
    """What was awarded for the whole placement, and how much of it was lived."""
    with override(recipient.language):
        row = placements.placements().get(pk=placement.pk)
        award = row.award
        return {
            **placement_context(placement, recipient),
            "grant": str(money.show(award.amount, award.currency)) if award else "",
            "confirmed": number(row.hours_confirmed),
            "hours": number(row.agreement.hours),
            "award_link": linked(award.get_absolute_url()) if award else "",
        }


def of_hours_student(entry: PlacementHours) -> Iterable[Recipient]:
    return of_placement_student(entry.placement)


def hours_context(entry: PlacementHours, recipient: Recipient) -> dict[str, Any]:
    """Which hours of which day came back, and why."""
    with override(recipient.language):
        return {
            "initiative": str(entry.placement.offer.initiative),
            "day": day(entry.day),
            "hours": number(entry.hours),
            "what": entry.what,
            "words": entry.words,
            "link": linked(reverse("experts:placement_hours_correct", args=[entry.placement_id, entry.pk])),
        }


to_student = partial(Letter, category=PROCEDURE, recipients=of_student, context=student_context)
to_team = partial(Letter, category=PROCEDURE, recipients=team_of, context=offer_context)
to_all = partial(Letter, category=PROCEDURE, recipients=all_of_them, context=placement_context)
to_three = partial(Letter, category=PROCEDURE, recipients=three, context=placement_context)

invitation = Letter(
    "experts.placement_invitation",
    title=_("Invitation to placements, to a student"),
    category=INVITATIONS,
    recipients=invited,
    context=invitation_context,
    personal="link",
)
tutor_invitation = Letter(
    "experts.tutor_invitation",
    title=_("Invitation to follow students, to a university tutor"),
    category=INVITATIONS,
    recipients=invited,
    context=invitation_context,
    personal="link",
)
student_to_vouch = Letter(
    "experts.student_to_vouch",
    title=_("A student waits for the university tutor’s word"),
    category=PROCEDURE,
    recipients=tutors_of,
    context=student_context,
)
student_vouched = to_student(
    "experts.student_vouched",
    title=_("The university vouches for a student"),
)
student_not_vouched = to_student(
    "experts.student_not_vouched",
    title=_("The university does not vouch for a student"),
)
wishes_due = to_student(
    "experts.wishes_due",
    title=_("A student has not said which placements they would like"),
    category=REMINDERS,
    before=lambda student: student.round.preferences_until,
)
student_unplaced = to_student(
    "experts.student_unplaced",
    title=_("No placement was found for a student"),
)
offer_to_check = Letter(
    "experts.offer_to_check",
    title=_("An initiative offers a placement"),
    category=STAFF,
    recipients=lambda offer: matchers(offer.programme_id),
    context=offer_context,
)
offer_published = to_team(
    "experts.offer_published",
    title=_("Students see an offer of placement"),
)
offer_sent_back = to_team(
    "experts.offer_sent_back",
    title=_("An offer of placement is sent back"),
)
offer_withdrawn = Letter(
    "experts.offer_withdrawn",
    title=_("An offer of placement that a student would like is withdrawn"),
    category=PROCEDURE,
    recipients=who_wished,
    context=wish_context,
)
ranking_due = to_team(
    "experts.ranking_due",
    title=_("An initiative has not said which students it would like"),
    category=REMINDERS,
    before=lambda offer: offer.round.preferences_until,
)
student_placed = Letter(
    "experts.student_placed",
    title=_("A placement was found for a student"),
    category=PROCEDURE,
    recipients=of_placement_student,
    context=placement_context,
    before=lambda placement: placement.answer_by,
)
initiative_placed = Letter(
    "experts.initiative_placed",
    title=_("A student was found for an initiative"),
    category=PROCEDURE,
    recipients=of_placement_team,
    context=placement_context,
    before=lambda placement: placement.answer_by,
)
placement_agreed = to_three(
    "experts.placement_agreed",
    title=_("A placement is accepted by both"),
)
placement_off = to_all(
    "experts.placement_off",
    title=_("A placement was not accepted"),
)
agreement_to_sign = to_three(
    "experts.agreement_to_sign",
    title=_("A learning agreement is to be signed"),
)
agreement_signed = to_all(
    "experts.agreement_signed",
    title=_("A learning agreement is signed by all three"),
)
placement_hours_back = Letter(
    "experts.placement_hours_back",
    title=_("Hours of a placement are sent back to the student"),
    category=PROCEDURE,
    recipients=of_hours_student,
    context=hours_context,
)
placement_ended = to_all(
    "experts.placement_ended",
    title=_("A placement ended early"),
)
placement_done = to_three(
    "experts.placement_done",
    title=_("A placement is completed"),
)
how_did_it_go = Letter(
    "experts.placement_not_told",
    title=_("A tutor has not said how a placement went"),
    category=REMINDERS,
    recipients=lambda placement: tutors_of(placement.student),
    context=evaluation_context,
)
grant_to_look_at = Letter(
    "experts.grant_to_look_at",
    title=_("A placement with a grant ended early"),
    category=STAFF,
    recipients=of_money,
    context=grant_context,
)
