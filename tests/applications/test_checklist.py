"""The checklist of eligibility: points settled, an outcome proposed from them, the queue."""

import json

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.factories.applications import close, handed_in, open_call
from tests.factories.calls import ConditionFactory
from tests.factories.people import MembershipFactory, PersonFactory, RelationFactory
from tests.factories.programmes import holder
from vivaio.applications import actions, eligibility
from vivaio.applications.checking import actions as two
from vivaio.applications.models import Application, Proposal
from vivaio.applications.states import ApplicationState, CheckOutcome, ProposalState
from vivaio.calls.states import ConditionKind
from vivaio.journal.models import Record
from vivaio.kit.rules import Refused
from vivaio.mailroom.models import OutgoingLetter
from vivaio.programmes.models import RoleHolding

pytestmark = pytest.mark.django_db


@pytest.fixture
def call():
    made = open_call(two_persons=True)
    ConditionFactory(call=made, title="Sede in Lombardia", position=0)
    ConditionFactory(
        call=made, title="Idea chiara", position=1, kind=ConditionKind.STAFF, parameters={"question": "idea"}
    )
    ConditionFactory(
        call=made, title="Disegno firmato", position=2, kind=ConditionKind.DOCUMENT, internal=True,
        parameters={"question": "drawing"},
    )  # fmt: skip
    return close(made)


@pytest.fixture
def application(call):
    made = handed_in(call)
    eligibility.check(made)
    return made


@pytest.fixture
def first(call):
    return holder(call.programme, "secretary", given_name="Marta", family_name="Prima")


@pytest.fixture
def second(call):
    return holder(call.programme, "secretary", given_name="Ada", family_name="Seconda")


def page(name, *args):
    return reverse(f"applications:{name}", args=args)


def points(application):
    return list(application.checks.order_by("condition__position"))


def settle_all(application, by, outcome=CheckOutcome.MET):
    for point in points(application):
        actions.settle(point, outcome, by=by)


def proposed(application, by):
    settle_all(application, by)
    actions.admit(application, by=by)
    return application.proposals.get()


def typed(client, application, point, **changes):
    sent = [{"path": path, "value": value, "revision": point.revision} for path, value in changes.items()]
    address = page("settle_typed", application.pk, point.pk)
    return client.post(address, json.dumps({"changes": sent}), content_type="application/json")


def test_points_are_worked_through_one_after_the_other(client, application, first):
    client.force_login(first)
    seat, idea, drawing = points(application)
    shown = client.get(page("checklist", application.pk)).content.decode()
    assert "Punto 1 di 3" in shown
    assert "Sede in Lombardia" in shown
    answer = client.post(
        page("settle", application.pk, seat.pk), {"outcome": "met", "note": "Vista la visura.", "seen": "0"}
    )
    assert answer.url.endswith(f"?point={idea.pk}")
    beside = client.get(answer.url).content.decode()
    assert "Punto 2 di 3" in beside
    assert "Vista la visura." in beside
    assert "vv-beside" in beside
    last = client.post(page("settle", application.pk, drawing.pk), {"outcome": "na", "note": ""})
    assert last.url.endswith("#follows")
    assert application.checks.get(pk=drawing.pk).outcome == CheckOutcome.NOT_APPLICABLE


def test_what_a_browser_keeps_of_a_note_is_its_writers(client, application, first, second):
    for person in (first, second):
        client.force_login(person)
        shown = client.get(page("checklist", application.pk)).content.decode()
        assert f'data-autosave-key="{points(application)[0].pk}:{person.pk}"' in shown


def test_what_one_chooses_and_types_is_saved_at_once(client, application, first):
    client.force_login(first)
    point = points(application)[0]
    told = typed(client, application, point, outcome="integrate").json()
    assert told["revisions"] == {"outcome": 1}
    assert "Da integrare" in told["html"]["points"]
    assert "1 punto è da integrare." in told["html"]["follows"]
    assert 'value="1"' in told["html"]["seen"]
    point.refresh_from_db()
    typed(client, application, point, note="Manca la firma.")
    point.refresh_from_db()
    assert (point.outcome, point.note, point.decided_by) == (CheckOutcome.INTEGRATE, "Manca la firma.", first)


@pytest.mark.parametrize(
    "body", ["", "[]", "{", '{"changes": [{"path": "outcome", "value": "wonderful"}]}', '{"changes": []}',
             '{"changes": [{"path": "note", "value": ["\\u0000"]}]}',
             json.dumps({"changes": [{"path": "note", "value": "a" * 5000}]})]
)  # fmt: skip
def test_what_no_page_sends_is_refused(client, application, first, body):
    client.force_login(first)
    address = page("settle_typed", application.pk, points(application)[0].pk)
    assert client.post(address, body, content_type="application/json").status_code in (400, 409)
    assert points(application)[0].outcome == CheckOutcome.UNKNOWN


def test_of_two_who_write_on_one_point_nobody_writes_over_the_other(client, application, first, second):
    point = points(application)[0]
    actions.settle(point, CheckOutcome.NOT_MET, note="Sede a Torino.", by=first, seen=0)
    client.force_login(second)
    sent = {"outcome": "met", "note": "Sede a Milano.", "seen": "0"}
    again = client.post(page("settle", application.pk, point.pk), sent)
    shown = again.content.decode()
    assert "Marta Prima ha scritto" in shown
    assert "Sede a Milano." in shown, "what was typed is still there"
    point.refresh_from_db()
    assert point.note == "Sede a Torino."
    assert typed(client, application, type(point)(pk=point.pk, revision=0), outcome="met").status_code == 409
    client.post(page("settle", application.pk, point.pk), {**sent, "seen": "1"})
    point.refresh_from_db()
    assert point.note == "Sede a Milano."


def test_reasons_are_written_beforehand_and_name_what_is_not_met(client, application, first):
    call = application.call
    call.two_persons = False
    call.save()
    client.force_login(first)
    point = points(application)[0]
    actions.settle(point, CheckOutcome.NOT_MET, note="Sede a Torino.", by=first)
    shown = client.get(page("checklist", application.pk)).content.decode()
    assert "1 punto non è soddisfatto." in shown
    form = client.get(page("exclude", application.pk)).content.decode()
    assert "– Sede in Lombardia: Sede a Torino." in form
    with pytest.raises(Refused, match="Sede in Lombardia"):
        actions.exclude(application, "Non va.", by=first)
    kept = client.post(page("exclude", application.pk), {"reason": "Non va proprio."}).content.decode()
    assert "Non va proprio." in kept, "what was typed is still there"
    actions.exclude(application, "Articolo 3: «sede in Lombardia».", by=first)
    application.refresh_from_db()
    assert application.state == ApplicationState.EXCLUDED


def test_what_is_to_be_integrated_is_asked_for_and_looked_at_again(client, application, first):
    client.force_login(first)
    idea = points(application)[1]
    actions.settle(idea, CheckOutcome.INTEGRATE, note="Due righe non bastano.", by=first)
    with pytest.raises(Refused, match="Idea chiara"):
        actions.admit(application, by=first)
    form = client.get(page("request_integration", application.pk)).content.decode()
    assert "– Idea chiara: Due righe non bastano." in form
    assert 'value="idea" ' in form
    assert form.count("checked") == 1
    request = actions.request_integration(
        application, "Manca.", deadline=application.call.closes_at.replace(year=2099), by=first
    )
    actions.answer_integration(request, "Ecco.", by=application.created_by)
    idea.refresh_from_db()
    assert (idea.outcome, idea.note) == (CheckOutcome.UNKNOWN, "Due righe non bastano.")


def test_two_people_decide_and_the_applicant_learns_nothing_before(client, application, first, second):
    proposal = proposed(application, first)
    application.refresh_from_db()
    assert application.state == ApplicationState.SUBMITTED
    assert not OutgoingLetter.objects.exists()
    client.force_login(application.created_by)
    told = client.get(page("application", application.pk)).content.decode()
    assert "Prima" not in told
    assert "Ammessa" not in told
    client.force_login(second)
    assert (
        "Ammissibile</strong>, proposta da Marta Prima" in client.get(page("checklist", application.pk)).text
    )
    client.post(page("proposal_confirm", proposal.pk), {"confirmed": "yes"})
    application.refresh_from_db()
    assert (application.state, application.decided_by) == (ApplicationState.ADMITTED, second)
    assert OutgoingLetter.objects.filter(letter="applications.admitted").exists()
    verbs = list(Record.objects.filter(subject_id=application.pk).order_by("at").values_list("verb", "actor"))
    assert ("application.admission_proposed", first.pk) in verbs
    assert ("application.admitted", second.pk) in verbs
    shown = client.get(page("eligibility", application.pk)).content.decode()
    assert "Proposta da Marta Prima" in shown


def test_an_exclusion_too_waits_and_its_reason_is_what_was_proposed(application, first, second):
    settle_all(application, first)
    actions.settle(points(application)[0], CheckOutcome.NOT_MET, by=first)
    actions.exclude(application, "Sede in Lombardia: no.", by=first)
    assert not OutgoingLetter.objects.exists()
    two.confirm(application.proposals.get(), by=second)
    application.refresh_from_db()
    assert application.decision_reason == "Sede in Lombardia: no."
    assert OutgoingLetter.objects.filter(letter="applications.excluded").exists()


def test_nobody_confirms_what_they_proposed_whatever_their_role(application, first):
    proposal = proposed(application, first)
    RoleHolding.objects.create(person=first, programme=application.call.programme, role="manager")
    with pytest.raises(Refused, match="qualcun altro"):
        two.confirm(proposal, by=first)
    first.is_administrator = True
    first.save()
    with pytest.raises(Refused, match="qualcun altro"):
        two.send_back(proposal, "No.", by=first)
    application.refresh_from_db()
    assert application.state == ApplicationState.SUBMITTED


def test_who_has_a_tie_to_the_applicant_does_not_confirm(application, first, second):
    proposal = proposed(application, first)
    tie = RelationFactory(person=second, organisation=application.organisation)
    with pytest.raises(Refused, match="legame"):
        two.confirm(proposal, by=second)
    tie.delete()
    between = RelationFactory(person=application.created_by, organisation=None, other_person=second)
    with pytest.raises(Refused, match="legame"):
        two.confirm(proposal, by=second)
    between.delete()
    MembershipFactory(organisation=application.organisation, person=second)
    with pytest.raises(Refused, match="Fai parte"):
        two.confirm(proposal, by=second)


def test_who_proposed_and_then_joined_the_applicant_is_sent_back(application, first, second):
    proposal = proposed(application, first)
    MembershipFactory(organisation=application.organisation, person=first)
    with pytest.raises(Refused):
        two.confirm(proposal, by=second)
    two.send_back(proposal, "Sei del gruppo.", by=second)
    assert Proposal.objects.get().state == ProposalState.SENT_BACK


def test_a_role_lost_between_the_page_and_the_button_counts(client, application, first, second):
    proposal = proposed(application, first)
    client.force_login(second)
    assert client.get(page("proposal_confirm", proposal.pk)).status_code == 200
    RoleHolding.objects.filter(person=second).update(role="evaluator")
    with pytest.raises(Refused):
        two.confirm(proposal, by=second)
    RoleHolding.objects.filter(person=second).delete()
    assert client.post(page("proposal_confirm", proposal.pk), {"confirmed": "yes"}).status_code == 404
    assert Proposal.objects.get().state == ProposalState.WAITING


def test_the_second_to_confirm_reads_who_was_first(client, application, first, second, call):
    proposal = proposed(application, first)
    two.confirm(proposal, by=second)
    third = holder(call.programme, "manager")
    with pytest.raises(Refused, match="Ada Seconda"):
        two.confirm(proposal, by=third)
    with pytest.raises(Refused, match="Ada Seconda"):
        two.send_back(proposal, "No.", by=third)
    assert OutgoingLetter.objects.filter(letter="applications.admitted").count() == 1


def test_nothing_moves_under_a_proposal_that_waits(application, first, second):
    proposed(application, first)
    for act in (
        lambda: actions.settle(points(application)[0], CheckOutcome.NOT_MET, by=second),
        lambda: actions.admit(application, by=second),
        lambda: actions.exclude(application, "No.", by=second),
        lambda: actions.recheck(application, by=second),
        lambda: actions.request_integration(
            application, "Manca.", deadline=application.call.closes_at.replace(year=2099), by=second
        ),
    ):
        with pytest.raises(Refused, match="attende la conferma"):
            act()
    assert application.proposals.count() == 1


def test_sent_back_with_a_reason_it_waits_to_be_decided_again(client, application, first, second):
    proposal = proposed(application, first)
    client.force_login(second)
    with pytest.raises(Refused):
        two.send_back(proposal, "  ", by=second)
    client.post(page("proposal_send_back", proposal.pk), {"answer": "Manca la visura."})
    client.force_login(first)
    assert "Manca la visura." in client.get(page("checklist", application.pk)).text
    assert "1 decisione sull’ammissibilità è stata rimandata" in client.get(reverse("desk:home")).text
    received = page("received", application.call.programme.slug, application.call.slug)
    assert str(application) in client.get(f"{received}?queue=back").content.decode()
    assert str(application) not in client.get(f"{received}?queue=confirm").content.decode()
    actions.admit(application, by=second)
    two.confirm(application.proposals.first(), by=first)
    application.refresh_from_db()
    assert application.state == ApplicationState.ADMITTED


def test_a_withdrawn_application_takes_its_proposal_with_it(application, first, second):
    proposal = proposed(application, first)
    actions.withdraw(application, by=application.created_by)
    assert Proposal.objects.get().state == ProposalState.VOID
    with pytest.raises(Refused):
        two.confirm(proposal, by=second)


def test_who_proposed_takes_it_back(client, application, first, second):
    proposal = proposed(application, first)
    with pytest.raises(Refused):
        two.take_back(proposal, by=second)
    client.force_login(first)
    client.post(page("proposal_take_back", proposal.pk), {"confirmed": "yes"})
    assert Proposal.objects.get().state == ProposalState.TAKEN_BACK
    actions.settle(points(application)[0], CheckOutcome.NOT_MET, by=first)


def test_what_no_longer_holds_is_not_confirmed(application, first, second):
    proposal = proposed(application, first)
    application.checks.filter(condition__title="Idea chiara").update(outcome=CheckOutcome.NOT_MET)
    with pytest.raises(Refused, match="Idea chiara"):
        two.confirm(proposal, by=second)


def test_the_desk_says_what_waits_for_whom(client, application, first, second):
    proposed(application, first)
    client.force_login(second)
    assert "Confermare 1 decisione sull’ammissibilità" in client.get(reverse("desk:home")).text
    client.force_login(first)
    assert "Confermare 1 decisione" not in client.get(reverse("desk:home")).content.decode()


def test_the_queue_leads_from_one_to_the_next(client, application, call, first, second):
    other = handed_in(call)
    eligibility.check(other)
    own = handed_in(call)
    MembershipFactory(organisation=own.organisation, person=first)
    client.force_login(first)
    begins = page("queue", call.programme.slug, call.slug)
    assert client.get(begins).url == page("checklist", application.pk)
    shown = client.get(page("checklist", application.pk)).content.decode()
    assert page("checklist", other.pk) in shown
    assert page("checklist", own.pk) not in shown
    assert "Un’altra candidatura è da verificare" in shown
    proposed(application, first)
    client.force_login(second)
    assert client.get(begins + "?queue=confirm").url == page("checklist", application.pk)
    assert "Qui non hai nulla in sospeso." in client.get(begins + "?queue=back", follow=True).content.decode()


def test_many_at_once_are_proposed_where_the_call_wants_two(client, call, application, first):
    settle_all(application, first)
    done = actions.admit_all(call, [application.pk], by=first)
    assert done.count == 1
    application.refresh_from_db()
    assert application.state == ApplicationState.SUBMITTED
    assert application.proposals.get().state == ProposalState.WAITING
    assert actions.admit_all(call, [application.pk], by=first).count == 0


def test_the_staffs_own_points_are_not_on_the_calls_page(client, call):
    address = reverse("calls:call", args=[call.programme.slug, call.slug])
    call.programme.state = "published"
    call.programme.save()
    shown = client.get(address).content.decode()
    assert "Idea chiara" in shown
    assert "Disegno firmato" not in shown


def test_the_page_costs_the_same_with_many_points(client, call, application, first):
    client.force_login(first)

    def cost():
        with CaptureQueriesContext(connection) as found:
            assert client.get(page("checklist", application.pk)).status_code == 200
        return len(found)

    assert cost() <= 12
    for number in range(8):
        ConditionFactory(call=call, title=f"Punto {number}", position=10 + number)
        eligibility.check(handed_in(call))
    eligibility.check(application)
    assert cost() <= 12
    proposed(application, holder(call.programme, "secretary"))
    assert cost() <= 12


def test_another_programmes_staff_finds_nothing(client, application, first):
    proposal = proposed(application, first)
    client.force_login(holder(open_call().programme, "manager"))
    point = points(application)[0]
    assert client.get(page("checklist", application.pk)).status_code == 404
    assert client.post(page("settle", application.pk, point.pk), {"outcome": "met"}).status_code == 404
    assert typed(client, application, point, outcome="met").status_code == 404
    for name in ("proposal_confirm", "proposal_send_back", "proposal_take_back"):
        assert client.post(page(name, proposal.pk), {"answer": "No."}).status_code == 404
    client.force_login(PersonFactory())
    assert client.get(page("checklist", application.pk)).status_code == 404
    assert Application.objects.get(pk=application.pk).state == ApplicationState.SUBMITTED
