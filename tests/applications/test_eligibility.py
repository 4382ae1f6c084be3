"""Conditions found out, decisions taken and taken back, letters held."""

import datetime as dt

import pytest
from django.urls import reverse

from tests.factories.applications import ApplicationFactory, close, handed_in, open_call
from tests.factories.calls import ConditionFactory, TrackFactory
from tests.factories.people import MembershipFactory, OrganisationFactory
from tests.factories.programmes import holder
from vivaio.applications import actions, eligibility, events
from vivaio.applications.states import ApplicationState, CheckOutcome
from vivaio.calls.states import ConditionKind
from vivaio.kit.rules import Refused
from vivaio.mailroom import actions as mailroom
from vivaio.mailroom.models import OutgoingLetter
from vivaio.people.states import OrganisationKind

pytestmark = pytest.mark.django_db
MET, NOT_MET, UNKNOWN = CheckOutcome.MET, CheckOutcome.NOT_MET, CheckOutcome.UNKNOWN


def outcome(kind, parameters, **organisation):
    application = handed_in(organisation=OrganisationFactory(**organisation))
    condition = ConditionFactory(call=application.call, kind=kind, parameters=parameters)
    return eligibility.compute(condition, application)


@pytest.mark.parametrize(
    ("kind", "parameters", "organisation", "expected"),
    [
        (ConditionKind.ORGANISATION_KIND, {"kinds": ["cooperative"]}, {}, MET),
        (ConditionKind.ORGANISATION_KIND, {"kinds": ["startup"]}, {}, NOT_MET),
        (ConditionKind.SEAT, {"provinces": ["mi", "MB"]}, {"province": "MI"}, MET),
        (ConditionKind.SEAT, {"provinces": ["BG"]}, {"province": "MI"}, NOT_MET),
        (ConditionKind.SEAT, {"provinces": ["BG"], "municipalities": ["milano"]}, {"province": "MI"}, MET),
        (ConditionKind.SEAT, {"countries": ["IT"]}, {"country": "FR"}, NOT_MET),
        (ConditionKind.SEAT, {"provinces": ["MI"]}, {"province": "", "municipality": ""}, UNKNOWN),
        (ConditionKind.FOUNDED_AFTER, {"date": "2015-01-01"}, {"founded_on": dt.date(2015, 1, 2)}, MET),
        (ConditionKind.FOUNDED_AFTER, {"date": "2015-01-01"}, {"founded_on": dt.date(2015, 1, 1)}, NOT_MET),
        (ConditionKind.FOUNDED_AFTER, {"date": "2015-01-01"}, {"founded_on": None}, UNKNOWN),
        (ConditionKind.FOUNDED_AFTER, {"date": "nonsense"}, {"founded_on": dt.date(2015, 1, 1)}, UNKNOWN),
        (ConditionKind.IDENTIFIED, {}, {"vat_number": "00743110157"}, MET),
        (ConditionKind.IDENTIFIED, {}, {"vat_number": "00743110158"}, NOT_MET),
        (ConditionKind.IDENTIFIED, {}, {}, NOT_MET),
        (ConditionKind.IDENTIFIED, {}, {"country": "FR", "vat_number": "FR40303265045"}, UNKNOWN),
        (ConditionKind.ANSWER, {"expression": "${sector} = 'housing'"}, {}, MET),
        (ConditionKind.ANSWER, {"expression": "${sector} = 'culture'"}, {}, NOT_MET),
        (ConditionKind.ANSWER, {"expression": "${nothing} ="}, {}, UNKNOWN),
        (ConditionKind.ANSWER, {}, {}, UNKNOWN),
        (ConditionKind.STAFF, {}, {}, UNKNOWN),
    ],
)
def test_conditions_are_found_out(kind, parameters, organisation, expected):
    assert outcome(kind, parameters, **organisation) == expected


def test_one_each_looks_at_both_applications_and_again_when_one_is_withdrawn():
    call = open_call()
    ConditionFactory(call=call, kind=ConditionKind.ONE_EACH)
    first = ApplicationFactory(call=call)
    second = ApplicationFactory(
        call=call, track=TrackFactory(call=call), organisation=first.organisation, membership=None
    )
    person = first.created_by
    for application in (first, second):
        actions.submit(application, by=person, declared=True, noticed=True)
    assert first.checks.get().outcome == NOT_MET
    assert second.checks.get().outcome == NOT_MET
    actions.withdraw(second, by=person)
    assert first.checks.get().outcome == MET


def test_a_condition_of_one_track_leaves_the_others_alone():
    call = open_call()
    other = TrackFactory(call=call)
    ConditionFactory(call=call, track=other, kind=ConditionKind.STAFF)
    application = ApplicationFactory(call=call)
    actions.submit(application, by=application.created_by, declared=True, noticed=True)
    assert not application.checks.exists()


@pytest.fixture
def waiting():
    """An application of a closed call with one condition that only a person can check, and a secretary."""
    call = open_call()
    ConditionFactory(call=call, title="Opera a Milano")
    application = handed_in(call)
    eligibility.check(application)
    close(call)
    return application, holder(call.programme, "secretary")


def test_confirming_settles_what_only_a_person_can_check(waiting):
    application, secretary = waiting
    actions.admit(application, by=secretary)
    application.refresh_from_db()
    assert application.state == ApplicationState.ADMITTED
    assert application.decided_by == secretary
    check = application.checks.get()
    assert (check.outcome, check.decided_by) == (MET, secretary)
    letter = OutgoingLetter.objects.get(letter="applications.admitted")
    assert letter.state == "queued"


def test_a_condition_not_met_stands_against_confirming_until_somebody_settles_it(waiting):
    application, secretary = waiting
    check = application.checks.get()
    actions.settle(check, NOT_MET, note="Opera a Torino.", by=secretary)
    with pytest.raises(Refused, match="Opera a Milano"):
        actions.admit(application, by=secretary)
    actions.settle(check, MET, note="Ha una sede a Milano.", by=secretary)
    assert actions.admit(application, by=secretary).state == ApplicationState.ADMITTED


def test_what_a_person_settled_survives_a_new_computation(waiting):
    application, secretary = waiting
    actions.settle(application.checks.get(), MET, by=secretary)
    actions.recheck(application, by=secretary)
    check = application.checks.get()
    assert (check.computed, check.outcome) == (UNKNOWN, MET)


def test_excluding_needs_a_reason_and_its_letter_is_held(waiting):
    application, secretary = waiting
    with pytest.raises(Refused):
        actions.exclude(application, "  ", by=secretary)
    actions.exclude(application, "La sede è fuori dal territorio (articolo 3).", by=secretary)
    letter = OutgoingLetter.objects.get(letter="applications.excluded")
    assert letter.state == "held"
    assert "articolo 3" in letter.text


def test_a_decision_taken_back_cancels_its_held_letter(waiting):
    application, secretary = waiting
    actions.exclude(application, "Fuori territorio.", by=secretary)
    actions.undecide(application, by=secretary)
    application.refresh_from_db()
    assert application.state == ApplicationState.SUBMITTED
    assert application.decision_reason == ""
    assert OutgoingLetter.objects.get(letter="applications.excluded").state == "cancelled"
    actions.admit(application, by=secretary)
    actions.undecide(application, by=secretary)
    actions.exclude(application, "Fuori territorio.", by=secretary)
    held = OutgoingLetter.objects.filter(letter="applications.excluded", state="held")
    assert held.count() == 1


def team_reads(client, application):
    """The team's page, its list and the words of both."""
    client.force_login(application.created_by)
    pages = (application.get_absolute_url(), reverse("applications:mine"))
    return " ".join(client.get(page).content.decode() for page in pages)


def test_the_team_reads_of_its_exclusion_when_the_letter_is_released(waiting, client):
    application, secretary = waiting
    actions.exclude(application, "Fuori territorio.", by=secretary)
    application.refresh_from_db()
    assert application.told_state == ApplicationState.SUBMITTED
    held = team_reads(client, application)
    assert "Fuori territorio." not in held
    assert "Non ammissibile" not in held
    mailroom.release(OutgoingLetter.objects.get(state="held").batch, by=secretary)
    application.refresh_from_db()
    assert application.told_state == ApplicationState.EXCLUDED
    assert "Fuori territorio." in team_reads(client, application)


def test_an_exclusion_whose_letter_is_cancelled_is_told_by_the_page(waiting, client):
    application, secretary = waiting
    actions.exclude(application, "Fuori territorio.", by=secretary)
    mailroom.cancel(OutgoingLetter.objects.get(state="held").pk, by=secretary)
    assert "Fuori territorio." in team_reads(client, application)


def test_a_team_that_was_not_told_withdraws_and_its_letter_never_leaves(waiting):
    application, secretary = waiting
    actions.exclude(application, "Fuori territorio.", by=secretary)
    actions.withdraw(application, by=application.created_by)
    application.refresh_from_db()
    assert (application.state, application.decision_reason) == (ApplicationState.WITHDRAWN, "")
    assert OutgoingLetter.objects.get(letter="applications.excluded").state == "cancelled"


def test_the_jury_can_keep_a_decision_from_being_taken_back(waiting):
    application, secretary = waiting
    actions.admit(application, by=secretary)

    def against(sender, application, **more):
        raise Refused("Jurors have scored it.")

    events.undecided.connect(against)
    try:
        with pytest.raises(Refused, match="Jurors"):
            actions.undecide(application, by=secretary)
    finally:
        events.undecided.disconnect(against)
    application.refresh_from_db()
    assert application.state == ApplicationState.ADMITTED


def test_nobody_decides_before_the_call_has_closed():
    application = handed_in()
    with pytest.raises(Refused):
        actions.admit(application, by=holder(application.call.programme, "secretary"))


@pytest.mark.parametrize("role", ["evaluator", "auditor", "juror", "community_manager"])
def test_other_roles_decide_nothing(waiting, role):
    application, _secretary = waiting
    with pytest.raises(Refused):
        actions.exclude(application, "No.", by=holder(application.call.programme, role))


def test_nobody_decides_on_their_own_organisation(waiting):
    application, secretary = waiting
    MembershipFactory(organisation=application.organisation, person=secretary)
    with pytest.raises(Refused):
        actions.admit(application, by=secretary)


def test_confirming_many_leaves_out_what_is_not_ready():
    call = open_call()
    ConditionFactory(
        call=call, kind=ConditionKind.ORGANISATION_KIND, parameters={"kinds": [OrganisationKind.COOPERATIVE]}
    )
    good = [handed_in(call) for _time in range(3)]
    bad = handed_in(call, organisation=OrganisationFactory(kind=OrganisationKind.COMPANY))
    for application in (*good, bad):
        eligibility.check(application)
    secretary = holder(close(call).programme, "secretary")
    done = actions.admit_all(call, [one.pk for one in (*good[:2], bad)], by=secretary)
    assert (done.count, done.left) == (2, [])
    states = [type(bad).objects.get(pk=one.pk).state for one in (*good, bad)]
    assert states == ["admitted", "admitted", "submitted", "submitted"]


def test_an_amended_call_has_its_conditions_computed_again():
    from vivaio.calls import events as calls

    application = handed_in()
    ConditionFactory(
        call=application.call, kind=ConditionKind.ORGANISATION_KIND, parameters={"kinds": ["cooperative"]}
    )
    calls.amended.send(type(application.call), call=application.call)
    assert application.checks.get().outcome == MET
