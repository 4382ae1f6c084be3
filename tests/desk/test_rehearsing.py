"""A call is tried out with invented applications, which vanish afterwards without a trace."""

import datetime as dt

import pytest
from django.apps import apps
from django.core import mail
from django.core.files.base import ContentFile
from django.db.models import FileField
from django.urls import reverse

from tests.factories.api import program_of
from tests.factories.applications import open_call
from tests.factories.calls import ConditionFactory, CriterionFactory
from tests.factories.people import MembershipFactory, OrganisationFactory
from tests.factories.programmes import ProgrammeFactory, RoleHoldingFactory, holder
from tests.together import at_once
from vivaio.applications import actions as applications
from vivaio.applications.models import Application
from vivaio.applications.states import ApplicationState
from vivaio.calls.models import Call
from vivaio.calls.states import CallState
from vivaio.desk import jobs
from vivaio.desk.rehearsing import actions, queries
from vivaio.journal import verification
from vivaio.journal.actions import seal
from vivaio.journal.models import Record
from vivaio.jury.actions import assignment, ranking
from vivaio.jury.models import RankingEntry
from vivaio.kit import clock
from vivaio.kit.rules import Refused
from vivaio.mailroom.actions import release
from vivaio.mailroom.models import OutgoingLetter
from vivaio.mailroom.states import State
from vivaio.people.models import Organisation, Person
from vivaio.programmes import actions as programmes
from vivaio.programmes.models import Programme, Rehearsal, RoleHolding
from vivaio.programmes.states import ProgrammeState

pytestmark = pytest.mark.django_db
KEPT = ("journal", "procrastinate", "kit")  # the register stays; queued work finds nothing to do


def rows():
    """How many rows each table holds."""
    return {
        model._meta.label: model._base_manager.count()
        for model in apps.get_models(include_auto_created=True)
        if model._meta.app_label not in KEPT and model._meta.managed and not model._meta.proxy
    }


@pytest.fixture
def programme():
    return ProgrammeFactory(title="Miracolo a Milano", state=ProgrammeState.PUBLISHED)


@pytest.fixture
def call(programme):
    made = open_call(programme=programme, state=CallState.DRAFT, title="Idee in prova", reviews_each=2)
    CriterionFactory(call=made, key="bisogno", weight=40)
    CriterionFactory(call=made, key="innovazione", weight=60, position=1)
    made.documents.create(title="Testo", name="testo.pdf", file=ContentFile(b"%PDF", name="testo.pdf"))
    return made


@pytest.fixture
def manager(programme):
    return holder(programme, "manager")


def test_applications_are_invented_and_nobody_could_take_them_for_real(call, manager):
    found = actions.start(call, size=4, seed=7, by=manager)
    made = Application.objects.filter(call=found.twin).order_by("number")
    assert [one.number for one in made] == [1, 2, 3, 4]
    assert all(one.state == ApplicationState.SUBMITTED for one in made)
    assert all("inventat" in one.applicant_name for one in made)
    people = Person.objects.filter(pk__in=found.people)
    assert all(one.email.endswith(".example") and not one.has_usable_password() for one in people)
    assert Call.objects.get(pk=call.pk).state == CallState.DRAFT


def test_a_call_that_grants_de_minimis_aid_is_tried_out_too(call, manager):
    ConditionFactory(call=call, kind="de_minimis", parameters={"regime": "general", "amount": "5000.00"})
    before = rows()
    found = actions.start(call, size=2, by=manager)
    made = Application.objects.filter(call=found.twin)
    assert {one.state for one in made} == {ApplicationState.SUBMITTED}
    assert all(one.aid_declaration.is_signed for one in made)
    actions.end(found, by=manager)
    assert rows() == before


def test_the_same_seed_invents_the_same(call, manager):
    def told():
        found = actions.start(call, size=3, seed=5, by=manager)
        made = Application.objects.filter(call=found.twin).order_by("number")
        answers = [(one.applicant_name, {**one.response.answers}) for one in made]
        actions.end(found, by=manager)
        return answers

    assert told() == told()


def test_no_letter_leaves(call, manager, django_capture_on_commit_callbacks):
    found = actions.start(call, size=3, by=manager)
    actions.close(found, by=manager)
    with django_capture_on_commit_callbacks(execute=True):
        one = Application.objects.filter(call=found.twin).first()
        applications.exclude(one, "Fuori tema.", by=manager)
        held = OutgoingLetter.objects.get(state=State.HELD)
        release(held.batch, by=manager)
    assert set(OutgoingLetter.objects.values_list("state", flat=True)) == {State.SHOWN}
    assert OutgoingLetter.objects.filter(letter="applications.receipt").count() == 3
    assert mail.outbox == []


def test_the_whole_way_and_no_trace_afterwards(call, manager, django_capture_on_commit_callbacks):
    organisation = OrganisationFactory()
    MembershipFactory(organisation=organisation, person=manager)
    before = rows()
    stored = {name for model in apps.get_models() for name in files_of(model)}
    found = actions.start(call, size=6, jurors=3, by=manager)
    twin = queries.twin_of(found)
    own = applications.start(twin.tracks.get(), by=manager, organisation=organisation)
    actions.close(found, by=manager)
    for one in Application.objects.filter(call=twin, state=ApplicationState.SUBMITTED):
        applications.admit(one, by=manager)
    assignment.apply(assignment.plan(twin.panel, objective="total", by=manager), by=manager)
    assert actions.invent_scores(found, by=manager) == 12
    ranking.compute(twin, by=manager)
    assert RankingEntry.objects.filter(ranking__call=twin).count() == 6
    assert own.pk
    with django_capture_on_commit_callbacks(execute=True):
        assert actions.end(found, by=manager) > 50
    assert rows() == before
    assert {name for model in apps.get_models() for name in files_of(model)} == stored
    assert actions.end(found, by=manager) == 0
    assert Record.objects.filter(verb="rehearsals.ended", subject_id=call.pk).count() == 1
    seal()
    assert verification.verify().intact


def files_of(model):
    for column in model._meta.concrete_fields:
        if isinstance(column, FileField):
            yield from model._base_manager.exclude(**{column.name: ""}).values_list(column.name, flat=True)


def test_nobody_outside_sees_any_of_it(call, manager, client):
    found = actions.start(call, size=2, by=manager)
    twin = queries.twin_of(found)
    for name, args in (
        ("calls:call", [twin.programme.slug, twin.slug]),
        ("calls:public_list", [twin.programme.slug]),
        ("desk:programme", [twin.programme.slug]),
        ("jury:public_ranking", [twin.programme.slug, twin.slug]),
    ):
        assert client.get(reverse(name, args=args)).status_code in (302, 404)
    assert "Prova · " not in client.get(reverse("desk:welcome")).content.decode()
    with pytest.raises(Refused):
        programmes.publish(twin.programme, by=manager)


def test_who_is_let_go_during_a_rehearsal_finds_nothing_of_it_any_more(call, manager, client):
    let_go = holder(call.programme, "secretary")
    twin = queries.twin_of(actions.start(call, size=1, by=manager))
    pages = [
        reverse(name, args=[twin.programme.slug, twin.slug])
        for name in ("calls:manage", "calls:call", "applications:received", "jury:panel")
    ]
    listed = f"/api/v1/staff/programmes/{twin.programme.slug}/calls/{twin.slug}/applications"
    client.force_login(let_go)
    program = program_of(let_go)
    assert {client.get(page).status_code for page in pages} == {200}
    assert program.get(listed).status_code == 200
    programmes.end_role(RoleHolding.objects.get(person=let_go, programme=call.programme), by=manager)
    assert {client.get(page).status_code for page in pages} == {404}
    assert program.get(listed).status_code == 404
    assert not RoleHolding.objects.filter(person=let_go).exists()
    assert Record.objects.filter(verb="programmes.role_ended", programme=twin.programme.pk).count() == 1


def test_one_of_two_roles_ends_there_as_here_and_resigning_is_enough(call, manager):
    both = holder(call.programme, "secretary")
    RoleHoldingFactory(programme=call.programme, person=both, role="manager")
    elsewhere = RoleHoldingFactory(person=both, role="secretary")
    twin = queries.twin_of(actions.start(call, size=1, by=manager))

    def roles_there():
        return set(
            RoleHolding.objects.filter(person=both, programme=twin.programme).values_list("role", flat=True)
        )

    assert roles_there() == {"secretary", "manager"}
    programmes.end_role(
        RoleHolding.objects.get(person=both, programme=call.programme, role="secretary"), by=manager
    )
    assert roles_there() == {"manager"}
    second = holder(call.programme, "manager")
    assert not RoleHolding.objects.filter(person=second, programme=twin.programme).exists()
    programmes.end_role(RoleHolding.objects.get(person=both, programme=call.programme), by=both)
    assert roles_there() == set()
    assert RoleHolding.objects.filter(pk=elsewhere.pk).exists()


def test_a_role_that_ends_while_a_rehearsal_starts_is_in_neither(transactional_db, programme, call, manager):
    let_go = RoleHoldingFactory(programme=programme, role="secretary")
    at_once(lambda: actions.start(call, size=1, by=manager), lambda: programmes.end_role(let_go, by=manager))
    assert Rehearsal.objects.count() == 1
    assert not RoleHolding.objects.filter(person=let_go.person).exists()


def test_every_page_of_it_says_that_nothing_is_real(call, manager, client):
    client.force_login(manager)
    twin = queries.twin_of(actions.start(call, size=2, by=manager))
    for name in ("calls:manage", "calls:call", "applications:received", "jury:panel"):
        page = client.get(reverse(name, args=[twin.programme.slug, twin.slug])).content.decode()
        assert "Prova: nulla di ciò che vedi è reale." in page, name
    page = client.get(reverse("calls:manage", args=[call.programme.slug, call.slug])).content.decode()
    assert "nulla di ciò che vedi è reale" not in page


def test_it_ends_by_itself(call, manager):
    found = actions.start(call, size=1, by=manager)
    jobs.end_rehearsals(0)
    assert Rehearsal.objects.exists()
    with clock.rehearsing(found.ends_at + dt.timedelta(minutes=1)):
        jobs.end_rehearsals(0)
    assert not Rehearsal.objects.exists()
    assert not Programme.objects.filter(is_rehearsal=True).exists()
    assert not Organisation.objects.exists()


def test_one_at_a_time_and_only_by_who_writes_the_call(call, manager, programme):
    with pytest.raises(Refused):
        actions.start(call, size=2, by=holder(programme, "auditor"))
    with pytest.raises(Refused):
        actions.start(call, size=400, by=manager)
    found = actions.start(call, size=1, by=manager)
    with pytest.raises(Refused, match="già in corso"):
        actions.start(call, size=1, by=manager)
    with pytest.raises(Refused):
        actions.start(queries.twin_of(found), size=1, by=manager)
    with pytest.raises(Refused):
        actions.end(found, by=holder(programme, "auditor"))


def test_the_page_starts_moves_and_ends_it(call, manager, client):
    client.force_login(manager)
    url = reverse("desk:rehearsal", args=[call.programme.slug, call.slug])
    assert client.get(url).status_code == 200
    page = client.post(
        url, {"act": "start", "size": "2", "jurors": "2", "seed": "3"}, follow=True
    ).content.decode()
    assert "2 candidature" in page
    client.post(url, {"act": "close"})
    assert queries.twin_of(Rehearsal.objects.get()).closes_at <= clock.now()
    assert (
        "Terminare la prova"
        in client.get(reverse("desk:rehearsal_end", args=[call.programme.slug, call.slug])).content.decode()
    )
    client.post(reverse("desk:rehearsal_end", args=[call.programme.slug, call.slug]))
    assert not Rehearsal.objects.exists()
