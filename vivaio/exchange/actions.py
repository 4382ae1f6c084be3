"""Every write on the directory and on introductions."""

from collections.abc import Callable, Mapping
from typing import Any

from django.db import transaction

from vivaio.exchange import letters, queries, rules
from vivaio.exchange.models import Entry, Introduction
from vivaio.exchange.states import ENTRY_MOVES, INTRODUCTION_MOVES, EntryState, IntroductionState
from vivaio.journal import actions as journal
from vivaio.kit import clock
from vivaio.kit.rules import require
from vivaio.kit.states import move
from vivaio.people.models import Organisation, Person
from vivaio.programmes import actions as programmes
from vivaio.programmes.models import Programme

Rule = Callable[[Any, Person], str | None]


@transaction.atomic
def join(
    programme: Programme, *, organisation: Organisation | None, values: Mapping[str, Any], by: Person
) -> Entry:
    """Enter the directory: oneself, or an organisation that one administers."""
    programme = programmes.locked(programme.pk)
    require(rules.join, programme, organisation, by)
    require(rules.something_said, values["offers"], values["looks_for"])
    entry = Entry(programme=programme, organisation=organisation, person=None if organisation else by)
    entry.name = organisation.name if organisation else by.full_name
    for name, value in values.items():
        setattr(entry, name, value)
    entry.save()
    programmes.public_changed(programme.pk)
    journal.record("exchange.joined", entry, by=by, programme=programme.pk)
    return entry


@transaction.atomic
def edit(entry: Entry, *, values: Mapping[str, Any], by: Person) -> Entry:
    """Change what the entry says; its name is the one that its organisation or person has today."""
    entry = queries.locked_entry(entry.pk)
    require(rules.edit, entry, by)
    require(rules.something_said, values["offers"], values["looks_for"])
    changed = [name for name, value in values.items() if getattr(entry, name) != value]
    name = entry.organisation.name if entry.organisation else str(entry.person)
    if not changed and entry.name == name:
        return entry
    entry.name = name
    for field in changed:
        setattr(entry, field, values[field])
    entry.save()
    programmes.public_changed(entry.programme_id)
    journal.record("exchange.edited", entry, by=by, programme=entry.programme_id, fields=changed)
    return entry


@transaction.atomic
def take_out(entry: Entry, *, by: Person) -> Entry:
    """Out of the directory: nobody finds it, nobody asks it; it can come back."""
    return _moved(entry, rules.take_out, EntryState.OUT, "exchange.taken_out", by)


@transaction.atomic
def put_back(entry: Entry, *, by: Person) -> Entry:
    """Back in the directory, by who answers for it."""
    return _moved(entry, rules.edit, EntryState.LISTED, "exchange.put_back", by)


@transaction.atomic
def ask(entry: Entry, *, message: str, by: Person) -> Introduction:
    """Ask for an introduction; a letter without any address tells whoever answers for the entry."""
    # The asker's own row is locked: two clicks at once cannot both be the last that the day allows.
    Person.objects.select_for_update().get(pk=by.pk)
    entry = queries.locked_entry(entry.pk)
    require(rules.ask, entry, by)
    made = Introduction.objects.create(entry=entry, asked_by=by, message=message.strip())
    journal.record("exchange.introduction_asked", made, by=by, programme=entry.programme_id)
    letters.asked.enqueue(made)
    return made


@transaction.atomic
def accept(introduction: Introduction, *, by: Person) -> Introduction:
    """Both sides learn each other's address: the asker by letter, whoever accepts on the page."""
    accepted = _closed(
        introduction, rules.answer, IntroductionState.ACCEPTED, "exchange.introduction_accepted", by
    )
    letters.accepted.enqueue(accepted)
    return accepted


@transaction.atomic
def decline(introduction: Introduction, *, by: Person) -> Introduction:
    """Nobody's address is told; a letter says so kindly."""
    declined = _closed(
        introduction, rules.answer, IntroductionState.DECLINED, "exchange.introduction_declined", by
    )
    letters.declined.enqueue(declined)
    return declined


@transaction.atomic
def take_back(introduction: Introduction, *, by: Person) -> Introduction:
    """The asker thinks again."""
    return _closed(
        introduction, rules.take_back, IntroductionState.WITHDRAWN, "exchange.introduction_taken_back", by
    )


@transaction.atomic
def remind(introduction: Introduction, *, by: Person) -> Introduction:
    """Send the question again to whoever is asked."""
    introduction = queries.locked(introduction.pk)
    require(rules.remind, introduction, by)
    introduction.reminded_at = clock.now()
    introduction.save()
    journal.record("exchange.introduction_reminded", introduction, by=by, programme=introduction.programme_id)
    letters.asked.enqueue(introduction, cause=f"reminder-{introduction.reminded_at:%Y-%m-%d}")
    return introduction


@transaction.atomic
def forget(person: Person) -> None:
    """Delete the person's own entries and the introductions that they asked for: part of their erasure."""
    Introduction.objects.filter(asked_by=person).delete()
    for entry in queries.entries_of_person(person):
        entry.delete()
        programmes.public_changed(entry.programme_id)


def _moved(entry: Entry, rule: Rule, to: EntryState, verb: str, by: Person) -> Entry:
    """Move the entry into the directory or out of it, if the rule lets the person."""
    entry = queries.locked_entry(entry.pk)
    require(rule, entry, by)
    move(entry, to, ENTRY_MOVES)
    entry.save()
    programmes.public_changed(entry.programme_id)
    journal.record(verb, entry, by=by, programme=entry.programme_id, fields=["state"])
    return entry


def _closed(
    introduction: Introduction, rule: Rule, to: IntroductionState, verb: str, by: Person
) -> Introduction:
    """Close the introduction in this way, if the rule lets the person."""
    introduction = queries.locked(introduction.pk)
    require(rule, introduction, by)
    move(introduction, to, INTRODUCTION_MOVES)
    introduction.answered_by, introduction.answered_at = by, clock.now()
    introduction.save()
    journal.record(verb, introduction, by=by, programme=introduction.programme_id, fields=["state"])
    return introduction
