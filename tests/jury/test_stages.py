"""From one stage of a call to the next: who goes on, once and with their answers; the jury and its conflicts along."""

import datetime as dt

import pytest
from django.urls import reverse

from tests.factories.calls import CallFactory
from tests.factories.jury import AssignmentFactory, ConflictFactory, scored
from tests.factories.programmes import holder
from tests.factories.questionnaires import FormVersionFactory
from tests.jury.verdicts import Judged
from tests.together import at_once
from vivaio.applications import actions as applications
from vivaio.applications.models import Application
from vivaio.applications.states import ApplicationState
from vivaio.calls import actions as calls
from vivaio.calls.models import Call
from vivaio.calls.states import CallState, GoingOn
from vivaio.journal.models import Record
from vivaio.jury.actions import conflicts, places
from vivaio.jury.advancing import actions, panels
from vivaio.jury.models import Clearance, Conflict, Juror, RankingEntry
from vivaio.jury.states import ConflictSource, ConflictState, JurorState, Outcome, PlaceState
from vivaio.kit import clock
from vivaio.kit.rules import Refused
from vivaio.mailroom.models import OutgoingLetter
from vivaio.mailroom.states import State

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]

HOUR, DAY = dt.timedelta(hours=1), dt.timedelta(days=1)
EQUALS = {"tie_breaks": ["earlier_submission"]}


def stage_after(before, name, **fields):
    """A stage that follows, open for a week, its jury waiting."""
    made = Judged(
        programme=before.call.programme, follows=before.call, stage_name=name, **{**EQUALS, **fields}
    )
    made.track.key = before.track.key
    made.track.save()
    made.call.opens_at, made.call.closes_at = clock.now() - HOUR, clock.now() + 7 * DAY
    made.call.scoring_opens_at = made.call.scoring_closes_at = None
    made.call.save()
    before.call.refresh_from_db()
    return made


def ended(places=2, applicants=3, told=True, **fields):
    """Two stages; the first published and told, its applications all of the same score, the earliest first."""
    first = Judged(places=places, minimum=0, stage_name="Pre-selection", **{**EQUALS, **fields})
    second = stage_after(first, "Proposal")
    for number in range(applicants):
        first.apply(f"A{number}", (5, 5), (5, 5))
    first.publish()
    if told:
        first.tell()
    return first, second


def on(stage):
    return Application.objects.filter(call=stage.call).order_by("created_at")


def test_three_stages_from_twelve_to_six_to_three_to_the_places():
    first = Judged(places=6, minimum=0, stage_name="Pre-selection", **EQUALS)
    second = stage_after(first, "Proposal", places=3, minimum=0)
    third = stage_after(second, "Pitch", places=1, minimum=0)
    for number in range(12):
        first.apply(f"A{number}", (5, 5), (5, 5))
    first.publish()
    first.tell()
    assert RankingEntry.objects.filter(ranking__call=first.call, place=PlaceState.NONE).count() == 12
    assert len(actions.let_go_on(first.call, by=first.manager)) == 6
    through(second, 6)
    assert len(actions.let_go_on(second.call, by=second.manager)) == 3
    through(third, 3)
    final = third.entries()
    assert [entry.outcome for entry in final] == [Outcome.SELECTED, Outcome.RESERVE, Outcome.RESERVE]
    assert final[0].place == PlaceState.OFFERED
    assert final[0].get_outcome_display() == "Selected"
    assert [str(one.application) for one in final] == ["Progetto A0", "Progetto A1", "Progetto A2"]
    with pytest.raises(Refused, match="No stage comes after"):
        actions.let_go_on(third.call, by=third.manager)


def through(stage, n):
    """Every draft of the stage is handed in, admitted, scored; the ranking is published and told."""
    drafts = list(on(stage))
    assert len(drafts) == n
    for draft in drafts:
        applications.submit(draft, by=draft.created_by, declared=True, noticed=True)
        Application.objects.filter(pk=draft.pk).update(state=ApplicationState.ADMITTED)
        for juror in stage.jurors:
            scored(AssignmentFactory(juror=juror, application=draft), 5, 5)
    Call.objects.filter(pk=stage.call.pk).update(closes_at=clock.now())
    stage.call.refresh_from_db()
    stage.publish()
    stage.tell()


def test_a_draft_goes_on_with_its_team_its_answers_and_a_letter():
    first, second = ended()
    before = first.entry("A0").application
    opened = actions.let_go_on(first.call, by=first.manager)
    draft = Application.objects.get(continues=before)
    assert draft in opened
    assert (draft.state, draft.organisation, draft.track) == ("draft", before.organisation, second.track)
    assert draft.response.version == second.call.form
    assert draft.response.answers["title"] == before.response.answers["title"]
    assert str(draft) == str(before)
    letters = OutgoingLetter.objects.filter(letter="applications.goes_on")
    assert letters.count() == 2
    assert letters.filter(owner=second.call.pk).count() == 2, "they are among the letters of the stage"
    assert not letters.filter(state=State.HELD).exists()
    assert "Proposal" in letters.first().subject


def test_letters_are_held_where_asked_for():
    first, _second = ended()
    actions.let_go_on(first.call, by=first.manager, hold=True)
    assert set(
        OutgoingLetter.objects.filter(letter="applications.goes_on").values_list("state", flat=True)
    ) == {State.HELD}


def test_pressed_again_nothing_is_doubled():
    first, second = ended()
    assert len(actions.let_go_on(first.call, by=first.manager)) == 2
    assert actions.let_go_on(first.call, by=first.manager) == []
    assert on(second).count() == 2
    assert OutgoingLetter.objects.filter(letter="applications.goes_on").count() == 2
    assert Record.objects.filter(verb="jury.let_go_on").count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_managers_who_press_at_once_open_each_draft_once():
    first, second = ended()
    other = holder(first.call.programme, "manager")
    done = at_once(
        lambda: actions.let_go_on(Call.objects.get(pk=first.call.pk), by=first.manager),
        lambda: actions.let_go_on(Call.objects.get(pk=first.call.pk), by=other),
    )
    assert sorted(len(one) for one in done) == [0, 2]
    assert on(second).count() == 2


def test_nobody_goes_on_before_the_ranking_is_published_and_everybody_told():
    first, second = ended(told=False)
    with pytest.raises(Refused, match="wait to be released"):
        actions.let_go_on(first.call, by=first.manager)
    first.tell()
    Call.objects.filter(pk=second.call.pk).update(state=CallState.DRAFT)
    with pytest.raises(Refused, match="still being prepared"):
        actions.let_go_on(Call.objects.get(pk=first.call.pk), by=first.manager)
    Call.objects.filter(pk=second.call.pk).update(state=CallState.PUBLISHED, closes_at=clock.now())
    with pytest.raises(Refused, match="closed"):
        actions.let_go_on(Call.objects.get(pk=first.call.pk), by=first.manager)
    assert not on(second).exists()


@pytest.mark.parametrize("role", ["juror", "auditor", None])
def test_who_does_not_publish_rankings_lets_nobody_go_on(role):
    first, second = ended()
    person = holder(first.call.programme, role) if role else holder(CallFactory().programme, "manager")
    with pytest.raises(Refused):
        actions.let_go_on(first.call, by=person)
    assert not on(second).exists()


def test_nobody_begins_in_a_later_stage():
    first, second = ended()
    person = first.entry("A0").application.created_by
    track = second.track
    track.call = second.call
    with pytest.raises(Refused, match="Only those who were selected in “Pre-selection”"):
        applications.start(track, by=person, organisation=first.entry("A0").application.organisation)


def test_in_a_stage_nobody_has_a_place_and_letters_say_goes_on():
    first, _second = ended(told=False)
    assert [entry.get_outcome_display() for entry in first.entries()] == ["Goes on", "Goes on", "Reserve"]
    assert set(OutgoingLetter.objects.filter(state=State.HELD).values_list("letter", flat=True)) == {
        "jury.outcome_goes_on",
        "jury.outcome_stage_reserve",
    }
    assert not RankingEntry.objects.exclude(place=PlaceState.NONE).exists()
    with pytest.raises(Refused, match="No place"):
        places.accept(first.entry("A0"), by=first.entry("A0").application.created_by)


def test_all_above_the_minimum_go_on_where_the_stage_says_so():
    first = Judged(places=1, minimum=80, stage_name="Pre", going_on=GoingOn.THRESHOLD, **EQUALS)
    second = stage_after(first, "Proposal")
    for number in range(3):
        first.apply(f"A{number}", (5, 5), (5, 5))
    first.apply("Low", (2, 2), (2, 2))
    first.publish()
    first.tell()
    assert first.outcomes() == [Outcome.SELECTED] * 3 + [Outcome.NOT_SELECTED]
    actions.let_go_on(first.call, by=first.manager)
    assert on(second).count() == 3


def test_the_reserve_moves_up_in_order_when_somebody_withdraws():
    first, second = ended(places=2, applicants=4)
    actions.let_go_on(first.call, by=first.manager)
    reserves = [first.entry("A2"), first.entry("A3")]
    with pytest.raises(Refused, match="Nobody of this track has withdrawn"):
        actions.let_reserve_go_on(reserves[0], by=first.manager)
    gone = Application.objects.get(continues=first.entry("A0").application)
    applications.withdraw(gone, by=gone.created_by)
    with pytest.raises(Refused):
        actions.let_reserve_go_on(reserves[1], by=first.manager)
    actions.let_reserve_go_on(reserves[0], by=first.manager)
    with pytest.raises(Refused):
        actions.let_reserve_go_on(reserves[0], by=first.manager)
    with pytest.raises(Refused):
        actions.let_reserve_go_on(reserves[1], by=first.manager)
    assert Application.objects.filter(continues=reserves[0].application).count() == 1
    with pytest.raises(Refused, match="withdrawn from this stage"):
        applications.reopen(Application.objects.get(pk=gone.pk), by=gone.created_by)
    assert on(second).exclude(state="withdrawn").count() == 2


def test_an_organisation_with_two_applications_goes_on_with_both():
    first = Judged(places=2, minimum=0, stage_name="Pre", **EQUALS)
    second = stage_after(first, "Proposal")
    one = first.apply("A0", (5, 5), (5, 5))
    two = first.apply("A1", (5, 5), (5, 5))
    Application.objects.filter(pk=two.pk).update(organisation=one.organisation)
    first.publish()
    first.tell()
    actions.let_go_on(first.call, by=first.manager)
    assert on(second).filter(organisation=one.organisation).count() == 2


def test_a_stage_awards_nothing_and_its_form_stays_once_answered():
    first, second = ended()
    actions.let_go_on(first.call, by=first.manager)
    other = FormVersionFactory(form__programme=first.call.programme)
    Call.objects.filter(pk=second.call.pk).update(opens_at=clock.now() + DAY)
    with pytest.raises(Refused, match="answer its form"):
        calls.amend(Call.objects.get(pk=second.call.pk), {"form": other}, by=first.manager)


def test_what_earlier_stages_decided_of_conflicts_holds():
    first, second = ended()
    first_juror = first.jurors[0]
    same = {"person": first_juror.person, "email": first_juror.email, "state": JurorState.ACCEPTED}
    juror = Juror.objects.create(panel=second.panel, **same)
    kept = ConflictFactory(juror=first_juror, application=first.entry("A0").application, reason="Cousins.")
    aside = ConflictFactory(
        juror=first_juror, application=first.entry("A1").application, state=ConflictState.DISMISSED,
        source=ConflictSource.FOUND, grounds=[{"ground": "domain", "domain": "a.it"}], decision_reason="Shared host.",
    )  # fmt: skip
    Clearance.objects.create(panel=first.panel, application=kept.application, reason="Known.")
    actions.let_go_on(first.call, by=first.manager)
    conflicts.search(second.panel)
    assert not Conflict.objects.filter(juror__panel=second.panel).exists()  # drafts are private
    for draft in on(second):
        applications.submit(draft, by=draft.created_by, declared=True, noticed=True)
    here = Conflict.objects.filter(juror=juror)
    assert here.get(application__continues=kept.application).reason == "Cousins."
    assert here.get(application__continues=aside.application).state == ConflictState.DISMISSED
    assert Clearance.objects.get(application__continues=kept.application).reason == "Known."
    conflicts.search(second.panel)
    assert here.count() == 2


def test_the_history_of_such_decisions_goes_with_them_once():
    first, second = ended()
    seat, application = first.jurors[0], first.entry("A0").application
    juror = Juror.objects.create(
        panel=second.panel, person=seat.person, email=seat.email, state=JurorState.ACCEPTED
    )
    aside = conflicts.record(seat, application, reason="Their cousins own it.", by=first.manager)
    conflicts.dismiss(aside, reason="They sold it years ago.", by=first.manager)
    Clearance.objects.create(panel=first.panel, application=application, reason="Known.")
    actions.let_go_on(first.call, by=first.manager)
    for draft in on(second):
        applications.submit(draft, by=draft.created_by, declared=True, noticed=True)
    told = second.panel.conflict_decisions.filter(juror=juror)
    assert [one.reason for one in told] == ["Their cousins own it.", "They sold it years ago."]
    earlier = first.panel.conflict_decisions.values_list("created_at", flat=True)
    assert [one.created_at for one in told] == list(earlier)
    here = Clearance.objects.get(application__continues=application)
    conflicts.withdraw_clearance(here, by=second.manager)
    conflicts.search(second.panel)
    assert not Clearance.objects.filter(application__continues=application).exists()
    assert told.count() == 2


def test_the_jury_of_the_stage_before_is_invited_by_one_press_once():
    first, second = ended()
    second.panel.delete()
    invited = panels.copy_jury(second.call, by=second.manager)
    assert {one.email for one in invited} == {one.email for one in first.jurors}
    with pytest.raises(Refused, match="already"):
        panels.copy_jury(second.call, by=second.manager)
    with pytest.raises(Refused, match="no jurors"):
        panels.copy_jury(first.call, by=first.manager)


def test_the_staffs_page_opens_the_next_stage_and_the_applicants_page_tells_it(client):
    first, _second = ended(applicants=4)
    client.force_login(first.manager)
    page = reverse("jury:go_on", args=[first.call.programme.slug, first.call.slug])
    assert "2 to go on" in client.get(page).content.decode()
    shown = client.post(page, follow=True).content.decode()
    assert "2 applications go on." in shown
    assert "2 have gone on" in shown
    home = client.get(
        reverse("calls:manage", args=[first.call.programme.slug, first.call.slug])
    ).content.decode()
    assert "2 went on." in home
    draft = Application.objects.get(continues=first.entry("A0").application)
    applications.withdraw(draft, by=draft.created_by)
    up = reverse("jury:move_up", args=[first.call.programme.slug, first.call.slug, first.entry("A2").pk])
    assert up in client.get(page).content.decode()
    client.post(up)
    assert Application.objects.filter(continues=first.entry("A2").application).exists()
    client.force_login(first.entry("A1").application.created_by)
    mine = client.get(
        reverse("applications:application", args=[first.entry("A1").application_id])
    ).content.decode()
    assert "It went on from here." in mine
    outcome = client.get(reverse("jury:outcome", args=[first.entry("A1").application_id])).content.decode()
    assert "You go on to “Proposal”" in outcome


def test_people_of_elsewhere_find_no_page(client):
    first, _second = ended(applicants=1)
    client.force_login(holder(CallFactory().programme, "manager"))
    page = reverse("jury:go_on", args=[first.call.programme.slug, first.call.slug])
    assert client.get(page).status_code == 404
    assert client.post(page).status_code == 404
    up = reverse("jury:move_up", args=[first.call.programme.slug, first.call.slug, first.entry("A0").pk])
    assert client.post(up).status_code == 404
