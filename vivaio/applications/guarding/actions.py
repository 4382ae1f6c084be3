"""A guardian is named, signs, declines, withdraws for an application to a call."""

from collections.abc import Collection, Mapping

from django.db import transaction

from vivaio.applications import letters
from vivaio.applications import rules as application_rules
from vivaio.applications.guarding import queries, rules
from vivaio.applications.models import Application
from vivaio.applications.notice import version_of
from vivaio.kit.rules import require
from vivaio.people import actions as people
from vivaio.people.models import Guardianship, Person
from vivaio.programmes import actions as programmes
from vivaio.programmes.queries import asked_of_guardian, given_by_guardian
from vivaio.programmes.states import ConsentPlace


@transaction.atomic
def name_guardian(application: Application, values: Mapping[str, str], *, by: Person) -> Guardianship:
    """Name who signs for `by` in the application's call, and write to them. Raises `Refused`."""
    require(rules.ask, application)
    made = people.name_guardian(application.call_id, application.programme_id, values, by=by)
    letters.guardian_asked.enqueue(made, cause=made.token_digest)
    return made


@transaction.atomic
def ask_again(guardianship: Guardianship, *, by: Person | None) -> Guardianship:
    """A new letter with a new link, to the same address. Raises `Refused`."""
    require(rules.go_on, queries.call_of(guardianship))
    found = people.renew_guardianship(guardianship, by=by)
    letters.guardian_asked.enqueue(found, cause=found.token_digest)
    return found


@transaction.atomic
def sign(
    guardianship: Guardianship,
    *,
    by: Person | None,
    declared: bool,
    noticed: bool,
    notice: str,
    consents: Collection[str] = (),
) -> Guardianship:
    """The guardian agrees; below the age of consent also to the purposes they ticked. Raises `Refused`.

    `notice` is the version that was on the page; it must be the one that holds.
    """
    call = queries.call_of(guardianship)
    require(rules.go_on, call)
    require(rules.declare, declared, noticed)
    require(application_rules.notice_holds, notice, version_of(call))
    found = people.sign_as_guardian(guardianship, notice=notice, by=by)
    for purpose in asked_of_guardian(call.programme_id, found.person):
        if str(purpose.pk) in consents:
            programmes.answer_consent(purpose, True, by=found.person, place=ConsentPlace.GUARDIAN)
    letters.guardian_signed.enqueue(found)
    letters.guardian_answered.enqueue(found, cause=found.state)
    return found


@transaction.atomic
def decline(guardianship: Guardianship, *, by: Person | None) -> Guardianship:
    """The guardian says no; the young person is told. Raises `Refused`."""
    found = people.decline_as_guardian(guardianship, by=by)
    letters.guardian_answered.enqueue(found, cause=found.state)
    return found


@transaction.atomic
def withdraw(guardianship: Guardianship, *, by: Person | None) -> Guardianship:
    """The guardian takes the signature back, and with it the consents they gave. What was handed in stays until
    the staff, who are told, decide. Raises `Refused`."""
    found = people.withdraw_as_guardian(guardianship, by=by)
    call = queries.call_of(found)
    for purpose in given_by_guardian(call.programme_id, found.person):
        programmes.answer_consent(purpose, False, by=found.person, place=ConsentPlace.GUARDIAN)
    letters.guardian_answered.enqueue(found, cause=found.state)
    for application in queries.handed_in_with(found):
        letters.guardian_withdrew.enqueue(application, cause=str(found.pk))
    return found
