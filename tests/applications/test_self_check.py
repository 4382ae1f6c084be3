"""Whether one could apply, found out before registering: by the rules of the check itself, and forgotten at once."""

import pytest
from django.contrib.sessions.models import Session
from django.urls import reverse

from tests.factories.applications import close, open_call
from tests.factories.calls import ConditionFactory, TrackFactory
from tests.factories.people import PersonFactory
from tests.factories.questionnaires import FormVersionFactory, words
from vivaio.applications import eligibility
from vivaio.applications.models import Application
from vivaio.applications.self_checking import views
from vivaio.calls.models import Call
from vivaio.calls.states import CallState, ConditionKind
from vivaio.journal.models import Record
from vivaio.kit import clock
from vivaio.people.models import Organisation, Person
from vivaio.questionnaires.engine.definition import Choice, Definition, Question
from vivaio.questionnaires.models import Response

pytestmark = pytest.mark.django_db


def address(call):
    return reverse("applications:self_check", args=[call.programme.slug, call.slug])


def asked(client, call, **said):
    return client.post(address(call), said)


def outcomes(answer):
    return {one.title: str(one.outcome) for one in answer.context["verdict"].findings}


def condition(call, title, kind, parameters=None, **more):
    return ConditionFactory(call=call, title=title, kind=kind, parameters=parameters or {}, **more)


@pytest.fixture
def call():
    made = open_call(applicant_kinds=["organisation", "person"], questions_until=None)
    condition(made, "Non profit", ConditionKind.ORGANISATION_KIND, {"kinds": ["association"]}, key="kind")
    condition(made, "Sede a Milano", ConditionKind.SEAT, {"municipalities": ["Milano"]})
    condition(made, "Fondata dopo il 2015", ConditionKind.FOUNDED_AFTER, {"date": "2015-01-01"})
    condition(made, "Codice fiscale", ConditionKind.IDENTIFIED)
    condition(made, "Idea sociale", ConditionKind.STAFF, key="idea")
    condition(made, "Una sola", ConditionKind.ONE_EACH, key="one")
    return made


ALL = {
    "applicant": "organisation",
    "organisation_kind": "association",
    "municipality": " milano",
    "founded_on": "2019-05-01",
    "identifier": "00743 110157",
    "statements": ["idea", "one"],
}


def test_who_meets_everything_is_told_to_start(client, call):
    answer = asked(client, call, **ALL)
    assert set(outcomes(answer).values()) == {"met", "unknown"}
    assert answer.context["verdict"].outcome == "met"
    page = answer.content.decode()
    assert "Da quello che dici, puoi candidarti" in page
    assert reverse("applications:apply", args=[call.programme.slug, call.slug]) in page
    assert f"{reverse('calls:call', args=[call.programme.slug, call.slug])}#condition-kind" in page


@pytest.mark.parametrize(
    ("change", "title"),
    [
        ({"organisation_kind": "company"}, "Non profit"),
        ({"municipality": "Roma"}, "Sede a Milano"),
        ({"founded_on": "2014-12-31"}, "Fondata dopo il 2015"),
        ({"identifier": "00743110158"}, "Codice fiscale"),
    ],
)
def test_what_is_not_met_is_told_with_what_one_can_do(client, call, change, title):
    answer = asked(client, call, **{**ALL, **change})
    assert outcomes(answer)[title] == "not_met"
    assert answer.context["verdict"].outcome == "not_met"
    assert "C’è qualcosa che lo impedisce" in answer.content.decode()
    assert next(one for one in answer.context["verdict"].findings if one.title == title).advice


def test_what_is_left_out_or_not_ticked_stays_to_be_checked(client, call):
    answer = asked(client, call)
    assert set(outcomes(answer).values()) == {"unknown"}
    assert answer.context["verdict"].outcome == "unknown"
    one_less = asked(client, call, **{**ALL, "statements": ["one"]})
    assert one_less.context["verdict"].outcome == "unknown"


def test_a_person_is_told_that_conditions_on_organisations_are_looked_at_by_people(client, call):
    answer = asked(client, call, applicant="person", statements=["idea", "one"])
    assert outcomes(answer)["Sede a Milano"] == "unknown"
    assert "Si candida una persona" in answer.content.decode()


@pytest.mark.parametrize(
    ("age", "outcome"), [("17", "not_met"), ("18", "met"), ("30", "met"), ("31", "not_met"), ("", "unknown")]
)
@pytest.mark.parametrize("on", ["2027-01-31", "2028-02-29"])
def test_the_age_is_asked_on_the_day_that_counts(client, age, outcome, on):
    call = open_call(applicant_kinds=["person"])
    condition(call, "Dai 18 ai 30 anni", ConditionKind.AGE, {"least": 18, "most": 30, "on": on})
    answer = asked(client, call, age=age)
    assert outcomes(answer) == {"Dai 18 ai 30 anni": outcome}


def test_conditions_on_ages_of_several_days_ask_for_the_day_of_birth(client):
    call = open_call(applicant_kinds=["person"])
    condition(call, "Almeno 18", ConditionKind.AGE, {"least": 18, "on": "2027-01-31"})
    condition(call, "Al massimo 30", ConditionKind.AGE, {"most": 30, "on": "2027-12-31"})
    answer = asked(client, call, born_on="1996-06-01")
    assert outcomes(answer) == {"Almeno 18": "met", "Al massimo 30": "not_met"}


def with_questions(call, *questions, lists=None):
    definition = Definition(words("Modulo"), ("it", "en"), questions, lists=lists or {})
    call.form = FormVersionFactory(definition=definition.to_dict(), sha256=definition.sha256)
    call.save()


YES = {"yesno": (Choice("yes", words("Sì", "Yes")), Choice("no", words("No", "No")))}


def test_an_answer_of_the_form_is_asked_in_the_forms_words(client):
    call = open_call()
    with_questions(
        call, Question("milan", "select_one", label=words("Lavorate a Milano?"), choices="yesno"), lists=YES
    )
    condition(call, "A Milano", ConditionKind.ANSWER, {"expression": "${milan} = 'yes'"})
    assert "Lavorate a Milano?" in client.get(address(call)).content.decode()
    assert outcomes(asked(client, call, q_milan="yes")) == {"A Milano": "met"}
    assert outcomes(asked(client, call, q_milan="no")) == {"A Milano": "not_met"}
    assert outcomes(asked(client, call)) == {"A Milano": "unknown"}
    assert asked(client, call, q_milan="forse").status_code == 422


def test_what_an_answer_rests_on_is_asked_too_and_what_cannot_be_asked_becomes_a_statement(client):
    call, amount = open_call(), Question("sum", "decimal", label=words("Importo"))
    with_questions(
        call,
        Question("abroad", "select_one", label=words("All’estero?"), choices="yesno"),
        Question("people", "integer", label=words("Quante persone?"), relevant="${abroad} = 'no'"),
        Question("twice", "calculate", calculation="${people} * 2"),
        Question("costs", "repeat", label=words("Costi"), children=(amount,)),
        lists=YES,
    )
    condition(call, "Almeno tre", ConditionKind.ANSWER, {"expression": "${twice} >= 6"})
    condition(call, "Costi", ConditionKind.ANSWER, {"expression": "sum(${sum}) < 100"}, key="costs")
    page = client.get(address(call))
    assert list(page.context["form"].fields) == ["q_abroad", "q_people", "statements"]
    found = outcomes(asked(client, call, q_abroad="no", q_people="3", statements=["costs"]))
    assert found == {"Almeno tre": "met", "Costi": "unknown"}


def test_each_track_has_its_own_conditions_and_kinds(client):
    call = open_call()
    other = TrackFactory(call=call, title="Start-up", key="startup", organisation_kinds=["startup"])
    condition(call, "Solo per le start-up", ConditionKind.STAFF, track=other)
    first = call.tracks.exclude(pk=other.pk).get()
    assert asked(client, call).status_code == 422
    assert outcomes(asked(client, call, track=first.key)) == {}
    found = asked(client, call, track="startup", organisation_kind="association")
    assert list(outcomes(found).values()) == ["not_met", "unknown"]


def test_nothing_is_kept_and_no_cookie_is_set(client, call, caplog):
    kept = (Application, Organisation, Person, Response, Record, Session)
    before = [rows.objects.count() for rows in kept]
    page = client.get(address(call))
    with caplog.at_level("DEBUG"):
        answer = asked(client, call, **ALL)
    assert not page.cookies
    assert not answer.cookies
    assert answer["Cache-Control"] == "private, no-store"
    assert [rows.objects.count() for rows in kept] == before
    assert "00743" not in caplog.text
    assert "Niente di quello che scrivi qui viene conservato" in page.content.decode()


def test_it_is_the_same_rule_as_in_the_check_itself(client, call, monkeypatch):
    monkeypatch.setitem(eligibility.KINDS, ConditionKind.SEAT, lambda *_args: eligibility.NOT_MET)
    assert outcomes(asked(client, call, **ALL))["Sede a Milano"] == "not_met"


def test_it_is_asked_only_so_often_from_one_place(client, call, monkeypatch):
    monkeypatch.setattr(views, "OFTEN", views.limits.Limit("tests.self_check", 2, 60, "Riprova tra un’ora."))
    statuses = [asked(client, call, **ALL).status_code for _ in range(3)]
    assert statuses == [200, 200, 429]
    assert (
        asked(client, call, organisation_kind="company").context["form"]["organisation_kind"].value()
        == "company"
    )


def test_calls_in_preparation_are_nobodys_and_closed_ones_lead_nowhere(client, call):
    shut = asked(client, close(call), **ALL)
    assert "Questo bando non accetta altre candidature" in shut.content.decode()
    Call.objects.filter(pk=call.pk).update(state=CallState.DRAFT)
    assert client.get(address(call)).status_code == 404


def test_the_page_of_the_call_leads_here(client, call):
    page = client.get(reverse("calls:call", args=[call.programme.slug, call.slug])).content.decode()
    assert address(call) in page
    assert "Puoi candidarti? Scoprilo in due minuti" in page


@pytest.mark.parametrize("said", ["\x00", "9" * 500, "<script>alert(1)</script>", "=1+1", "١٢"])
def test_hostile_words_are_no_error(client, call, said):
    condition(call, "Età", ConditionKind.AGE, {"least": 18})
    fields = (
        "applicant",
        "organisation_kind",
        "municipality",
        "founded_on",
        "identifier",
        "age",
        "statements",
    )
    for field in fields:
        answer = asked(client, call, **{**ALL, field: said})
        assert answer.status_code in (200, 422)
        assert "<script>alert" not in answer.content.decode()


def test_the_same_few_queries_whatever_the_conditions(client, call, django_assert_max_num_queries):
    for number in range(10):
        condition(call, f"Altra {number}", ConditionKind.STAFF)
    client.force_login(PersonFactory())
    with django_assert_max_num_queries(12):
        asked(client, call, **ALL)


def test_whoever_is_under_age_reads_that_a_parent_signs(client):
    call = open_call(applicant_kinds=["person"])
    condition(call, "Età", ConditionKind.AGE, {"least": 14, "on": clock.today().isoformat()})
    answer = asked(client, call, age="15")
    assert answer.context["verdict"].young
    assert "minorenne" in answer.content.decode()
