"""Submission, scores, verdict, letters: wherever database, web or worker die, nothing is half done, lost or doubled."""

import datetime as dt

import pytest
import time_machine
from django.core import mail
from django.db import connection
from django.urls import reverse

from tests.breaking import BROKEN, break_everywhere, breaking_before, watching
from tests.factories.applications import ApplicationFactory
from tests.factories.jury import AssignmentFactory, eligible
from tests.factories.mailroom import LetterFactory
from tests.jury.verdicts import Judged
from vivaio.applications import actions as applications
from vivaio.applications.models import Application
from vivaio.applications.states import ApplicationState
from vivaio.journal.models import Record
from vivaio.jury.actions import places, ranking, scoring
from vivaio.jury.models import Score
from vivaio.jury.states import AssignmentState, RankingState
from vivaio.kit.rules import Refused
from vivaio.mailroom import actions as mailroom
from vivaio.mailroom import jobs
from vivaio.mailroom.models import OutgoingLetter
from vivaio.mailroom.states import State
from vivaio.questionnaires.changes import Change

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]
either = pytest.mark.parametrize("how", ["database", "process"])


def recorded(verb):
    return Record.objects.filter(verb=verb).count()


@either
def test_a_submission(how):
    application = ApplicationFactory()

    def submit():
        row = Application.objects.get(pk=application.pk)
        return applications.submit(row, by=application.created_by, declared=True, noticed=True)

    assert break_everywhere(submit, how=how) > 10
    with pytest.raises(Refused):
        submit()
    application.refresh_from_db()
    assert (application.state, application.number) == (ApplicationState.SUBMITTED, 1)
    assert application.receipts.count() == 1
    assert recorded("application.submitted") == 1
    assert OutgoingLetter.objects.filter(letter="applications.receipt").count() == 1


@either
def test_words_of_a_draft(how):
    application = ApplicationFactory()
    words = [Change("idea", "Una portineria di notte.")]
    break_everywhere(lambda: applications.save(application, words, by=application.created_by), how=how)
    application.response.refresh_from_db()
    assert application.response.answers["idea"] == "Una portineria di notte."


@pytest.fixture
def sheet():
    judged = Judged()
    judged.panel.state = "scoring"
    judged.panel.save()
    return AssignmentFactory(juror=judged.jurors[0], application=eligible(judged.call))


@either
def test_a_score_and_the_last_score(how, sheet):
    first, last = sheet.application.call.criteria.order_by("position")
    juror = sheet.juror.person
    break_everywhere(lambda: scoring.save(sheet, {first.pk: 4}, by=juror, note="Chiara."), how=how)
    sheet.refresh_from_db()
    assert (sheet.state, sheet.private_note) == (AssignmentState.STARTED, "Chiara.")

    def finish():
        return scoring.save(sheet, {first.pk: 5, last.pk: 3}, by=juror)

    break_everywhere(finish, how=how)
    finish()
    sheet.refresh_from_db()
    assert sheet.state == AssignmentState.DONE
    assert sorted(Score.objects.values_list("value", flat=True)) == [3, 5]
    assert recorded("scores.completed") == 1


@either
def test_a_verdict_and_its_publication(how):
    judged = Judged(places=1)
    judged.apply("Prima", (5, 5), (5, 4))
    judged.apply("Seconda", (3, 3), (4, 4))
    break_everywhere(judged.compute, how=how)
    for entry in judged.entries():
        if entry.outcome == "":
            ranking.decide(entry, ranking.proposal(judged.ranking(), entry), "", by=judged.manager)

    def adopt():
        return ranking.adopt(judged.ranking(), by=judged.manager)

    break_everywhere(adopt, how=how)
    with pytest.raises(Refused):
        adopt()
    assert recorded("jury.verdict_adopted") == 1

    def publish():
        return places.publish(judged.call, by=judged.manager)

    break_everywhere(publish, how=how)
    with pytest.raises(Refused):
        publish()
    assert judged.ranking().state == RankingState.PUBLISHED
    assert recorded("jury.ranking_published") == 1
    letters = OutgoingLetter.objects.filter(state=State.HELD)
    assert letters.count() == letters.values("recipient_email").distinct().count() == 2


@either
def test_letters_that_are_released(how):
    batch = LetterFactory().batch
    LetterFactory.create_batch(2, batch=batch)
    break_everywhere(lambda: mailroom.release(batch, by=None), how=how)
    assert mailroom.release(batch, by=None) == 0
    assert OutgoingLetter.objects.filter(state=State.QUEUED).count() == 3
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*), count(DISTINCT args ->> 'letter') FROM procrastinate_jobs"
            " WHERE args ->> 'letter' = ANY(%s)",
            [[str(pk) for pk in OutgoingLetter.objects.values_list("pk", flat=True)]],
        )
        assert cursor.fetchone() == (3, 3)


@either
def test_a_letter_leaves_once_or_a_person_is_asked(how):
    """Two transactions with the mail server between them: whatever breaks, what it took is never sent again."""
    number, passed = 0, False
    with watching() as watcher:
        while not passed:
            number += 1
            mail.outbox.clear()
            letter = LetterFactory(state=State.QUEUED)
            try:
                with breaking_before(number, watcher, how) as done:
                    jobs.send(letter=str(letter.pk))
                passed = len(done) < number
            except BROKEN:
                connection.close()
            handed = len(mail.outbox)
            jobs.send(letter=str(letter.pk))  # the job is taken up again
            with time_machine.travel(dt.datetime.now(dt.UTC) + jobs.STALE * 2):
                jobs.sweep(timestamp=0)
            letter.refresh_from_db()
            if letter.state == State.TO_VERIFY:
                assert len(mail.outbox) == handed, number
            else:
                assert (letter.state, len(mail.outbox)) == (State.SENT, 1), number
    assert number > 5
    assert set(OutgoingLetter.objects.values_list("state", flat=True)) == {State.SENT, State.TO_VERIFY}


@pytest.mark.parametrize("number", [2, 6, 12, 18, 24])
def test_who_presses_while_the_database_falls_is_told_and_presses_again(client, number):
    application = ApplicationFactory()
    client.force_login(application.created_by)
    page, given = reverse("applications:review", args=[application.pk]), {"declared": "on", "noticed": "on"}
    client.raise_request_exception = False
    with watching() as watcher:
        before = watcher.rows()
        with breaking_before(number, watcher, "database") as done:
            answer = client.post(page, given)
        connection.close()
        assert answer.status_code == 503, (answer.status_code, len(done))
        assert watcher.rows() == before
    assert client.post(page, given).status_code == 302
    application.refresh_from_db()
    assert application.number == 1
    assert application.receipts.count() == 1
