"""A placement from its acceptance to its end: accepting, agreeing and signing, hours, evaluations, the grant."""

import datetime as dt
from collections.abc import Mapping
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import override

from vivaio.experts.models import (
    AgreementSignature,
    LearningAgreement,
    Placement,
    PlacementEvaluation,
    PlacementHours,
    PlacementStudent,
)
from vivaio.experts.placing import agreed, letters
from vivaio.experts.placing.actions.interns import settle
from vivaio.experts.placing.queries import placements as queries
from vivaio.experts.placing.rules import placements as rules
from vivaio.experts.placing.states import (
    HOURS_MOVES,
    PLACEMENT_MOVES,
    UNFINISHED,
    HoursState,
    PlacementState,
    Side,
)
from vivaio.funding.actions import awards
from vivaio.funding.states import AwardKind
from vivaio.initiatives.actions import ties
from vivaio.initiatives.models import Initiative
from vivaio.journal import actions as journal
from vivaio.kit import clock
from vivaio.kit.rules import require
from vivaio.kit.states import move
from vivaio.people.models import Person
from vivaio.people.states import RelationKind

OVER = {
    PlacementState.DECLINED: ("experts.placement_declined", letters.placement_off),
    PlacementState.LAPSED: ("experts.placement_lapsed", letters.placement_off),
    PlacementState.ENDED: ("experts.placement_ended", letters.placement_ended),
}


def _told(verb: str, placement: Placement, by: Person | None, *fields: str) -> None:
    journal.record(verb, placement, by=by, programme=placement.round.programme_id, fields=list(fields))


@transaction.atomic
def accept(placement: Placement, side: Side, *, by: Person) -> Placement:
    """One side accepts; with the other's yes the agreement is written."""
    placement = queries.locked(placement.pk)
    require(rules.accept, placement, side, by)
    if side == Side.STUDENT:
        placement.student_accepted_at = clock.now()
    else:
        placement.initiative_accepted_at = clock.now()
    both = placement.student_accepted_at is not None and placement.initiative_accepted_at is not None
    if both:
        move(placement, PlacementState.AGREEING, PLACEMENT_MOVES)
    placement.save()
    _told("experts.placement_accepted", placement, by, "state")
    if both:
        _tie(placement)
        letters.placement_agreed.enqueue(placement)
    return placement


def _tie(placement: Placement) -> None:
    """Whoever works there judges nothing of theirs and is not matched with them as an expert."""
    ties.tie(
        placement.student.person, placement.offer.initiative, RelationKind.EMPLOYMENT, _origin(placement)
    )


@transaction.atomic
def tie_all(initiative: Initiative) -> None:
    """The initiative has become an organisation: whoever is placed there is tied to that too."""
    under_way = (PlacementState.AGREEING, PlacementState.RUNNING)
    for placement in queries.of_initiative(initiative).filter(state__in=under_way):
        _tie(placement)


def _origin(placement: Placement) -> str:
    return f"placement:{placement.pk}"


def _untie(placement: Placement) -> None:
    ties.untie(_origin(placement), placement.offer.initiative.programme.time_zone)


@transaction.atomic
def decline(placement: Placement, side: Side, *, words: str, by: Person) -> Placement:
    """One side says no; the place and the student may be matched again."""
    placement = queries.locked(placement.pk)
    require(rules.answer, placement, side, by)
    require(rules.with_reason, words)
    return _over(placement, PlacementState.DECLINED, words, by)


def _over(placement: Placement, to: PlacementState, words: str, by: Person | None) -> Placement:
    """It comes to nothing, or ends early: the tie and the role go with it, and everybody concerned is told."""
    move(placement, to, PLACEMENT_MOVES)
    placement.reason, placement.ended_at = words.strip(), clock.now()
    placement.save()
    _untie(placement)
    settle(placement.student)
    verb, letter = OVER[to]
    _told(verb, placement, by, "state")
    letter.enqueue(placement)
    if to == PlacementState.ENDED and placement.award_id:
        letters.grant_to_look_at.enqueue(placement)
    return placement


@transaction.atomic
def lapse(pk: UUID) -> None:
    """Not accepted in time. Run again, it does nothing."""
    placement = queries.locked(pk)
    if placement.state != PlacementState.PROPOSED or clock.now() < placement.answer_by:
        return
    _over(placement, PlacementState.LAPSED, "", None)


@transaction.atomic
def leave(student: PlacementStudent, *, words: str) -> None:
    """The student is here no longer: what was proposed, agreed or under way is over."""
    for pk in list(queries.unfinished_of(student).values_list("pk", flat=True)):
        placement = queries.locked(pk)
        proposed = placement.state == PlacementState.PROPOSED
        _over(placement, PlacementState.DECLINED if proposed else PlacementState.ENDED, words, None)


@transaction.atomic
def end_all_of(initiative: Initiative) -> None:
    """The initiative has closed: nobody is placed there; hours that were written stay, to be confirmed."""
    with override(initiative.language):
        words = _("The initiative has closed.")
    for pk in list(queries.unfinished_at(initiative).values_list("pk", flat=True)):
        placement = queries.locked(pk)
        proposed = placement.state == PlacementState.PROPOSED
        if placement.state in UNFINISHED:
            _over(placement, PlacementState.DECLINED if proposed else PlacementState.ENDED, words, None)


@transaction.atomic
def write_agreement(placement: Placement, *, values: Mapping[str, Any], by: Person) -> LearningAgreement:
    """What the three agree on; another text is another version, and signatures of the old one count no more."""
    placement = queries.locked(placement.pk)
    require(rules.write_agreement, placement, by)
    require(rules.complete_agreement, values["starts_on"], values["ends_on"])
    held = queries.agreement_of(placement)
    if held is not None and all(getattr(held, name) == values[name] for name in agreed.FIELDS):
        return held
    agreement = held or LearningAgreement(placement=placement, version=0)
    for name in agreed.FIELDS:
        setattr(agreement, name, values[name])
    agreement.placement = placement
    agreement.version += 1
    agreement.written_by, agreement.written_at = by, clock.now()
    agreement.digest = agreed.digest(agreement)
    agreement.save()
    _told("experts.agreement_written", placement, by)
    letters.agreement_to_sign.enqueue(placement, cause=agreement.digest[:16])
    return agreement


@transaction.atomic
def sign(placement: Placement, side: Side, *, digest: str, by: Person) -> Placement:
    """One side signs with a click the text that it has read; with the third signature the placement runs."""
    placement = queries.locked(placement.pk)
    agreement: Any = queries.agreement_of(placement)
    require(rules.sign, placement, agreement, digest, side, by)
    AgreementSignature.objects.create(
        agreement=agreement, side=side, person=by, name=by.full_name, digest=digest, signed_at=clock.now()
    )
    _told("experts.agreement_signed", placement, by)
    if queries.signatures_of(agreement).count() == len(Side):
        move(placement, PlacementState.RUNNING, PLACEMENT_MOVES)
        placement.started_at = clock.now()
        placement.save()
        _told("experts.placement_started", placement, by, "state")
        letters.agreement_signed.enqueue(placement)
    return placement


@transaction.atomic
def log(placement: Placement, *, day: dt.date, hours: Decimal, what: str, by: Person) -> PlacementHours:
    """The student writes what was done on a day; the same sent twice is written once."""
    placement = queries.locked_with_others(placement.pk)
    require(rules.write_hours, placement, by)
    same = {"placement": placement, "day": day, "hours": hours, "what": what.strip()}
    again = PlacementHours.objects.filter(**same, state=HoursState.LOGGED).first()
    if again is not None:
        return again
    require(rules.log, placement, day, hours, by)
    made = PlacementHours.objects.create(**same)
    _told("experts.placement_hours_logged", placement, by)
    return made


@transaction.atomic
def drop_hours(entry: PlacementHours, *, by: Person) -> None:
    """The student takes hours back that were not confirmed."""
    queries.locked(entry.placement_id)
    entry = queries.hours_locked(entry.pk)
    require(rules.drop_hours, entry, by)
    _told("experts.placement_hours_dropped", entry.placement, by)
    entry.delete()


@transaction.atomic
def confirm_hours(entry: PlacementHours, *, by: Person) -> PlacementHours:
    """The initiative confirms the hours of a day."""
    entry = queries.hours_locked(entry.pk)
    require(rules.confirm_hours, entry.placement, by)
    move(entry, HoursState.CONFIRMED, HOURS_MOVES)
    entry.confirmed_by, entry.confirmed_at, entry.words = by, clock.now(), ""
    entry.save()
    _told("experts.placement_hours_confirmed", entry.placement, by)
    return entry


@transaction.atomic
def confirm_all(placement: Placement, *, by: Person) -> int:
    """Every hour that waits, at once; how many entries."""
    placement = queries.locked(placement.pk)
    require(rules.confirm_hours, placement, by)
    waiting = list(queries.hours_of(placement).filter(state=HoursState.LOGGED))
    for entry in waiting:
        confirm_hours(entry, by=by)
    return len(waiting)


@transaction.atomic
def send_hours_back(entry: PlacementHours, *, words: str, by: Person) -> PlacementHours:
    """Not as it was: the student reads why, and corrects them."""
    entry = queries.hours_locked(entry.pk)
    require(rules.confirm_hours, entry.placement, by)
    require(rules.with_reason, words)
    move(entry, HoursState.SENT_BACK, HOURS_MOVES)
    entry.words = words.strip()[:400]
    entry.save()
    _told("experts.placement_hours_sent_back", entry.placement, by)
    letters.placement_hours_back.enqueue(entry, cause=f"{clock.now():%Y%m%d%H%M%S%f}")
    return entry


@transaction.atomic
def correct_hours(
    entry: PlacementHours, *, day: dt.date, hours: Decimal, what: str, by: Person
) -> PlacementHours:
    """The student corrects what came back, and it waits to be confirmed again."""
    placement = queries.locked_with_others(entry.placement_id)
    entry = queries.hours_locked(entry.pk)
    require(rules.correct_hours, entry, by)
    require(rules.correct_to, entry, day, hours)
    move(entry, HoursState.LOGGED, HOURS_MOVES)
    entry.day, entry.hours, entry.what, entry.words = day, hours, what.strip(), ""
    entry.save()
    _told("experts.placement_hours_corrected", placement, by)
    return entry


@transaction.atomic
def finish(placement: Placement, *, by: Person) -> Placement:
    """It has come to its end: each side says how it went."""
    placement = queries.locked(placement.pk)
    require(rules.finish, placement, by)
    move(placement, PlacementState.DONE, PLACEMENT_MOVES)
    placement.ended_at = clock.now()
    placement.save()
    _untie(placement)
    _told("experts.placement_done", placement, by, "state")
    letters.placement_done.enqueue(placement)
    return placement


@transaction.atomic
def end(placement: Placement, *, words: str, by: Person) -> Placement:
    """It ends early, and why; hours confirmed so far stay."""
    placement = queries.locked(placement.pk)
    require(rules.end, placement, by)
    require(rules.with_reason, words)
    return _over(placement, PlacementState.ENDED, words, by)


@transaction.atomic
def evaluate(placement: Placement, side: Side, *, grade: int, text: str, by: Person) -> PlacementEvaluation:
    """One side says how it went; it may think again."""
    placement = queries.locked(placement.pk)
    require(rules.evaluate, placement, side, by)
    made, _new = PlacementEvaluation.objects.update_or_create(
        placement=placement, side=side, defaults={"grade": grade, "text": text.strip(), "person": by}
    )
    _told("experts.placement_evaluated", placement, by)
    return made


@transaction.atomic
def ask_how_it_went(placement: Placement) -> None:
    """Remind the university's tutors to say how it went; the letter goes once, however often this is called."""
    letters.how_did_it_go.enqueue(placement)


@transaction.atomic
def grant(placement: Placement, *, document: str, by: Person) -> Placement:
    """The grant, awarded to the initiative for this student: the ledger knows it, and the team claims it."""
    placement = queries.locked(placement.pk)
    require(rules.grant, placement, by)
    values = {
        "kind": AwardKind.PLACEMENT,
        "title": agreed.grant_title(placement),
        "amount": placement.offer.grant,
        "document": document.strip(),
        "conditions": agreed.grant_conditions(placement),
    }
    placement.award = awards.award(
        placement.round.programme, placement.offer.initiative, values=values, by=by
    )
    placement.save()
    _told("experts.placement_granted", placement, by, "award")
    return placement
