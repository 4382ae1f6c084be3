"""Entering a contest, taking an interest, answering it."""

from uuid import UUID

from django.db import transaction

from vivaio.applications import actions as applications
from vivaio.calls.models import Track
from vivaio.initiatives.contesting import events, letters, queries, rules
from vivaio.initiatives.models import ContestEntry, Initiative, Interest
from vivaio.initiatives.queries import initiatives
from vivaio.initiatives.states import INTEREST_MOVES, InterestKind, InterestState
from vivaio.journal import actions as journal
from vivaio.jury.models import Juror
from vivaio.kit import clock
from vivaio.kit.rules import Refused, require
from vivaio.kit.states import move
from vivaio.people.models import Person


@transaction.atomic
def enter(initiative: Initiative, track: Track, *, by: Person) -> ContestEntry:
    """Begin the initiative's entry: an application of its organisation, to be written and handed in as any other."""
    initiative = initiatives.locked(initiative.pk)
    require(rules.enter, initiative, track.call, by)
    application = applications.start(track, by=by, organisation=initiative.organisation, entering=True)
    taken = queries.of_application(application)
    require(rules.free_draft, taken, initiative)
    if taken is not None:
        return taken
    entry = ContestEntry.objects.create(initiative=initiative, application=application, entered_by=by)
    journal.record("initiatives.contest_entered", entry, by=by)
    return entry


@transaction.atomic
def mark(juror: Juror, entry: UUID, kind: InterestKind, message: str, *, by: Person) -> Interest:
    """A juror takes an interest in an entrant; a letter without any address tells the team."""
    queries.locked_entry(entry)
    found = queries.entrants(juror).filter(pk=entry).first()
    if found is None:
        raise Refused(rules.not_yours())
    require(rules.mark, juror, found, by)
    made = Interest.objects.create(entry=found, person=by, kind=kind, message=message.strip())
    journal.record("initiatives.interest_marked", made, by=by)
    letters.marked.enqueue(made)
    return made


@transaction.atomic
def answer(interest: Interest, accepted: bool, *, by: Person) -> Interest:
    """The team accepts, and both learn each other's address; or declines."""
    interest = queries.locked_interest(interest.pk)
    require(rules.answer, interest, by)
    move(interest, InterestState.ACCEPTED if accepted else InterestState.DECLINED, INTEREST_MOVES)
    interest.answered_by, interest.answered_at = by, clock.now()
    interest.save()
    verb = "initiatives.interest_accepted" if accepted else "initiatives.interest_declined"
    journal.record(verb, interest, by=by)
    if accepted:
        events.interest_accepted.send(Interest, interest=interest, by=by)
        letters.accepted.enqueue(interest)
    else:
        letters.declined.enqueue(interest)
    return interest


def forget(person: Person) -> None:
    """The interest that an erased person took goes with them."""
    Interest.objects.filter(person=person).delete()
