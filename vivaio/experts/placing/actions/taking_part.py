"""Students: applying, being vouched for, withdrawing. Offers: writing, checking. Preferences of both."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from django.db import transaction

from vivaio.experts.models import (
    OfferRank,
    PlacementOffer,
    PlacementRound,
    PlacementStudent,
    StudentWish,
)
from vivaio.experts.placing import letters
from vivaio.experts.placing.actions.interns import settle
from vivaio.experts.placing.queries import rounds
from vivaio.experts.placing.queries import taking_part as queries
from vivaio.experts.placing.rules import taking_part as rules
from vivaio.experts.placing.states import (
    OFFER_MOVES,
    STUDENT_MOVES,
    OfferState,
    PlacementPart,
    PlacementRoundState,
    StudentState,
)
from vivaio.initiatives.models import Initiative
from vivaio.journal import actions as journal
from vivaio.kit import clock
from vivaio.kit.files import Checked, delete_later
from vivaio.kit.rules import require
from vivaio.kit.states import move
from vivaio.mailroom.letters import Letter
from vivaio.people.models import Person
from vivaio.people.states import InvitationState


def _cause() -> str:
    return f"{clock.now():%Y%m%d%H%M%S%f}"


def _told(verb: str, row: Any, by: Person | None, letter: Letter | None = None) -> None:
    """The register tells of the new state, and the letter whom it concerns."""
    journal.record(verb, row, by=by, programme=row.programme_id, fields=["state"])
    if letter is not None:
        letter.enqueue(row, cause=_cause())


@transaction.atomic
def apply(
    row: PlacementRound, *, values: Mapping[str, Any], file: Checked | None, by: Person
) -> PlacementStudent:
    """Take part as a student; the tutors of the university are asked for their word."""
    row = rounds.locked(row.pk)
    held = queries.own_in(by, row)
    require(rules.apply, row, held, by)
    require(rules.complete, values)
    student = queries.student_locked(held.pk) if held else PlacementStudent(round=row, person=by)
    if held:
        move(student, StudentState.APPLIED, STUDENT_MOVES)
        student.words, student.vouched_by, student.vouched_at = "", None, None
    _write(student, values, file)
    rounds.invitations_to(by.email, PlacementPart.STUDENT).filter(round=row).update(
        state=InvitationState.ACCEPTED
    )
    journal.record("experts.student_applied", student, by=by, programme=row.programme_id)
    letters.student_to_vouch.enqueue(student, cause=_cause())
    return student


@transaction.atomic
def edit(
    student: PlacementStudent, *, values: Mapping[str, Any], file: Checked | None, by: Person
) -> PlacementStudent:
    """Change what one says of oneself; with another university its tutor is asked anew."""
    student = queries.student_locked(student.pk)
    require(rules.edit, student, by)
    require(rules.complete, values)
    moved = student.university_id != values["university"].pk
    changed = [name for name in values if getattr(student, name) != values[name]]
    asked_anew = moved and student.state == StudentState.VOUCHED
    if asked_anew:
        student.state, student.vouched_by, student.vouched_at = StudentState.APPLIED, None, None
    _write(student, values, file)
    if asked_anew:
        settle(student)
    journal.record("experts.student_edited", student, by=by, programme=student.programme_id, fields=changed)
    if moved:
        letters.student_to_vouch.enqueue(student, cause=_cause())
    return student


def _write(student: PlacementStudent, values: Mapping[str, Any], file: Checked | None) -> None:
    for name, value in values.items():
        setattr(student, name, value)
    if file is not None:
        delete_later(student.file)
        for name, value in file.fields().items():
            setattr(student, name, value)
    student.save()


@transaction.atomic
def vouch(student: PlacementStudent, *, words: str, by: Person) -> PlacementStudent:
    """The university's tutor says that they are its student and fit to go."""
    student = _answered(student, StudentState.VOUCHED, words, by)
    _told("experts.student_vouched", student, by, letters.student_vouched)
    return student


@transaction.atomic
def decline(student: PlacementStudent, *, words: str, by: Person) -> PlacementStudent:
    """The tutor does not vouch, or no longer; the student reads why."""
    require(rules.with_words, words)
    student = _answered(student, StudentState.DECLINED, words, by)
    _told("experts.student_not_vouched", student, by, letters.student_not_vouched)
    return student


def _answered(student: PlacementStudent, to: StudentState, words: str, by: Person) -> PlacementStudent:
    student = queries.student_locked(student.pk)
    require(rules.vouch, student, by)
    move(student, to, STUDENT_MOVES)
    student.words, student.vouched_by, student.vouched_at = words.strip(), by, clock.now()
    student.save()
    settle(student)
    return student


@transaction.atomic
def withdraw(student: PlacementStudent, *, by: Person) -> PlacementStudent:
    """The student takes part no more; nobody reads the curriculum any longer."""
    student = queries.student_locked(student.pk)
    require(rules.withdraw, student, by)
    move(student, StudentState.WITHDRAWN, STUDENT_MOVES)
    drop_curriculum(student)
    student.save()
    settle(student)
    _told("experts.student_withdrew", student, by)
    return student


def drop_curriculum(student: PlacementStudent) -> None:
    """Forget the file; whoever calls saves the row."""
    delete_later(student.file)
    student.file, student.name, student.size, student.content_type, student.sha256 = "", "", 0, "", ""


@transaction.atomic
def wish(student: PlacementStudent, *, offers: Sequence[UUID], by: Person) -> PlacementStudent:
    """What the student would take, the dearest first; what is not named they would not take."""
    student = queries.student_locked(student.pk)
    require(rules.wish, student, by)
    known = {one.pk for one in queries.choices(student)}
    chosen = list(dict.fromkeys(one for one in offers if one in known))
    StudentWish.objects.filter(student=student).delete()
    StudentWish.objects.bulk_create(
        StudentWish(student=student, offer_id=offer, position=place)
        for place, offer in enumerate(chosen, start=1)
    )
    student.wishes_at = clock.now() if chosen else None
    student.save()
    journal.record("experts.placement_wished", student, by=by, programme=student.programme_id)
    return student


@transaction.atomic
def rank(
    offer: PlacementOffer, *, students: Sequence[UUID], refused: Sequence[UUID], by: Person
) -> PlacementOffer:
    """Whom the initiative would like, the first best, and whom it would not have; of the others lots decide."""
    offer = queries.offer_locked(offer.pk)
    require(rules.rank, offer, by)
    known = {one.pk for one in queries.candidates(offer)}
    chosen = list(dict.fromkeys(one for one in students if one in known))
    out = [one for one in dict.fromkeys(refused) if one in known and one not in chosen]
    OfferRank.objects.filter(offer=offer).delete()
    OfferRank.objects.bulk_create(
        [
            *(OfferRank(offer=offer, student_id=one, position=n) for n, one in enumerate(chosen, start=1)),
            *(OfferRank(offer=offer, student_id=one, position=None) for one in out),
        ]
    )
    offer.ranked_at = clock.now()
    offer.save()
    journal.record("experts.placement_ranked", offer, by=by, programme=offer.programme_id)
    return offer


@transaction.atomic
def offer(
    row: PlacementRound, initiative: Initiative, *, values: Mapping[str, Any], send: bool, by: Person
) -> PlacementOffer:
    """An initiative offers places, as a draft or sent to the programme."""
    row = rounds.locked(row.pk)
    require(rules.offer, row, initiative, by)
    require(rules.complete_offer, values)
    made = PlacementOffer(
        round=row, initiative=initiative, written_by=by, currency=row.programme.currency, **values
    )
    made.save()
    journal.record("experts.placement_offered", made, by=by, programme=row.programme_id)
    return _sent(made, by) if send else made


@transaction.atomic
def edit_offer(row: PlacementOffer, *, values: Mapping[str, Any], send: bool, by: Person) -> PlacementOffer:
    """The team changes its draft, or what came back."""
    row = queries.offer_locked(row.pk)
    require(rules.edit_offer, row, by)
    require(rules.complete_offer, values)
    changed = [name for name in values if getattr(row, name) != values[name]]
    for name in changed:
        setattr(row, name, values[name])
    row.save()
    journal.record("experts.placement_offer_edited", row, by=by, programme=row.programme_id, fields=changed)
    return send_offer(row, by=by) if send else row


@transaction.atomic
def send_offer(row: PlacementOffer, *, by: Person) -> PlacementOffer:
    """The programme reads it."""
    row = queries.offer_locked(row.pk)
    require(rules.send_offer, row, by)
    return _sent(row, by)


def _sent(row: PlacementOffer, by: Person) -> PlacementOffer:
    move(row, OfferState.ASKED, OFFER_MOVES)
    row.save()
    _told("experts.placement_offer_sent", row, by, letters.offer_to_check)
    return row


@transaction.atomic
def publish_offer(row: PlacementOffer, *, words: str = "", by: Person) -> PlacementOffer:
    """Students see it."""
    row = _checked(row, OfferState.PUBLISHED, words, by)
    _told("experts.placement_offer_published", row, by, letters.offer_published)
    return row


@transaction.atomic
def send_offer_back(row: PlacementOffer, *, words: str, by: Person) -> PlacementOffer:
    """Back to the team with what is missing."""
    require(rules.with_words, words)
    row = _checked(row, OfferState.SENT_BACK, words, by)
    _told("experts.placement_offer_sent_back", row, by, letters.offer_sent_back)
    return row


def _checked(row: PlacementOffer, to: OfferState, words: str, by: Person) -> PlacementOffer:
    row = queries.offer_locked(row.pk)
    require(rules.check_offer, row, by)
    move(row, to, OFFER_MOVES)
    row.words, row.checked_by, row.checked_at = words.strip(), by, clock.now()
    row.save()
    return row


@transaction.atomic
def withdraw_offer(row: PlacementOffer, *, by: Person) -> PlacementOffer:
    """Nobody is matched with it any more; who was placed stays."""
    row = queries.offer_locked(row.pk)
    require(rules.withdraw_offer, row, by)
    return _withdrawn(row, by)


@transaction.atomic
def withdraw_all_of(initiative: Initiative) -> None:
    """The initiative has closed: none of its offers waits for anybody."""
    for pk in list(queries.standing_of(initiative).values_list("pk", flat=True)):
        row = queries.offer_locked(pk)
        if row.state != OfferState.WITHDRAWN:
            _withdrawn(row, None)


def _withdrawn(row: PlacementOffer, by: Person | None) -> PlacementOffer:
    """Whoever would like it is told, as long as preferences are open."""
    chosen = row.state == OfferState.PUBLISHED and row.round.state == PlacementRoundState.OPEN
    move(row, OfferState.WITHDRAWN, OFFER_MOVES)
    row.save()
    _told("experts.placement_offer_withdrawn", row, by)
    for one in queries.wishes_for(row) if chosen else ():
        letters.offer_withdrawn.enqueue(one)
    return row
