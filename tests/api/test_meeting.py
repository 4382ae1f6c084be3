"""What a program tells and asks of the calibration meeting: the rules of its pages, and nobody's scores too early."""

import pytest

from tests.api.test_writing import send
from tests.factories.api import program_of
from tests.factories.jury import ConflictFactory, JurorFactory
from tests.factories.programmes import holder
from tests.jury.test_meeting import Calibrating
from vivaio.api import scopes
from vivaio.calls.states import Reviewing
from vivaio.jury.models import PracticeScore
from vivaio.jury.states import Coming

pytestmark = pytest.mark.django_db


def where(made, number=0, application=None):
    path = f"/jury/seats/{made.jurors[number].pk}/meeting"
    return f"{path}/applications/{application.pk}" if application else path


def told(program, path):
    answer = program.get(f"/api/v1{path}")
    assert answer.status_code == 200, answer.json()
    return answer.json()


def staff_path(made):
    return f"/staff/programmes/{made.call.programme.slug}/calls/{made.call.slug}/meeting"


def test_a_juror_answers_reads_practises_and_sees_the_scores_once_they_are_on_the_table():
    made = Calibrating()
    program = program_of(made.jurors[0].person)
    assert program.get(f"/api/v1{where(made)}").status_code == 404, "nobody practises yet"
    made.start()
    assert send(program, "patch", where(made), {"coming": "maybe"}).status_code == 422
    answered = send(program, "patch", where(made), {"coming": "yes"})
    assert (answered.status_code, answered.json()["coming"]) == (200, Coming.YES)
    assert answered.json()["table"] is None
    assert [one["done"] for one in answered.json()["applications"]] == [False, False]
    sheet = told(program, where(made, 0, made.first))
    assert [one["key"] for one in sheet["criteria"]] == ["bisogno", "innovazione"]
    assert sheet["blocks"]
    for scores in ({"bisogno": 99}, {"sconosciuto": 3}):
        refused = send(program, "patch", where(made, 0, made.first), {"scores": {"innovazione": 3, **scores}})
        assert refused.status_code == 409
    assert not PracticeScore.objects.exists(), "all of them, or none"
    saved = send(
        program, "patch", where(made, 0, made.first), {"scores": {"bisogno": 1, "innovazione": 3}}
    ).json()
    assert (saved["done"], saved["missing"], saved["scores"]) == (True, 0, {"bisogno": 1, "innovazione": 3})
    taken = send(program, "patch", where(made, 0, made.first), {"scores": {"innovazione": None}}).json()
    assert (taken["done"], taken["missing"]) == (False, 1)
    made.gives(0, made.first, 1, 3)
    for number in (1, 2):
        made.gives(number, made.first, 5, 3)
        made.gives(number, made.second, 2, 2)
    assert told(program, where(made))["table"] is None
    made.open()
    table = told(program, where(made))["table"]
    (compared,) = table["compared"]
    assert compared["application"] == str(made.first.pk)
    assert table["waiting"] == [str(made.second.pk)]
    strip = compared["criteria"][0]
    assert (strip["criterion"], strip["spread"]) == ("bisogno", 4)
    assert {(one["mine"], one["value"], one["first"]) for one in strip["given"]} == {
        (True, 1, 1),
        (False, 5, 5),
    }
    assert "Cognome" not in str(table), "letters, where names are not shown"
    assert {one["mine"]: one["points"] < 0 for one in table["severities"]} == {True: True, False: False}


def test_nobody_writes_over_what_changed_and_a_token_that_reads_writes_nothing():
    made = Calibrating().start()
    path, program = where(made, 0, made.first), program_of(made.jurors[0].person)
    mark = program.get(f"/api/v1{path}")["ETag"]
    made.gives(0, made.first, 2, 2)
    late = send(program, "patch", path, {"scores": {"bisogno": 5}}, **{"If-Match": mark})
    assert late.status_code == 412
    now = program.get(f"/api/v1{path}")["ETag"]
    assert send(program, "patch", path, {"scores": {"bisogno": 5}}, **{"If-Match": now}).status_code == 200
    reader = program_of(made.jurors[0].person, scopes.JURY_READ)
    assert send(reader, "patch", path, {"scores": {"bisogno": 1}}).status_code == 403
    assert PracticeScore.objects.get(criterion__key="bisogno").value == 5


def test_a_juror_in_conflict_meets_the_application_nowhere():
    made = Calibrating(named=True)
    ConflictFactory(juror=made.jurors[0], application=made.first)
    made.start()
    made.gives(1, made.first, 2, 3)
    made.open()
    program, path = program_of(made.jurors[0].person), where(made, 0, made.first)
    assert program.get(f"/api/v1{path}").status_code == 404
    assert send(program, "patch", path, {"scores": {"bisogno": 3}}).status_code == 404
    assert "forno" not in str(told(program, where(made)))
    other = program_of(made.jurors[1].person)
    assert other.get(f"/api/v1{where(made)}").status_code == 404, "each juror from their own seat alone"


def test_conflicts_are_declared_before_anything_is_read():
    made = Calibrating().start()
    late = JurorFactory(panel=made.panel, conflicts_declared_at=None)
    refused = program_of(late.person).get(f"/api/v1/jury/seats/{late.pk}/meeting")
    assert refused.status_code == 409


def test_a_blind_review_names_nobody():
    made = Calibrating()
    made.call.reviewing = Reviewing.BLIND_TITLES
    made.call.save()
    made.start().all_give().open()
    program = program_of(made.jurors[0].person)
    found = str(told(program, where(made))) + str(told(program, where(made, 0, made.first)))
    assert made.first.applicant_name not in found
    assert "forno" not in found


def test_the_staff_read_all_scores_by_name_and_whoever_sits_on_the_jury_does_not():
    made = Calibrating()
    program = program_of(made.manager)
    assert told(program, staff_path(made))["state"] == "preparing"
    made.start().all_give()
    before = told(program, staff_path(made))
    assert before["table"] is None
    assert [one["complete"] for one in before["jurors"]] == [2, 2, 2]
    made.open()
    found = told(program, staff_path(made))
    assert {one["title"] for one in found["applications"]} == {"Un forno di quartiere", "Una ciclofficina"}
    assert all("Cognome" in one["who"] for one in found["table"]["severities"])
    seated = holder(made.call.programme, "manager")
    JurorFactory(panel=made.panel, person=seated)
    assert program_of(seated).get(f"/api/v1{staff_path(made)}").status_code == 404
    assert program_of(made.jurors[0].person).get(f"/api/v1{staff_path(made)}").status_code == 404
