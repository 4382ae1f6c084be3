"""Writing in own words: chosen, kept as typed, then written once to each reader and held until it is released."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from django.db import transaction

from vivaio.applications.models import Application, OwnLetter
from vivaio.applications.own_letters import letters, queries, rules
from vivaio.applications.states import OWN_LETTER_MOVES, OwnLetterState
from vivaio.calls.models import Call
from vivaio.journal import actions as journal
from vivaio.kit import clock, jobs
from vivaio.kit.rules import require
from vivaio.kit.states import move
from vivaio.people.models import Person


@transaction.atomic
def choose(call: Call, rows: Sequence[UUID], *, narrowed: bool, back: str, by: Person) -> OwnLetter:
    """Begin a draft about these applications. Raises `Refused`."""
    require(rules.write, call, by)
    return OwnLetter.objects.create(
        call=call, person=by, rows=[str(pk) for pk in rows], narrowed=narrowed, back=back
    )


@transaction.atomic
def keep(letter: OwnLetter, words: Mapping[str, Mapping[str, str]], *, to_all: bool, by: Person) -> OwnLetter:
    """Keep what was typed, as it was typed. Raises `Refused`."""
    letter = queries.locked(letter.pk)
    require(rules.change, letter, by)
    letter.words = {code: dict(said) for code, said in words.items()}
    letter.to_all = to_all
    letter.save()
    return letter


@transaction.atomic
def prepare(letter: OwnLetter, *, aware: bool, by: Person) -> OwnLetter:
    """Have the letters written; they are held. Raises `Refused`, also the second time."""
    letter = queries.locked(letter.pk)
    require(rules.prepare, letter, by, aware=aware)
    move(letter, OwnLetterState.WRITING, OWN_LETTER_MOVES)
    letter.written_at = clock.now()
    letter.save()
    journal.record("application.own_letter_prepared", letter, by=by)
    jobs.defer("applications.own_letter", letter=str(letter.pk))
    return letter


@transaction.atomic
def discard(letter: OwnLetter, *, by: Person) -> None:
    """Throw the draft away. Raises `Refused`."""
    letter = queries.locked(letter.pk)
    require(rules.change, letter, by)
    letter.delete()


def write(pk: UUID | str) -> None:
    """Write to the readers of each application, each in its transaction. Run again, it doubles nothing."""
    letter = OwnLetter.objects.select_related("call__programme", "person").filter(pk=pk).first()
    if letter is None or letter.state != OwnLetterState.WRITING:
        return
    for application in queries.about(letter):
        _write(letter, application)
    _written(letter)


@transaction.atomic
def _write(letter: OwnLetter, application: Application) -> None:
    queries.locked(letter.pk)  # two workers write one after the other
    if queries.written(letter).filter(subject_id=application.pk).exists():
        return
    if letters.own_letter.enqueue(letters.About(letter, application), cause=str(letter.pk), hold=True):
        journal.record("application.own_letter_written", application, by=letter.person)


@transaction.atomic
def _written(letter: OwnLetter) -> None:
    found = queries.locked(letter.pk)
    if found.state == OwnLetterState.WRITING:
        move(found, OwnLetterState.WRITTEN, OWN_LETTER_MOVES)
        found.save()
