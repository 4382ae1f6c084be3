"""How sure a juror is of a score: asked by the jury, shown, and in no figure."""

import json

import pytest
from django.urls import reverse

from tests.factories.api import program_of
from tests.factories.discussing import Discussed
from tests.factories.jury import AssignmentFactory, PanelFactory, scored
from tests.factories.programmes import holder
from tests.jury.test_panel import address
from tests.jury.verdicts import Judged
from vivaio.jury.actions import scoring as actions
from vivaio.jury.models import Discussion
from vivaio.jury.queries import board
from vivaio.jury.queries import scoring as queries
from vivaio.kit.rules import Refused

pytestmark = pytest.mark.django_db


@pytest.fixture
def sheet():
    return AssignmentFactory(juror__panel=PanelFactory(asks_confidence=True))


def url(sheet, name="sheet"):
    return reverse(f"jury:{name}", args=[sheet.juror.panel_id, sheet.pk])


def test_it_is_kept_beside_the_scores_also_before_them(client, sheet):
    client.force_login(sheet.juror.person)
    change = {"changes": [{"path": "sure-bisogno", "value": "low"}]}
    answer = client.post(url(sheet, "autosave"), json.dumps(change), "application/json")
    assert answer.status_code == 200
    data = {"score-bisogno": "4", "score-innovazione": "5", "sure-bisogno": "low", "sure-innovazione": "high"}
    before = queries.points(queries.criteria_of(sheet.juror.panel.call), {}).all
    assert client.post(url(sheet), data).status_code == 302
    sheet.refresh_from_db()
    assert sheet.confidence == {"bisogno": "low", "innovazione": "high"}
    assert before == 100, "the weights are as they were"
    page = client.get(url(sheet)).content.decode()
    assert '<option value="low" selected>' in page
    client.post(url(sheet), {**data, "sure-bisogno": "", "sure-innovazione": "sicurissima"})
    sheet.refresh_from_db()
    assert sheet.confidence == {"innovazione": "high"}


def test_where_it_is_not_asked_nothing_is_kept(client):
    sheet = AssignmentFactory()
    client.force_login(sheet.juror.person)
    assert "sure-bisogno" not in client.get(url(sheet)).content.decode()
    client.post(url(sheet), {"score-bisogno": "4", "sure-bisogno": "low"})
    sheet.refresh_from_db()
    assert sheet.confidence == {}


def test_it_is_fixed_once_somebody_has_scored(client, sheet, in_english):
    panel = sheet.juror.panel
    manager = holder(panel.call.programme, "manager")
    client.force_login(manager)
    client.post(address(panel.call, "ask_confidence"), {"asked": "no"})
    panel.refresh_from_db()
    assert not panel.asks_confidence
    client.post(address(panel.call, "ask_confidence"), {"asked": "yes"})
    scored(sheet)
    with pytest.raises(Refused, match="begun to score"):
        actions.ask_confidence(panel, False, by=manager)
    with pytest.raises(Refused):
        actions.ask_confidence(panel, False, by=sheet.juror.person)


def test_the_progress_counts_sheets_with_doubts(client, sheet):
    sheet.confidence = {"bisogno": "low", "innovazione": "high"}
    scored(sheet)
    sure = AssignmentFactory(juror__panel=sheet.juror.panel)
    sure.confidence = {"bisogno": "high"}
    scored(sure)
    rows = board.with_doubts(board.with_readers(sheet.juror.panel))
    assert {row.pk: row.unsure for row in rows} == {sheet.application_id: 1, sure.application_id: 0}
    client.force_login(holder(sheet.juror.panel.call.programme, "manager"))
    assert client.get(address(sheet.juror.panel.call, "progress")).status_code == 200


def test_programs_read_and_write_it_too(sheet):
    program = program_of(sheet.juror.person)
    path = f"/api/v1/jury/assignments/{sheet.pk}"
    told = program.patch(
        path, {"scores": {"bisogno": 3}, "confidence": {"bisogno": "medium"}}, "application/json"
    )
    assert told.json()["confidence"] == {"bisogno": "medium"}
    assert program.get(path).json()["confidence"] == {"bisogno": "medium"}
    assert program.patch(path, {"confidence": {"bisogno": "sure"}}, "application/json").status_code in (
        400,
        422,
    )


def test_the_staff_reads_it_beside_each_score_of_an_application(client, in_english):
    judged = Judged(places=1)
    sheet = judged.apply("Alba", (5, 4), (3, 4)).assignments.get(juror=judged.jurors[0])
    sheet.confidence = {"bisogno": "low"}
    sheet.save()
    judged.compute()
    client.force_login(judged.manager)
    told = {"programme": judged.call.programme.slug, "call": judged.call.slug}
    page = client.get(reverse("jury:entry", kwargs={**told, "pk": judged.entry("Alba").pk})).text
    assert page.count("confidence: low") == 1
    assert '5<span class="d-block small text-muted">confidence: low</span>' in page


def test_jurors_who_discuss_read_it_beside_the_scores(client, in_english):
    jury = Discussed()
    jury.sheets[0].confidence = {jury.call.criteria.first().key: "low"}
    jury.sheets[0].save()
    jury.confirm(0, 1)
    client.force_login(jury.jurors[1].person)
    discussion = Discussion.objects.get(application=jury.application)
    page = client.get(reverse("jury:discussion", args=[jury.panel.pk, discussion.pk])).text
    assert page.count("confidence: low") == 1
