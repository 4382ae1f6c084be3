"""From the first line of a call to its end: who may, when, and what is kept of it."""

import datetime as dt

import pytest
from django.urls import reverse

from tests.factories.calls import CallFactory, CriterionFactory, TrackFactory
from tests.factories.programmes import ProgrammeFactory, holder
from tests.factories.questionnaires import FormVersionFactory
from vivaio.calls import actions, rules
from vivaio.calls.models import Call
from vivaio.calls.states import CallState, Window
from vivaio.journal.models import Record
from vivaio.kit import clock
from vivaio.kit.rules import Refused

pytestmark = pytest.mark.django_db


def ready(**fields):
    """A call with everything that its publication needs; it opens tomorrow."""
    tomorrow = clock.now() + dt.timedelta(days=1)
    programme = fields.pop("programme", None) or ProgrammeFactory()
    call = CallFactory(
        **{
            "programme": programme,
            "state": CallState.DRAFT,
            "form": FormVersionFactory(form__programme=programme),
            "opens_at": tomorrow,
            "closes_at": tomorrow + dt.timedelta(days=30),
        }
        | fields
    )
    TrackFactory(call=call)
    CriterionFactory(call=call, weight=60)
    CriterionFactory(call=call, weight=40)
    return call


def at(name, call, *more):
    return reverse(f"calls:{name}", args=[call.programme.slug, call.slug, *more])


def manager(client, call):
    person = holder(call.programme, "manager")
    client.force_login(person)
    return person


def verbs(call):
    return list(Record.objects.filter(subject_id=call.pk).order_by("number").values_list("verb", flat=True))


def test_a_call_is_begun_with_a_title_and_a_window_in_the_programmes_zone(client):
    programme = ProgrammeFactory(time_zone="Europe/Lisbon")
    client.force_login(holder(programme, "secretary"))
    response = client.post(
        reverse("calls:create", args=[programme.slug]),
        {
            "title": "Ricerca e selezione",
            "title_en": "Scouting",
            "opens_at": "2027-01-10T09:00",
            "closes_at": "2027-02-10T23:59",
        },
    )
    call = Call.objects.get()
    assert response.url.endswith(f"/{call.slug}/manage/")
    assert (call.slug, call.title, call.i18n["title_en"]) == (
        "ricerca-e-selezione",
        "Ricerca e selezione",
        "Scouting",
    )
    assert call.opens_at == dt.datetime(2027, 1, 10, 9, tzinfo=dt.UTC)
    assert verbs(call) == ["calls.created"]
    second = actions.create(
        programme,
        by=None,
        titles={"it": "Ricerca e selezione"},
        opens_at=call.opens_at,
        closes_at=call.closes_at,
    )
    assert second.slug == "ricerca-e-selezione-2"


def test_a_call_that_closes_before_it_opens_is_not_begun_and_nothing_typed_is_lost(client):
    programme = ProgrammeFactory()
    client.force_login(holder(programme, "manager"))
    said = {"title": "Mio bando", "opens_at": "2027-02-10T09:00", "closes_at": "2027-01-10T09:00"}
    page = client.post(reverse("calls:create", args=[programme.slug]), said).content.decode()
    assert "Mio bando" in page
    assert 'aria-invalid="true"' in page
    assert not Call.objects.exists()


def test_what_is_missing_stands_between_a_draft_and_its_publication(client):
    call = CallFactory(state=CallState.DRAFT)
    manager(client, call)
    page = client.get(at("manage", call)).content.decode()
    for section in ("applicants", "tracks", "criteria"):
        assert at("edit", call, section) in page
    client.post(at("act", call, "publish"))
    call.refresh_from_db()
    assert call.state == CallState.DRAFT
    CriterionFactory(call=call, weight=90)
    assert "90" in " ".join(rules.what_publication_needs(call))


def test_a_ready_call_is_published_taken_back_published_concluded(client):
    call = ready()
    manager(client, call)
    version = call.programme.public_version
    for act, state in (("publish", "published"), ("take-back", "draft"), ("publish", "published")):
        assert client.get(at("act", call, act)).status_code == 200
        client.post(at("act", call, act))
        call.refresh_from_db()
        assert call.state == state
    call.opens_at, call.closes_at = (clock.now() - dt.timedelta(days=days) for days in (9, 1))
    call.save()
    client.post(at("act", call, "conclude"))
    call.refresh_from_db()
    assert call.state == CallState.CONCLUDED
    assert verbs(call) == ["calls.published", "calls.taken_back", "calls.published", "calls.concluded"]
    call.programme.refresh_from_db()
    assert call.programme.public_version == version + 4


def test_an_open_call_is_not_taken_back_nor_concluded():
    call = ready(state=CallState.PUBLISHED, opens_at=clock.now() - dt.timedelta(seconds=1))
    assert call.window == Window.OPEN
    for act in (actions.take_back, actions.conclude):
        with pytest.raises(Refused):
            act(call, by=None)


def test_a_call_is_withdrawn_with_a_reason_for_good(client):
    call = ready(state=CallState.PUBLISHED)
    manager(client, call)
    client.post(at("act", call, "withdraw"), {"reason": "  "})
    call.refresh_from_db()
    assert call.state == CallState.PUBLISHED
    client.post(at("act", call, "withdraw"), {"reason": "I fondi sono finiti."})
    call.refresh_from_db()
    assert (call.state, call.withdrawal_reason) == (CallState.WITHDRAWN, "I fondi sono finiti.")
    for act in (actions.publish, actions.take_back, actions.conclude):
        with pytest.raises(Refused):
            act(call, by=None)
    with pytest.raises(Refused):
        actions.amend(call, {"title": "Altro"}, by=None)


@pytest.mark.parametrize("role", ["secretary", "manager"])
def test_those_who_edit_calls_reach_every_page(client, role):
    call = ready()
    client.force_login(holder(call.programme, role))
    assert client.get(reverse("calls:staff_list", args=[call.programme.slug])).status_code == 200
    assert client.get(at("manage", call)).status_code == 200
    for section in ("texts", "windows", "applicants", "tracks", "conditions", "criteria", "ties", "awards"):
        assert client.get(at("edit", call, section)).status_code == 200
    for section in ("dates", "publication", "documents"):
        assert client.get(at("edit", call, section)).status_code == 200
    assert client.get(at("edit", call, "nothing")).status_code == 404
    assert client.get(at("act", call, "nothing")).status_code == 404


def test_those_who_read_calls_see_the_home_and_change_nothing(client):
    call = ready()
    client.force_login(holder(call.programme, "auditor"))
    page = client.get(at("manage", call)).content.decode()
    assert at("edit", call, "texts") not in page
    assert client.get(at("edit", call, "texts")).status_code == 404
    assert client.post(at("act", call, "publish")).status_code == 404


def test_the_staff_of_another_programme_finds_nothing(client):
    call = ready()
    other = holder(ProgrammeFactory(), "manager")
    client.force_login(other)
    addresses = [
        reverse("calls:staff_list", args=[call.programme.slug]),
        reverse("calls:create", args=[call.programme.slug]),
        at("manage", call),
        at("edit", call, "texts"),
        at("edit", call, "tracks"),
        at("act", call, "publish"),
    ]
    for address in addresses:
        assert client.get(address).status_code == 404
    with pytest.raises(Refused):
        actions.publish(call, by=other)


def test_the_list_is_searched_filtered_and_exported(client):
    call = ready(title="Città nuova")
    CallFactory(programme=call.programme, title="Altro bando")
    manager(client, call)
    address = reverse("calls:staff_list", args=[call.programme.slug])
    page = client.get(address, {"q": "citta"}).content.decode()
    assert "Città nuova" in page
    assert "Altro bando" not in page
    assert "Altro bando" in client.get(address, {"window": "open"}).content.decode()
    assert "Altro bando" not in client.get(address, {"state": "draft"}).content.decode()
