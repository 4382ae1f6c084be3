"""The first page after signing in: the next thing to do comes first, at a constant cost."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.factories.applications import ApplicationFactory, close, handed_in, open_call
from tests.factories.people import PersonFactory
from tests.factories.programmes import holder
from vivaio.desk.home.recent import Entry, just_happened, told_once
from vivaio.kit import clock
from vivaio.programmes import actions as programmes

pytestmark = pytest.mark.django_db


def text_of(client, person, language="en"):
    client.force_login(person)
    response = client.get(f"/{language}/desk/")
    assert response.status_code == 200
    return response.content.decode()


def test_somebody_new_reads_what_the_page_is_for(client):
    assert "Nothing awaits you" in text_of(client, PersonFactory())


def test_a_draft_awaits_its_author_with_its_deadline(client):
    application = ApplicationFactory(title="Due chiavi")
    page = text_of(client, application.created_by)
    assert "Finish and hand in “Due chiavi”" in page
    assert f"/en/applications/{application.pk}/step/1/" in page


def test_a_draft_of_a_closed_call_awaits_nobody(client):
    application = ApplicationFactory(title="Due chiavi")
    close(application.call)
    assert "Due chiavi" not in text_of(client, application.created_by)


def test_the_secretary_hears_of_applications_to_decide_once_the_call_has_closed(client):
    call = open_call()
    handed_in(call)
    secretary = holder(call.programme, "secretary")
    assert "eligibility" not in text_of(client, secretary)
    close(call)
    assert "Decide on the eligibility of 1 application" in text_of(client, secretary)


def test_staff_of_another_programme_hear_nothing(client):
    call = close(open_call())
    handed_in(call)
    assert "Nothing awaits you" in text_of(client, holder(open_call().programme, "auditor"))


def test_the_soonest_deadline_comes_first(client):
    person = PersonFactory()
    later = ApplicationFactory(title="Più tardi", created_by=person)
    sooner = ApplicationFactory(title="Prima", created_by=person)
    sooner.call.closes_at = clock.now() + dt.timedelta(hours=3)
    sooner.call.save()
    page = text_of(client, person)
    assert page.index("“Prima”") < page.index("“Più tardi”")
    assert "Today" in page or "By" in page
    assert later.call.closes_at > sooner.call.closes_at


def test_the_cost_does_not_grow_with_calls_and_applications(client):
    first = close(open_call())
    manager = holder(first.programme, "manager")
    handed_in(first)
    client.force_login(manager)
    client.get("/en/desk/")
    with CaptureQueriesContext(
        connection,
    ) as few:
        client.get("/en/desk/")
    for _number in range(4):
        call = close(open_call(programme=first.programme))
        handed_in(call)
        handed_in(call)
    with CaptureQueriesContext(connection) as many:
        client.get("/en/desk/")
    assert len(many) <= len(few) + 1
    assert len(many) <= 12


def test_the_staff_find_the_way_to_each_programme_they_run(client):
    programme = open_call().programme
    page = text_of(client, holder(programme, "manager"))
    for way in ("letters", "register"):
        assert f'href="/en/desk/{programme.slug}/{way}/"' in page
    for way in ("calls/manage", "edit", "roles"):
        assert f'href="/en/programmes/{programme.slug}/{way}/"' in page


def test_what_happens_many_times_on_end_is_told_once():
    at = clock.now()
    entries = [Entry(at, "yesterday", text) for text in ["Ines scored.", "Ines scored.", "Ines began."]]
    assert [entry.text for entry in told_once(entries)] == ["Ines scored. (2 volte)", "Ines began."]


def test_the_programmes_stand_beside_a_log_that_would_leave_a_column_empty(client):
    manager = holder(open_call().programme, "manager")
    page = text_of(client, manager)
    assert page.count("The programmes</h2>") == 1
    assert page.index("The programmes</h2>") < page.index("Just happened")
    for _number in range(2):
        ApplicationFactory(created_by=manager)
    page = text_of(client, manager)
    assert "2 things await you" in page
    assert page.count("The programmes</h2>") == 1
    assert page.index("The programmes</h2>") > page.index("Just happened")


def test_how_somebody_reads_a_list_is_no_news():
    programme = open_call().programme
    manager = holder(programme, "manager")
    before = just_happened([programme.pk])
    given = {"name": "Aperti", "query": "state=published", "usual": False, "shared": False}
    programmes.save_view(programme, "calls.calls", by=manager, **given)
    assert just_happened([programme.pk]) == before
