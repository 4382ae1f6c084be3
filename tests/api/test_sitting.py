"""What a program tells for a juror: with whom there is a conflict, and that they step aside."""

import pytest

from tests.api.test_writing import send
from tests.factories.api import program_of
from tests.factories.jury import AssignmentFactory, JurorFactory, PanelFactory, eligible, judging_call
from vivaio.calls.states import Reviewing
from vivaio.jury.models import Assignment, Conflict, Recusal
from vivaio.jury.states import Aside, PanelState, Replacing, Successor

pytestmark = pytest.mark.django_db


def seated(**more):
    panel = PanelFactory(**more)
    juror = JurorFactory(panel=panel, conflicts_declared_at=None)
    return panel, juror, eligible(panel.call)


def test_a_juror_declares_conflicts_and_takes_the_declaration_back():
    _panel, juror, application = seated()
    other, program = eligible(juror.panel.call), program_of(juror.person)
    (seat,) = program.get("/api/v1/jury/seats").json()["items"]
    assert (seat["declared_at"], seat["blind"]) == (None, False)
    path = f"/jury/seats/{seat['id']}"
    told = program.get(f"/api/v1{path}/applications").json()
    assert {one["id"] for one in told["items"]} == {str(application.pk), str(other.pk)}
    said = send(program, "put", f"{path}/conflicts", {"applications": [str(application.pk)]})
    assert said.status_code == 200, said.json()
    assert said.json()["declared_at"]
    assert Conflict.objects.get(juror=juror).application == application
    told = program.get(f"/api/v1{path}/applications").json()["items"]
    assert {one["id"]: one["conflict"] for one in told} == {str(application.pk): True, str(other.pk): False}
    send(program, "put", f"{path}/conflicts", {"applications": []})
    assert not Conflict.objects.filter(juror=juror, state="standing").exists()
    strange = send(program, "put", f"{path}/conflicts", {"applications": [str(juror.pk)]})
    assert strange.status_code == 409


def test_in_a_blind_review_nobody_is_named():
    _panel, juror, _application = seated(call=judging_call(reviewing=Reviewing.BLIND))
    program = program_of(juror.person)
    path = f"/jury/seats/{juror.pk}"
    assert program.get(f"/api/v1{path}/applications").json() == {"count": 0, "items": []}
    said = send(program, "put", f"{path}/conflicts", {"applications": []})
    assert (said.status_code, said.json()["blind"]) == (200, True)


def test_a_juror_steps_aside_once_and_another_takes_over():
    panel, juror, application = seated(replacing=Replacing.AUTOMATIC)
    sheet, free = AssignmentFactory(juror=juror, application=application), JurorFactory(panel=panel)
    program, path = program_of(juror.person), f"/jury/assignments/{sheet.pk}/step-aside"
    assert send(program, "post", path, {"why": "conflict"}).status_code == 409
    assert send(program, "post", path, {"why": "nonsense"}).status_code == 422
    done = send(program, "post", path, {"why": "time"})
    assert (done.status_code, done.json()["why"]) == (200, Aside.TIME)
    recusal = Recusal.objects.get()
    assert (recusal.successor, recusal.to) == (Successor.TAKEN, free)
    assert Assignment.objects.get(juror=free).application == application
    assert send(program, "post", path, {"why": "time"}).status_code == 404


def test_the_rules_and_scopes_of_the_pages_hold():
    panel, juror, application = seated()
    sheet = AssignmentFactory(juror=juror, application=application)
    path, body = f"/jury/seats/{juror.pk}/conflicts", {"applications": []}
    assert send(program_of(juror.person, "jury:read"), "put", path, body).status_code == 403
    assert send(program_of(JurorFactory(panel=panel).person), "put", path, body).status_code == 404
    type(panel).objects.filter(pk=panel.pk).update(state=PanelState.CLOSED)
    program = program_of(juror.person)
    assert send(program, "put", path, body).status_code == 409
    aside = send(program, "post", f"/jury/assignments/{sheet.pk}/step-aside", {"why": "time"})
    assert aside.status_code == 409
