"""A date of birth is told; who is under 18 names a guardian, who signs, declines, withdraws."""

import datetime as dt
from collections.abc import Mapping
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from vivaio.journal import actions as journal
from vivaio.kit import clock, limits, tokens
from vivaio.kit.rules import require
from vivaio.kit.states import move
from vivaio.mailroom import actions as mailroom
from vivaio.people import events, queries, rules
from vivaio.people.actions.frame import changed_fields
from vivaio.people.models import Guardianship, Person
from vivaio.people.states import GUARDIANSHIP_MOVES, GuardianshipState

GUARDIAN_DAYS = 14
# Whoever says to be under 18 makes letters leave: one for each application, and some that went to a wrong address.
A_DAY = limits.Limit(
    "people.guardians",
    20,
    limits.DAY,
    _(
        "You have asked for many signatures of guardians: the next request can leave 24 hours after the first of them."
    ),
)


@transaction.atomic
def tell_birth(person: Person, born_on: dt.date, country: str, *, by: Person) -> Person:
    """Put the date of birth and the country on record. Raises `Refused`."""
    person = Person.objects.select_for_update().get(pk=person.pk)
    require(rules.tell_birth, person, born_on, by)
    changed = changed_fields(person, {"born_on": born_on, "country": country})
    if changed:
        person.save()
        journal.record("people.birth_told", person, by=by, fields=changed)
        events.birth_told.send(Person, person=person)
    return person


@transaction.atomic
def name_guardian(
    matter: UUID, programme_id: UUID | None, values: Mapping[str, str], *, by: Person
) -> Guardianship:
    """Name who signs (`name`, `email`, `relation`, `language`) for a matter; who was asked before is asked no longer.

    The guardianship carries the `token` for its letter. Raises `Refused`.
    """
    person = Person.objects.select_for_update().get(pk=by.pk)  # two clicks come one after the other
    before = list(queries.guardianships_of(person, matter).select_for_update())  # none signs meanwhile
    require(rules.name_guardian, person, matter, values["email"], by)
    A_DAY.spend(by.pk)
    limits.LETTERS_TO_ONE_ADDRESS.spend(values["email"].strip().lower())
    for earlier in before:
        if earlier.state == GuardianshipState.ASKED:
            settle(earlier, GuardianshipState.REPLACED)
    made = Guardianship(person=person, matter=matter, programme_id=programme_id, **values)
    made.email = made.email.strip().lower()
    give_link(made)
    journal.record("people.guardian_named", made, by=by)
    return made


@transaction.atomic
def renew_guardianship(guardianship: Guardianship, *, by: Person | None) -> Guardianship:
    """A new link to the same address; the old one opens nothing any more. Raises `Refused`."""
    found = locked(guardianship)
    require(rules.renew_guardianship, found, by)
    A_DAY.spend(found.person_id)
    limits.LETTERS_TO_ONE_ADDRESS.spend(found.email)
    found.asked_at = clock.now()
    give_link(found)
    journal.record("people.guardian_asked_again", found, by=by)
    return found


@transaction.atomic
def sign_as_guardian(guardianship: Guardianship, *, notice: str, by: Person | None) -> Guardianship:
    """The guardian agrees, having read this version of the notice. The link is spent; `token` opens the withdrawal."""
    found = locked(guardianship)
    require(rules.sign_as_guardian, found, by)
    found.answered_at, found.notice_version, found.account = clock.now(), notice, by
    settle(found, GuardianshipState.SIGNED)
    found.spent_digest = found.token_digest
    give_link(found)
    journal.record("people.guardian_signed", found, by=by, fields=["state"])
    return found


@transaction.atomic
def decline_as_guardian(guardianship: Guardianship, *, by: Person | None) -> Guardianship:
    """The guardian does not agree."""
    found = locked(guardianship)
    require(rules.sign_as_guardian, found, by)
    found.answered_at = clock.now()
    settle(found, GuardianshipState.DECLINED)
    journal.record("people.guardian_declined", found, by=by, fields=["state"])
    return found


@transaction.atomic
def withdraw_as_guardian(guardianship: Guardianship, *, by: Person | None) -> Guardianship:
    """The guardian takes the signature back."""
    found = locked(guardianship)
    require(rules.withdraw_as_guardian, found)
    found.withdrawn_at = clock.now()
    settle(found, GuardianshipState.WITHDRAWN)
    journal.record("people.guardian_withdrawn", found, by=by, fields=["state"])
    return found


@transaction.atomic
def end_guardianships() -> int:
    """Who has come of age needs no guardian any more; returns how many ended."""
    grown = [one.pk for one in queries.standing_guardianships() if not one.person.is_minor]
    ended = list(queries.standing_guardianships().filter(pk__in=grown).select_for_update(of=("self",)))
    for found in ended:
        settle(found, GuardianshipState.ENDED)
        journal.record("people.guardian_ended", found, fields=["state"])
    return len(ended)


@transaction.atomic
def forget_guardian(pk: UUID) -> None:
    """Erase the guardian's name and address, and our letters to them; that and when they signed stays. Runs twice."""
    found = Guardianship.objects.select_for_update().get(pk=pk)
    if not found.email:
        return
    mailroom.erase_letters_about(found.pk)
    if found.state == GuardianshipState.ASKED:
        move(found, GuardianshipState.REPLACED, GUARDIANSHIP_MOVES)
    found.name, found.email, found.account = "", "", None
    found.save()
    journal.record("people.guardian_forgotten", found, fields=["name", "email"])


def locked(guardianship: Guardianship) -> Guardianship:
    """The row, locked until the transaction ends, with the young person."""
    rows = Guardianship.objects.select_for_update(of=("self",)).select_related("person")
    return rows.get(pk=guardianship.pk)


def settle(guardianship: Guardianship, state: GuardianshipState) -> None:
    """Move and store."""
    move(guardianship, state, GUARDIANSHIP_MOVES)
    guardianship.save()


def give_link(guardianship: Guardianship) -> None:
    """A new secret, for some days; store the row."""
    token, guardianship.token_digest = tokens.new_token()
    guardianship.expires_at = clock.now() + dt.timedelta(days=GUARDIAN_DAYS)
    guardianship.save()
    guardianship.token = token
