"""Winners are revealed on stage one at a time, and no answer holds a name before that."""

import pytest
from django.test import Client
from django.urls import reverse

from tests.api.test_writing import send
from tests.factories.api import program_of
from tests.factories.calls import AwardFactory
from tests.factories.jury import (
    AssignmentFactory,
    ConflictFactory,
    JurorFactory,
    PanelFactory,
    eligible,
    judging_call,
    scored,
)
from tests.factories.pitching import PitchDayFactory, placed
from tests.factories.programmes import holder
from tests.together import at_once
from vivaio.jury.actions import conflicts, places, ranking, scoring
from vivaio.jury.awarding import actions, queries
from vivaio.jury.models import AwardStep, Ranking
from vivaio.jury.queries import panel as panels
from vivaio.jury.states import PanelState
from vivaio.kit import clock
from vivaio.kit.rules import Refused
from vivaio.people.models import Relation

pytestmark = pytest.mark.django_db


@pytest.fixture
def panel():
    made = PanelFactory(call=judging_call(kind="contest", disclosure="everyone"))
    made.call.tracks.update(places=2)
    for number in range(3):
        one = eligible(made.call, title=f"Progetto {number}")
        scored(AssignmentFactory(juror=JurorFactory(panel=made), application=one), 5 - number, 5 - number)
    return made


@pytest.fixture
def day(panel):
    return placed(PitchDayFactory(panel=panel, state="announced"))


@pytest.fixture
def manager(panel):
    return holder(panel.call.programme, "manager")


def decided(panel, manager):
    scoring.close(panel, reason="Tutti hanno votato", by=manager)
    for one in ranking.compute(panel.call, by=manager):
        ranking.adopt(one, by=manager)


def signed_in(person):
    client = Client()
    client.force_login(person)
    return client


def at(day, name, **more):
    call = day.panel.call
    return reverse(f"jury:{name}", kwargs={"programme": call.programme.slug, "call": call.slug, **more})


def press(client, day, step, shown):
    return client.post(at(day, "stage_step", step=step), {"shown": shown})


def test_nobody_is_called_before_a_person_has_adopted_the_verdict(panel, day, manager):
    with pytest.raises(Refused):
        actions.prepare(day, by=manager)
    decided(panel, manager)
    signed_in(manager).post(at(day, "awarding_prepare"))
    assert [one.entry.position for one in AwardStep.objects.order_by("position")] == [2, 1]


def test_a_winner_is_in_no_answer_before_they_are_revealed(panel, day, manager):
    decided(panel, manager)
    AwardFactory(call=panel.call, kind="voucher", title="Voucher", amount=5000)
    client, anyone = signed_in(manager), Client()
    client.post(at(day, "awarding_prepare"))
    assert anyone.get(at(day, "awards")).status_code == 404
    stage = client.get(at(day, "stage")).content.decode()
    assert "Progetto" not in stage
    assert "autofocus" in stage
    press(client, day, "next", 0)
    pages = [
        client.get(at(day, "stage")),
        anyone.get(at(day, "awards")),
        anyone.get(at(day, "awards_lines")),
        anyone.get(reverse("jury:pitch_board", args=[day.screen])),
        anyone.get(reverse("jury:pitch_board_lines", args=[day.screen])),
    ]
    for page in pages:
        words = page.content.decode()
        assert "Progetto 1" in words
        assert "Progetto 0" not in words
    assert "5.000" in pages[0].content.decode()


def test_pressed_twice_one_winner_is_revealed_and_a_slip_is_taken_back(panel, day, manager):
    decided(panel, manager)
    client = signed_in(manager)
    client.post(at(day, "awarding_prepare"))
    press(client, day, "next", 0)
    press(client, day, "next", 0)
    assert AwardStep.objects.filter(revealed_at__isnull=False).count() == 1
    press(client, day, "next", 1)
    assert queries.of(day).state == "done"
    press(client, day, "back", 2)
    assert queries.of(day).state == "under_way"
    press(client, day, "back", 1)
    assert queries.of(day).state == "preparing"
    assert not AwardStep.objects.filter(revealed_at__isnull=False).exists()


@pytest.mark.django_db(transaction=True)
def test_two_presenters_at_once_reveal_one(panel, day, manager):
    decided(panel, manager)
    awarding = actions.prepare(day, by=manager)
    at_once(*[lambda: actions.reveal(awarding, 0, by=manager)] * 2)
    assert AwardStep.objects.filter(revealed_at__isnull=False).count() == 1


def test_whoever_follows_is_answered_304_until_somebody_is_revealed(
    panel, day, manager, django_assert_num_queries
):
    decided(panel, manager)
    client, anyone = signed_in(manager), Client()
    client.post(at(day, "awarding_prepare"))
    press(client, day, "next", 0)
    first = anyone.get(at(day, "awards_lines"))
    with django_assert_num_queries(1):
        same = anyone.get(at(day, "awards_lines"), headers={"If-None-Match": first["ETag"]})
    assert same.status_code == 304
    press(client, day, "next", 1)
    assert (
        "Progetto 0"
        in anyone.get(at(day, "awards_lines"), headers={"If-None-Match": first["ETag"]}).content.decode()
    )


def test_the_order_is_arranged_until_the_first_and_a_verdict_told_on_stage_stays(panel, day, manager):
    decided(panel, manager)
    client = signed_in(manager)
    client.post(at(day, "awarding_prepare"))
    last = AwardStep.objects.order_by("-position").first()
    client.post(at(day, "awarding_shift", pk=last.pk, way="earlier"))
    assert [one.entry.position for one in AwardStep.objects.order_by("position")] == [1, 2]
    press(client, day, "next", 0)
    with pytest.raises(Refused):
        actions.shift(queries.of(day), last.pk, earlier=False, by=manager)
    with pytest.raises(Refused):
        ranking.take_back(Ranking.objects.get(), by=manager)


def test_a_tie_found_after_the_first_winner_was_revealed_does_not_keep_the_ranking_from_being_published(
    panel, day, manager
):
    decided(panel, manager)
    client = signed_in(manager)
    client.post(at(day, "awarding_prepare"))
    press(client, day, "next", 0)
    for juror in panel.jurors.all():
        for sheet in juror.assignments.select_related("application__organisation"):
            Relation.objects.create(
                person=juror.person, organisation=sheet.application.organisation, kind="employment"
            )
            assert not panels.concerned([juror.person_id], sheet.application.organisation_id).exists()
    client.post(at(day, "conflicts_search"))
    client.post(at(day, "publish"))
    assert Ranking.objects.get().state == "published"
    assert not panel.call.applications.filter(assignments__state="recused").exists()


def test_no_conflict_is_recorded_or_set_aside_between_the_first_winner_on_stage_and_the_publication(
    panel, day, manager
):
    first, second, third = panel.jurors.order_by("created_at")
    sheet = first.assignments.get()
    aside = ConflictFactory(juror=second, application=sheet.application, source="recorded", state="dismissed")
    stands = ConflictFactory(juror=third, application=sheet.application, source="recorded")
    decided(panel, manager)
    client = signed_in(manager)
    client.post(at(day, "awarding_prepare"))
    press(client, day, "next", 0)
    said = {"juror": first.pk, "application": sheet.application_id, "reason": "Sono parenti, detto in sala."}
    refused = client.post(at(day, "conflict_record"), said)
    assert refused.status_code == 422
    assert "annunciato sul palco chi vince" in refused.content.decode()
    client.post(at(day, "conflict_reinstate", pk=aside.pk))
    client.post(at(day, "conflict", pk=stands.pk), {"reason": "Non sono parenti, verificato."})
    page = client.get(at(day, "conflicts")).content.decode()
    assert "annunciato sul palco chi vince" in page
    assert at(day, "conflict_record") not in page
    own = send(program_of(first.person), "put", f"/jury/seats/{first.pk}/conflicts", {"applications": []})
    assert own.status_code == 409, "jurors declare until scoring closes"
    assert not first.conflicts.exists()
    aside.refresh_from_db()
    stands.refresh_from_db()
    assert (aside.state, stands.state) == ("dismissed", "standing")
    client.post(at(day, "publish"))
    assert Ranking.objects.get().state == "published"


def test_a_conflict_is_recorded_once_a_slip_on_stage_was_taken_back(panel, day, manager):
    decided(panel, manager)
    client = signed_in(manager)
    client.post(at(day, "awarding_prepare"))
    press(client, day, "next", 0)
    sheet = panel.jurors.first().assignments.get()
    with pytest.raises(Refused, match="palco"):
        conflicts.record(sheet.juror, sheet.application, reason="Sono parenti stretti.", by=manager)
    press(client, day, "back", 1)
    conflicts.record(sheet.juror, sheet.application, reason="Sono parenti stretti.", by=manager)
    sheet.refresh_from_db()
    assert sheet.state == "recused"


def test_nobody_else_stands_on_the_stage(panel, day, manager):
    decided(panel, manager)
    actions.prepare(day, by=manager)
    juror = panel.jurors.first().person
    assert signed_in(juror).get(at(day, "stage")).status_code == 404
    assert press(signed_in(juror), day, "next", 0).status_code == 404
    auditor = holder(panel.call.programme, "auditor")
    assert signed_in(auditor).get(at(day, "stage")).status_code == 404
    press(signed_in(auditor), day, "next", 0)
    assert not AwardStep.objects.filter(revealed_at__isnull=False).exists()
    assert panel.call.panel.state in PanelState.values


def test_the_names_of_winners_leave_with_the_published_ranking(panel, day, manager):
    decided(panel, manager)
    client, anyone = signed_in(manager), Client()
    client.post(at(day, "awarding_prepare"))
    press(client, day, "next", 0)
    places.publish(panel.call, by=manager)
    panel.call.refresh_from_db()
    board = reverse("jury:pitch_board_lines", args=[day.screen])
    told = anyone.get(board)
    assert "Progetto 1" in told.content.decode()
    assert at(day, "awards") in anyone.get(at(day, "pitch_public")).content.decode()
    with clock.rehearsing(panel.call.ranking_public_until):
        assert anyone.get(at(day, "awards")).status_code == 404
        assert anyone.get(at(day, "awards_lines")).status_code == 404
        assert at(day, "awards") not in anyone.get(at(day, "pitch_public")).content.decode()
        after = anyone.get(board, headers={"If-None-Match": told["ETag"]})
        assert (after.status_code, "Progetto" in after.content.decode()) == (200, False)
