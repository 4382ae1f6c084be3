"""Awards as open data: as the standard wants them, and no more than the call announced."""

import csv
import datetime as dt
import io

import jsonschema
import pytest

from tests.factories.applications import handed_in, open_call
from tests.factories.calls import AwardFactory, TrackFactory
from tests.factories.people import OrganisationFactory, PersonFactory
from tests.factories.programmes import PartnerFactory
from tests.factories.results import ResultsFactory
from vivaio.applications.states import ApplicationState
from vivaio.calls.states import Disclosure
from vivaio.jury.models import Ranking, RankingEntry
from vivaio.jury.states import Outcome, PlaceState, RankingState
from vivaio.kit import clock

pytestmark = pytest.mark.django_db

DAY = {"type": "string", "pattern": r"^\d{4}-(0[1-9]|1[012])-(0[1-9]|[12]\d|3[01])$"}
BODY = {
    "type": "object",
    "required": ["id", "name"],
    "properties": {
        "id": {"type": "string", "minLength": 1},
        "name": {"type": "string", "minLength": 1},
        "addressLocality": {"type": "string"},
        "addressCountry": {"type": "string"},
    },
    "additionalProperties": False,
}
# What the standard (1.4) asks of a package, as far as we use it, in our words.
STANDARD = {
    "type": "object",
    "required": ["grants"],
    "properties": {
        "version": {"const": "1.4"},
        "publisher": {"type": "object", "required": ["name"]},
        "license": {"type": "string", "format": "uri"},
        "grants": {
            "type": "array",
            "minItems": 1,
            "uniqueItems": True,
            "items": {
                "type": "object",
                "required": [
                    *("id", "title", "description", "currency", "amountAwarded", "awardDate"),
                    "fundingOrganization",
                ],
                "oneOf": [{"required": ["recipientOrganization"]}, {"required": ["recipientIndividual"]}],
                "properties": {
                    "id": {"type": "string", "minLength": 1},
                    "title": {"type": "string", "minLength": 1},
                    "description": {"type": "string", "minLength": 1},
                    "currency": {"type": "string", "pattern": "^[A-Z]{3}$"},
                    "amountAwarded": {"type": "number"},
                    "awardDate": DAY,
                    "recipientOrganization": {"type": "array", "minItems": 1, "items": BODY},
                    "recipientIndividual": BODY,
                    "fundingOrganization": {"type": "array", "minItems": 1, "items": BODY},
                    "grantProgramme": {
                        "type": "array",
                        "items": {
                            "type": "object",
                            "properties": {key: {"type": "string"} for key in ("code", "title", "url")},
                        },
                    },
                    "fromOpenCall": {"enum": ["Yes", "No"]},
                    "dateModified": {"type": "string", "format": "date-time"},
                    "dataSource": {"type": "string", "format": "uri"},
                },
                "additionalProperties": False,
            },
        },
    },
}


def ranked(call, *applications, **fields):
    """A ranking on line in which these applications took their places, in this order."""
    now = clock.now()
    ranking = Ranking.objects.create(
        call=call, track=applications[0].track, state=RankingState.PUBLISHED, published_at=now,
        public_until=now + dt.timedelta(days=9),
    )  # fmt: skip
    for order, application in enumerate(applications, start=1):
        told = {"outcome": Outcome.SELECTED, "place": PlaceState.ACCEPTED, "answered_at": now} | fields
        RankingEntry.objects.create(
            ranking=ranking, application=application, order=order, position=order, score=80, **told
        )
    return ranking


def admitted(call, **fields):
    return handed_in(call, state=ApplicationState.ADMITTED, track=call.tracks.first(), **fields)


def of(call, client, kind="json"):
    return client.get(f"/it/programmes/{call.programme.slug}/awards.{kind}")


@pytest.fixture
def call():
    made = open_call(summary="Idee per il quartiere.", slug="uno")
    AwardFactory(call=made, kind="grant", title="Contributo", amount="5000.50")
    return made


def test_a_grant_is_told_as_the_standard_wants(client, call):
    PartnerFactory(programme=call.programme, part="funder", name="Fondazione Aperta")
    application = admitted(call, organisation=OrganisationFactory(name="Filo di Ringhiera"))
    ranked(call, application)
    told = of(call, client)
    package = told.json()
    jsonschema.validate(package, STANDARD, format_checker=jsonschema.FormatChecker())
    grant = package["grants"][0]
    assert grant["recipientOrganization"][0]["name"] == "Filo di Ringhiera"
    assert grant["amountAwarded"] == 5000.5
    assert grant["fundingOrganization"][0]["name"] == "Fondazione Aperta"
    assert "noindex" in told.headers["X-Robots-Tag"]
    same = client.get(f"/api/v1/programmes/{call.programme.slug}/awards").json()
    jsonschema.validate(same, STANDARD)
    assert [one["id"] for one in same["grants"]] == [grant["id"]]


def test_the_table_tells_the_same(client, call):
    application = admitted(call, organisation=OrganisationFactory(name="=Filo; di, Ringhiera"))
    ranked(call, application)
    text = b"".join(of(call, client, "csv").streaming_content).decode("utf-8-sig")
    line = next(iter(csv.DictReader(io.StringIO(text))))
    assert line["Amount Awarded"] == "5000.5"
    assert line["Recipient Org:Name"] == "'=Filo; di, Ringhiera"
    assert line["Recipient Ind:Name"] == ""
    assert line["Identifier"] == of(call, client).json()["grants"][0]["id"]


@pytest.mark.parametrize(
    ("disclosure", "named"),
    [
        (Disclosure.SELECTED_ORGANISATIONS, {"organisation"}),
        (Disclosure.SELECTED, {"organisation", "person"}),
        (Disclosure.EVERYONE, {"organisation", "person"}),
        (Disclosure.NUMBERS, set()),
    ],
)
def test_recipients_are_named_only_as_the_call_announced(client, call, disclosure, named):
    call.disclosure = disclosure
    call.save()
    body = admitted(call, organisation=OrganisationFactory(name="Filo di Ringhiera"))
    person = PersonFactory(given_name="Teresa", family_name="Brambati")
    one = admitted(call, organisation=None, person=person, created_by=person)
    ranked(call, body, one)
    text = of(call, client).content.decode()
    jsonschema.validate(of(call, client).json(), STANDARD)
    assert ("Filo di Ringhiera" in text) == ("organisation" in named)
    assert (str(body.organisation_id) in text) == ("organisation" in named)
    assert ("Brambati" in text) == ("person" in named)
    assert str(person.pk) not in text
    assert person.email not in text


def test_what_is_not_awarded_is_not_told(client, call):
    """No ranking, no place taken, no amount, no longer on line: nothing."""
    assert of(call, client).status_code == 404
    application = admitted(call)
    ranking = ranked(call, application, place=PlaceState.OFFERED)
    assert of(call, client).status_code == 404
    ranking.entries.update(place=PlaceState.ACCEPTED)
    assert of(call, client).status_code == 200
    ranking.public_until = clock.now() - dt.timedelta(seconds=1)
    ranking.save()
    assert of(call, client).status_code == 404
    assert client.get(f"/api/v1/programmes/{call.programme.slug}/awards").status_code == 404
    assert client.get("/it/programmes/nowhere/awards.json").status_code == 404


def test_the_results_lead_there_while_there_is_something_to_take(client, call):
    figures = {"initiatives": 4, "organisations": 4, "experts": 0, "fields": [], "sectors": {}, "tracks": []}
    ResultsFactory(
        programme=call.programme,
        state="published",
        published_at=clock.now(),
        figures={"who": figures | {"states": {}}},
    )
    page = f"/it/programmes/{call.programme.slug}/results/"
    assert "awards.csv" not in client.get(page).text
    ranking = ranked(call, admitted(call), place=PlaceState.ACCEPTED)
    assert f"/it/programmes/{call.programme.slug}/awards.csv" in client.get(page).text
    ranking.public_until = clock.now() - dt.timedelta(seconds=1)
    ranking.save()
    assert "awards.csv" not in client.get(page).text


def test_a_prize_goes_to_as_many_as_there_are_in_the_order_of_the_ranking(client, call):
    call.awards.all().delete()
    AwardFactory(
        call=call, kind="prize", title="Premio", amount="1000", quantity=1, track=call.tracks.first()
    )
    AwardFactory(call=call, kind="place", title="Posto")
    first, second = admitted(call), admitted(call)
    ranked(call, first, second)
    told = of(call, client).json()["grants"]
    assert [one["recipientOrganization"][0]["name"] for one in told] == [first.organisation.name]
    assert told[0]["amountAwarded"] == 1000
    other = TrackFactory(call=call)
    AwardFactory(call=call, kind="prize", title="Premio unico", amount="9", quantity=1)
    ranked(call, handed_in(call, state=ApplicationState.ADMITTED, track=other))
    assert len(of(call, client).json()["grants"]) == 1


def test_it_costs_the_same_with_many_grants(client, call, django_assert_max_num_queries):
    ranked(call, *[admitted(call) for _ in range(6)])
    with django_assert_max_num_queries(6):
        assert len(of(call, client).json()["grants"]) == 6
