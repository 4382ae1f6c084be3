"""Sessions: proposed, accepted, moved, cancelled; hours told by one side and confirmed by the other."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.db import transaction

from vivaio.experts.engaging import letters_sessions as letters
from vivaio.experts.engaging import rules
from vivaio.experts.engaging.actions.steps import step
from vivaio.experts.engaging.queries import engagements as queries
from vivaio.experts.models import Engagement, EngagementSession
from vivaio.experts.states import (
    SESSION_AHEAD,
    SESSION_MOVES,
    SessionState,
    StepKind,
)
from vivaio.journal import actions as journal
from vivaio.kit import clock
from vivaio.kit.rules import require
from vivaio.kit.states import move
from vivaio.people.models import Person


@transaction.atomic
def propose(engagement: Engagement, *, values: Mapping[str, Any], by: Person) -> EngagementSession:
    """One side proposes when and where to meet; the other is asked."""
    engagement = queries.locked(engagement.pk)
    who = queries.who(engagement, by)
    require(rules.meet, engagement, who)
    require(rules.ahead, values["starts_at"])
    made = EngagementSession.objects.create(engagement=engagement, side=who.speaks, **values)
    journal.record("experts.session_proposed", made, by=by)
    letters.proposed.enqueue(made, cause="0")
    return made


@transaction.atomic
def record(
    engagement: Engagement, *, values: Mapping[str, Any], minutes: int, words: str = "", by: Person
) -> EngagementSession:
    """A session that was held without being planned here: one side tells it with its hours."""
    queries.one_at_a_time(engagement.person_id)
    engagement = queries.locked(engagement.pk)
    who = queries.who(engagement, by)
    require(rules.meet, engagement, who)
    require(rules.since_agreed, engagement, values["starts_at"])
    made = EngagementSession(engagement=engagement, side=who.speaks, planned_minutes=minutes, **values)
    require(rules.tell, made, who)
    require(rules.length, made, minutes)
    made.save()
    return _told(made, who, minutes, words)


@transaction.atomic
def accept(session: EngagementSession, *, changes: int, by: Person) -> EngagementSession:
    """The other side comes, when and where it has read."""
    session = queries.session_locked(session.pk)
    require(rules.accept, session, queries.who(session.engagement, by))
    require(rules.time_read, session, changes)
    move(session, SessionState.FIXED, SESSION_MOVES)
    session.save()
    journal.record("experts.session_fixed", session, by=by, fields=["state"])
    letters.fixed.enqueue(session, cause=str(session.changes))
    return session


@transaction.atomic
def shift(
    session: EngagementSession, *, values: Mapping[str, Any], words: str = "", by: Person
) -> EngagementSession:
    """Another time, place or way: whoever moves it proposes it, and the other side is asked anew."""
    session = queries.session_locked(session.pk)
    who = queries.who(session.engagement, by)
    require(rules.shift, session, who)
    changed = [name for name, value in values.items() if getattr(session, name) != value]
    if not changed:
        return session
    if "starts_at" in changed:
        require(rules.ahead, values["starts_at"])
    for name in changed:
        setattr(session, name, values[name])
    if session.state == SessionState.FIXED:
        move(session, SessionState.PROPOSED, SESSION_MOVES)
    session.side, session.reminded_at = who.speaks, None
    session.changes += 1
    session.save()
    step(session.engagement, StepKind.MOVED, who, words=words, session=session)
    journal.record("experts.session_moved", session, by=by, fields=changed)
    letters.proposed.enqueue(session, cause=str(session.changes))
    return session


@transaction.atomic
def cancel(session: EngagementSession, *, words: str, by: Person) -> EngagementSession:
    """It does not take place, or did not: the other side reads why."""
    session = queries.session_locked(session.pk)
    who = queries.who(session.engagement, by)
    require(rules.cancel, session, who)
    require(rules.with_words, words)
    move(session, SessionState.CANCELLED, SESSION_MOVES)
    session.changes += 1
    session.save()
    step(session.engagement, StepKind.CANCELLED, who, words=words, session=session)
    journal.record("experts.session_cancelled", session, by=by, fields=["state"])
    letters.cancelled.enqueue(session, cause=str(session.changes))
    return session


@transaction.atomic
def tell(session: EngagementSession, *, minutes: int, words: str = "", by: Person) -> EngagementSession:
    """Say how long it was, and so confirm it oneself; the other side is asked, anew if it had said otherwise."""
    queries.one_at_a_time(session.engagement.person_id)
    session = queries.session_locked(session.pk)
    who = queries.who(session.engagement, by)
    require(rules.tell, session, who)
    require(rules.length, session, minutes)
    require(rules.corrected, session, words)
    return _told(session, who, minutes, words)


@transaction.atomic
def confirm(session: EngagementSession, *, minutes: int, by: Person) -> EngagementSession:
    """The other side confirms the hours that it has read."""
    session = queries.session_locked(session.pk)
    who = queries.who(session.engagement, by)
    require(rules.confirm, session, who)
    require(rules.as_read, session, minutes)
    move(session, SessionState.CONFIRMED, SESSION_MOVES)
    session.minutes, session.confirmed_at = session.told_minutes, clock.now()
    session.save()
    step(session.engagement, StepKind.CONFIRMED, who, session=session, minutes=session.minutes)
    journal.record("experts.hours_confirmed", session, by=by, fields=["state", "minutes"])
    return session


@transaction.atomic
def remind(pk: UUID) -> None:
    """The day before a session, and once for hours that wait."""
    session = queries.session_locked(pk)
    if session.reminded_at is not None:
        return
    session.reminded_at = clock.now()
    if session.state in SESSION_AHEAD and session.starts_at > clock.now():
        letters.tomorrow.enqueue(session, cause=f"{session.starts_at:%Y%m%d%H%M}")
    elif session.state == SessionState.TOLD:
        letters.hours_wait.enqueue(session, cause=f"{session.told_at:%Y%m%d%H%M%S}")
    else:
        return
    session.save()


def _told(session: EngagementSession, who: queries.Who, minutes: int, words: str) -> EngagementSession:
    before = session.told_side
    if session.state != SessionState.TOLD:
        move(session, SessionState.TOLD, SESSION_MOVES)
    session.told_minutes, session.told_side, session.told_at = minutes, who.speaks, clock.now()
    session.minutes, session.confirmed_at, session.reminded_at = None, None, None
    session.save()
    kind = StepKind.CORRECTED if before else StepKind.TOLD
    made = step(session.engagement, kind, who, words=words, session=session, minutes=minutes)
    journal.record("experts.hours_told", session, by=who.person, fields=["state", "told_minutes"])
    letters.hours_told.enqueue(session, cause=str(made.pk))
    return session
