"""Every write about the audience. Whatever gives or frees a place holds the audience's row."""

import datetime as dt
from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from vivaio.journal import actions as journal
from vivaio.jury.attending import letters, queries, rules
from vivaio.jury.models import Audience, Guest, GuestKey, PitchDay
from vivaio.jury.queries import panel as panels
from vivaio.jury.states import GONE, GUEST_MOVES, SEATED, GuestState, Way
from vivaio.kit import clock, jobs, limits, tokens
from vivaio.kit.rules import require
from vivaio.kit.states import move
from vivaio.mailroom.letters import Letter
from vivaio.people.models import Person
from vivaio.programmes.actions import public_changed

FROM_ONE_PLACE = limits.Limit(
    "jury.audience",
    40,
    limits.HOUR,
    _("Many registrations have come from where you are: try again in an hour."),
)
ENOUGH_LETTERS = _(
    "Several letters have gone to this address today: look for them, in the spam too, or try again tomorrow."
)
# Whoever types somebody's address again and again stops themselves; only many places together stop everybody.
TO_ONE_ADDRESS = limits.Limit("jury.audience.address", 4, limits.DAY, ENOUGH_LETTERS)
TO_ONE_ADDRESS_FROM_ALL = limits.Limit("jury.audience.address.all", 12, limits.DAY, ENOUGH_LETTERS)


@transaction.atomic
def set_up(day: PitchDay, values: Mapping[str, Any], *, by: Person | None) -> Audience:
    """Open or close the registration, say how many fit in; more places go to whoever waits."""
    panel = panels.locked(day.panel_id)
    require(rules.look_after, panel, by)
    made, _new = Audience.objects.get_or_create(day=day)
    audience = queries.locked(made.pk)
    taken = audience.guests.filter(state__in=SEATED, way=Way.ROOM).count()
    require(rules.fewer_places, audience, values["places"], taken)
    changed = [name for name, value in values.items() if getattr(audience, name) != value]
    for name in changed:
        setattr(audience, name, values[name])
    audience.save()
    journal.record("audience.set_up", audience, by=by, fields=changed)
    public_changed(audience.programme_id)
    _fill(audience)
    return audience


def brought(audience: Audience) -> None:
    """Save what a blueprint says of an audience, as `set_up` would: nobody loses a place, more go to whoever waits."""
    taken = (
        audience.guests.filter(state__in=SEATED, way=Way.ROOM).count() if not audience._state.adding else 0
    )
    require(rules.fewer_places, audience, audience.places, taken)
    audience.save()
    _fill(audience)


@transaction.atomic
def register(
    audience: Audience, values: Mapping[str, Any], *, source: str, language: str, by: Person | None = None
) -> Guest:
    """Ask for a place. A person with an account has it at once; any other address is confirmed by letter first.

    The answer is the same whether the address was registered already or not: only its letters tell. What stands
    there is not written over by whoever types the address again.
    """
    FROM_ONE_PLACE.spend(source or "-")
    email = (by.email if by else values["email"]).strip().lower()
    _letter_allowed(audience, email, source, by)
    audience = queries.locked(audience.pk)
    require(rules.register, audience)
    guest = audience.guests.filter(email=email).select_related("person").first() or Guest(email=email)
    guest.audience = audience
    theirs = by is not None and guest.state == GuestState.ASKED
    if guest._state.adding or guest.state in GONE or theirs:
        _write(guest, values, language)
    if by is not None:
        guest.person = by
        guest.save()
    if guest.state == GuestState.ASKED and by is None:
        _tell(letters.confirm, guest)
    elif guest.state == GuestState.ASKED:
        _seat(guest)
    else:
        _tell(letters.stands, guest)
    return guest


def _letter_allowed(audience: Audience, email: str, source: str, by: Person | None) -> None:
    """Nobody's mailbox is filled by this form. Strangers do not spend what a person with an account may."""
    TO_ONE_ADDRESS.spend(audience.pk, email, by.pk if by else source)
    if by is None:
        TO_ONE_ADDRESS_FROM_ALL.spend(audience.pk, email)


def _write(guest: Guest, values: Mapping[str, Any], language: str) -> None:
    """Keep what was typed; whoever had gone begins anew."""
    if guest.state != GuestState.ASKED:
        move(guest, GuestState.ASKED, GUEST_MOVES)
    audience = guest.audience
    guest.name, guest.needs = values["name"], values["needs"]
    guest.way = Way.ONLINE if audience.online and values["way"] == Way.ONLINE else Way.ROOM
    guest.language, guest.notice = language, queries.notice_of(audience.programme_id)
    guest.consented_at = clock.now() if guest.needs else None
    guest.queued_at = guest.answer_by = guest.reminded_at = guest.came_at = None
    guest.save()
    journal.record("audience.asked", guest)


@transaction.atomic
def confirm(guest: Guest) -> Guest:
    """The address is theirs: a place, or the end of the waiting list."""
    found = _held(guest)
    require(rules.confirm, found)
    return _seat(found)


def _seat(guest: Guest) -> Guest:
    """Give a place where one is free and nobody waits for it."""
    audience = guest.audience
    waits = guest.way == Way.ROOM and (queries.next_waiting(audience) or not queries.free(audience))
    move(guest, GuestState.WAITING if waits else GuestState.COMING, GUEST_MOVES)
    guest.queued_at = clock.now()
    guest.save()
    journal.record("audience.queued" if waits else "audience.confirmed", guest)
    public_changed(audience.programme_id)
    _tell(letters.stands, guest)
    return guest


@transaction.atomic
def accept(guest: Guest) -> Guest:
    """Take the place that became free."""
    found = _held(guest)
    require(rules.accept, found)
    move(found, GuestState.COMING, GUEST_MOVES)
    found.answer_by = None
    found.save()
    journal.record("audience.confirmed", found)
    _tell(letters.stands, found)
    return found


@transaction.atomic
def cancel(guest: Guest) -> Guest:
    """Give the place up: whoever waits longest is offered it at once. The needs are forgotten."""
    found = _held(guest)
    require(rules.cancel, found)
    move(found, GuestState.CANCELLED, GUEST_MOVES)
    _free(found, "audience.cancelled")
    return found


@transaction.atomic
def lapse(pk: UUID) -> None:
    """An offer that nobody took in time passes on. Run again, it does nothing."""
    guest = queries.locked_guest(pk)
    if guest is None or guest.state != GuestState.OFFERED or (guest.answer_by or clock.now()) > clock.now():
        return
    move(guest, GuestState.LAPSED, GUEST_MOVES)
    _free(guest, "audience.lapsed")


def _free(guest: Guest, verb: str) -> None:
    guest.needs, guest.consented_at, guest.answer_by = "", None, None
    guest.save()
    journal.record(verb, guest)
    public_changed(guest.programme_id)
    _fill(guest.audience)


def _fill(audience: Audience) -> None:
    """Offer the free places to those who wait, in their order, until the day begins."""
    if rules.begun(audience):
        return
    while queries.free(audience) and (guest := queries.next_waiting(audience)):
        move(guest, GuestState.OFFERED, GUEST_MOVES)
        longest = clock.now() + dt.timedelta(hours=audience.answer_hours)
        guest.answer_by = min(longest, audience.day.starts_at)
        guest.save()
        journal.record("audience.offered", guest)
        jobs.defer_at(guest.answer_by, "jury.lapse_guest", guest=str(guest.pk))
        _tell(letters.offered, guest)


@transaction.atomic
def mark(guest: Guest, came: bool, *, by: Person | None) -> Guest:
    """At the door: they are here, or it was a slip of the finger."""
    found = _held(guest)
    require(rules.mark, found, by)
    if (found.came_at is not None) != came:
        found.came_at = clock.now() if came else None
        found.save()
        journal.record("audience.came" if came else "audience.came_undone", found, by=by)
    return found


@transaction.atomic
def remove(guest: Guest, *, by: Person | None) -> None:
    """Erase somebody who asked to be, or who is nobody; their place passes on."""
    found = _held(guest)
    require(rules.look_after, found.audience.day.panel, by)
    _erase(found, "audience.removed", by)


@transaction.atomic
def remind(pk: UUID) -> None:
    """The day before, once."""
    guest = queries.locked_guest(pk)
    if guest is None or guest.reminded_at is not None or guest.state != GuestState.COMING:
        return
    guest.reminded_at = clock.now()
    guest.save()
    journal.record("audience.reminded", guest)
    _tell(letters.reminder, guest)


@transaction.atomic
def clear_needs(pk: UUID) -> None:
    """The day is over: what was told of health goes."""
    audience = queries.locked(pk)
    audience.guests.exclude(needs="").update(needs="", consented_at=None)
    journal.record("audience.needs_cleared", audience)


@transaction.atomic
def drop(pk: UUID) -> None:
    """The time to keep a name is over, or nobody confirmed it. Run again, it does nothing."""
    guest = queries.locked_guest(pk)
    if guest is None:
        return
    if guest.state == GuestState.COMING:
        guest.audience.past_registered += 1
        guest.audience.past_came += guest.came_at is not None
        guest.audience.save()
    _erase(guest, "audience.dropped", None)


@transaction.atomic
def forget(person: Person) -> None:
    """An erased person is no audience any more."""
    for pk in queries.of_person(person).values_list("pk", flat=True):
        guest = queries.locked_guest(pk)
        if guest is not None:
            _erase(guest, "audience.dropped", None)


@transaction.atomic
def tell_moved(day: PitchDay) -> None:
    """The day was announced anew: who comes or waits hears of it."""
    for pk in Guest.objects.filter(audience__day=day).values_list("pk", flat=True):
        guest = queries.locked_guest(pk)
        if guest is not None and guest.state not in (*GONE, GuestState.ASKED):
            guest.reminded_at = None
            guest.save()
            _tell(letters.moved, guest, str(day.announcements))


def _erase(guest: Guest, verb: str, by: Person | None) -> None:
    journal.record(verb, guest, by=by, programme=guest.programme_id)
    audience = guest.audience
    guest.delete()
    _fill(audience)


def _held(guest: Guest) -> Guest:
    """The guest under lock. Raises `Guest.DoesNotExist` for one erased meanwhile."""
    found = queries.locked_guest(guest.pk)
    if found is None:
        raise Guest.DoesNotExist
    return found


def _tell(letter: Letter, guest: Guest, cause: str = "") -> None:
    """Write a letter that opens the guest's page by a link of its own, kept on `guest.token`."""
    token, digest = tokens.new_token()
    GuestKey.objects.create(guest=guest, digest=digest)
    guest.token = token  # type: ignore[attr-defined]
    letter.enqueue(guest, cause=cause or digest[:16])
