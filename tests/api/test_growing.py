"""What programs read of initiatives, practices, experts and money: as much as their people do."""

from decimal import Decimal

import pytest
from django.test import Client

from tests.factories.accompanying import ContactFactory, DiaryEntryFactory, told_to_all
from tests.factories.analysing import ProfileFactory, RoundFactory
from tests.factories.api import program_of
from tests.factories.experts import (
    BankFactory,
    CompetenceFactory,
    EngagementFactory,
    ExpertFieldFactory,
    asked_by,
    confirmed,
    expert_in,
)
from tests.factories.funding import awarded, funded, invoiced
from tests.factories.initiatives import StoryFactory, led, published
from tests.factories.people import OrganisationFactory, PersonFactory
from tests.factories.placing import OfferFactory, PlacementFactory, PlacementRoundFactory, StudentFactory
from tests.factories.practices import PracticeFactory
from tests.factories.programmes import PartnerFactory, ProgrammeFactory, holder
from vivaio.funding.actions import claims
from vivaio.initiatives.states import DiaryState
from vivaio.publishing.states import PracticeState

pytestmark = pytest.mark.django_db


@pytest.fixture
def programme():
    return ProgrammeFactory(slug="fili")


def test_public_initiatives_tell_their_story_and_what_their_diary_tells_everybody(programme):
    initiative, _leader = led(programme=programme, slug="portineria")
    published(StoryFactory(initiative=initiative))
    led(programme=programme, slug="senza-pagina")
    told_to_all(DiaryState.PUBLIC, initiative=initiative, title="Si apre")
    DiaryEntryFactory(initiative=initiative, title="Tra noi", state=DiaryState.KEPT)
    anyone = Client(headers={"Accept-Language": "it"})
    told = anyone.get("/api/v1/programmes/fili/initiatives").json()
    assert [one["slug"] for one in told["items"]] == ["portineria"]
    assert "lasciare le chiavi" in anyone.get("/api/v1/programmes/fili/initiatives/portineria").json()["text"]
    diary = anyone.get("/api/v1/programmes/fili/initiatives/portineria/diary").json()
    assert [one["title"] for one in diary["items"]] == ["Si apre"]
    assert anyone.get("/api/v1/programmes/fili/initiatives/senza-pagina").status_code == 404


def test_a_title_that_nobody_has_approved_is_not_told(programme):
    initiative, _leader = led(programme=programme, slug="portineria", title="Approvato")
    published(StoryFactory(initiative=initiative))
    type(initiative).objects.filter(pk=initiative.pk).update(title="Non approvato")
    told = Client().get("/api/v1/programmes/fili/initiatives").json()["items"]
    assert [one["title"] for one in told] == ["Approvato"]
    assert Client().get("/api/v1/programmes/fili/initiatives/portineria").json()["title"] == "Approvato"


def test_good_practices_are_told_without_an_address_that_may_not_be(programme):
    PracticeFactory(programme=programme, slug="spesa", contact="info@example.org")
    PracticeFactory(programme=programme, slug="bozza", state=PracticeState.DRAFT, published_at=None)
    anyone = Client()
    assert [one["slug"] for one in anyone.get("/api/v1/programmes/fili/practices").json()["items"]] == [
        "spesa"
    ]
    told = anyone.get("/api/v1/programmes/fili/practices/spesa").json()
    assert (told["contact"], told["licence"]) == ("", "CC BY 4.0")
    assert anyone.get("/api/v1/programmes/fili/practices/bozza").status_code == 404


def test_a_team_reads_its_own_initiative_and_no_other(programme):
    initiative, leader = led(programme=programme)
    other, _leader = led(programme=programme)
    program = program_of(leader, "initiatives:read")
    assert [one["id"] for one in program.get("/api/v1/initiatives").json()["items"]] == [str(initiative.pk)]
    assert program.get(f"/api/v1/initiatives/{initiative.pk}").json()["state"] == "active"
    assert program.get(f"/api/v1/initiatives/{other.pk}").status_code == 404
    assert program_of(leader, "staff:read").get("/api/v1/initiatives").status_code == 403
    assert program_of(leader).get("/api/v1/staff/programmes/fili/initiatives").status_code == 404


def test_the_staff_reads_what_its_roles_let_it_read(programme):
    manager = holder(programme, "manager")
    organisation = OrganisationFactory(kind="cooperative", tax_code="00000000123")
    initiative, _leader = led(programme=programme, organisation=organisation)
    competence = CompetenceFactory(field=ExpertFieldFactory(programme=programme, key="finance"), key="plan")
    expert_in(programme, competence)
    asked_by(initiative, competence)
    funded("1000.00", programme, manager)
    awarded("300.00", programme, manager, initiative)
    program = program_of(manager, "staff:read")

    def items(name):
        return program.get(f"/api/v1/staff/programmes/fili/{name}").json()["items"]

    assert [one["id"] for one in items("initiatives")] == [str(initiative.pk)]
    assert [one["competences"] for one in items("experts")] == [["finance/plan"]]
    assert [one["initiative"] for one in items("requests")] == [str(initiative.pk)]
    assert [(one["amount"], one["left"]) for one in items("money")] == [("300.00", "300.00")]
    assert sum(float(one["amount"]) for one in items("ledger")) == 0
    evaluator = program_of(holder(programme, "community_manager"), "staff:read")
    assert evaluator.get("/api/v1/staff/programmes/fili/ledger").status_code == 404


def test_hours_given_are_told_in_all_and_one_by_one_with_their_value(programme):
    BankFactory(programme=programme, hour_value="40.00")
    field = ExpertFieldFactory(programme=programme, key="finance", title="Finanza")
    competence = CompetenceFactory(field=field, key="plan", title="Piano economico")
    partner = PartnerFactory(programme=programme, name="Politecnico")
    initiative, leader = led(programme=programme, title="Portineria")
    given, person = {"request": asked_by(initiative, competence)}, PersonFactory(family_name="Corti")
    confirmed(EngagementFactory(**given, person=person, competence=competence, partner=partner), minutes=90)
    confirmed(EngagementFactory(**given, pro_bono=False, rate="50.00"), minutes=60)
    program = program_of(holder(programme, "community_manager"), "staff:read")
    path = "/api/v1/staff/programmes/fili/hours"
    answer = program.get(path)
    told = answer.json()
    assert answer.headers["ETag"]
    assert [Decimal(told[name]) for name in ("hours", "free_hours", "without_field")] == [
        Decimal("2.5"), Decimal("1.5"), Decimal(1)
    ]  # fmt: skip
    assert (told["value"], told["cost"], told["currency"]) == ("60.00", "50.00", "EUR")
    assert (told["experts"], told["initiatives"], told["engagements"], told["sessions"]) == (2, 1, 2, 2)
    whole = program.get(f"{path}/experts?per_page=1")
    assert (whole.json()["count"], len(whole.json()["items"]), 'rel="next"' in whole.headers["Link"]) == (
        2, 1, True
    )  # fmt: skip
    for name, title in (
        ("fields", "Finanza"), ("competences", "Piano economico"), ("partners", "Politecnico"),
    ):  # fmt: skip
        (one,) = program.get(f"{path}/{name}").json()["items"]
        assert (one["title"], Decimal(one["hours"]), one["value"]) == (title, Decimal("1.5"), "60.00")
    (one,) = program.get(f"{path}/initiatives").json()["items"]
    assert (one["id"], one["value"], one["cost"]) == (str(initiative.pk), "60.00", "50.00")
    for reader, scope in ((leader, "staff:read"), (holder(programme, "evaluator"), "staff:read")):
        refused = program_of(reader, scope).get(path)
        assert (refused.status_code, refused.headers["Content-Type"]) == (404, "application/problem+json")


def test_the_work_with_initiatives_is_told_as_its_lists_tell_it(programme):
    manager = holder(programme, "manager")
    organisation = OrganisationFactory(kind="cooperative", tax_code="00000000123")
    initiative, leader = led(programme=programme, organisation=organisation)
    ContactFactory(
        initiative=initiative, who="Condominio Sette Scale", spoken_with="Bice", reach="bice@example.org"
    )
    competence = CompetenceFactory(field=ExpertFieldFactory(programme=programme, key="finance"), key="plan")
    EngagementFactory(request=asked_by(initiative, competence), competence=competence)
    PlacementFactory(
        round=(round_ := PlacementRoundFactory(programme=programme)),
        offer=OfferFactory(round=round_, initiative=initiative),
        student=StudentFactory(round=round_),
    )
    profile = ProfileFactory(round=RoundFactory(programme=programme), initiative=initiative)
    funded("1000.00", programme, manager)
    award, _leader, _by = awarded("300.00", programme, manager, initiative)
    claims.submit(invoiced(award, leader, "100.00"), by=leader)
    invoiced(award, leader, "50.00", invoice_number="2")
    program = program_of(manager, "staff:read")

    def items(name):
        answer = program.get(f"/api/v1/staff/programmes/fili/{name}")
        assert answer.headers["ETag"]
        return answer.json()["items"]

    (contact,) = items("contacts")
    assert contact["who"] == "Condominio Sette Scale"
    assert "Bice" not in str(contact)
    assert [one["competence"] for one in items("engagements")] == ["finance/plan"]
    assert [one["initiative"] for one in items("placements")] == [str(initiative.pk)]
    assert [one["id"] for one in items("needs")] == [str(profile.pk)]
    assert [one["amount"] for one in items("claims")] == ["100.00"], "a draft is its team's alone"
    stranger = program_of(holder(programme, "community_manager"), "staff:read")
    assert stranger.get("/api/v1/staff/programmes/fili/claims").status_code == 404
    assert (
        program_of(manager, "initiatives:read").get("/api/v1/staff/programmes/fili/contacts").status_code
        == 403
    )
