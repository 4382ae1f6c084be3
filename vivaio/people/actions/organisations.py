"""Writes on organisations: their data and board."""

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from django.db import IntegrityError, transaction

from vivaio.journal import actions as journal
from vivaio.kit import clock
from vivaio.kit.rules import Refused, require
from vivaio.people import events, queries, rules
from vivaio.people.actions.frame import changed_fields
from vivaio.people.actions.members import join
from vivaio.people.actions.relations import juries_look_again, keep_relation
from vivaio.people.models import BoardMember, Organisation, PastBoardMember, Person, Relation
from vivaio.people.models.person import sort_key
from vivaio.people.states import MemberPart, OrganisationKind, RelationKind

MENDED = dt.timedelta(days=1)  # a seat that goes so soon was a slip of the pen


@transaction.atomic
def create_organisation(values: Mapping[str, Any], *, by: Person) -> Organisation:
    """Register an organisation; who registers it looks after it."""
    require(rules.numbers_free, values)
    try:
        with transaction.atomic():
            organisation = Organisation.objects.create(**values)
    except IntegrityError:  # somebody registered it in this very moment
        raise Refused(rules.REGISTERED) from None
    join(organisation, by, MemberPart.ADMINISTRATOR)
    journal.record("people.organisation_created", organisation, by=by)
    return organisation


@transaction.atomic
def record_organisation(
    values: Mapping[str, Any], *, administrators: Sequence[Person], by: Person | None
) -> Organisation:
    """Put an organisation on record for others: these people look after it, and not whoever records it."""
    require(rules.numbers_free, values)
    try:
        with transaction.atomic():
            organisation = Organisation.objects.create(**values)
    except IntegrityError:  # somebody registered it in this very moment
        raise Refused(rules.REGISTERED) from None
    for person in administrators:
        join(organisation, person, MemberPart.ADMINISTRATOR)
    journal.record("people.organisation_created", organisation, by=by)
    return organisation


@transaction.atomic
def update_organisation(organisation: Organisation, values: Mapping[str, Any], *, by: Person) -> Organisation:
    """Mend the organisation's data."""
    organisation = queries.locked(organisation.pk)
    require(rules.edit_organisation, organisation, by)
    informal = organisation.kind == OrganisationKind.INFORMAL_GROUP
    changed = changed_fields(organisation, values)
    if informal and "kind" in changed:
        events.constituting.send(Organisation, organisation=organisation)
    if changed:
        require(rules.numbers_free, values, organisation)
        try:
            with transaction.atomic():
                organisation.save()
        except IntegrityError:
            raise Refused(rules.REGISTERED) from None
        journal.record("people.organisation_updated", organisation, by=by, fields=changed)
    return organisation


@transaction.atomic
def declare_board(
    organisation: Organisation, members: Sequence[Mapping[str, Any]], *, by: Person
) -> Organisation:
    """Put on record who governs the organisation: these people and nobody else."""
    organisation = queries.locked(organisation.pk)
    require(rules.edit_organisation, organisation, by)
    stays, gone = mended_seats(organisation, members)
    end_seats(gone, members)
    accounts = {
        person.email.lower(): person
        for person in Person.objects.filter(
            email__in=[seat["email"].lower() for seat in members if seat.get("email")]
        )
    }
    for seat in members:
        person = accounts.get((seat.get("email") or "").lower())
        row = stays.get(seat_key(seat)) or BoardMember(organisation=organisation, **seat)
        stays[seat_key(seat)] = row
        if person and row.person and row.person != person:  # the address was another's
            Relation.objects.filter(origin=f"board:{row.pk}").update(person=person)
        row.person = person or row.person
        row.save()
        if row.person:
            keep_relation(row.person, organisation, RelationKind.BOARD, f"board:{row.pk}")
    organisation.board_declared_at = clock.now()
    organisation.save()
    juries_look_again(None, organisation)
    journal.record("people.board_declared", organisation, by=by)
    return organisation


def mended_seats(
    organisation: Organisation, members: Sequence[Mapping[str, Any]]
) -> tuple[dict[tuple[str, ...], BoardMember], list[BoardMember]]:
    """The seats that these lines keep or mend (a name, an address, the part), by line, and those that go."""
    stays = {seat_key(vars(seat)): seat for seat in organisation.board.select_related("person")}
    named = {seat_key(values) for values in members}
    gone = [stays.pop(key) for key in list(stays) if key not in named]
    for values in members:
        seat = next((one for one in gone if same_person(vars(one), values)), None)
        if seat is not None and seat_key(values) not in stays:
            gone.remove(seat)
            for name, value in values.items():
                setattr(seat, name, value)
            stays[seat_key(values)] = seat
    return stays, gone


def end_seats(seats: Sequence[BoardMember], members: Sequence[Mapping[str, Any]]) -> None:
    """Whoever leaves the board stays on record with the day: juries weigh when it ended.

    Not who stays on it in another seat, nor a seat put on record within the last day: that was a slip of the pen.
    """
    today, recent = clock.today(), clock.now() - MENDED
    slips = [seat for seat in seats if seat.created_at > recent]
    ties = Relation.objects.filter(origin__in=[f"board:{seat.pk}" for seat in seats])
    ties.filter(origin__in=[f"board:{seat.pk}" for seat in slips], since__gte=recent.date()).delete()
    ties.update(until=today, origin="")
    PastBoardMember.objects.bulk_create(
        PastBoardMember(
            organisation_id=seat.organisation_id,
            given_name=seat.given_name,
            family_name=seat.family_name,
            part=seat.part,
            email=seat.email or (seat.person.email if seat.person else ""),
            person=seat.person,
            ended_on=today,
        )
        for seat in seats
        if seat not in slips and not any(same_person(vars(seat), one) for one in members)
    )
    BoardMember.objects.filter(pk__in=[seat.pk for seat in seats]).delete()


def same_person(seat: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
    """Whether two lines tell of one person: by the same address, or by the same name."""
    names = {sort_key(one["family_name"].strip(), one["given_name"].strip()) for one in (seat, other)}
    addresses = {(one.get("email") or "").strip().lower() for one in (seat, other)}
    return len(names) == 1 or (len(addresses) == 1 and "" not in addresses)


def seat_key(seat: Mapping[str, Any]) -> tuple[str, ...]:
    """What makes two lines the same seat: whoever keeps it keeps the day since when."""
    return tuple(
        (seat.get(name) or "").strip().casefold() for name in ("given_name", "family_name", "part", "email")
    )
