"""Publishing the ranking, and what becomes of the places: offered, accepted, given up, passed on."""

import datetime as dt
import hashlib
from collections.abc import Iterable, Sequence
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import transaction

from vivaio.applications.models import Application
from vivaio.calls.models import Call
from vivaio.journal import actions as journal
from vivaio.jury import events, letters_ranking
from vivaio.jury.actions import conflicts
from vivaio.jury.models import DecisionRecord, Ranking, RankingEntry
from vivaio.jury.queries import ranking as queries
from vivaio.jury.queries import record
from vivaio.jury.rules import ranking as rules
from vivaio.jury.states import PLACE_MOVES, RANKING_MOVES, Outcome, PlaceState, RankingState
from vivaio.kit import clock, jobs
from vivaio.kit.rules import require
from vivaio.kit.states import move
from vivaio.people.models import Person
from vivaio.programmes.actions import public_changed


def publish(call: Call, *, by: Person | None) -> list[Ranking]:
    """The rankings of all tracks become public; places are offered; letters to all wait to be read and released.

    The records are looked through first (not once winners were revealed on stage), and what they say stands even if
    nothing is published.
    """
    require(rules.publish, list(queries.rankings_of(call)), call.programme_id, by)
    return conflicts.searched_first(call.panel, lambda: _publish(call, by))


@transaction.atomic
def _publish(call: Call, by: Person | None) -> list[Ranking]:
    rankings = list(queries.locked_all(call))
    require(rules.publish, rankings, call.programme_id, by)
    now = clock.now()
    for ranking in rankings:
        require(rules.still_stands, ranking)
        move(ranking, RankingState.PUBLISHED, RANKING_MOVES)
        ranking.published_at, ranking.published_by = now, by
        ranking.public_until = ranking.published_at + dt.timedelta(days=call.ranking_public_days)
        ranking.save()
        entries = list(queries.locked_entries(ranking))
        for entry in entries:
            if entry.outcome == Outcome.SELECTED and not ranking.leads_on:
                offer(entry, call)
        tell(letters_ranking.tell_outcomes(entries))  # nobody to write to: nothing to wait for
        jobs.defer_at(ranking.public_until, "jury.expire_ranking", ranking=str(ranking.pk))
        events.ranking_published.send(Ranking, ranking=ranking)
    first = rankings[0]
    keep_record(call, rankings)
    Call.objects.filter(pk=call.pk).update(
        ranking_published_at=first.published_at, ranking_public_until=first.public_until
    )
    journal.record("jury.ranking_published", call, by=by, fields=["state"])
    public_changed(call.programme_id)
    return rankings


def keep_record(call: Call, rankings: Sequence[Ranking]) -> None:
    """Keep what the ranking can be computed again from, for everybody where the call publishes scores, else for who may
    ask for the acts. Raises `Refused` should it not give the adopted verdict.
    """
    content = record.record_of(call, rankings)
    require(rules.recomputed, record.says_the_same(content, rankings))
    DecisionRecord.objects.create(call=call, content=content, digest=hashlib.sha256(content).hexdigest())


@transaction.atomic
def tell(entries: Iterable[UUID]) -> None:
    """The letter with the outcome leaves, or never will: from now on the applicants' own pages tell it too.

    The days to accept a place are counted from here, where the letter waited beyond the day of the publication.
    """
    now = clock.now()
    untold = RankingEntry.objects.filter(pk__in=entries, application__outcome_published_at=None)
    for pk in untold.order_by("pk").values_list("pk", flat=True):
        entry = queries.locked_entry(pk)
        Application.objects.filter(pk=entry.application_id).update(outcome_published_at=now)
        call = entry.ranking.call
        until = end_of_day(now, call.acceptance_days, call.time_zone)
        if entry.place == PlaceState.OFFERED and entry.answer_by is not None and until > entry.answer_by:
            entry.answer_by = until
            entry.save()
            jobs.defer_at(until, "jury.expire_place", entry=str(entry.pk))


def offer(entry: RankingEntry, call: Call) -> None:
    """A place waits for the applicant's answer until the end of a day, in the programme's zone."""
    move(entry, PlaceState.OFFERED, PLACE_MOVES, field="place")
    entry.offered_at = clock.now()
    entry.answer_by = end_of_day(entry.offered_at, call.acceptance_days, call.time_zone)
    entry.save()
    jobs.defer_at(entry.answer_by, "jury.expire_place", entry=str(entry.pk))
    events.place_offered.send(RankingEntry, entry=entry)


def end_of_day(start: dt.datetime, days: int, zone: str) -> dt.datetime:
    """Midnight after the day that comes `days` after `start`, as people of the zone count days; not part of it."""
    local = start.astimezone(ZoneInfo(zone)).date() + dt.timedelta(days=days + 1)
    return dt.datetime.combine(local, dt.time.min, tzinfo=ZoneInfo(zone))


@transaction.atomic
def accept(entry: RankingEntry, *, by: Person) -> RankingEntry:
    """The applicant takes the place."""
    entry = queries.locked_entry(entry.pk)
    require(rules.accept_place, entry, by)
    move(entry, PlaceState.ACCEPTED, PLACE_MOVES, field="place")
    entry.answered_at = clock.now()
    entry.save()
    journal.record("jury.place_accepted", entry, by=by, fields=["place"])
    letters_ranking.place_accepted.enqueue(entry)
    events.place_accepted.send(RankingEntry, entry=entry)
    return entry


@transaction.atomic
def decline(entry: RankingEntry, *, by: Person) -> RankingEntry:
    """The applicant gives the place up, and the reserve list moves up."""
    entry = queries.locked_entry(entry.pk)
    require(rules.decline_place, entry, by)
    move(entry, PlaceState.DECLINED, PLACE_MOVES, field="place")
    entry.answered_at = clock.now()
    entry.save()
    journal.record("jury.place_declined", entry, by=by, fields=["place"])
    give_up(entry)
    letters_ranking.place_declined.enqueue(entry)
    return entry


@transaction.atomic
def expire(entry: RankingEntry) -> RankingEntry:
    """A place that nobody answered for in time passes to the reserve list. Run again, it does nothing."""
    entry = queries.locked_entry(entry.pk)
    if entry.place != PlaceState.OFFERED or entry.answer_by is None or clock.now() < entry.answer_by:
        return entry
    if entry.application.outcome_published_at is None:
        return entry  # nobody has told them yet: `tell` gives them their days
    move(entry, PlaceState.EXPIRED, PLACE_MOVES, field="place")
    entry.save()
    journal.record("jury.place_expired", entry, fields=["place"])
    give_up(entry)
    letters_ranking.place_expired.enqueue(entry)
    letters_ranking.place_lapsed.enqueue(entry)
    return entry


def give_up(entry: RankingEntry) -> None:
    """Announce the free place, and offer it to the first of the reserve list.

    Under the ranking's lock, so that places pass on one at a time. `entry.followed_by` says who has it now.
    """
    public_changed(entry.ranking.call.programme_id)
    events.place_given_up.send(RankingEntry, entry=entry)
    following = (
        RankingEntry.objects.select_for_update(of=("self",))
        .filter(ranking=entry.ranking, outcome=Outcome.RESERVE, place=PlaceState.NONE)
        .order_by("order")
        .first()
    )
    entry.followed_by = following
    if following is None:
        return
    following.ranking = entry.ranking
    offer(following, entry.ranking.call)
    journal.record("jury.reserve_moved_up", following, fields=["place"])
    # Nobody is offered a place before hearing that they stand on the reserve list.
    letters_ranking.place_offered.enqueue(following, hold=letters_ranking.outcomes_wait(following))


@transaction.atomic
def expire_ranking(ranking: Ranking) -> Ranking:
    """A published ranking leaves page and file when its time has passed. Run again, it does nothing."""
    ranking = queries.locked(ranking.pk)
    if (
        ranking.state != RankingState.PUBLISHED
        or ranking.public_until is None
        or clock.now() < ranking.public_until
    ):
        return ranking
    move(ranking, RankingState.EXPIRED, RANKING_MOVES)
    ranking.save()
    journal.record("jury.ranking_expired", ranking, fields=["state"])
    public_changed(ranking.call.programme_id)
    return ranking
