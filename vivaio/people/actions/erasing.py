"""A person's account and data are erased at their own wish (GDPR art. 17), after days to think again."""

import datetime as dt
import uuid
from uuid import UUID

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from allauth.usersessions.models import UserSession
from django.db import transaction
from django.db.models import Q

from vivaio.journal import actions as journal
from vivaio.kit import clock
from vivaio.kit.files import delete_later
from vivaio.kit.rules import require
from vivaio.kit.states import move
from vivaio.mailroom import actions as mailroom
from vivaio.people import events, letters, queries, rules
from vivaio.people.actions.guardians import forget_guardian
from vivaio.people.actions.signing import close
from vivaio.people.models import (
    BoardMember,
    ErasureRequest,
    OrganisationInvitation,
    PastBoardMember,
    Person,
    Relation,
)
from vivaio.people.states import ERASURE_MOVES, ErasureState, GuardianshipState

DAYS_TO_THINK = 14


@transaction.atomic
def request_erasure(*, by: Person) -> ErasureRequest:
    """Ask to be erased. Raises `Refused` while somebody depends on the account, with a way out."""
    person = Person.objects.select_for_update().get(pk=by.pk)
    require(rules.request_erasure, person)
    events.erasure_asked.send(Person, person=person)
    request = ErasureRequest.objects.create(
        person=person, due_at=clock.now() + dt.timedelta(days=DAYS_TO_THINK)
    )
    journal.record("people.erasure_asked", request, by=by)
    letters.erasure_asked.enqueue(request)
    return request


@transaction.atomic
def undo_erasure(*, by: Person) -> None:
    """Stay after all."""
    for request in queries.erasure_of(by).select_for_update():
        move(request, ErasureState.UNDONE, ERASURE_MOVES)
        request.save()
        journal.record("people.erasure_undone", request, by=by, fields=["state"])


@transaction.atomic
def erase(pk: UUID) -> None:
    """Erase the person of a request whose days are over. Run again, it does nothing.

    The row stays, without anything that says who it was: other people's papers and the journal point at it.
    """
    request = ErasureRequest.objects.select_for_update().get(pk=pk)
    if request.state != ErasureState.ASKED or clock.now() < request.due_at:
        return
    person = Person.objects.select_for_update().get(pk=request.person_id)
    events.erasing.send(Person, person=person)
    mailroom.erase_letters_to(person.pk, person.email)
    mailroom.forget_choices(person.pk, person.email)
    forget_ties(person)
    forget_signing_in(person)
    person.email, person.phone = f"{uuid.uuid4().hex}@erased.invalid", ""
    person.given_name, person.family_name, person.born_on, person.country = "", "", None, ""
    person.is_active, person.is_administrator, person.erased_at = False, False, clock.now()
    person.set_unusable_password()
    person.save()
    move(request, ErasureState.DONE, ERASURE_MOVES)
    request.save()
    journal.record("people.erased", person, fields=["email", "given_name", "family_name", "phone", "born_on"])


def forget_ties(person: Person) -> None:
    """End memberships, drop what was declared, take the account off boards: their names are the organisation's act."""
    person.memberships.filter(ended_at=None).update(ended_at=clock.now())
    Relation.objects.filter(person=person).update(note="")
    BoardMember.objects.filter(person=person).update(person=None, email="")
    PastBoardMember.objects.filter(Q(person=person) | Q(email__iexact=person.email)).delete()
    OrganisationInvitation.objects.filter(email__iexact=person.email).delete()
    own, others = queries.guardianships_of(person), queries.guarding(person)
    for guardianship in own | others.exclude(state=GuardianshipState.SIGNED):
        forget_guardian(guardianship.pk)


def forget_signing_in(person: Person) -> None:
    """Addresses, second steps, gateways of identity, sessions, copies of data."""
    EmailAddress.objects.filter(user=person).delete()
    Authenticator.objects.filter(user=person).delete()
    SocialAccount.objects.filter(user=person).delete()
    close(list(UserSession.objects.filter(user=person)))
    for export in person.data_exports.all():
        delete_later(export.file)
        export.delete()
