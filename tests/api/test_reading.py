"""What the interface tells, to whom: no more than the pages."""

import datetime as dt
import json
from collections import Counter

import pytest
from django.test import Client
from ninja import Schema

from tests.factories.api import program_of
from tests.factories.applications import ApplicationFactory, handed_in, open_call
from tests.factories.calls import CallFactory, QuestionFactory
from tests.factories.jury import AssignmentFactory, JurorFactory, eligible, scored
from tests.factories.people import PersonFactory
from tests.factories.programmes import PhaseFactory, ProgrammeFactory, holder
from vivaio.applications.states import ApplicationState
from vivaio.calls.models import CallNotice
from vivaio.calls.states import (
    CallState,
    Deciding,
    Disclosure,
    Discussing,
    NoticeKind,
    QuestionState,
    Reviewing,
)
from vivaio.jury.models import Ranking, RankingEntry
from vivaio.jury.states import Outcome, RankingState
from vivaio.kit import clock

pytestmark = pytest.mark.django_db


@pytest.fixture
def anyone():
    return Client(headers={"Accept-Language": "en"})


def the_path(call):
    return f"/api/v1/programmes/{call.programme.slug}/calls/{call.slug}"


def test_public_programmes_and_calls_are_told_to_anybody(anyone):
    programme = ProgrammeFactory(title="Fili", slug="fili")
    PhaseFactory(programme=programme, title="Ascolto")
    call = open_call(programme=programme, slug="uno")
    CallFactory(programme=programme, slug="in-preparazione", state=CallState.DRAFT)
    listed = anyone.get("/api/v1/programmes").json()
    assert "fili" in [one["slug"] for one in listed["items"]]
    assert "Ascolto" in [phase["title"] for phase in anyone.get("/api/v1/programmes/fili").json()["phases"]]
    calls = anyone.get("/api/v1/programmes/fili/calls").json()
    assert [one["slug"] for one in calls["items"]] == ["uno"]
    told = anyone.get(the_path(call)).json()
    assert told["window"] == "open"
    assert [track["title"] for track in told["tracks"]] == ["Cooperative"]
    assert told["page"].endswith("/en/calls/fili/uno/")
    assert anyone.get("/api/v1/programmes/fili/calls/in-preparazione").status_code == 404


def test_a_call_tells_how_it_decides_its_notices_and_what_was_asked(anyone):
    call = open_call(
        slug="uno",
        deciding=Deciding.CALIBRATED,
        reviewing=Reviewing.BLIND,
        discussing=Discussing.NAMED,
        tie_breaks=["draw"],
        draw_source="Il primo Lotto di marzo.",
        publish_juror_scores=True,
    )
    QuestionFactory(call=call, wording="Quanto dura?", answer="Un anno.", about="who")
    QuestionFactory(call=call, state=QuestionState.ASKED, number=None, text="Non ancora pubblica")
    CallNotice.objects.create(call=call, number=1, kind=NoticeKind.EXTENSION, reason="Più tempo")
    told = anyone.get(the_path(call)).json()
    names = ("deciding", "reviewing", "discussing", "draw_source", "publish_juror_scores")
    assert [told[name] for name in names] == [
        "calibrated", "blind", "named", "Il primo Lotto di marzo.", True
    ]  # fmt: skip
    (question,) = told["questions"]
    assert (question["question"], question["answer"], question["about"]) == (
        "Quanto dura?",
        "Un anno.",
        "who",
    )
    assert question["page"].startswith("http")
    (notice,) = told["notices"]
    assert (notice["kind"], notice["reason"]) == ("extension", "Più tempo")
    assert "Non ancora pubblica" not in str(told)


def test_what_is_not_public_is_not_there_even_with_a_token(anyone):
    programme = ProgrammeFactory(state="draft")
    manager = program_of(holder(programme, "manager"))
    assert manager.get(f"/api/v1/programmes/{programme.slug}").status_code == 404
    answer = anyone.get("/api/v1/programmes/nowhere")
    assert answer.status_code == 404
    assert answer.json()["type"] == "urn:vivaio:problem:not-found"


def test_texts_come_in_the_language_that_is_asked_for():
    ProgrammeFactory(slug="fili", title="Fili", i18n={"title_en": "Threads"})
    told = {
        code: Client(headers={"Accept-Language": code}).get("/api/v1/programmes/fili")
        for code in ("it", "en")
    }
    assert [told[code].json()["title"] for code in told] == ["Fili", "Threads"]
    assert told["en"].headers["Content-Language"] == "en"
    assert "Accept-Language" in told["en"].headers["Vary"]


def test_long_lists_come_page_by_page(anyone):
    for number in range(5):
        ProgrammeFactory(title=f"Programma {number}")
    answer = anyone.get("/api/v1/programmes?per_page=2&page=2")
    assert [one["title"] for one in answer.json()["items"]] == ["Programma 2", "Programma 3"]
    assert answer.json()["count"] == 5
    links = answer.headers["Link"]
    for relation, page in (("first", 1), ("prev", 1), ("next", 3), ("last", 3)):
        assert f'per_page=2&page={page}>; rel="{relation}"' in links
    assert "next" not in anyone.get("/api/v1/programmes?per_page=2&page=3").headers["Link"]


def test_what_has_not_changed_is_not_sent_again(anyone):
    programme = ProgrammeFactory(slug="fili")
    first = anyone.get("/api/v1/programmes/fili")
    again = anyone.get("/api/v1/programmes/fili", headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert again.headers["ETag"] == first.headers["ETag"]
    programme.title = "Altro"
    programme.save()
    changed = anyone.get("/api/v1/programmes/fili", headers={"If-None-Match": first.headers["ETag"]})
    assert changed.status_code == 200


def test_the_headers_can_be_asked_for_alone(anyone):
    ProgrammeFactory(slug="fili")
    read, asked = anyone.get("/api/v1/programmes/fili"), anyone.head("/api/v1/programmes/fili")
    assert (asked.status_code, asked.content) == (200, b"")
    assert asked.headers["ETag"] == read.headers["ETag"]
    assert anyone.head("/api/v1/programmes/nowhere").status_code == 404


def published(call, application, **fields):
    ranking = Ranking.objects.create(
        call=call, track=call.tracks.first(), state=RankingState.PUBLISHED, published_at=clock.now(),
        public_until=clock.now() + dt.timedelta(days=9),
    )  # fmt: skip
    RankingEntry.objects.create(
        ranking=ranking, application=application, order=1, position=1, score=80, reviews=2,
        outcome=Outcome.NOT_SELECTED, **fields,
    )  # fmt: skip
    return ranking


def test_a_published_ranking_names_only_whom_the_call_announced(anyone):
    call = open_call(disclosure=Disclosure.SELECTED_ORGANISATIONS, publish_scores=False)
    application = handed_in(call, state=ApplicationState.ADMITTED)
    published(call, application)
    told = anyone.get(f"{the_path(call)}/rankings")
    line = told.json()[0]["lines"][0]
    assert line["name"] == f"Application no. {application.number}"
    assert line["score"] is None
    assert application.organisation.name not in told.content.decode()
    assert "noindex" in told.headers["X-Robots-Tag"]


def test_ones_own_applications_and_nobody_elses():
    draft = ApplicationFactory()
    other = ApplicationFactory(call=draft.call)
    program = program_of(draft.created_by)
    assert [one["id"] for one in program.get("/api/v1/applications").json()["items"]] == [str(draft.pk)]
    told = program.get(f"/api/v1/applications/{draft.pk}").json()
    assert told["state"] == "draft"
    assert told["next"]["submit_refused"] is None
    assert told["next"]["reopen_refused"]
    answers = program.get(f"/api/v1/applications/{draft.pk}/answers").json()
    assert answers["answers"] == json.loads(json.dumps(draft.response.answers))
    assert answers["form"]["definition"]["questions"]
    assert program.get(f"/api/v1/applications/{other.pk}").status_code == 404


def test_the_team_is_not_told_an_exclusion_before_its_letter():
    application = handed_in(state=ApplicationState.EXCLUDED)
    application.exclusion_held, application.decision_reason = True, "Fuori termine"
    application.save()
    told = program_of(application.created_by).get(f"/api/v1/applications/{application.pk}")
    assert told.json()["state"] == "submitted"
    assert "Fuori termine" not in told.content.decode()


def test_a_token_without_the_scope_is_told_which_one_is_missing():
    answer = program_of(PersonFactory(), "jury:read").get("/api/v1/applications")
    assert answer.status_code == 403
    assert 'scope="applications:read"' in answer.headers["WWW-Authenticate"]


def test_the_staff_reads_what_its_role_allows_at_that_moment():
    application = handed_in()
    call = application.call
    secretary = holder(call.programme, "secretary")
    program = program_of(secretary, "staff:read")
    path = f"/api/v1/staff/programmes/{call.programme.slug}/calls/{call.slug}"
    assert [one["number"] for one in program.get(f"{path}/applications").json()["items"]] == [1]
    assert program.get(f"{path}/applications?state=admitted").json()["count"] == 0
    whole = program.get(f"/api/v1/staff/applications/{application.pk}").json()
    assert whole["applicant"]["name"] == application.organisation.name
    assert whole["blocks"]
    assert program.get(f"{path}/rankings").status_code == 404  # a secretary reads no scores
    secretary.role_holdings.all().delete()
    assert program.get(f"{path}/applications").status_code == 404
    assert program.get("/api/v1/staff/calls").json()["count"] == 0


def test_the_staff_never_reads_a_draft():
    draft = ApplicationFactory()
    program = program_of(holder(draft.call.programme, "manager"))
    path = f"/api/v1/staff/programmes/{draft.call.programme.slug}/calls/{draft.call.slug}"
    assert program.get(f"{path}/applications").json()["count"] == 0
    assert program.get(f"/api/v1/staff/applications/{draft.pk}").status_code == 404


def test_the_manager_reads_rankings_before_they_are_published():
    juror = JurorFactory()
    application = eligible(juror.panel.call)
    ranking = Ranking.objects.create(call=application.call, track=application.track)
    RankingEntry.objects.create(
        ranking=ranking, application=application, order=1, position=1, score="77.5", criteria={"bisogno": "4"}
    )
    call = application.call
    program = program_of(holder(call.programme, "manager"), "staff:read")
    told = program.get(f"/api/v1/staff/programmes/{call.programme.slug}/calls/{call.slug}/rankings").json()
    assert told[0]["state"] == "provisional"
    assert told[0]["entries"][0]["score"] == "77.500000"
    assert told[0]["entries"][0]["criteria"] == {"bisogno": "4"}


def test_a_juror_reads_what_is_assigned_and_nothing_else():
    assignment = AssignmentFactory()
    other = AssignmentFactory(juror=JurorFactory(panel=assignment.juror.panel))
    program = program_of(assignment.juror.person, "jury:read")
    assert [one["id"] for one in program.get("/api/v1/jury/assignments").json()["items"]] == [
        str(assignment.pk)
    ]
    scored(assignment, 5)
    sheet = program.get(f"/api/v1/jury/assignments/{assignment.pk}").json()
    assert sheet["scores"] == {"bisogno": 5, "innovazione": 4}
    assert sheet["missing"] == 0
    assert sheet["write_refused"] is None
    assert program.get(f"/api/v1/jury/assignments/{other.pk}").status_code == 404


def test_a_juror_declares_conflicts_before_reading():
    assignment = AssignmentFactory(juror__conflicts_declared_at=None)
    answer = program_of(assignment.juror.person, "jury:read").get(f"/api/v1/jury/assignments/{assignment.pk}")
    assert answer.status_code == 409
    assert answer.json()["type"].endswith("refused")
    assert "conflitto" in answer.json()["detail"]


def test_a_session_opens_nothing_here(client):
    person = PersonFactory()
    client.force_login(person)
    assert client.get("/api/v1/me").status_code == 401
    assert client.get("/api/v1/applications").status_code == 401


@pytest.mark.parametrize(
    ("path", "status", "kind"),
    [
        ("/api/v1/nothing/here", 404, "not-found"),
        ("/api/v1/programmes/", 404, "not-found"),
        ("/api/v1/programmes?page=x", 422, "invalid"),
        ("/api/v1/programmes?per_page=9999", 422, "invalid"),
        ("/api/v1/applications/not-a-uuid", 422, "invalid"),
    ],
)
def test_every_no_is_a_problem(path, status, kind):
    answer = program_of(PersonFactory(), language="en").get(path)
    told = answer.json()
    assert (answer.status_code, told["status"], told["type"]) == (
        status,
        status,
        f"urn:vivaio:problem:{kind}",
    )
    assert answer.headers["Content-Type"] == "application/problem+json"
    if kind == "invalid":
        assert told["errors"][0]["pointer"]
        assert told["errors"][0]["detail"]


def test_what_cannot_be_done_here_says_what_can(anyone):
    answer = anyone.delete("/api/v1/programmes")
    assert answer.status_code == 405
    assert answer.headers["Allow"] == "GET"
    assert answer.json()["type"].endswith("method-not-allowed")


def test_errors_are_told_in_the_callers_language():
    told = {
        code: Client(headers={"Accept-Language": code}).get("/api/v1/me").json()["title"]
        for code in ("it", "en")
    }
    assert told == {"it": "Nessun token valido", "en": "No token that works"}


def test_reading_costs_the_same_with_many_rows(django_assert_max_num_queries):
    person = PersonFactory()
    draft = ApplicationFactory(created_by=person)
    for _ in range(5):
        ApplicationFactory(organisation=draft.organisation, created_by=person)
        handed_in(draft.call)
    manager = program_of(holder(draft.call.programme, "manager"))
    program = program_of(person)
    path = f"/api/v1/staff/programmes/{draft.call.programme.slug}/calls/{draft.call.slug}/applications"
    for asker, where in ((program, "/api/v1/applications"), (manager, path), (program, "/api/v1/programmes")):
        with django_assert_max_num_queries(12):
            assert asker.get(where).status_code == 200


def test_the_document_is_for_programs_and_the_page_for_people(client):
    found = client.get("/api/v1/openapi.json", headers={"Accept-Language": "en"}).json()
    assert found["openapi"].startswith("3.1")
    for path in found["paths"].values():
        for operation in path.values():
            assert all(one.get("description") for one in operation["parameters"])
            assert "429" in operation["responses"]
    fields = [
        field
        for schema in found["components"]["schemas"].values()
        for field in schema.get("properties", {}).values()
    ]
    assert fields
    assert all(field.get("description") for field in fields)
    page = client.get("/en/api/").content.decode()
    assert "/api/v1/jury/assignments" in page
    assert "applications:read" in page


def shapes(of=Schema):
    for one in of.__subclasses__():
        yield one
        yield from shapes(one)


def test_no_two_shapes_of_the_document_share_a_name(client):
    names = Counter(one.__name__ for one in set(shapes()) if one.__module__.startswith("vivaio.api.v1"))
    assert names["GivenOut"] == 1, "the shapes are read"
    assert [name for name, count in names.items() if count > 1] == []
    found = client.get("/api/v1/openapi.json").json()["components"]["schemas"]
    assert {"who", "mine", "scores"} == set(found["GivenOut"]["properties"])
    assert "hours" in found["HoursGivenOut"]["properties"]
