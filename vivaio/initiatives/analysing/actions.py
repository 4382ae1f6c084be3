"""Every write of the needs analysis: answering together, settling, recording."""

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from django.db import transaction

from vivaio.initiatives.actions import ties
from vivaio.initiatives.analysing import letters, queries, rules
from vivaio.initiatives.models import Coach, Initiative, Interview, NeedsRound, Profile, Rating
from vivaio.initiatives.queries import initiatives
from vivaio.initiatives.states import PROFILE_MOVES, ProfileState, Side
from vivaio.journal import actions as journal
from vivaio.kit import clock
from vivaio.kit.rules import Refused, require
from vivaio.kit.states import move
from vivaio.methods import profile as method
from vivaio.people.models import Person
from vivaio.people.states import RelationKind
from vivaio.questionnaires import actions as questionnaires
from vivaio.questionnaires import queries as forms
from vivaio.questionnaires.changes import Change, Posted, Saved
from vivaio.questionnaires.models import Response


@transaction.atomic
def assign_coach(initiative: Initiative, coach: Person, *, by: Person | None) -> Coach:
    """Who accompanies the initiative through its analysis; another one takes the place."""
    initiative = initiatives.locked(initiative.pk)
    require(rules.assign, initiative, coach, by)
    before = Coach.objects.filter(initiative=initiative).first()
    if before is not None and before.person_id == coach.pk:
        return before
    if before is not None:
        _leave(before)
    made = Coach.objects.create(initiative=initiative, person=coach)
    tie(made)
    journal.record("needs.coach_assigned", initiative, by=by, fields=["coach"])
    return made


def tie(coach: Coach) -> None:
    """Who settled what an initiative lacks, with its team, does not judge it in a contest."""
    ties.tie(coach.person, coach.initiative, RelationKind.MENTORING, f"coach:{coach.pk}")


@transaction.atomic
def tie_coach(initiative: Initiative) -> None:
    """The initiative has become an organisation: its coach is tied to that too."""
    for coach in Coach.objects.filter(initiative=initiative).select_related("initiative", "person"):
        tie(coach)


def _leave(coach: Coach) -> None:
    """The place is free; that they were its coach stays on record."""
    ties.untie(f"coach:{coach.pk}", coach.initiative.programme.time_zone)
    coach.delete()


@transaction.atomic
def start(profile: Profile, side: str, *, by: Person) -> Response:
    """The answers of a side, opened with its first press; both who press at once find the same."""
    profile = queries.locked(profile.pk)
    require(rules.answer, profile, side, by)
    if there := profile.answers_of(side):
        return there
    form = queries.setup_of(profile.round.programme).form
    version = form.current if form else None
    if version is None:
        raise Refused(rules.no_questionnaire())
    made = questionnaires.start_response(version, by=by)
    setattr(profile, f"{side}_answers", made)
    profile.save()
    return made


@transaction.atomic
def save(profile: Profile, side: str, changes: Iterable[Change], *, by: Person) -> Saved:
    """Keep what was typed; what a colleague changed meanwhile is not written over."""
    profile = queries.locked(profile.pk)
    require(rules.answer, profile, side, by)
    return questionnaires.save_answers(_answers(profile, side), changes, by=by)


@transaction.atomic
def save_posted(profile: Profile, side: str, posted: Posted, *, by: Person) -> Saved:
    """The same for a whole page, sent with a button."""
    profile = queries.locked(profile.pk)
    require(rules.answer, profile, side, by)
    return questionnaires.save_posted(_answers(profile, side), posted, by=by)


def _answers(profile: Profile, side: str) -> Response:
    found = profile.answers_of(side)
    if found is None:
        raise Refused(rules.not_begun())
    return found


@transaction.atomic
def hand_in(profile: Profile, side: str, *, by: Person) -> Profile:
    """A side has answered: its points are worked out. Once both have, they are laid beside each other."""
    profile = queries.locked(profile.pk)
    answers = profile.answers_of(side)
    missing = len(forms.problems(answers)) if answers else 0
    require(rules.hand_in, profile, side, missing, by)
    if answers is not None:
        points = queries.points_of(queries.dimensions_of(profile.round.programme_id), answers)
        setattr(profile, f"{side}_points", points)
    setattr(profile, f"{side}_ready_at", clock.now())
    setattr(profile, f"{side}_ready_by", by)
    if profile.ready(Side.TEAM) and profile.ready(Side.COACH):
        move(profile, ProfileState.COMPARED, PROFILE_MOVES)
    profile.save()
    journal.record("needs.handed_in", profile, by=by, fields=[f"{side}_answers"])
    return profile


@transaction.atomic
def take_back(profile: Profile, side: str, *, by: Person) -> Profile:
    """A side thinks again, as long as nothing is agreed."""
    profile = queries.locked(profile.pk)
    require(rules.take_back, profile, side, by)
    setattr(profile, f"{side}_ready_at", None)
    setattr(profile, f"{side}_ready_by", None)
    if profile.state == ProfileState.COMPARED:
        move(profile, ProfileState.ANSWERING, PROFILE_MOVES)
    profile.save()
    journal.record("needs.taken_back", profile, by=by, fields=[f"{side}_answers"])
    return profile


@transaction.atomic
def agree(
    profile: Profile, values: Mapping[UUID, tuple[int, int]], *, present: str, words: str, by: Person
) -> Profile:
    """What was settled in the conversation, points and hours by dimension, is frozen; a letter tells both sides."""
    profile = queries.locked(profile.pk)
    require(rules.agree, profile, by)
    setup = queries.setup_of(profile.round.programme)
    for dimension in queries.dimensions_of(profile.round.programme_id):
        if dimension.pk not in values:
            continue
        points, hours = values[dimension.pk]
        Rating.objects.create(
            profile=profile,
            dimension=dimension,
            title=dimension.title,
            i18n={name: text for name, text in (dimension.i18n or {}).items() if name.startswith("title_")},
            field=dimension.field,
            points=points,
            level=method.level(points, setup.gap_below, setup.strength_from),
            hours=hours,
        )
    move(profile, ProfileState.AGREED, PROFILE_MOVES)
    profile.agreed_at, profile.agreed_by = clock.now(), by
    profile.present, profile.words = present, words
    profile.save()
    journal.record("needs.agreed", profile, by=by, fields=["ratings"])
    letters.agreed.enqueue(profile)
    return profile


@transaction.atomic
def record_interview(
    initiative: Initiative,
    *,
    held_on: dt.date,
    needs_round: NeedsRound | None,
    present: str,
    notes: Mapping[str, str],
    agreed: str,
    by: Person,
) -> Interview:
    """Write down a conversation about the needs; the same one sent twice is one."""
    initiative = initiatives.locked(initiative.pk)
    require(rules.record, initiative, by)
    said = {
        "initiative": initiative,
        "round": needs_round,
        "held_on": held_on,
        "present": present,
        "notes": {key: text for key, text in notes.items() if text},
        "agreed": agreed,
        "recorded_by": by,
    }
    again = Interview.objects.filter(**said, emptied_at=None).first()
    if again is not None:
        return again
    made = Interview.objects.create(**said)
    journal.record("needs.interview_recorded", made, by=by)
    return made


@transaction.atomic
def correct_interview(interview: Interview, *, values: Mapping[str, Any], by: Person) -> Interview:
    """Write over what was recorded; the page says who did, and when. Nothing changed, nothing written."""
    initiatives.locked(interview.initiative_id)
    interview = queries.locked_interview(interview.pk)
    require(rules.correct, interview, by)
    said = {**values, "notes": {key: text for key, text in values["notes"].items() if text}}
    changed = [name for name, value in said.items() if getattr(interview, name) != value]
    if not changed:
        return interview
    for name in changed:
        setattr(interview, name, said[name])
    interview.corrected_at, interview.corrected_by = clock.now(), by
    interview.save()
    journal.record("needs.interview_corrected", interview, by=by, fields=changed)
    return interview


@transaction.atomic
def tell_opened(profile_id: UUID) -> None:
    """Write to both sides of one profile that the round is open; twice is once."""
    letters.opened.enqueue(queries.profiles().get(pk=profile_id))


@transaction.atomic
def remind_profile(profile_id: UUID, cause: str) -> None:
    """Write to whoever has not handed in; once a cause."""
    profile = queries.locked(profile_id)
    if profile.state == ProfileState.ANSWERING and letters.reminder.enqueue(profile, cause=cause):
        profile.reminded_at = clock.now()
        profile.save()


@transaction.atomic
def empty_interview(pk: UUID) -> None:
    """The notes' time is over: that there was an interview, and when, stays."""
    rows: Any = Interview.objects.filter(pk=pk, emptied_at=None)
    rows.update(notes={}, agreed="", present="", emptied_at=clock.now())


@transaction.atomic
def empty_profile(pk: UUID) -> None:
    """The time of the words is over: both sides' answers go, and who was there; points and agreed values stay."""
    profile = queries.locked(pk)
    if profile.emptied_at is not None:
        return
    for side in Side.values:
        if answers := profile.answers_of(side):
            questionnaires.erase_answers(answers)
    Profile.objects.filter(pk=pk).update(present="", words="", emptied_at=clock.now())


@transaction.atomic
def forget(person: Person) -> None:
    """An initiative whose coach is erased has none; what they handed in or wrote down stays unnamed."""
    for coach in Coach.objects.filter(person=person).select_related("initiative"):
        journal.record("needs.coach_gone", coach.initiative, fields=["coach"])
        _leave(coach)
    for name in ("team_ready_by", "coach_ready_by", "agreed_by"):
        Profile.objects.filter(**{name: person}).update(**{name: None})
    for name in ("recorded_by", "corrected_by"):
        Interview.objects.filter(**{name: person}).update(**{name: None})
