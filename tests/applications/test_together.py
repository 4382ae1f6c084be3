"""Two people at once, on the real database: nothing is lost, nothing is numbered twice, the door is one."""

import datetime as dt
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection, transaction

from tests.factories.applications import (
    ApplicationFactory,
    IntegrationRequestFactory,
    ProposalFactory,
    close,
    handed_in,
    open_call,
)
from tests.factories.calls import ConditionFactory
from tests.factories.people import MembershipFactory, OrganisationFactory
from tests.factories.programmes import holder
from vivaio.applications import actions, eligibility
from vivaio.applications.checking import actions as two
from vivaio.applications.models import Application
from vivaio.applications.states import ApplicationState, CheckOutcome, IntegrationState, ProposalState
from vivaio.calls import events as call_events
from vivaio.calls.models import Call
from vivaio.calls.states import ConditionKind
from vivaio.kit import clock
from vivaio.kit.rules import Refused
from vivaio.mailroom.models import OutgoingLetter
from vivaio.questionnaires.changes import Change
from vivaio.questionnaires.models import Response

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(*works):
    """Run the works in threads that start together; what each gave, or the refusal."""
    ready = threading.Barrier(len(works))

    def run(work):
        try:
            ready.wait(10)
            return work()
        except Refused as refusal:
            return refusal
        finally:
            connection.close()

    with ThreadPoolExecutor(len(works)) as pool:
        return list(pool.map(run, works))


def submit(application, by=None):
    return actions.submit(application, by=by or application.created_by, declared=True, noticed=True)


def test_two_clicks_on_hand_in_give_one_number_and_one_receipt():
    application = ApplicationFactory()
    colleague = MembershipFactory(organisation=application.organisation).person
    results = at_once(lambda: submit(application), lambda: submit(application, colleague))
    assert sum(isinstance(result, Refused) for result in results) == 1
    application.refresh_from_db()
    assert application.number == 1
    assert application.receipts.count() == 1


def test_numbers_are_without_gaps_when_many_hand_in_together():
    call = open_call()
    drafts = [ApplicationFactory(call=call) for _time in range(6)]
    broken = ApplicationFactory(call=call)
    broken.response.answers = {}
    broken.response.save()
    at_once(*(lambda one=one: submit(one) for one in (*drafts, broken)))
    numbers = sorted(Application.objects.filter(number__isnull=False).values_list("number", flat=True))
    assert numbers == [1, 2, 3, 4, 5, 6]


def test_two_clicks_on_begin_make_one_draft():
    call = open_call()
    person = MembershipFactory().person
    organisation = OrganisationFactory()
    MembershipFactory(organisation=organisation, person=person)
    track = call.tracks.get()
    made = at_once(
        *(lambda: actions.start(track, by=person, organisation=organisation) for _time in range(3))
    )
    assert len({one.pk for one in made}) == 1
    assert Application.objects.count() == 1
    assert Response.objects.count() == 1


def test_who_waits_while_the_deadline_is_moved_finds_the_door_shut():
    """The call is closed under its lock while somebody presses the button: the clock is asked after the wait."""
    application = ApplicationFactory()
    locked, waiting = threading.Event(), threading.Event()

    def close_it():
        with transaction.atomic():
            call = Call.objects.select_for_update(no_key=True).get(pk=application.call_id)
            locked.set()
            assert waiting.wait(10)
            call.closes_at = clock.now() - dt.timedelta(seconds=1)
            call.save()

    def hand_in():
        assert locked.wait(10)
        waiting.set()
        return submit(application)

    _closed, result = at_once(close_it, hand_in)
    assert isinstance(result, Refused)
    application.refresh_from_db()
    assert application.state == ApplicationState.DRAFT
    assert not OutgoingLetter.objects.exists()


def test_colleagues_who_save_together_both_keep_their_words():
    application = ApplicationFactory()
    colleague = MembershipFactory(organisation=application.organisation).person
    at_once(
        lambda: actions.save(application, [Change("title", "Titolo nuovo")], by=application.created_by),
        lambda: actions.save(application, [Change("idea", "Idea nuova")], by=colleague, step=2),
    )
    answers = Response.objects.get(pk=application.response_id).answers
    assert (answers["title"], answers["idea"]) == ("Titolo nuovo", "Idea nuova")
    assert application.writers.count() == 2


def test_saving_against_handing_in_never_changes_what_was_frozen():
    application = ApplicationFactory()
    results = at_once(
        lambda: submit(application),
        lambda: actions.save(application, [Change("title", "Cambiato")], by=application.created_by),
    )
    application.refresh_from_db()
    frozen = bytes(application.frozen).decode()
    refused = any(isinstance(result, Refused) for result in results)
    assert ("La portineria leggera" in frozen) == refused
    assert application.title in frozen


def test_answering_while_the_staff_takes_the_request_back_ends_in_one_way():
    request = IntegrationRequestFactory()
    person = request.application.created_by
    secretary = holder(request.application.call.programme, "secretary")
    results = at_once(
        lambda: actions.answer_integration(request, "Eccolo.", by=person),
        lambda: actions.cancel_integration(request, by=secretary),
    )
    request.refresh_from_db()
    assert sum(isinstance(result, Refused) for result in results) == 1
    expected = IntegrationState.CANCELLED if isinstance(results[0], Refused) else IntegrationState.ANSWERED
    assert request.state == expected
    assert Application.objects.get(pk=request.application_id).state == ApplicationState.SUBMITTED


def test_reopening_while_the_call_is_amended_neither_waits_for_ever_nor_fails():
    application = handed_in()
    ConditionFactory(
        call=application.call, kind=ConditionKind.ORGANISATION_KIND, parameters={"kinds": ["startup"]}
    )

    def amend():
        with transaction.atomic():
            call = Call.objects.select_for_update().get(pk=application.call_id)
            call_events.amended.send(Call, call=call)

    at_once(amend, lambda: actions.reopen(application, by=application.created_by), amend)
    application.refresh_from_db()
    assert application.state == ApplicationState.DRAFT


def test_two_who_confirm_at_once_decide_once_and_write_one_letter():
    proposal = ProposalFactory()
    call = proposal.application.call
    second, third = holder(call.programme, "secretary"), holder(call.programme, "manager")
    results = at_once(lambda: two.confirm(proposal, by=second), lambda: two.confirm(proposal, by=third))
    assert sum(isinstance(result, Refused) for result in results) == 1
    assert OutgoingLetter.objects.filter(letter="applications.admitted").count() == 1
    proposal.refresh_from_db()
    assert proposal.application.decided_by == proposal.settled_by


def test_confirmed_by_one_and_sent_back_by_another_at_once_it_is_one_of_the_two():
    proposal = ProposalFactory()
    call = proposal.application.call
    second, third = holder(call.programme, "secretary"), holder(call.programme, "manager")
    results = at_once(
        lambda: two.confirm(proposal, by=second), lambda: two.send_back(proposal, "No.", by=third)
    )
    assert sum(isinstance(result, Refused) for result in results) == 1
    proposal.refresh_from_db()
    admitted = proposal.application.state == ApplicationState.ADMITTED
    assert admitted is (proposal.state == ProposalState.CONFIRMED)


def test_two_who_propose_at_once_leave_one_proposal():
    call = close(open_call(two_persons=True))
    application = handed_in(call)
    people = [holder(call.programme, "secretary") for _time in range(2)]
    results = at_once(*(lambda one=one: actions.admit(application, by=one) for one in people))
    assert sum(isinstance(result, Refused) for result in results) == 1
    assert application.proposals.count() == 1


def test_of_two_who_settle_one_point_at_once_one_reads_the_other():
    call = open_call()
    ConditionFactory(call=call, kind=ConditionKind.STAFF)
    application = handed_in(close(call))
    eligibility.check(application)
    point = application.checks.get()
    people = [holder(call.programme, "secretary") for _time in range(2)]
    results = at_once(
        lambda: actions.settle(point, CheckOutcome.MET, note="Visto.", seen=0, by=people[0]),
        lambda: actions.settle(point, CheckOutcome.NOT_MET, note="Manca.", seen=0, by=people[1]),
    )
    assert sum(isinstance(result, Refused) for result in results) == 1
    point.refresh_from_db()
    assert point.revision == 1


def test_withdrawn_and_confirmed_at_once_leaves_no_proposal_waiting():
    proposal = ProposalFactory()
    application = proposal.application
    second = holder(application.call.programme, "secretary")
    at_once(
        lambda: two.confirm(proposal, by=second),
        lambda: actions.withdraw(application, by=application.created_by),
    )
    application.refresh_from_db()
    proposal.refresh_from_db()
    assert application.state == ApplicationState.WITHDRAWN
    assert proposal.state != ProposalState.WAITING
