"""The score sheet: saving, the window, whose it is, closing; progress and reminders."""

import datetime as dt
import json
from urllib.parse import urlencode

import pytest
import time_machine
from django.core.files.base import ContentFile
from django.urls import reverse

from tests.factories.applications import IntegrationRequestFactory
from tests.factories.calls import CriterionFactory
from tests.factories.jury import (
    AssignmentFactory,
    JurorFactory,
    PanelFactory,
    judging_call,
    scored,
)
from tests.factories.programmes import holder
from tests.jury.test_panel import address
from vivaio.applications.models import IntegrationFile
from vivaio.applications.states import IntegrationState
from vivaio.journal.models import Record
from vivaio.jury import jobs
from vivaio.jury.actions import scoring as actions
from vivaio.jury.models import Assignment, Score
from vivaio.jury.queries import scoring as queries
from vivaio.jury.states import AssignmentState, PanelState
from vivaio.kit import clock
from vivaio.kit.rules import Refused
from vivaio.mailroom.models import OutgoingLetter
from vivaio.programmes.models import SavedView

pytestmark = pytest.mark.django_db


@pytest.fixture
def sheet():
    return AssignmentFactory()


def url(sheet, name="sheet"):
    return reverse(f"jury:{name}", args=[sheet.juror.panel_id, sheet.pk])


def keep(client, sheet, **values):
    changes = [{"path": path.replace("_", "-", 1), "value": value} for path, value in values.items()]
    return client.post(
        url(sheet, "autosave"), json.dumps({"changes": changes}), content_type="application/json"
    )


def values_of(sheet):
    return dict(Score.objects.filter(assignment=sheet).values_list("criterion__key", "value"))


def at(moment):
    return time_machine.travel(moment, tick=False)


def test_scores_are_kept_as_they_are_given_and_the_last_one_finishes(client, sheet):
    client.force_login(sheet.juror.person)
    answer = keep(client, sheet, score_bisogno="4", note="Chiedere del telefono.")
    assert answer.status_code == 200
    assert answer.json()["saved_at_text"]
    sheet.refresh_from_db()
    assert (sheet.state, sheet.private_note) == (AssignmentState.STARTED, "Chiedere del telefono.")
    keep(client, sheet, score_innovazione="5")
    sheet.refresh_from_db()
    assert sheet.state == AssignmentState.DONE
    assert values_of(sheet) == {"bisogno": 4, "innovazione": 5}
    assert Record.objects.filter(verb="scores.completed").count() == 1


def test_the_partial_total_is_that_of_the_mock():
    call = judging_call(criteria=(("a", 20), ("b", 30), ("c", 25), ("d", 25)))
    criteria = queries.criteria_of(call)
    given = dict(zip([c.pk for c in criteria], (4, 5, 3), strict=False))
    points = queries.points(criteria, given)
    assert (points.reached, points.scored, points.missing) == (61, 75, 1)


def test_without_script_the_form_saves_all_and_goes_to_the_next(client, sheet):
    other = AssignmentFactory(juror=sheet.juror)
    client.force_login(sheet.juror.person)
    answer = client.post(url(sheet), {"score-bisogno": "2", "score-innovazione": "3", "note": ""})
    assert answer.url == url(other)
    assert values_of(sheet) == {"bisogno": 2, "innovazione": 3}
    answer = client.post(url(other), {"score-bisogno": "2", "score-innovazione": "3", "note": ""})
    assert answer.url == reverse("jury:desk", args=[sheet.juror.panel_id])


@pytest.mark.parametrize("bad", ["9", "0", "-1", "due", "3.5", "1e3", "99999999999999999999", "\x00"])
def test_a_wrong_score_is_told_where_it_stands_and_nothing_else_is_lost(client, sheet, bad):
    client.force_login(sheet.juror.person)
    page = client.post(url(sheet), {"score-bisogno": bad, "score-innovazione": "3", "note": "Resta."})
    assert page.status_code == 422
    assert values_of(sheet) == {"innovazione": 3}
    assert "Resta." in page.content.decode()
    answer = keep(client, sheet, score_bisogno=bad)
    assert answer.status_code == 200
    assert "vv-error" in answer.json()["html"]["score-bisogno"]
    assert values_of(sheet) == {"innovazione": 3}


@pytest.mark.parametrize(
    "body", [b"", b"[]", b"{", b'{"changes": 3}', b'{"changes": [3, {"path": []}]}', b"\xff"]
)
def test_nonsense_saves_nothing_and_breaks_nothing(client, sheet, body):
    client.force_login(sheet.juror.person)
    answer = client.post(url(sheet, "autosave"), body, content_type="application/json")
    assert answer.status_code == 200
    assert not Score.objects.exists()


def test_a_long_scale_has_a_number_field(client):
    call = judging_call(criteria=())
    CriterionFactory(call=call, key="punti", scale_min=0, scale_max=30, weight=100)
    sheet = AssignmentFactory(juror=JurorFactory(panel=PanelFactory(call=call)))
    client.force_login(sheet.juror.person)
    assert 'type="number" name="score-punti"' in client.get(url(sheet)).content.decode()
    keep(client, sheet, **{"score_punti": "27"})
    assert values_of(sheet) == {"punti": 27}
    keep(client, sheet, **{"score_punti": ""})
    sheet.refresh_from_db()
    assert (values_of(sheet), sheet.state) == ({}, AssignmentState.TO_SCORE)


def test_the_window_is_the_servers(client, sheet):
    panel = sheet.juror.panel
    client.force_login(sheet.juror.person)
    with at(panel.opens_at - dt.timedelta(seconds=1)):
        answer = keep(client, sheet, score_bisogno="4")
        assert answer.status_code == 409
        assert answer.json()["refused"]
        assert client.get(url(sheet)).status_code == 200
    with at(panel.closes_at - dt.timedelta(seconds=1)):
        assert keep(client, sheet, score_bisogno="4").status_code == 200
    with at(panel.closes_at):
        assert keep(client, sheet, score_bisogno="5").status_code == 409
        page = client.post(url(sheet), {"score-bisogno": "5", "score-innovazione": "5", "note": "Tardi."})
        assert "Tardi." in page.content.decode()
    assert values_of(sheet) == {"bisogno": 4}


def test_nobody_opens_anothers_sheet(client, sheet):
    colleague = JurorFactory(panel=sheet.juror.panel)
    manager = holder(sheet.juror.panel.call.programme, "manager")
    for person in (colleague.person, manager):
        client.force_login(person)
        assert client.get(url(sheet)).status_code == 404
        assert client.get(url(sheet, "recuse")).status_code == 404
        assert keep(client, sheet, score_bisogno="1").status_code == 404
    mine = AssignmentFactory(juror=JurorFactory(person=colleague.person))
    client.force_login(colleague.person)
    assert client.get(reverse("jury:sheet", args=[sheet.juror.panel_id, mine.pk])).status_code == 404
    assert not Score.objects.exists()


def test_losing_the_role_shuts_the_desk(client, sheet):
    client.force_login(sheet.juror.person)
    sheet.juror.person.role_holdings.all().delete()
    assert client.get(url(sheet)).status_code == 404
    assert client.get(reverse("jury:desk", args=[sheet.juror.panel_id])).status_code == 404


def test_jurors_never_see_who_else_scores_nor_what(client, sheet):
    colleague = JurorFactory(panel=sheet.juror.panel, person__family_name="Inconfondibile")
    scored(AssignmentFactory(juror=colleague, application=sheet.application), 1, 1)
    client.force_login(sheet.juror.person)
    for page in (url(sheet), reverse("jury:desk", args=[sheet.juror.panel_id])):
        assert "Inconfondibile" not in client.get(page).content.decode()
    assert " checked" not in client.get(url(sheet)).content.decode()


def test_the_private_note_is_the_jurors_own(client, sheet):
    scored(sheet)
    Assignment.objects.update(private_note="Segretissimo")
    client.force_login(holder(sheet.juror.panel.call.programme, "manager"))
    for name in ("panel", "conflicts", "assignment", "progress"):
        assert "Segretissimo" not in client.get(address(sheet.juror.panel.call, name)).content.decode()


def test_files_of_an_application_are_served_to_its_jurors_alone(client, sheet):
    request = IntegrationRequestFactory(application=sheet.application, state=IntegrationState.ANSWERED)
    file = IntegrationFile(
        request=request, name="statuto.pdf", size=4, content_type="application/pdf", sha256="0" * 64
    )
    file.file.save("x.pdf", ContentFile(b"%PDF"), save=True)
    href = reverse("jury:attachment", args=[sheet.juror.panel_id, sheet.pk, file.pk])
    client.force_login(sheet.juror.person)
    page = client.get(url(sheet)).content.decode()
    assert "Riaprire tre portinerie." in page
    assert href in page
    assert b"".join(client.get(href).streaming_content) == b"%PDF"
    client.force_login(JurorFactory(panel=sheet.juror.panel).person)
    assert client.get(href).status_code == 404


def test_changing_a_finished_sheet_is_journalled(client, sheet):
    client.force_login(sheet.juror.person)
    keep(client, sheet, score_bisogno="4", score_innovazione="5")
    keep(client, sheet, score_bisogno="1")
    record = Record.objects.get(verb="scores.changed")
    assert record.fields == ["bisogno"]
    assert record.actor == sheet.juror.person.pk


def test_scores_that_count_are_those_of_finished_sheets(sheet):
    begun = AssignmentFactory(juror=JurorFactory(panel=sheet.juror.panel), application=sheet.application)
    actions.save(begun, {begun.application.call.criteria.first().pk: 1}, by=begun.juror.person)
    scored(sheet, 4, 5)
    found = queries.scores_of(sheet.application.track)
    assert [(g.application, g.juror, g.criterion, g.value) for g in found] == [
        (sheet.application_id, sheet.juror_id, "bisogno", 4),
        (sheet.application_id, sheet.juror_id, "innovazione", 5),
    ]


def test_the_clock_closes_the_scoring_once(sheet):
    panel = sheet.juror.panel
    jobs.close_scoring(0)
    panel.refresh_from_db()
    assert panel.state == PanelState.SCORING
    with at(panel.closes_at):
        jobs.close_scoring(0)
        jobs.close_scoring(0)
        jobs.close_at(str(panel.pk))
    panel.refresh_from_db()
    assert panel.state == PanelState.CLOSED
    assert Record.objects.filter(verb="scoring.closed").count() == 1


def test_closing_early_and_reopening_need_a_reason(client, sheet):
    panel = sheet.juror.panel
    client.force_login(holder(panel.call.programme, "manager"))
    assert client.post(address(panel.call, "close"), {"close-reason": ""}).status_code == 422
    client.post(address(panel.call, "close"), {"close-reason": "Tutti hanno finito."})
    panel.refresh_from_db()
    assert (panel.state, panel.state_reason) == (PanelState.CLOSED, "Tutti hanno finito.")
    with pytest.raises(Refused):
        actions.save(sheet, {}, note="x", by=sheet.juror.person)
    later = (clock.now() + dt.timedelta(days=2)).strftime("%Y-%m-%dT%H:%M")
    past = (clock.now() - dt.timedelta(days=2)).strftime("%Y-%m-%dT%H:%M")
    data = {"reopen-until": past, "reopen-reason": "Manca una giurata."}
    assert client.post(address(panel.call, "reopen"), data).status_code == 422
    client.post(address(panel.call, "reopen"), {**data, "reopen-until": later})
    panel.refresh_from_db()
    assert panel.state == PanelState.SCORING
    actions.save(sheet, {}, note="x", by=sheet.juror.person)
    assert OutgoingLetter.objects.filter(letter="jury.reopened").count() == 1


def test_reminders_go_to_who_has_something_left_at_most_once_a_day(client, sheet):
    panel = sheet.juror.panel
    scored(AssignmentFactory(juror=JurorFactory(panel=panel), application=sheet.application))
    client.force_login(holder(panel.call.programme, "secretary"))
    for _ in range(2):
        client.post(address(panel.call, "remind"))
    letters = OutgoingLetter.objects.filter(letter="jury.reminder")
    assert [letter.recipient_email for letter in letters] == [sheet.juror.email]
    with at(clock.now() + dt.timedelta(days=1, minutes=1)):
        assert actions.remind(panel) == 1


def test_the_clock_reminds_three_days_and_one_day_before(sheet):
    end = sheet.juror.panel.closes_at
    sent = []
    for before in (dt.timedelta(days=4), dt.timedelta(days=3), dt.timedelta(days=2), dt.timedelta(days=1)):
        for later in (0, 1):
            with at(end - before + dt.timedelta(hours=later)):
                jobs.remind(0)
        sent.append(OutgoingLetter.objects.filter(letter="jury.reminder").count())
    assert sent == [0, 1, 1, 2]


def test_progress_counts_sheets_and_applications(client, sheet):
    panel = sheet.juror.panel
    done = scored(AssignmentFactory(juror=JurorFactory(panel=panel), application=sheet.application))
    progress = queries.progress(panel)
    rows = {row.juror: row for row in progress.jurors}
    assert (rows[done.juror].done, rows[done.juror].left, rows[sheet.juror].left) == (1, 0, 1)
    assert rows[done.juror].last_activity is not None
    assert (progress.applications, progress.complete, progress.done, progress.assigned) == (1, 0, 1, 2)
    client.force_login(holder(panel.call.programme, "auditor"))
    page = client.get(address(panel.call, "progress")).content.decode()
    assert str(done.juror) in page
    client.post(address(panel.call, "close"), {"close-reason": "Provo."})
    panel.refresh_from_db()
    assert panel.state == PanelState.SCORING


def test_both_lists_of_the_progress_have_views_of_their_own(client, sheet, django_assert_max_num_queries):
    call = sheet.juror.panel.call
    client.force_login(holder(call.programme, "manager"))
    here = f"{address(call, 'progress')}?application-work=missing"
    with django_assert_max_num_queries(12):
        page = client.get(here).content.decode()
    assert "of/jury.applications/" in page
    keep = reverse("programmes:views", args=[call.programme.slug, "jury.applications"])
    form = client.get(keep, {"here": here}).content.decode()
    assert 'name="usual"' not in form, "the page opens with its first list"
    saved = client.post(f"{keep}?{urlencode({'here': here})}", {"name": "Da completare"}, follow=True)
    assert saved.redirect_chain[-1][0].endswith(
        f"?application-work=missing&application-view={SavedView.objects.get().pk}"
    )
    page = saved.content.decode()
    assert 'aria-current="page"><bdi>Da completare</bdi>' in page
    assert "of/jury.jurors/" not in page, "the first list has nothing to keep"


def test_the_juror_pages_cost_the_same_with_few_and_with_many(client, sheet, django_assert_max_num_queries):
    client.force_login(sheet.juror.person)

    def costs():
        found = []
        for page in (url(sheet), reverse("jury:desk", args=[sheet.juror.panel_id])):
            with django_assert_max_num_queries(12) as seen:
                assert client.get(page).status_code == 200
            found.append(len(seen.captured_queries))
        return found

    few = costs()
    for _ in range(6):
        AssignmentFactory(juror=sheet.juror)
    assert costs() == few


@pytest.mark.parametrize(
    "body",
    [
        b"[" * 200_000,
        b"\xff",
        b'{"changes":[{"path":"note","value":"\\ud800"}]}',
        b'{"changes":[{"path":"note","value":"a\\u0000"}]}',
    ],
)
def test_nonsense_in_a_save_is_no_failure(client, sheet, body):
    client.force_login(sheet.juror.person)
    answer = client.post(url(sheet, "autosave"), body, content_type="application/json")
    assert answer.status_code == 200
