"""Writing through the interface: the actions of the pages, their rules, and nobody's work written over."""

import pytest
from django.urls import reverse

from tests.factories.api import program_of
from tests.factories.applications import ApplicationFactory, close, handed_in, open_call
from tests.factories.discussing import Discussed
from tests.factories.jury import AssignmentFactory, ConflictFactory, eligible, scored
from tests.factories.people import MembershipFactory, PersonFactory
from vivaio.applications.models import Application, Receipt
from vivaio.applications.notice import version_of
from vivaio.applications.states import ApplicationState
from vivaio.journal.models import Record
from vivaio.jury.models import Score
from vivaio.jury.states import AssignmentState
from vivaio.kit import clock

pytestmark = pytest.mark.django_db


def send(program, method, path, body=None, **headers):
    return getattr(program, method)(
        f"/api/v1{path}", body or {}, content_type="application/json", headers=headers
    )


def declared(application):
    return {"declared": True, "noticed": True, "notice": version_of(application.call), "consents": []}


def test_from_the_first_word_to_the_receipt():
    membership = MembershipFactory()
    call = open_call()
    program = program_of(membership.person)
    where = {"track": str(call.tracks.get().pk), "organisation": str(membership.organisation_id)}
    begun = send(program, "post", "/applications", where)
    assert begun.status_code == 201
    path = f"/applications/{begun.json()['id']}"
    assert begun.headers["Location"] == f"/api/v1{path}"
    assert send(program, "post", "/applications", where).status_code == 200
    missing = program.get(f"/api/v1{path}/answers").json()["missing"]
    changes = [{"path": one["path"], "value": "Un orto per tutti"} for one in missing]
    saved = send(
        program, "patch", f"{path}/answers", {"changes": [*changes, {"path": "nessuna", "value": 1}]}
    )
    assert saved.status_code == 200
    assert saved.json()["unknown"] == ["nessuna"]
    application = Application.objects.get()
    left = saved.json()["missing"]
    if left:  # what wants another kind of answer than words
        application.response.answers = ApplicationFactory(call=call).response.answers
        application.response.save()
    done = send(program, "post", f"{path}/submit", declared(application))
    assert done.status_code == 200, done.json()
    assert done.json()["number"] == 1
    assert done.json()["receipts"][0]["digest"] == Receipt.objects.get().digest
    assert Record.objects.filter(verb="application.submitted", actor=membership.person.pk).count() == 1
    again = send(program, "post", f"{path}/submit", declared(application))
    assert again.status_code == 409
    assert again.json()["detail"] == "Questa candidatura non è più una bozza."
    assert send(program, "post", f"{path}/withdraw").json()["state"] == "withdrawn"
    assert send(program, "post", f"{path}/reopen").json()["state"] == "draft"


def test_a_rule_says_no_in_the_callers_language():
    application = ApplicationFactory(call=close(open_call()))
    program = program_of(application.created_by, language="en")
    answer = send(program, "post", f"/applications/{application.pk}/submit", declared(application))
    assert answer.status_code == 409
    assert answer.json()["type"] == "urn:vivaio:problem:refused"
    assert answer.json()["detail"].startswith("This call closed")


def test_what_came_out_since_is_told_though_the_state_is_the_same():
    application = handed_in()
    program = program_of(application.created_by)
    path = f"/applications/{application.pk}"
    read = program.get(f"/api/v1{path}")
    asked = {"If-None-Match": read.headers["ETag"]}
    assert program.get(f"/api/v1{path}", headers=asked).status_code == 304
    application.outcome_published_at = clock.now()
    application.save()
    told = program.get(f"/api/v1{path}", headers=asked)
    assert (read.json()["outcome_page"], told.status_code) == (None, 200)
    assert told.json()["outcome_page"]
    held = {"If-Match": read.headers["ETag"]}
    assert send(program, "post", f"{path}/withdraw", **held).status_code != 412, "its state is what was read"


def test_what_somebody_changed_meanwhile_is_not_written_over():
    application = ApplicationFactory()
    program = program_of(application.created_by)
    path = f"/applications/{application.pk}"
    read = program.get(f"/api/v1{path}").headers["ETag"]
    seen = {"If-Match": read}
    first = send(
        program, "patch", f"{path}/answers", {"changes": [{"path": "title", "value": "Uno"}]}, **seen
    )
    assert first.status_code == 200
    stale = send(
        program, "patch", f"{path}/answers", {"changes": [{"path": "title", "value": "Due"}]}, **seen
    )
    assert stale.status_code == 412
    for act, body in (("submit", declared(application)), ("withdraw", None)):
        assert send(program, "post", f"{path}/{act}", body, **{"If-Match": read}).status_code == 412
    application.refresh_from_db()
    assert (application.title, application.state) == ("Uno", ApplicationState.DRAFT)
    now = first.headers["ETag"].replace("-it", "-en")  # read in another language, the state is the same
    assert send(program, "post", f"{path}/withdraw", **{"If-Match": now}).status_code == 200
    conflict = ApplicationFactory()
    program = program_of(conflict.created_by)
    colleague = program_of(MembershipFactory(organisation=conflict.organisation).person)
    path = f"/applications/{conflict.pk}/answers"
    send(colleague, "patch", path, {"changes": [{"path": "title", "value": "Suo"}]})
    answer = send(program, "patch", path, {"changes": [{"path": "title", "value": "Mio", "revision": 0}]})
    assert [one["theirs"] for one in answer.json()["conflicts"]] == ["Suo"]


def test_nobody_writes_in_anothers_application():
    application = ApplicationFactory()
    program = program_of(PersonFactory())
    for method, end, body in (
        ("patch", "/answers", {"changes": []}),
        ("post", "/submit", declared(application)),
        ("post", "/withdraw", None),
        ("post", "/reopen", None),
    ):
        assert send(program, method, f"/applications/{application.pk}{end}", body).status_code == 404
    reader = program_of(application.created_by, "applications:read")
    assert send(reader, "post", f"/applications/{application.pk}/withdraw").status_code == 403


def test_what_a_body_names_must_be_there_for_the_caller():
    draft = open_call(state="draft").tracks.get()
    program = program_of(PersonFactory())
    for body, pointer in (
        ({"track": str(draft.pk)}, "/body/track"),
        ({"track": str(open_call().tracks.get().pk), "organisation": str(draft.pk)}, "/body/organisation"),
        ({"track": "x"}, "/body/given/track"),
    ):
        answer = send(program, "post", "/applications", body)
        assert answer.status_code == (422 if body["track"] == "x" else 409)
        assert answer.json()["errors"][0]["pointer"] in (pointer, pointer.replace("/given", ""))
    assert not Application.objects.exists()


@pytest.mark.parametrize("raw", [b"{", b"\xff", b"[" * 50_000, b'{"changes": [{"path": "a", "value": NaN}]}'])
def test_what_is_no_json_is_told_as_such(raw):
    application = ApplicationFactory()
    answer = program_of(application.created_by).patch(
        f"/api/v1/applications/{application.pk}/answers", raw, content_type="application/json"
    )
    assert answer.status_code == 400
    assert answer.json()["type"].endswith("unreadable")


def test_a_juror_scores_and_the_last_score_completes_the_sheet():
    assignment = AssignmentFactory()
    program = program_of(assignment.juror.person, "jury:read", "jury:write")
    path = f"/jury/assignments/{assignment.pk}"
    read = program.get(f"/api/v1{path}").headers["ETag"]
    first = send(program, "patch", path, {"scores": {"bisogno": 4}, "note": "Bene"}, **{"If-Match": read})
    assert first.json()["missing"] == 1
    assert send(program, "patch", path, {"scores": {"bisogno": 1}}, **{"If-Match": read}).status_code == 412
    wrong = send(program, "patch", path, {"scores": {"innovazione": 9, "nessuno": 1}})
    assert {one["pointer"] for one in wrong.json()["errors"]} == {
        "/body/scores/innovazione",
        "/body/scores/nessuno",
    }
    done = send(program, "patch", path, {"scores": {"innovazione": 5}})
    assert (done.json()["state"], done.json()["note"]) == ("done", "Bene")
    assert Record.objects.filter(verb="scores.completed", subject_id=assignment.pk).exists()
    back = send(program, "patch", path, {"scores": {"bisogno": None}})
    assert back.json()["scores"] == {"innovazione": 5}
    assert Score.objects.filter(assignment=assignment).count() == 1


def test_scores_are_refused_when_the_scoring_has_closed():
    assignment = scored(AssignmentFactory())
    panel = assignment.juror.panel
    panel.state = "closed"
    panel.save()
    program = program_of(assignment.juror.person)
    answer = send(program, "patch", f"/jury/assignments/{assignment.pk}", {"scores": {"bisogno": 1}})
    assert answer.status_code == 409
    assert "chiusa" in answer.json()["detail"] or "chius" in answer.json()["detail"]
    assignment.refresh_from_db()
    assert assignment.state == AssignmentState.DONE


def test_a_juror_confirms_reads_and_answers_and_not_before():
    jury = Discussed()
    jury.confirm(1)
    person = jury.jurors[0].person
    path = f"/jury/assignments/{jury.sheets[0].pk}"
    program = program_of(person, "jury:read", "jury:write")
    assert program.get(f"/api/v1{path}/discussion").status_code == 404
    assert send(program, "post", f"{path}/discussion/messages", {"text": "Presto"}).status_code == 404
    found = send(program, "post", f"{path}/confirm").json()
    assert {one["mine"] for one in found["given"]} == {True, False}
    assert not [one for one in found["given"] if "Cognome" in one["who"]]
    answer = send(program, "post", f"{path}/discussion/messages", {"text": "Eccomi"})
    assert [one["text"] for one in answer.json()["messages"]] == ["Eccomi"]
    assert send(program, "patch", path, {"scores": {"bisogno": 5}}).status_code == 409
    reader = program_of(person, "jury:read")
    assert send(reader, "post", f"{path}/discussion/messages", {"text": "No"}).status_code == 403
    ConflictFactory(juror=jury.jurors[0], application=eligible(jury.call, track=jury.application.track))
    assert program.get(f"/api/v1{path}/discussion").status_code == 404


def test_the_page_tells_what_the_interface_wrote(client):
    application = handed_in()
    person = application.created_by
    send(program_of(person), "post", f"/applications/{application.pk}/withdraw")
    client.force_login(person)
    assert (
        "Ritirata" in client.get(reverse("applications:application", args=[application.pk])).content.decode()
    )
