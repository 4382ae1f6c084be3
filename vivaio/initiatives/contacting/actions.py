"""Every write on contacts."""

import datetime as dt
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db import transaction

from vivaio.initiatives.contacting import letters, queries, rules
from vivaio.initiatives.models import Contact, ContactStep, Initiative
from vivaio.initiatives.queries import initiatives
from vivaio.initiatives.states import CONTACT_MOVES, ContactKind, ContactOrigin, ContactState
from vivaio.journal import actions as journal
from vivaio.kit import clock
from vivaio.kit.money import cents
from vivaio.kit.rules import require
from vivaio.kit.states import move
from vivaio.people.models import Organisation, Person


@transaction.atomic
def add(initiative: Initiative, *, values: Mapping[str, Any], by: Person | None) -> Contact:
    """Record a contact that the team has made; the same one sent twice is one, and counts once in the results."""
    initiative = initiatives.locked(initiative.pk)
    require(rules.write, initiative, by)
    again = Contact.objects.filter(initiative=initiative, recorded_by=by, **values).first()
    return again or _made(initiative, values, by)


def _made(initiative: Initiative, values: Mapping[str, Any], by: Person | None) -> Contact:
    zone = initiative.programme.time_zone
    made = Contact(
        initiative=initiative,
        recorded_by=by,
        currency=initiative.programme.currency,
        begun_on=clock.today(zone),
    )
    for name, value in values.items():
        setattr(made, name, value)
    require(rules.who, made.who)
    require(rules.begun, made.begun_on, zone)
    made.save()
    journal.record("initiatives.contact_added", made, by=by)
    return made


@transaction.atomic
def open_from(
    initiative: Initiative,
    *,
    kind: ContactKind,
    who: str,
    origin: ContactOrigin,
    source: str,
    by: Person | None,
    organisation: Organisation | None = None,
    person: Person | None = None,
    notes: str = "",
    next_due_on: dt.date | None = None,
) -> Contact:
    """Open a contact that another room has brought about (a contest, an expert, the directory).

    `source` names what did, such as `contest:<its identifier>`: the same opens one contact, however often it is told.
    `next_due_on` is the day by which somebody should have got in touch.
    """
    initiative = initiatives.locked(initiative.pk)
    found = queries.from_source(initiative, source)
    if found is not None:
        return found
    require(rules.write, initiative, by)
    values = {
        "kind": kind,
        "who": who,
        "origin": origin,
        "source": source,
        "organisation": organisation,
        "person": person,
        "notes": notes,
        "next_due_on": next_due_on,
    }
    return _made(initiative, values, by)


@transaction.atomic
def change(contact: Contact, *, values: Mapping[str, Any], by: Person | None) -> Contact:
    """Change what is recorded."""
    contact = queries.locked(contact.pk)
    require(rules.change, contact, by)
    require(rules.who, values.get("who", contact.who))
    require(rules.begun, values.get("begun_on", contact.begun_on), contact.initiative.programme.time_zone)
    changed = [name for name, value in values.items() if getattr(contact, name) != value]
    if not changed:
        return contact
    for name in changed:
        setattr(contact, name, values[name])
    contact.save()
    journal.record("initiatives.contact_changed", contact, by=by, fields=changed)
    return contact


@transaction.atomic
def tell(contact: Contact, text: str, *, by: Person) -> ContactStep:
    """Write down what happened; the same words sent twice in a row are one step.

    A day without a step is the day to be in touch by: whoever tells what happened has been.
    """
    contact = queries.locked(contact.pk)
    require(rules.change, contact, by)
    require(rules.words, text)
    said = text.replace("\r\n", "\n").replace("\0", "").strip()
    last = contact.steps.order_by("-created_at", "-pk").first()
    if last and last.person_id == by.pk and last.text == said and not last.led_to:
        return last
    if not contact.next_step:
        contact.next_due_on = None
    contact.save(
        update_fields=["updated_at", "next_due_on"]
    )  # a contact that is spoken with is not forgotten
    made = ContactStep.objects.create(contact=contact, person=by, text=said)
    journal.record("initiatives.contact_told", contact, by=by)
    return made


@transaction.atomic
def end(
    contact: Contact, to: ContactState, *, outcome: str, amount: Decimal | None = None, by: Person | None
) -> Contact:
    """It came to good, to nothing, or sleeps; what came of it is told."""
    contact = queries.locked(contact.pk)
    require(rules.change, contact, by)
    require(rules.end, to, outcome, amount)
    move(contact, to, CONTACT_MOVES)
    contact.outcome = outcome.strip()
    contact.amount = None if amount is None else cents(amount)
    contact.ended_on = clock.today(contact.initiative.programme.time_zone)
    if to != ContactState.DORMANT:
        contact.next_step, contact.next_due_on = "", None
    contact.save()
    ContactStep.objects.create(contact=contact, person=by, led_to=to, text=contact.outcome)
    journal.record("initiatives.contact_ended", contact, by=by, fields=["state"])
    return contact


@transaction.atomic
def reopen(contact: Contact, *, reason: str, by: Person | None) -> Contact:
    """Take it up again; what had come of it stays among its steps."""
    contact = queries.locked(contact.pk)
    require(rules.change, contact, by)
    require(rules.with_reason, reason)
    move(contact, ContactState.OPEN, CONTACT_MOVES)
    contact.outcome, contact.amount, contact.ended_on = "", None, None
    contact.save()
    ContactStep.objects.create(contact=contact, person=by, led_to=ContactState.OPEN, text=reason.strip())
    journal.record("initiatives.contact_reopened", contact, by=by, fields=["state"])
    return contact


@transaction.atomic
def remind(initiative: Initiative, contacts: Sequence[Contact]) -> None:
    """Write to leaders, and to whoever recorded them, which contacts are to be gone on with; once a week at most."""
    initiative.told_contacts = contacts  # type: ignore[attr-defined]  # read by the letter
    letters.due.enqueue(initiative, cause=f"{clock.today():%G-%V}")


@transaction.atomic
def let_go(pk: UUID) -> None:
    """Forget the people behind a contact whose time is over; that it was made, and what came of it, stays."""
    contact = queries.locked(pk)
    _forget_people(contact)


def _forget_people(contact: Contact) -> None:
    if contact.person_id is not None and contact.organisation_id is None:
        contact.who = "—"
    contact.spoken_with, contact.reach, contact.notes, contact.person = "", "", "", None
    contact.next_step, contact.next_due_on = "", None
    contact.save()
    contact.steps.update(text="")
    journal.record(
        "initiatives.contact_forgotten", contact, programme=contact.initiative.programme_id, fields=["reach"]
    )


@transaction.atomic
def take_words_out(pk: UUID, words: str) -> None:
    """Somebody's words that opened a contact leave its notes; what others wrote beside them stays."""
    contact = queries.locked(pk)
    notes, said = (one.replace("\r\n", "\n") for one in (contact.notes, words))
    if not said or said not in notes:
        return
    contact.notes = notes.replace(said, "").strip()
    contact.save()
    journal.record(
        "initiatives.contact_forgotten", contact, programme=contact.initiative.programme_id, fields=["notes"]
    )


@transaction.atomic
def forget(person: Person) -> None:
    """Contacts with an erased person keep no trace of them; what they recorded stays the initiative's."""
    for contact in list(Contact.objects.filter(person=person).values_list("pk", flat=True)):
        _forget_people(queries.locked(contact))
    Contact.objects.filter(recorded_by=person).update(recorded_by=None)
    ContactStep.objects.filter(person=person).update(person=None)
