"""The figures of a call: counted, drawn, downloaded, and a few of them on the call's own page."""

import datetime as dt

import pytest
from django.urls import reverse

from tests.factories.applications import ApplicationFactory, close, handed_in, open_call
from tests.factories.calls import TrackFactory
from tests.factories.jury import AssignmentFactory, JurorFactory, PanelFactory
from tests.factories.people import OrganisationFactory
from vivaio.applications.states import ApplicationState
from vivaio.kit import charts

pytestmark = pytest.mark.django_db


def address(call, name="figures"):
    return reverse(f"applications:{name}", args=[call.programme.slug, call.slug])


def home(call):
    return reverse("calls:manage", args=[call.programme.slug, call.slug])


@pytest.fixture
def call():
    call = open_call()
    for province, sectors in (("MI", ["housing", "culture"]), ("MI", ["culture"]), ("", [])):
        body = OrganisationFactory(
            province=province, municipality="Milano" if province else "", sectors=sectors
        )
        handed_in(call, organisation=body)
    other = TrackFactory(call=call, title="Spin-off")
    handed_in(call, track=other, organisation=None, person=ApplicationFactory(call=call).created_by)
    return close(call)


def bars(page, key):
    one = next(one for one in page.context["breakdowns"] if one.key == key)
    return {str(bar.label): bar.count for bar in one.bars}


def test_applications_are_counted_each_way(client, call, secretary_of):
    secretary_of(call)
    page = client.get(address(call))
    assert [str(fact[1]) for fact in page.context["told"].facts][:2] == ["5", "4"]
    assert bars(page, "tracks") == {"Cooperative": 3, "Spin-off": 1}
    assert bars(page, "states") == {"Bozza": 1, "Inviata": 4}
    assert bars(page, "provinces") == {"MI": 2, "non indicata": 1, "persone che si candidano da sole": 1}
    assert bars(page, "places")["Milano (MI)"] == 2
    assert bars(page, "sectors")["Cultura"] == 2
    assert bars(page, "answers") == {"Abitare": 4, "Cultura": 0}
    text = page.content.decode()
    assert f"{address(call, 'received')}?track=" in text
    assert "where=sector:any:housing" in text
    assert 'role="img"' in text
    assert sum(second for _day, _first, second in page.context["days"]) == 4


def test_each_line_leads_to_the_applications_that_it_counts(client, call, secretary_of):
    secretary_of(call)
    page = client.get(address(call))
    for one in page.context["breakdowns"]:
        for bar in one.bars:
            if bar.href and bar.count:
                assert client.get(bar.href).context["table"].count == bar.count, bar


def test_one_track_is_counted_alone(client, call, secretary_of):
    secretary_of(call)
    track = call.tracks.get(title="Spin-off")
    page = client.get(address(call), {"track": track.pk})
    assert page.context["told"].figures.received == 1
    assert not [one for one in page.context["breakdowns"] if one.key == "tracks"]
    for asked in ({"track": "x"}, {"question": "idea"}, {"question": "\0"}, {"export": "exe"}):
        assert client.get(address(call), asked).context["told"].figures.received == 4


def test_the_figures_are_downloaded(client, call, secretary_of):
    secretary_of(call)
    csv = b"".join(client.get(address(call), {"export": "csv"}).streaming_content).decode("utf-8-sig")
    assert "Spin-off" in csv
    assert "Milano (MI)" in csv
    assert client.get(address(call), {"export": "xlsx"}).status_code == 200


def test_a_call_without_applications_teaches(client, secretary_of):
    call = open_call()
    secretary_of(call)
    assert "Ancora niente da contare" in client.get(address(call)).content.decode()


def test_who_reads_no_applications_finds_no_figures(client, call, secretary_of):
    secretary_of(call, role="juror")
    assert client.get(address(call)).status_code == 404
    secretary_of(call, role="community_manager")
    assert client.get(address(call)).status_code == 404


def test_the_page_costs_the_same_with_many(client, call, secretary_of, django_assert_max_num_queries):
    for n in range(20):
        handed_in(call, organisation=OrganisationFactory(province=f"P{n}"))
    secretary_of(call)
    client.get(address(call))
    with django_assert_max_num_queries(12):
        page = client.get(address(call))
    assert bars(page, "provinces")["altre"] > 0


def test_the_calls_page_counts_what_came_and_what_the_jury_read(
    client, call, secretary_of, django_assert_max_num_queries
):
    one = call.applications.filter(number=1).get()
    one.state = ApplicationState.ADMITTED
    one.save()
    panel = PanelFactory(call=call)
    AssignmentFactory(juror=JurorFactory(panel=panel), application=one)
    secretary_of(call)
    client.get(home(call))
    with django_assert_max_num_queries(12):
        page = client.get(home(call))
    assert [(str(words), count) for words, count, _href in page.context["figures"]] == [
        ("inviate", 4),
        ("da decidere", 3),
        ("ammissibili", 1),
        ("letture assegnate", 1),
        ("letture concluse", 0),
    ]
    for _words, count, href in page.context["figures"][:3]:
        assert client.get(href).context["table"].count == count


def test_who_may_not_read_applications_reads_no_figures_of_them(client, call, secretary_of):
    secretary_of(call, role="community_manager")
    page = client.get(home(call))
    if page.status_code == 200:
        assert not page.context["figures"]


def test_a_long_time_is_drawn_by_the_week_and_a_short_one_by_the_day():
    start = dt.date(2026, 3, 4)
    drawn = charts.by_day({start: 3}, {start: 1}, begin=start, end=start + dt.timedelta(days=9))
    assert (len(drawn.columns), drawn.weekly, drawn.top) == (10, False, 4)
    assert drawn.heights == [4, 2, 0]
    late = start + dt.timedelta(days=200)
    drawn = charts.by_day({start: 3, late: 70}, {}, begin=start, end=start, close=late)
    assert drawn.weekly
    assert sum(column.first for column in drawn.columns) == 73
    assert drawn.columns[0].day.weekday() == 0
    assert drawn.top == 100
    assert drawn.second == ""
    assert drawn.close.startswith("M999")


def test_one_day_alone_is_drawn():
    day = dt.date(2026, 3, 4)
    drawn = charts.by_day({day: 1}, {}, begin=day, end=day, close=day)
    assert drawn.marks == [day]
    assert drawn.heights == [1, 0]
