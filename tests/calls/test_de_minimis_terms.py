"""De minimis aid as a term of a call: promised on its page, fixed when it opens, carried wherever a call goes."""

import datetime as dt

import pytest
import yaml
from django.urls import reverse
from django.utils.translation import override

from tests.calls.pages import at, signed_in
from tests.factories.applications import open_call
from tests.factories.calls import ConditionFactory
from tests.factories.programmes import holder
from vivaio.blueprints import queries as blueprints
from vivaio.calls import full_text
from vivaio.calls.aid import AidTerms, in_words
from vivaio.calls.cloning import actions as cloning
from vivaio.calls.states import AidRegime, CallState, ConditionKind
from vivaio.kit import clock

pytestmark = pytest.mark.django_db
TERMS = {"regime": "general", "amount": "20000.00", "reduces": True}
PROMISE = "un’impresa unica può ricevere fino a"


def granting(**fields):
    made = open_call(**fields)
    ConditionFactory(
        call=made, key="de-minimis", title="Aiuti de minimis", kind=ConditionKind.DE_MINIMIS, parameters=TERMS
    )
    return made


def test_the_page_and_the_document_promise_it(client):
    call = granting()
    shown = client.get(at(call, "call")).content.decode()
    assert PROMISE in shown
    assert "20.000,00" in shown
    assert "ridotto a quanto resta" in shown
    assert "300,000" in client.get(at(call, "call", "en")).content.decode()
    with override("it"):
        (condition,) = full_text.content_of(call)["conditions"]
    assert PROMISE in condition


def test_programs_read_the_promise(client):
    call = granting()
    told = client.get(f"/api/v1/programmes/{call.programme.slug}/calls/{call.slug}").json()
    (condition,) = told["conditions"]
    assert condition["kind"] == "de_minimis"
    assert "300" in condition["promise"]


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({"amount": ""}, "Scrivi l’aiuto previsto"),
        ({"amount": "0"}, "Scrivi l’aiuto previsto"),
        ({"amount": "molti"}, "non è un importo"),
        ({"amount": "-5"}, "almeno"),
    ],
)
def test_the_editor_asks_how_much(said, words):
    call = granting(state=CallState.DRAFT)
    client = signed_in(holder(call.programme, "manager"))
    row = call.conditions.get()
    data = {
        "conditions-TOTAL_FORMS": "1", "conditions-INITIAL_FORMS": "0", "conditions-0-row": str(row.pk),
        "conditions-0-title": "Aiuti", "conditions-0-kind": "de_minimis", "conditions-0-regime": "general", "save": "1",
        **{f"conditions-0-{name}": value for name, value in said.items()},
    }  # fmt: skip
    answer = client.post(at(call, "edit", section="conditions"), data)
    assert words in answer.content.decode()
    row.refresh_from_db()
    assert row.parameters == TERMS


def test_once_the_call_has_opened_it_stays(client):
    call = granting()
    client.force_login(holder(call.programme, "manager"))
    shown = client.get(at(call, "edit", section="conditions")).content.decode()
    assert "disabled" in shown


def test_a_copy_brings_the_terms_and_the_points_of_the_staff_along():
    call = granting()
    ConditionFactory(call=call, key="visura", title="Visura vista", internal=True, position=2)
    made = cloning.clone(
        call, call.programme, titles={"it": "Di nuovo"}, slug="di-nuovo",
        opens_at=clock.now() + dt.timedelta(days=400), by=holder(call.programme, "manager"),
    )  # fmt: skip
    assert made.conditions.get(key="de-minimis").parameters == TERMS
    assert made.conditions.get(key="visura").internal


def test_a_blueprint_carries_it():
    call = granting(slug="aiuti")
    told = yaml.safe_load(blueprints.exported(call.programme))
    (found,) = [one for one in told["calls"] if one["slug"] == "aiuti"]
    assert found["conditions"][0]["parameters"] == TERMS


@pytest.mark.parametrize("regime", AidRegime.values)
def test_every_regime_has_words_and_a_ceiling(regime):
    assert AidTerms.of({"regime": regime}).ceiling().amount > 0
    assert in_words({"regime": regime})


def test_the_figures_of_a_call_lead_to_the_list():
    call = granting()
    client = signed_in(holder(call.programme, "manager"))
    from_here = reverse("applications:de_minimis_list", args=[call.programme.slug, call.slug])
    assert client.get(from_here).status_code == 200
