"""Every write on the questions of a call."""

from collections.abc import Mapping

from django.db import transaction

from vivaio.calls import queries as calls
from vivaio.calls.asking import letters, queries, rules
from vivaio.calls.models import AnswerCorrection, Call, CallFollower, CallQuestion
from vivaio.calls.states import QUESTION_MOVES, QuestionState
from vivaio.journal import actions as journal
from vivaio.kit import clock
from vivaio.kit.rules import require
from vivaio.kit.states import move
from vivaio.kit.texts import write_texts
from vivaio.mailroom.letters import Letter
from vivaio.people.models import Person
from vivaio.programmes import actions as programmes

Texts = Mapping[str, Mapping[str, str]]


@transaction.atomic
def ask(call: Call, *, text: str, passage: str, by: Person) -> CallQuestion:
    """Ask about a call. The same words, sent twice while they wait, are one question."""
    # The asker's own row is locked: two clicks at once cannot both be the last that the day allows.
    Person.objects.select_for_update().get(pk=by.pk)
    call = calls.locked(call.pk)
    words = text.replace("\r\n", "\n").strip()
    again = queries.waiting(call).filter(asked_by_id=by.pk, text=words).first()
    if again is not None:
        return again
    require(rules.ask, call, by)
    require(rules.something_written, words)
    made = CallQuestion.objects.create(call=call, asked_by=by, text=words, about=passage)
    # Not by whom: those who answer read the register too. The row itself knows.
    journal.record("calls.question_asked", made, programme=call.programme_id)
    letters.received.enqueue(made)
    return made


@transaction.atomic
def take_back(question: CallQuestion, *, by: Person) -> CallQuestion:
    """The asker takes it back; nobody answers it any more."""
    question = queries.locked(question.pk)
    require(rules.take_back, question, by)
    move(question, QuestionState.TAKEN_BACK, QUESTION_MOVES)
    question.save()
    journal.record("calls.question_taken_back", question, programme=question.programme_id)
    return question


@transaction.atomic
def write(question: CallQuestion, texts: Texts, passage: str, *, by: Person) -> CallQuestion:
    """Keep what is written so far; nobody but the staff reads it."""
    question = queries.locked(question.pk)
    require(rules.answer, question, by)
    changed = _written(question, texts, passage)
    if changed:
        question.save()
        journal.record(
            "calls.answer_drafted", question, by=by, programme=question.programme_id, fields=changed
        )
    return question


@transaction.atomic
def publish(question: CallQuestion, texts: Texts, passage: str, *, by: Person) -> CallQuestion:
    """Question and answer become public under a number; who asked and who follows the call get a letter."""
    call = calls.locked(question.call_id)
    question = queries.locked(question.pk)
    require(rules.answer, question, by)
    _written(question, texts, passage)
    require(rules.both_written, question)
    question.number = queries.next_number(call)
    question = _settled(question, QuestionState.PUBLISHED, "calls.answer_published", by)
    programmes.public_changed(call.programme_id)
    letters.answered.enqueue(question)
    letters.published.enqueue(question)
    return question


@transaction.atomic
def merge(question: CallQuestion, into: CallQuestion | None, *, by: Person) -> CallQuestion:
    """A published answer holds for this question too: who asked is told where it stands."""
    question = queries.locked(question.pk)
    require(rules.answer, question, by)
    require(rules.merge, question, into)
    question.into = into
    question = _settled(question, QuestionState.MERGED, "calls.question_merged", by)
    letters.answered.enqueue(question)
    return question


@transaction.atomic
def reply(question: CallQuestion, words: str, *, by: Person) -> CallQuestion:
    """Answer who asked, and nobody else."""
    return _closed(question, QuestionState.PRIVATE, "calls.question_replied", letters.replied, words, by)


@transaction.atomic
def decline(question: CallQuestion, words: str, *, by: Person) -> CallQuestion:
    """Say to who asked why there is no answer."""
    return _closed(question, QuestionState.DECLINED, "calls.question_declined", letters.declined, words, by)


@transaction.atomic
def correct(
    question: CallQuestion, texts: Texts, passage: str, notes: Mapping[str, str], *, by: Person
) -> CallQuestion:
    """Change a published answer in the open: what it said before stays, with the day and the reason."""
    question = queries.locked(question.pk)
    require(rules.correct, question, by)
    before = AnswerCorrection(
        question=question, by=by, wording=question.wording, answer=question.answer, i18n=question.i18n or {}
    )
    changed = _written(question, texts, passage)
    if not changed:
        return question
    require(rules.both_written, question)
    require(rules.something_written, "".join(notes.values()))
    write_texts(before, {"note": notes})
    before.save()
    question.save()
    programmes.public_changed(question.programme_id)
    journal.record("calls.answer_corrected", question, by=by, programme=question.programme_id, fields=changed)
    letters.corrected.enqueue(question, cause=str(before.pk))
    letters.corrected_followed.enqueue(question, cause=str(before.pk))
    return question


@transaction.atomic
def follow(call: Call, *, by: Person) -> None:
    """Letters will tell the person what is answered on the call, and what changes in it."""
    require(rules.follow, call)
    _row, made = CallFollower.objects.get_or_create(call=call, person=by)
    if made:
        journal.record("calls.followed", call)


@transaction.atomic
def unfollow(call: Call, *, by: Person) -> None:
    """No more of these letters."""
    gone, _kinds = CallFollower.objects.filter(call=call, person=by).delete()
    if gone:
        journal.record("calls.unfollowed", call)


def forget(person: Person) -> None:
    """What is settled stays without who asked; what waits goes, and nothing is followed any more."""
    CallQuestion.objects.filter(asked_by=person, state=QuestionState.ASKED).delete()
    CallQuestion.objects.filter(asked_by=person).update(asked_by=None, text="")
    CallFollower.objects.filter(person=person).delete()


def _written(question: CallQuestion, texts: Texts, passage: str) -> list[str]:
    changed = write_texts(question, texts)
    if passage != question.about:
        question.about = passage
        changed.append("about")
    return changed


def _settled(question: CallQuestion, to: QuestionState, verb: str, by: Person) -> CallQuestion:
    move(question, to, QUESTION_MOVES)
    question.answered_by, question.answered_at = by, clock.now()
    question.save()
    journal.record(verb, question, by=by, programme=question.programme_id, fields=["state"])
    return question


def _closed(
    question: CallQuestion, to: QuestionState, verb: str, letter: Letter, words: str, by: Person
) -> CallQuestion:
    question = queries.locked(question.pk)
    require(rules.answer, question, by)
    require(rules.something_written, words)
    question.reply = words.strip()
    question = _settled(question, to, verb, by)
    letter.enqueue(question)
    return question
