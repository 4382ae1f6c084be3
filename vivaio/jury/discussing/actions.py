"""Confirming a sheet, saying something, changing a score, closing a discussion."""

import secrets
from collections.abc import Mapping
from uuid import UUID

from django.db import transaction

from vivaio.calls.models import Call
from vivaio.journal import actions as journal
from vivaio.jury.discussing import letters, queries, rules
from vivaio.jury.models import Assignment, Discussion, Juror, Panel, Remark, Revision, Score, Voice
from vivaio.jury.queries import panel as panels
from vivaio.jury.queries import scoring
from vivaio.jury.rules import assignment as assignment_rules
from vivaio.jury.rules import scoring as scoring_rules
from vivaio.jury.states import DISCUSSION_MOVES, AssignmentState, DiscussionState
from vivaio.kit import clock
from vivaio.kit.rules import Refused, require
from vivaio.kit.states import move
from vivaio.people.models import Person


@transaction.atomic
def confirm(assignment: Assignment, *, by: Person) -> Discussion:
    """The sheet is fixed, and its juror enters the discussion of the application. Twice is once."""
    panels.locked(assignment.juror.panel_id)
    assignment = _sheet(assignment)
    require(rules.confirm, assignment, by)
    discussion, _new = Discussion.objects.get_or_create(application=assignment.application)
    if assignment.confirmed_at is None:
        assignment.confirmed_at = clock.now()
        assignment.save(update_fields=["confirmed_at", "updated_at"])
        _voice(discussion, by, assignment.juror)
        journal.record("scores.confirmed", assignment, by=by)
    return discussion


def _sheet(assignment: Assignment) -> Assignment:
    """The sheet under its row lock, with its juror's panel as it stands."""
    found = (
        Assignment.objects.select_for_update(of=("self",))
        .select_related("application")
        .filter(pk=assignment.pk)
        .first()
    )
    if found is None:
        raise Refused(assignment_rules.gone())
    found.juror = Juror.objects.select_related("panel__call__programme", "person").get(pk=found.juror_id)
    return found


def _voice(discussion: Discussion, person: Person, juror: Juror | None) -> Voice:
    """The person's voice in a discussion; a juror's gets a letter by lot among the free ones."""
    found = Voice.objects.filter(discussion=discussion, person=person).first()
    if found is not None:
        return found
    number = None
    if juror is not None:
        taken = set(discussion.voices.exclude(number=None).values_list("number", flat=True))
        readers = Assignment.objects.filter(application=discussion.application_id).exclude(
            state=AssignmentState.RECUSED
        )
        number = secrets.choice(sorted(set(range(1, max(readers.count(), len(taken) + 1) + 1)) - taken))
    return Voice.objects.create(discussion=discussion, person=person, juror=juror, number=number)


def _speaking(discussion: Discussion, by: Person, juror: Juror | None) -> tuple[Discussion, Voice]:
    """The discussion under its lock and the voice of who speaks, who must have a part in it at this instant."""
    panel = panels.locked(discussion.application.call.panel.pk)
    discussion = queries.locked(discussion.pk)
    if juror is None:
        require(rules.look_after, panel, by)
    elif juror.person_id != by.pk or discussion.pk not in queries.still_reads(juror):
        raise Refused(rules.gone())
    require(rules.say, discussion)
    return discussion, _voice(discussion, by, juror)


def plain(text: str) -> str:
    """A message as it is kept: a line's end is one character, nothing stands around the words."""
    return text.replace("\r\n", "\n").strip()


@transaction.atomic
def say(discussion: Discussion, text: str, *, by: Person, juror: Juror | None = None) -> Remark:
    """Send a message, as a juror or (without one) for the staff. The same words sent twice in a row are one message."""
    discussion, voice = _speaking(discussion, by, juror)
    words = plain(text)
    require(rules.words, words)
    last = discussion.remarks.order_by("-created_at", "-pk").first()
    voice.draft = ""
    voice.read_at = clock.now()
    voice.save(update_fields=["draft", "read_at", "updated_at"])
    if last and last.voice_id == voice.pk and last.text == words:
        return last
    made = Remark.objects.create(discussion=discussion, voice=voice, text=words)
    journal.record("discussion.said", discussion, by=by)
    return made


@transaction.atomic
def keep_draft(discussion: Discussion, text: str, *, by: Person, juror: Juror | None = None) -> Voice:
    """Keep what is written so far, for nobody else to read."""
    discussion, voice = _speaking(discussion, by, juror)
    voice.draft = text.replace("\r\n", "\n")[: rules.LONGEST]
    voice.save(update_fields=["draft", "updated_at"])
    return voice


def look(discussion: Discussion, *, by: Person) -> None:
    """Whoever takes part has read all up to now."""
    Voice.objects.filter(discussion=discussion, person=by).update(read_at=clock.now())


@transaction.atomic
def edit(remark: Remark, text: str, *, by: Person, juror: Juror | None = None) -> Remark:
    """Change one's own words, within minutes."""
    remark = _remark(remark, by, juror)
    require(rules.edit, remark, by)
    words = plain(text)
    require(rules.words, words)
    if words != remark.text:
        remark.text, remark.edited_at = words, clock.now()
        remark.save()
        journal.record("discussion.mended", remark.discussion, by=by)
    return remark


@transaction.atomic
def take_back(remark: Remark, *, by: Person, juror: Juror | None = None) -> Remark:
    """Take one's own words back: they are gone, and that there were some stays to be seen."""
    remark = _remark(remark, by, juror)
    require(rules.take_back, remark, by)
    remark.text, remark.removed_at = "", clock.now()
    remark.save()
    journal.record("discussion.taken_back", remark.discussion, by=by)
    return remark


def _remark(remark: Remark, by: Person, juror: Juror | None) -> Remark:
    _speaking(remark.discussion, by, juror)
    return (
        Remark.objects.select_for_update(of=("self",))
        .select_related("voice", "discussion__application")
        .get(pk=remark.pk)
    )


@transaction.atomic
def revise(assignment: Assignment, values: Mapping[UUID, int], *, reason: str, by: Person) -> list[Revision]:
    """Change confirmed scores in the discussion: what they were is kept, the last one counts."""
    panel = panels.locked(assignment.juror.panel_id)
    found = Discussion.objects.filter(application=assignment.application_id).first()
    if found is None:
        raise Refused(rules.gone())
    discussion = queries.locked(found.pk)
    assignment = _sheet(assignment)
    require(rules.revise, assignment, discussion, by)
    criteria = {one.pk: one for one in scoring.criteria_of(panel.call)}
    before = scoring.values_of(assignment)
    made = []
    for pk, value in values.items():
        if pk not in criteria:
            raise Refused(scoring_rules.unknown_criterion())
        require(scoring_rules.value, criteria[pk], value)
        if before[pk] == value:
            continue
        require(rules.reason, reason)
        Score.objects.filter(assignment=assignment, criterion=pk).update(value=value, updated_at=clock.now())
        made.append(
            Revision.objects.create(
                assignment=assignment,
                criterion=criteria[pk],
                before=before[pk],
                after=value,
                reason=reason.strip()[:500],
            )
        )
    if made:
        assignment.scored_at = clock.now()
        assignment.save(update_fields=["scored_at", "updated_at"])
        keys = sorted(one.criterion.key for one in made)
        journal.record("scores.revised", assignment, by=by, fields=keys)
    return made


@transaction.atomic
def close(discussion: Discussion, *, by: Person | None) -> Discussion:
    """Nothing more is said, and no score changes."""
    panel = panels.locked(discussion.application.call.panel.pk)
    discussion = queries.locked(discussion.pk)
    require(rules.close, discussion, panel, by)
    _close(discussion, by)
    return discussion


@transaction.atomic
def close_all(panel: Panel, *, by: Person | None) -> int:
    """Close every discussion of a jury; how many were open."""
    panel = panels.locked(panel.pk)
    require(rules.look_after, panel, by)
    return end(panel.call, by=by)


@transaction.atomic
def end(call: Call, *, by: Person | None) -> int:
    """Close what is open because the ranking is settled. Whoever calls this holds the panel's lock."""
    found = list(queries.open_ones(call).select_for_update().order_by("pk"))
    for discussion in found:
        _close(discussion, by)
    return len(found)


def _close(discussion: Discussion, by: Person | None) -> None:
    move(discussion, DiscussionState.CLOSED, DISCUSSION_MOVES)
    discussion.closed_at = clock.now()
    discussion.save()
    journal.record("discussion.closed", discussion, by=by, fields=["state"])


@transaction.atomic
def reopen(discussion: Discussion, *, by: Person | None) -> Discussion:
    """Let jurors discuss the application again."""
    panel = panels.locked(discussion.application.call.panel.pk)
    discussion = queries.locked(discussion.pk)
    require(rules.reopen, discussion, panel, by)
    move(discussion, DiscussionState.OPEN, DISCUSSION_MOVES)
    discussion.closed_at = None
    discussion.save()
    journal.record("discussion.reopened", discussion, by=by, fields=["state"])
    return discussion


@transaction.atomic
def tell_news(juror: Juror, voices: Mapping[UUID, tuple[Voice, int]]) -> int:
    """Write to a juror, once a day, how many messages wait in the discussions that they take part in."""
    reads = queries.still_reads(juror)
    waiting = [(voice, news) for pk, (voice, news) in voices.items() if pk in reads]
    if not waiting:
        return 0
    juror.news = sum(news for _voice, news in waiting)  # type: ignore[attr-defined]  # read by the letter
    juror.threads = len(waiting)  # type: ignore[attr-defined]
    letters.news.enqueue(juror, cause=f"{clock.today():%Y%m%d}")
    Voice.objects.filter(pk__in=[voice.pk for voice, _news in waiting]).update(told_at=clock.now())
    return len(waiting)


def forget_words(application: UUID) -> None:
    """Erase what was said of an application together with its answers; that it was discussed, and the scores, stay."""
    Remark.objects.filter(discussion__application=application).update(text="")
    Voice.objects.filter(discussion__application=application).update(draft="")
    Revision.objects.filter(assignment__application=application).update(reason="")


def forget(person: Person) -> None:
    """What an erased person had not sent yet goes. What was said is part of the jury's work, and stays without them."""
    Voice.objects.filter(person=person).exclude(draft="").update(draft="")
