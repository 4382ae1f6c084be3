"""The calibration meeting: practice that counts for nothing unless the call said so, and what the jury agrees on."""

import datetime as dt
import json
import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.factories.calls import TrackFactory
from tests.factories.jury import (
    AssignmentFactory,
    ConflictFactory,
    JurorFactory,
    PanelFactory,
    eligible,
    judging_call,
)
from tests.factories.people import PersonFactory
from tests.factories.programmes import holder
from tests.jury.test_panel import address
from vivaio.applications.states import ApplicationState
from vivaio.calls.states import Commenting
from vivaio.jury import jobs
from vivaio.jury.actions import panel as panel_actions
from vivaio.jury.actions import ranking
from vivaio.jury.meeting import actions, choosing, queries
from vivaio.jury.models import Anchor, Assignment, Meeting, PracticeScore, RankingEntry, Score
from vivaio.jury.queries import scoring
from vivaio.jury.states import AssignmentState, Coming, MeetingState, PanelState
from vivaio.kit import clock
from vivaio.kit.rules import Refused
from vivaio.mailroom.models import OutgoingLetter

pytestmark = pytest.mark.django_db


class Calibrating:
    """A jury of three that practises on two applications of two tracks; none has scored yet."""

    def __init__(self, counts=False, named=False, at=None):
        self.call = judging_call(practice_counts=counts)
        self.panel = PanelFactory(call=self.call)
        self.jurors = [JurorFactory(panel=self.panel, family_name=f"Cognome{n}") for n in range(3)]
        for juror in self.jurors:
            juror.person.family_name = juror.family_name
            juror.person.save()
        self.manager = holder(self.call.programme, "manager")
        self.first = eligible(self.call, title="Un forno di quartiere")
        self.second = eligible(
            self.call, title="Una ciclofficina", track=TrackFactory(call=self.call, title="Altro percorso")
        )
        self.meeting = actions.prepare(
            self.panel, by=self.manager, at=at, place="Sala grande", named=named,
            applications=[self.first, self.second],
        )  # fmt: skip

    def start(self):
        self.meeting = actions.start(self.meeting, by=self.manager)
        return self

    def gives(self, number, application, *values):
        given = dict(zip([one.pk for one in scoring.criteria_of(self.call)], values, strict=True))
        juror = self.jurors[number]
        return actions.practise(self.meeting, juror, application, given, by=juror.person)

    def all_give(self):
        for application in (self.first, self.second):
            for number, values in enumerate(((1, 3), (5, 3), (4, 3))):
                self.gives(number, application, *values)
        return self

    def open(self):
        self.meeting = actions.put_on_table(self.meeting, by=self.manager)
        return self

    def page(self, name="meeting", *more):
        return reverse(f"jury:{name}", args=[self.panel.pk, *more])


def read(client, person, where):
    client.force_login(person)
    return client.get(where)


def test_the_machine_proposes_from_different_tracks_and_few_conflicts():
    made = Calibrating()
    crowded = eligible(made.call, track=made.second.track)
    for juror in made.jurors:
        ConflictFactory(juror=juror, application=crowded)
    assert queries.proposed(made.panel, 2) == {made.first.pk: 0, made.second.pk: 0}
    assert list(queries.proposed(made.panel, 3))[-1] == crowded.pk


def test_a_manager_prepares_on_the_page_and_jurors_are_invited(client):
    made = Calibrating()
    client.force_login(made.manager)
    where = address(made.call, "staff_meeting")
    assert "nessuno in giuria è in conflitto" in client.get(where).content.decode()
    answer = client.post(
        where,
        {
            "at": "2031-03-01T15:00",
            "place": "Sala",
            "applications": [str(made.first.pk), str(made.second.pk)],
        },
    )
    assert answer.status_code == 302
    assert client.post(where, {"applications": [str(made.first.pk)]}).status_code == 422
    client.post(address(made.call, "meeting_start"))
    sent = OutgoingLetter.objects.filter(letter="jury.meeting_invitation")
    assert sent.count() == 3
    assert "Sala" in sent.first().text
    assert read(client, made.jurors[0].person, made.page("meeting_ics")).content.startswith(
        b"BEGIN:VCALENDAR"
    )


def test_jurors_practise_and_see_nobody_elses_scores_before_the_meeting(client):
    made = Calibrating(named=True).start()
    client.force_login(made.jurors[0].person)
    sent = json.dumps({"changes": [{"path": "score-bisogno", "value": "4"}]})
    where = made.page("practice_save", made.first.pk)
    assert client.post(where, sent, content_type="application/json").status_code == 200
    client.post(made.page("practice", made.first.pk), {"score-bisogno": "4", "score-innovazione": "5"})
    made.gives(1, made.first, 1, 1)
    body = client.get(made.page()).content.decode()
    assert '<svg class="vv-strip"' not in body
    assert "Cognome1" not in body
    assert PracticeScore.objects.count() == 4


def test_on_the_table_lie_the_scores_with_their_table_and_the_largest_differences(client):
    made = Calibrating().start().all_give().open()
    body = read(client, made.jurors[0].person, made.page()).content.decode()
    assert body.count('class="vv-strip"') == 4
    assert "da 1 a 5" in body
    assert "Cognome1" not in body
    assert "Giurato" in body
    client.force_login(made.manager)
    assert "Cognome1" in client.get(address(made.call, "staff_meeting")).content.decode()


def test_a_juror_sees_the_scores_of_an_application_once_their_own_sheet_is_complete(client):
    made = Calibrating(named=True).start()
    for number in (1, 2):
        made.gives(number, made.first, 2, 3)
    made.gives(0, made.second, 2, 3)
    made.open()
    body = read(client, made.jurors[0].person, made.page()).content.decode()
    assert body.count('class="vv-strip"') == 2
    assert "Cognome1" not in body


def test_a_juror_in_conflict_meets_the_application_nowhere(client):
    made = Calibrating(named=True)
    neighbour = made.second
    neighbour.track = made.first.track
    neighbour.save()
    ConflictFactory(juror=made.jurors[0], application=made.first)
    made.start()
    for number in (1, 2):
        made.gives(number, made.first, 2, 3)
        made.gives(number, neighbour, 4, 4)
    made.open()
    for application in (made.first, neighbour):
        with pytest.raises(Refused):
            made.gives(0, application, 3, 3)
        assert read(client, made.jurors[0].person, made.page("practice", application.pk)).status_code == 404
    body = client.get(made.page()).content.decode()
    assert "Un forno di quartiere" not in body
    assert "Una ciclofficina" not in body
    assert "vv-strip" not in body


def test_a_conflict_with_another_application_keeps_nobody_from_practising():
    made = Calibrating()
    ConflictFactory(juror=made.jurors[0], application=eligible(made.call, track=made.first.track))
    made.start()
    assert made.gives(0, made.first, 3, 3) == {}


def test_after_the_meeting_opened_scores_change_and_the_first_is_kept(client):
    made = Calibrating().start().all_give().open()
    made.gives(0, made.first, 3, 3)
    kept = PracticeScore.objects.get(
        attendance__juror=made.jurors[0], application=made.first, criterion__key="bisogno"
    )
    assert (kept.first, kept.value) == (1, 3)
    assert "(era 1)" in read(client, made.jurors[1].person, made.page()).content.decode()


def test_practice_enters_nothing(client):
    made = Calibrating().start().all_give().open()
    assert actions.conclude(made.meeting, by=made.manager) == 0
    assert not Score.objects.exists()
    assert not Assignment.objects.exists()
    assert scoring.scores_of(made.first.track) == []
    progress = scoring.progress(made.panel)
    assert (progress.assigned, progress.done, progress.complete) == (0, 0, 0)
    ranking.compute(made.call, by=made.manager)
    assert {entry.reviews for entry in RankingEntry.objects.all()} == {0}
    assert {float(entry.score) for entry in RankingEntry.objects.all()} == {0.0}
    with pytest.raises(Refused):
        made.gives(0, made.first, 3, 3)


def test_where_the_call_says_so_it_counts_and_never_over_what_was_scored():
    made = Calibrating(counts=True)
    own = AssignmentFactory(juror=made.jurors[0], application=made.first, state=AssignmentState.STARTED)
    made.start().all_give().open()
    ConflictFactory(juror=made.jurors[1], application=made.second)
    assert actions.conclude(made.meeting, by=made.manager) == 4
    own.refresh_from_db()
    assert own.state == AssignmentState.STARTED
    assert not own.scores.exists()
    assert len(scoring.scores_of(made.first.track)) == 4
    assert not Assignment.objects.filter(juror=made.jurors[1], application=made.second).exists()


def test_what_was_agreed_stands_beside_the_criterion(client):
    made = Calibrating().start().all_give().open()
    client.force_login(made.manager)
    present = str(made.meeting.attendances.get(juror=made.jurors[0]).pk)
    answer = client.post(
        address(made.call, "meeting_notes"),
        {"agreed-bisogno": "Un 5 ha dati, <b>non</b> promesse", "notes": "Bene", "present": [present]},
    )
    assert answer.status_code == 302
    assert Anchor.objects.get().criterion.key == "bisogno"
    sheet = AssignmentFactory(juror=made.jurors[0], application=made.first)
    body = read(
        client, made.jurors[0].person, reverse("jury:sheet", args=[made.panel.pk, sheet.pk])
    ).content.decode()
    assert "Un 5 ha dati, &lt;b&gt;non" in body
    assert "Un 5 ha dati" in client.get(reverse("jury:criteria", args=[made.panel.pk])).content.decode()
    assert made.meeting.attendances.filter(present=True).count() == 1


def test_the_clock_opens_the_meeting_once():
    made = Calibrating(at=clock.now() + dt.timedelta(hours=1)).start().all_give()
    jobs.open_meetings(0)
    assert Meeting.objects.get().state == MeetingState.PRACTISING
    with clock.rehearsing(clock.now() + dt.timedelta(hours=2)):
        jobs.open_meeting(str(made.meeting.pk))
        jobs.open_meetings(0)
    assert Meeting.objects.get().state == MeetingState.OPEN


def test_jurors_answer_whether_they_come(client):
    made = Calibrating().start()
    client.force_login(made.jurors[0].person)
    client.post(made.page("meeting_answer"), {"coming": "no"})
    client.post(made.page("meeting_answer"), {"coming": "forse"})
    assert made.meeting.attendances.get(juror=made.jurors[0]).coming == Coming.NO


def test_nobody_else_gets_in(client):
    made = Calibrating().start().all_give().open()
    secretary = holder(made.call.programme, "secretary")
    assert read(client, secretary, address(made.call, "staff_meeting")).status_code == 404
    assert read(client, made.first.created_by, made.page()).status_code == 404
    auditor = holder(made.call.programme, "auditor")
    assert read(client, auditor, address(made.call, "staff_meeting")).status_code == 200
    with pytest.raises(Refused):
        actions.conclude(made.meeting, by=auditor)
    with pytest.raises(Refused):
        actions.put_on_table(made.meeting, by=made.jurors[0].person)


def test_an_application_that_was_withdrawn_is_not_practised_on_any_more(client):
    made = Calibrating().start().all_give().open()
    made.first.state = ApplicationState.WITHDRAWN
    made.first.save()
    body = read(client, made.jurors[0].person, made.page()).content.decode()
    assert "Un forno di quartiere" not in body
    assert body.count('class="vv-strip"') == 2
    assert client.get(made.page("practice", made.first.pk)).status_code == 404
    client.force_login(made.manager)
    shown = client.get(address(made.call, "staff_meeting")).content.decode()
    assert "1 / 1" in shown
    assert "2 / 1" not in shown


def test_a_meeting_that_is_past_lets_nobody_begin_to_practise():
    made = Calibrating(at=clock.now() - dt.timedelta(minutes=1))
    with pytest.raises(Refused, match="passato"):
        made.start()
    made = Calibrating().start()
    with pytest.raises(Refused, match="passato"):
        actions.prepare(made.panel, by=made.manager, at=clock.now() - dt.timedelta(days=365))
    assert Meeting.objects.get(panel=made.panel).at is None


def test_practice_that_counts_says_which_comments_are_missing():
    made = Calibrating(counts=True)
    made.call.commenting = Commenting.EVERYBODY
    made.call.save()
    made.start().all_give().open()
    assert actions.conclude(made.meeting, by=made.manager) == 6
    sheets = Assignment.objects.all()
    assert {one.state for one in sheets} == {AssignmentState.DONE}
    assert {one.comments.count() for one in sheets} == {2}


def test_notes_that_come_too_late_are_not_lost(client):
    made = Calibrating().start().all_give().open()
    made.panel.state = PanelState.CLOSED
    made.panel.save()
    client.force_login(made.manager)
    answer = client.post(address(made.call, "meeting_notes"), {"notes": "Detto in due ore"})
    assert answer.status_code == 422
    assert "Detto in due ore" in answer.content.decode()


def test_a_juror_who_accepts_while_the_others_practise_is_invited_too():
    made = Calibrating().start()
    invited = panel_actions.invite(made.panel, email="tardi@example.org")
    late = panel_actions.accept(invited, by=PersonFactory(email="tardi@example.org"))
    assert OutgoingLetter.objects.filter(letter="jury.meeting_invitation").count() == 4
    assert made.meeting.attendances.get(juror=late).number == 4


def test_of_very_many_a_shortlist_is_shown_and_others_are_named_by_number(client):
    made = Calibrating()
    made.meeting.chosen.all().delete()
    client.force_login(made.manager)
    where = address(made.call, "staff_meeting")
    client.get(where)
    with CaptureQueriesContext(connection) as few:
        client.get(where)
    rows = [
        eligible(made.call, title=f"Progetto {n}", organisation=made.first.organisation) for n in range(104)
    ]
    ConflictFactory(juror=made.jurors[0], application=rows[103])
    with CaptureQueriesContext(connection) as many:
        page = client.get(where).content.decode()
    assert len(many) <= len(few) <= 12
    boxes = re.findall(r'name="applications" value="([^"]+)"', page)
    assert len(boxes) == choosing.SHORTLIST
    assert page.count("proposta, nessuno in giuria è in conflitto") == choosing.SHORTLIST
    assert {str(made.second.pk)} < set(boxes[: queries.ABOUT]), "the first three are of both tracks"
    ticked = {"applications": boxes[:1]}
    for typed, words in (
        ("12, quaranta", "scrivi solo numeri"),
        (f"{rows[103].number}, 99999", "La giuria non valuta 99999"),
        ("1" * 30, "scrivi solo numeri"),
        ("", "Scegli da 2 a 5"),
        (", ".join(str(one.number) for one in rows[95:100]), "Scegli da 2 a 5"),
    ):
        told = client.post(where, {**ticked, "others": typed, "place": "Sala blu"})
        assert told.status_code == 422
        assert words in told.content.decode()
        assert f'value="{typed}"' in told.content.decode() or not typed
        assert "Sala blu" in told.content.decode()
    assert (
        client.post(where, {**ticked, "others": f"{rows[103].number}; {rows[103].number}"}).status_code == 302
    )
    assert {str(one.pk) for one in queries.chosen(made.meeting)} == {boxes[0], str(rows[103].pk)}
    kept = client.get(where).content.decode()
    assert re.findall(r'value="([^"]+)"[^>]*checked', kept)[:2] == [
        str(one.pk) for one in sorted(queries.chosen(made.meeting), key=lambda one: one.number)
    ]
