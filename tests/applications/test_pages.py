"""Pages: who reaches them, what they say, what they cost."""

import datetime as dt
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.factories.applications import (
    ApplicationFactory,
    IntegrationRequestFactory,
    close,
    handed_in,
    open_call,
)
from tests.factories.calls import ConditionFactory, TrackFactory
from tests.factories.people import MembershipFactory, OrganisationFactory, PersonFactory
from vivaio.applications import eligibility
from vivaio.applications.models import Application
from vivaio.applications.states import ApplicationState
from vivaio.people.states import OrganisationKind

pytestmark = pytest.mark.django_db


def address(name, *args):
    return reverse(f"applications:{name}", args=args)


def of_call(name, call):
    return address(name, call.programme.slug, call.slug)


def cost(client, url):
    with CaptureQueriesContext(connection) as captured:
        answer = client.get(url)
    assert answer.status_code == 200, answer.content[:300]
    return len(captured), answer.content.decode()


def test_where_one_begins_offers_what_the_track_admits_and_says_why_not(client):
    call = open_call()
    call.tracks.update(organisation_kinds=[OrganisationKind.COOPERATIVE])
    person = PersonFactory()
    good = MembershipFactory(person=person, organisation__name="Filo di Ringhiera").organisation
    MembershipFactory(
        person=person, organisation__name="Alfa srl", organisation__kind=OrganisationKind.COMPANY
    )
    OrganisationFactory(name="Di altri")
    client.force_login(person)
    page = client.get(of_call("apply", call)).content.decode()
    assert "Filo di Ringhiera" in page
    assert 'aria-disabled="true"' in page
    assert "Di altri" not in page
    assert f"?next={of_call('apply', call)}" in page
    track = call.tracks.get()
    answers = [
        client.post(of_call("apply", call), {"track": track.pk, "organisation": good.pk})
        for _time in range(2)
    ]
    application = Application.objects.get()
    assert {answer.url for answer in answers} == {address("step", application.pk, 1)}
    assert f"{application.get_absolute_url()}" in client.get(of_call("apply", call)).content.decode()


@pytest.mark.parametrize("posted", [{}, {"track": "x"}, {"track": "0" * 32}])
def test_nonsense_where_one_begins_is_no_crash(client, posted):
    call = open_call()
    client.force_login(PersonFactory())
    assert client.post(of_call("apply", call), posted).status_code == 404


def test_nobody_begins_for_an_organisation_of_others(client):
    call = open_call()
    client.force_login(PersonFactory())
    posted = {"track": call.tracks.get().pk, "organisation": OrganisationFactory().pk}
    assert client.post(of_call("apply", call), posted).status_code == 404
    assert not Application.objects.exists()


def test_a_closed_call_says_so_where_one_would_begin(client):
    call = close(open_call())
    person = MembershipFactory().person
    client.force_login(person)
    assert client.get(of_call("apply", call)).status_code == 200
    posted = {"track": call.tracks.get().pk, "organisation": person.memberships.get().organisation_id}
    page = client.post(of_call("apply", call), posted)
    assert page.status_code == 200
    assert not Application.objects.exists()


def test_my_applications_lead_with_what_asks_for_something(client):
    request = IntegrationRequestFactory()
    person = request.application.created_by
    client.force_login(person)
    page = client.get(address("mine")).content.decode()
    assert address("integration", request.pk) in page
    assert "Manca lo statuto." in page


def test_an_empty_list_teaches(client):
    client.force_login(PersonFactory())
    call = open_call()
    page = client.get(address("mine")).content.decode()
    assert of_call("apply", call) in page


@pytest.mark.parametrize("state", [one for one in ApplicationState if one != ApplicationState.DRAFT])
def test_the_team_reads_where_it_stands_in_every_state(client, state):
    application = handed_in(state=state, decision_reason="Fuori territorio.")
    if state == ApplicationState.WITHDRAWN:
        application.withdrawn_at = application.submitted_at
        application.save()
    close(application.call)
    client.force_login(application.created_by)
    page = client.get(application.get_absolute_url())
    assert page.status_code == 200
    assert application.digest in page.content.decode()
    assert ("Fuori territorio." in page.content.decode()) == (state == ApplicationState.EXCLUDED)


def test_others_find_nothing(client):
    application = handed_in(close(open_call()))
    client.force_login(PersonFactory())
    for name in (
        "application",
        "eligibility",
        "withdraw",
        "reopen",
        "confirm",
        "exclude",
        "undecide",
        "review",
    ):
        assert client.get(address(name, application.pk)).status_code == 404, name
    assert client.get(address("step", application.pk, 1)).status_code == 404
    assert client.get(of_call("received", application.call)).status_code == 404


def test_staff_of_another_programme_find_nothing(client, secretary_of):
    application = handed_in(close(open_call()))
    secretary_of(open_call())
    assert client.get(address("eligibility", application.pk)).status_code == 404
    assert client.get(of_call("received", application.call)).status_code == 404


def test_staff_never_reads_drafts(client, secretary_of):
    draft = ApplicationFactory()
    secretary_of(draft.call)
    assert client.get(address("eligibility", draft.pk)).status_code == 404
    assert client.get(address("application", draft.pk)).status_code == 404
    assert "La portineria leggera" not in client.get(of_call("received", draft.call)).content.decode()


def test_jurors_read_nothing_here(client, secretary_of):
    application = handed_in(close(open_call()))
    secretary_of(application.call, role="juror")
    assert client.get(address("eligibility", application.pk)).status_code == 404


def test_the_staffs_list_is_searched_filtered_and_exported(client, secretary_of):
    call = open_call()
    ConditionFactory(call=call)
    one = handed_in(call, organisation=OrganisationFactory(name="Orto Pensile"), title="Orto sul tetto")
    handed_in(call, track=TrackFactory(call=call, title="Spin-off"), title="Passo doppio")
    eligibility.check(one)
    secretary_of(close(call))
    url = of_call("received", call)
    page = client.get(url, {"q": "pensile"}).content.decode()
    assert "Orto sul tetto" in page
    assert "Passo doppio" not in page
    page = client.get(url, {"conditions": "doubt"}).content.decode()
    assert "Passo doppio" not in page
    csv = b"".join(client.get(url, {"export": "csv"}).streaming_content).decode("utf-8-sig")
    assert "Orto Pensile" in csv
    assert one.digest in csv
    assert "Che cosa volete fare di nuovo?" in csv
    assert "Riaprire tre portinerie." in csv
    assert "Abitare" in csv
    assert client.get(url, {"export": "xlsx"}).status_code == 200
    assert client.get(url, {"sort": "-conditions"}).status_code == 200


def test_the_staff_decides_on_the_pages(client, secretary_of):
    call = open_call()
    ConditionFactory(call=call, title="Opera a Milano")
    first, second, third = (handed_in(call) for _time in range(3))
    for application in (first, second, third):
        eligibility.check(application)
    secretary_of(close(call))
    assert "Opera a Milano" in client.get(address("confirm", first.pk)).content.decode()
    client.post(address("confirm", first.pk), {"confirmed": "yes"})
    page = client.post(address("exclude", second.pk), {"reason": ""})
    assert page.status_code == 200
    client.post(address("exclude", second.pk), {"reason": "Fuori territorio."})
    check = third.checks.get()
    client.post(address("settle", third.pk, check.pk), {"outcome": "met", "note": "Visto."})
    page = client.get(of_call("confirm_all", call)).content.decode()
    assert str(third.pk) in page
    client.post(of_call("confirm_all", call), {"application": [str(third.pk), "nonsense"]})
    states = dict(Application.objects.values_list("number", "state"))
    assert states == {1: "admitted", 2: "excluded", 3: "admitted"}
    client.post(address("undecide", third.pk), {"confirmed": "yes"})
    third.refresh_from_db()
    assert third.state == ApplicationState.SUBMITTED


def test_of_very_many_the_first_are_confirmed_and_then_the_others(client, secretary_of):
    call = open_call()
    organisation = handed_in(call).organisation
    for _time in range(102):
        handed_in(call, organisation=organisation)
    secretary_of(close(call))
    page = client.get(of_call("confirm_all", call))
    assert page.content.decode().count('name="application"') == 100
    assert "Queste sono le prime 100" in page.content.decode()
    chosen = [str(one.pk) for one in page.context["ready"]][:3]
    answer = client.post(of_call("confirm_all", call), {"application": chosen})
    assert answer.url == of_call("confirm_all", call), "the next ones are shown"
    page = client.get(answer.url).content.decode()
    assert page.count('name="application"') == 100
    assert "Queste sono le prime" not in page
    assert client.post(of_call("confirm_all", call), {"application": []}).url == of_call("received", call)


def test_a_request_for_integration_is_asked_on_its_page(client, secretary_of):
    application = handed_in(close(open_call()))
    secretary_of(application.call)
    page = client.get(address("request_integration", application.pk)).content.decode()
    assert "T23:59" in page
    posted = {"text": "Manca lo statuto.", "deadline": "2020-01-01T10:00", "questions": ["idea"]}
    page = client.post(address("request_integration", application.pk), posted)
    assert "Manca lo statuto." in page.content.decode()
    assert not application.integration_requests.exists()
    ahead = (application.call.closes_at + dt.timedelta(days=9)).strftime("%Y-%m-%dT12:30")
    client.post(address("request_integration", application.pk), {**posted, "deadline": ahead})
    request = application.integration_requests.get()
    assert request.questions == ["idea"]
    assert request.deadline.astimezone(ZoneInfo("Europe/Rome")).strftime("%Y-%m-%dT%H:%M") == ahead
    client.post(address("integration_cancel", request.pk), {"confirmed": "yes"})
    request.refresh_from_db()
    assert request.state == "cancelled"


def test_withdrawing_and_reopening_ask_first(client):
    application = handed_in()
    client.force_login(application.created_by)
    client.get(address("withdraw", application.pk))
    application.refresh_from_db()
    assert application.state == ApplicationState.SUBMITTED
    client.post(address("reopen", application.pk), {"confirmed": "yes"})
    application.refresh_from_db()
    assert application.state == ApplicationState.DRAFT
    client.post(address("withdraw", application.pk), {"confirmed": "yes"})
    application.refresh_from_db()
    assert application.state == ApplicationState.WITHDRAWN


@pytest.mark.parametrize("role", ["manager", "auditor"])
def test_pages_cost_the_same_with_many_rows(client, secretary_of, role):
    call = open_call()
    conditions = [ConditionFactory(call=call)]
    person = PersonFactory()

    def add(count):
        for _time in range(count):
            application = handed_in(call, created_by=person)
            IntegrationRequestFactory(application=application, state="answered")
            eligibility.check(application)

    add(3)
    close(call)
    staff = secretary_of(call, role)
    urls = [of_call("received", call), of_call("confirm_all", call)]
    few = [cost(client, url)[0] for url in urls]
    client.force_login(person)
    few += [cost(client, url)[0] for url in (address("mine"), of_call("apply", call))]
    add(12)
    for at in range(3):
        conditions.append(ConditionFactory(call=call, key=f"altra-{at}"))
        TrackFactory(call=call)
    client.force_login(staff)
    many = [cost(client, url)[0] for url in urls]
    client.force_login(person)
    many += [cost(client, url)[0] for url in (address("mine"), of_call("apply", call))]
    assert many == few
    assert max(many) <= 12


@pytest.mark.parametrize("language", ["it", "en"])
def test_the_staffs_page_costs_at_most_twelve_queries(client, secretary_of, language):
    request = IntegrationRequestFactory()
    application = request.application
    ConditionFactory(call=application.call)
    eligibility.check(application)
    secretary_of(application.call)
    url = address("eligibility", application.pk).replace("/it/", f"/{language}/")
    few, page = cost(client, url)
    assert "Manca lo statuto." in page
    for _time in range(5):
        ConditionFactory(call=application.call)
        IntegrationRequestFactory(application=application, state="answered")
    eligibility.check(application)
    many, page = cost(client, url)
    assert many == few
    assert many <= 12
