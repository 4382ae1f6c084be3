"""Conflicts of interest: found, declared, recorded, set aside; applicants nobody knows."""

import datetime as dt
import random

import pytest
from django.db import DatabaseError, connection, transaction
from django.urls import reverse
from django.utils import timezone

from tests.factories.applications import handed_in
from tests.factories.jury import (
    AssignmentFactory,
    ConflictFactory,
    JurorFactory,
    PanelFactory,
    eligible,
    judging_call,
    scored,
)
from tests.factories.people import (
    BoardMemberFactory,
    MembershipFactory,
    OrganisationFactory,
    PersonFactory,
    RelationFactory,
)
from tests.factories.programmes import holder
from tests.jury.test_panel import address
from vivaio.applications.states import ApplicationState
from vivaio.journal.models import Record
from vivaio.jury.actions import conflicts as actions
from vivaio.jury.grounds import reasons
from vivaio.jury.models import Conflict, ConflictDecision, Panel
from vivaio.jury.queries import conflicts as queries
from vivaio.jury.queries import scoring as scoring_queries
from vivaio.jury.states import AssignmentState, ConflictSource, ConflictState
from vivaio.kit.rules import Refused
from vivaio.people.models import PastBoardMember
from vivaio.people.states import RelationKind

pytestmark = pytest.mark.django_db


@pytest.fixture
def panel():
    return PanelFactory()


@pytest.fixture
def application(panel):
    return eligible(panel.call)


def juror_on(panel, **person):
    return JurorFactory(panel=panel, person=PersonFactory(**person))


def found_grounds(panel):
    actions.search(panel)
    return {ground["ground"] for conflict in Conflict.objects.all() for ground in conflict.grounds}


def test_a_stranger_is_in_no_conflict(panel, application):
    juror_on(panel)
    assert found_grounds(panel) == set()


def test_members_today_and_before(panel, application):
    juror = juror_on(panel)
    seat = MembershipFactory(organisation=application.organisation, person=juror.person)
    assert found_grounds(panel) == {"member"}
    seat.ended_at = timezone.now()
    seat.save()
    assert found_grounds(panel) == {"past_member"}


def test_ties_that_ended_long_ago_count_only_within_the_window(panel, client):
    """The jury's window goes back from the call's closing: who left before it is in conflict no more."""
    call = panel.call
    applicant = eligible(call)
    seat = MembershipFactory(organisation=applicant.organisation)
    juror = JurorFactory(panel=panel, person=seat.person)
    tie = RelationFactory(
        person=juror.person,
        organisation=eligible(call).organisation,
        kind=RelationKind.EMPLOYMENT,
        until=(call.closes_at - dt.timedelta(days=4 * 365)).date(),
    )
    seat.ended_at = call.closes_at - dt.timedelta(days=2 * 365)
    seat.save()
    client.force_login(holder(call.programme, "manager"))
    found = Conflict.objects.filter(juror=juror, state=ConflictState.STANDING)
    for years, expected in (("", 2), ("3", 1), ("1", 0), ("5", 2)):
        client.post(address(call, "conflicts_search"), {"years": years})
        assert found.count() == expected, years
    assert tie.until < seat.ended_at.date()
    shown = client.get(address(call, "conflicts")).text
    assert '<option value="5" selected>' in shown
    assert Record.objects.filter(verb="conflicts.window_changed").count() == 3


@pytest.mark.parametrize(
    ("seat", "ground"),
    [
        ({"email": "elena@example.org"}, "board"),
        ({"given_name": "Elena", "family_name": "VismÀra"}, "board_name"),
    ],
)
def test_the_board_by_address_and_by_name(panel, application, seat, ground):
    juror_on(panel, email="elena@example.org", given_name="elena", family_name="Vismara")
    BoardMemberFactory(organisation=application.organisation, **seat)
    assert found_grounds(panel) == {ground}


def test_somebody_only_invited_is_matched_by_address(panel, application):
    panel.jurors.create(email="elena@example.org")
    BoardMemberFactory(organisation=application.organisation, email="Elena@example.org")
    assert found_grounds(panel) == {"board"}


def test_relations_to_the_organisation_and_to_its_people(panel, application):
    juror = juror_on(panel)
    RelationFactory(person=juror.person, organisation=application.organisation, kind=RelationKind.MENTORING)
    RelationFactory(
        person=application.created_by, organisation=None, other_person=juror.person, kind=RelationKind.FAMILY
    )
    actions.search(panel)
    kinds = {ground["kind"] for ground in Conflict.objects.get().grounds}
    assert kinds == {"mentoring", "family"}


def test_a_shared_mail_domain_counts_unless_it_is_a_public_mailbox(panel, application):
    person = application.created_by
    person.email = "presidente@gmail.com"
    person.save()
    juror = juror_on(panel, email="elena@gmail.com")
    assert found_grounds(panel) == set()
    person.email, juror.person.email = "presidente@filo.it", "elena@filo.it"
    person.save()
    juror.person.save()
    assert found_grounds(panel) == {"domain"}


@pytest.mark.parametrize(
    ("juror", "applicant", "meet"),
    [
        ("dip.uni.it", "uni.it", True),
        ("uni.it", "a.dip.uni.it", True),
        ("polizia.comune.milano.it", "comune.milano.it", True),
        ("uni.it", "altrauni.it", False),
        ("uni.it", "uni.it.example.net", False),
        ("a.uni.it", "b.uni.it", False),
        ("studio.gmail.com", "gmail.com", False),
        ("comune.milano.it", "milano.it", False),
        ("coop.mi.it", "mi.it", False),
        ("house.co.uk", "co.uk", False),
        ("uni.it", "it", False),
    ],
)
def test_a_mail_domain_under_another_is_of_the_same_house(panel, application, juror, applicant, meet):
    person = application.created_by
    person.email = f"presidente@{applicant}"
    person.save()
    juror_on(panel, email=f"elena@{juror}")
    assert found_grounds(panel) == ({"domain_under"} if meet else set())
    for conflict in Conflict.objects.all():
        assert juror in reasons(conflict)[0]
        assert applicant in reasons(conflict)[0]


def test_ties_to_who_sat_on_the_board_count_within_the_window(panel, application):
    closed = panel.call.closes_at.date()
    past = PastBoardMember.objects.create(
        organisation=application.organisation,
        person=PersonFactory(),
        given_name="Anna",
        family_name="Riva",
        email="anna@filo.it",
        ended_on=closed.replace(year=closed.year - 2, day=1),
    )
    cousin, colleague, neighbour = juror_on(panel), juror_on(panel), juror_on(panel, email="eva@filo.it")
    RelationFactory(
        person=past.person, organisation=None, other_person=cousin.person, kind=RelationKind.FAMILY
    )
    shared = OrganisationFactory(name="Consorzio")
    for person in (past.person, colleague.person):
        MembershipFactory(organisation=shared, person=person)
    actions.search(panel)
    found = {one.juror: one for one in Conflict.objects.all()}
    kinds = {juror: [ground["ground"] for ground in one.grounds] for juror, one in found.items()}
    assert kinds == {cousin: ["relation"], colleague: ["in_common"], neighbour: ["domain"]}
    assert reasons(found[cousin])[0].endswith("Sedeva nel consiglio del candidato, e oggi non più.")
    panel.tie_years = 1
    panel.save()
    actions.search(panel)
    assert not Conflict.objects.exists()


def test_another_organisation_in_common(panel, application):
    juror = juror_on(panel)
    shared = OrganisationFactory(name="Consorzio")
    MembershipFactory(organisation=shared, person=juror.person)
    MembershipFactory(organisation=shared, person=application.created_by)
    assert found_grounds(panel) == {"in_common"}


def test_a_person_who_applies(panel):
    person = PersonFactory()
    handed_in(
        panel.call, state=ApplicationState.ADMITTED, organisation=None, person=person, created_by=person
    )
    JurorFactory(panel=panel, person=person)
    assert {"applicant", "handed_in"} <= found_grounds(panel)


def test_reasons_read_in_the_readers_language(panel, application):
    MembershipFactory(organisation=application.organisation, person=juror_on(panel).person)
    actions.search(panel)
    from django.utils.translation import override

    conflict = Conflict.objects.get()
    with override("en"):
        assert reasons(conflict) == [f"Belongs to {application.organisation}."]


def test_what_was_set_aside_stands_again_only_for_something_new(panel, application):
    juror = juror_on(panel)
    MembershipFactory(organisation=application.organisation, person=juror.person)
    actions.search(panel)
    conflict = Conflict.objects.get()
    actions.dismiss(conflict, reason="Ha lasciato la cooperativa dieci anni fa.", by=None)
    actions.search(panel)
    conflict.refresh_from_db()
    assert conflict.state == ConflictState.DISMISSED
    RelationFactory(person=juror.person, organisation=application.organisation, kind=RelationKind.EMPLOYMENT)
    actions.search(panel)
    conflict.refresh_from_db()
    assert conflict.state == ConflictState.STANDING


def test_what_the_records_no_longer_say_goes_and_the_work_comes_back(panel, application):
    juror = juror_on(panel)
    sheet = scored(AssignmentFactory(juror=juror, application=application))
    seat = BoardMemberFactory(organisation=application.organisation, email=juror.email)
    actions.search(panel)
    sheet.refresh_from_db()
    assert sheet.state == AssignmentState.RECUSED
    assert scoring_queries.scores_of(application.track) == []
    seat.delete()
    actions.search(panel)
    sheet.refresh_from_db()
    assert sheet.state == AssignmentState.DONE
    assert not Conflict.objects.exists()
    assert len(scoring_queries.scores_of(application.track)) == 2


def test_searching_costs_the_same_with_few_and_with_many(panel, django_assert_max_num_queries):
    def grow(times):
        for _ in range(times):
            juror_on(panel)
            eligible(panel.call)

    grow(2)
    with django_assert_max_num_queries(12) as few:
        queries.found(panel)
    grow(6)
    with django_assert_max_num_queries(12) as many:
        queries.found(panel)
    assert len(few.captured_queries) == len(many.captured_queries)


def test_looking_only_at_pairs_that_share_something_misses_none(panel):
    """The same as every pair looked at, in a tangle of every kind of tie."""
    chance = random.Random(7)
    domains = ("a.example", "b.example", "dip.b.example", "c.example")
    people = [PersonFactory(email=f"p{n}@{domains[n % 4]}", family_name="Bo") for n in range(8)]
    jurors = [JurorFactory(panel=panel, person=person) for person in people[:5]]
    JurorFactory(panel=panel, person=None, email="p6@a.example", given_name="Elena", family_name="Bo")
    bodies = [eligible(panel.call).organisation for _number in range(6)]
    eligible(panel.call, organisation=None, person=people[1], created_by=people[1])
    elsewhere = OrganisationFactory()
    for _tie in range(14):
        one, other, body = chance.choice(people), chance.choice(people), chance.choice([*bodies, elsewhere])
        ended = chance.choice([None, timezone.now()])
        if not body.memberships.filter(person=one).exists():
            MembershipFactory(organisation=body, person=one, ended_at=ended)
        BoardMemberFactory(organisation=body, given_name="Elena", family_name=chance.choice(["Bo", "Re"]))
        RelationFactory(person=other, organisation=body, other_person=None)
        if not chance.randrange(4):
            PastBoardMember.objects.create(
                organisation=body, person=other, email=other.email, ended_on=timezone.localdate()
            )
        if one != other:
            RelationFactory(person=one, organisation=None, other_person=other)
    jury, written = list(panel.jurors.select_related("person")), list(queries.in_play(panel))
    search = queries._Search(jury, written, panel.ties_since)
    every = {
        (juror.pk, application.pk): grounds
        for application in search.applications
        for juror in search.jurors
        if (grounds := list(queries._once(search._grounds(juror, search._applicant(application)))))
    }
    assert search.ties() == every
    assert len(jurors) < len(every) < len(search.jurors) * len(search.applications)


def test_the_declaration_opens_the_desk_and_recuses_at_once(client, panel, application):
    juror = juror_on(panel)
    juror.conflicts_declared_at = None
    juror.save()
    other = eligible(panel.call)
    sheet = AssignmentFactory(juror=juror, application=application)
    client.force_login(juror.person)
    refused = client.get(reverse("jury:sheet", args=[panel.pk, sheet.pk]))
    assert refused.url == reverse("jury:declaration", args=[panel.pk])
    assert str(application.applicant_name) in client.get(refused.url).content.decode()
    client.post(refused.url, {"conflict": [str(application.pk)]})
    juror.refresh_from_db()
    sheet.refresh_from_db()
    assert juror.conflicts_declared_at
    assert sheet.state == AssignmentState.RECUSED
    assert [c.application for c in Conflict.objects.all()] == [application]
    client.post(refused.url, {"conflict": [str(other.pk)]})
    assert [c.application for c in Conflict.objects.all()] == [other]
    sheet.refresh_from_db()
    assert sheet.state == AssignmentState.TO_SCORE


def test_a_declaration_names_only_applications_of_its_own_call(client, panel, application):
    juror = juror_on(panel)
    stranger = eligible(judging_call())
    client.force_login(juror.person)
    for value in (str(stranger.pk), "nonsense"):
        page = client.post(reverse("jury:declaration", args=[panel.pk]), {"conflict": [value]})
        assert page.status_code == 200
    assert not Conflict.objects.exists()


def test_from_the_sheet_with_a_reason(client, panel, application):
    juror = juror_on(panel)
    sheet = AssignmentFactory(juror=juror, application=application)
    client.force_login(juror.person)
    url = reverse("jury:recuse", args=[panel.pk, sheet.pk])
    client.post(url, {"why": "conflict", "reason": ""})
    assert not Conflict.objects.exists()
    client.post(url, {"why": "conflict", "reason": "Ci lavora mia sorella."})
    conflict = Conflict.objects.get()
    assert (conflict.source, conflict.reason) == (ConflictSource.DECLARED, "Ci lavora mia sorella.")
    assert client.get(reverse("jury:sheet", args=[panel.pk, sheet.pk])).status_code == 404
    assert client.get(reverse("jury:desk", args=[panel.pk])).status_code == 200


def test_staff_record_and_set_aside_with_a_reason(client, panel, application):
    manager = holder(panel.call.programme, "manager")
    juror = juror_on(panel)
    client.force_login(manager)
    data = {"juror": juror.pk, "application": application.pk}
    assert client.post(address(panel.call, "conflict_record"), data).status_code == 422
    client.post(
        address(panel.call, "conflict_record"), {**data, "reason": "Siede nel consiglio di un socio."}
    )
    conflict = Conflict.objects.get()
    url = address(panel.call, "conflict", pk=conflict.pk)
    client.post(url, {"reason": "no"})
    conflict.refresh_from_db()
    assert conflict.state == ConflictState.STANDING
    client.post(url, {"reason": "Ha lasciato il consiglio nel 2015."})
    conflict.refresh_from_db()
    assert conflict.state == ConflictState.DISMISSED
    assert conflict.decided_by == manager
    page = client.get(address(panel.call, "conflicts")).content.decode()
    assert "Ha lasciato il consiglio nel 2015." in page
    client.post(address(panel.call, "conflict_reinstate", pk=conflict.pk))
    conflict.refresh_from_db()
    assert conflict.state == ConflictState.STANDING


def decided_about(application):
    rows = ConflictDecision.objects.filter(application=application)
    return [(row.what, row.reason) for row in rows]


def test_the_reasons_of_what_was_decided_outlive_what_is_decided_later(client, panel, application):
    manager, other = (holder(panel.call.programme, "manager") for _number in range(2))
    juror = juror_on(panel)
    conflict = actions.record(juror, application, reason="Siede nel consiglio.", by=manager)
    actions.dismiss(conflict, reason="Lo ha lasciato nel 2015.", by=manager)
    actions.reinstate(conflict, by=other)
    actions.dismiss(conflict, reason="Lo ha lasciato, visto il verbale.", by=other)
    MembershipFactory(organisation=application.organisation, person=juror.person)
    actions.search(panel)
    assert decided_about(application) == [
        ("recorded", "Siede nel consiglio."),
        ("dismissed", "Lo ha lasciato nel 2015."),
        ("reinstated", ""),
        ("dismissed", "Lo ha lasciato, visto il verbale."),
        ("found_anew", ""),
    ]
    client.force_login(holder(panel.call.programme, "secretary"))
    for name, pk in (("conflict", conflict.pk), ("juror", juror.pk), ("readers", application.pk)):
        page = client.get(address(panel.call, name, pk=pk)).text
        assert "Lo ha lasciato nel 2015." in page
        assert "Lo ha lasciato, visto il verbale." in page
        assert str(manager) in page


def test_what_a_juror_declares_and_takes_back_is_kept_once(panel, application):
    juror = juror_on(panel)
    for named in ([application.pk], [application.pk], [], []):
        actions.declare_all(juror, named, by=juror.person)
    assert not Conflict.objects.exists()
    assert decided_about(application) == [("declared", ""), ("taken_back", "")]


def test_each_decision_on_an_applicant_nobody_knows_is_kept(client, panel):
    unknown = handed_in(panel.call, state=ApplicationState.ADMITTED)
    manager = holder(panel.call.programme, "manager")
    for reason in ("Gruppo appena nato.", "Gruppo appena nato."):
        cleared = actions.clear(panel, unknown, reason=reason, by=manager)
    for _pressed in range(2):
        actions.withdraw_clearance(cleared, by=manager)
    client.force_login(manager)
    assert "Gruppo appena nato." in client.get(address(panel.call, "clear", pk=unknown.pk)).text
    actions.clear(panel, unknown, reason="Visto di persona.", by=manager)
    assert decided_about(unknown) == [
        ("cleared", "Gruppo appena nato."),
        ("withdrawn", ""),
        ("cleared", "Visto di persona."),
    ]
    assert "Gruppo appena nato." in client.get(address(panel.call, "readers", pk=unknown.pk)).text


def delete_at_once(rows):
    rows.delete()
    connection.check_constraints()


def test_the_database_lets_nobody_change_such_a_decision(panel, application):
    manager = holder(panel.call.programme, "manager")
    conflict = actions.record(juror_on(panel), application, reason="Siede nel consiglio.", by=manager)
    rows = ConflictDecision.objects.filter(application=application)
    with pytest.raises(DatabaseError, match="only added"), transaction.atomic():
        rows.update(reason="Altro.")
    with pytest.raises(DatabaseError, match="only added"), transaction.atomic():
        delete_at_once(rows)
    rows.update(by=None)  # a person who is taken out of the database
    assert decided_about(application) == [("recorded", "Siede nel consiglio.")]
    Panel.objects.filter(pk=conflict.juror.panel_id).delete()  # with its jury it goes
    connection.check_constraints()
    assert not ConflictDecision.objects.exists()


def test_of_very_many_applications_staff_name_one_by_its_number(client, panel, application, monkeypatch):
    monkeypatch.setattr("vivaio.jury.forms.conflicts.MOST_CHOICES", 0)
    client.force_login(holder(panel.call.programme, "manager"))
    told = {"juror": juror_on(panel).pk, "reason": "Siede nel consiglio di un socio."}

    refused = client.post(address(panel.call, "conflict_record"), {**told, "application": "4711"})
    assert refused.status_code == 422
    assert "4711" in str(refused.context["form"].errors["application"])
    assert "Siede nel consiglio di un socio." in refused.content.decode()
    for nonsense in ("", "otto", "-1", "9" * 30):
        answer = client.post(address(panel.call, "conflict_record"), {**told, "application": nonsense})
        assert answer.status_code == 422

    client.post(address(panel.call, "conflict_record"), {**told, "application": str(application.number)})
    assert Conflict.objects.get().application == application


def test_nobody_sets_aside_a_conflict_of_their_own(panel, application):
    person = holder(panel.call.programme, "manager")
    conflict = ConflictFactory(juror=JurorFactory(panel=panel, person=person), application=application)
    with pytest.raises(Refused):
        actions.dismiss(conflict, reason="Non è un vero conflitto.", by=person)


def test_an_applicant_without_members_or_board_is_unknown_until_somebody_decides(client, panel):
    unknown = handed_in(panel.call, state=ApplicationState.ADMITTED)
    eligible(panel.call)
    assert list(queries.unknown(panel)) == [unknown]
    manager = holder(panel.call.programme, "manager")
    client.force_login(manager)
    assert unknown.applicant_name in client.get(address(panel.call, "conflicts")).content.decode()
    client.post(
        address(panel.call, "clear", pk=unknown.pk), {"reason": "Gruppo appena nato, visto di persona."}
    )
    assert not queries.unknown(panel).exists()
    client.post(address(panel.call, "withdraw_clearance", pk=unknown.clearance.pk))
    assert queries.unknown(panel).exists()


def test_an_informal_group_that_declared_its_lack_of_a_board_is_known(panel):
    group = handed_in(panel.call, state=ApplicationState.ADMITTED)
    group.organisation.board_declared_at = timezone.now()
    group.organisation.save()
    assert not queries.unknown(panel).exists()


def test_a_new_application_is_searched_when_it_is_found_eligible(panel):
    from vivaio.applications import events

    juror = juror_on(panel)
    application = eligible(panel.call)
    MembershipFactory(organisation=application.organisation, person=juror.person)
    events.admitted.send(type(application), application=application)
    assert Conflict.objects.filter(juror=juror, application=application).exists()


def test_the_page_costs_the_same_with_few_and_with_many(client, panel, django_assert_max_num_queries):
    client.force_login(holder(panel.call.programme, "manager"))
    ConflictFactory(juror=juror_on(panel), application=eligible(panel.call))
    with django_assert_max_num_queries(12) as few:
        client.get(address(panel.call, "conflicts"))
    for _ in range(5):
        ConflictFactory(juror=juror_on(panel), application=eligible(panel.call))
    with django_assert_max_num_queries(12) as many:
        client.get(address(panel.call, "conflicts"))
    assert len(few.captured_queries) == len(many.captured_queries)
