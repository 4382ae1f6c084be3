"""Requests and matching: what is asked, who is proposed and why, who decides, what two at once do."""

import datetime as dt
from functools import partial

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse
from django.utils.translation import override
from procrastinate.contrib.django.models import ProcrastinateJob

from tests.factories.experts import (
    CompetenceFactory,
    ExpertFieldFactory,
    ProposalFactory,
    asked_by,
    expert_in,
    wish,
)
from tests.factories.initiatives import InitiativeFactory, led
from tests.factories.people import RelationFactory
from tests.factories.programmes import ProgrammeFactory, holder
from tests.together import at_once
from vivaio.experts import fit, jobs, planning
from vivaio.experts.actions import adjusting, bank
from vivaio.experts.actions import matching as actions
from vivaio.experts.models import ExpertRequest, MatchingRound, Proposal
from vivaio.experts.states import ProposalState, RequestState, RoundState
from vivaio.journal.models import Record
from vivaio.kit import clock
from vivaio.kit.rules import Refused
from vivaio.mailroom.models import OutgoingLetter
from vivaio.people.models import Relation
from vivaio.programmes.models import Programme, RoleHolding

pytestmark = pytest.mark.django_db


class Scene:
    """A programme with a manager, a competence, and an initiative with its leader."""

    def __init__(self):
        self.programme = ProgrammeFactory()
        self.manager = holder(self.programme, "community_manager", given_name="Bruna", family_name="Sala")
        field = ExpertFieldFactory(programme=self.programme)
        self.statutes, self.brands = CompetenceFactory(field=field), CompetenceFactory(field=field)
        self.initiative, self.leader = led(programme=self.programme)

    def request(self, **fields):
        return asked_by(fields.pop("initiative", self.initiative), self.statutes, **fields)

    def expert(self, **fields):
        return expert_in(self.programme, self.statutes, **fields)

    def compute(self, by=None, seen="", **more):
        given = {"objective": "fair", "sends_next": False} | more
        return actions.compute(self.programme, seen=seen, by=by or self.manager, **given)


@pytest.fixture
def scene():
    return Scene()


def signed_in(person):
    client = Client()
    client.force_login(person)
    return client


def url(name, *arguments):
    return reverse(f"experts:{name}", args=arguments)


def test_a_team_asks_the_programme_refines_and_the_teams_words_are_kept(scene):
    team, staff = signed_in(scene.leader), signed_in(scene.manager)
    team.post(url("ask", scene.initiative.pk), wish(scene.statutes, send="yes"))
    request = ExpertRequest.objects.get()
    assert request.state == RequestState.ASKED
    assert OutgoingLetter.objects.filter(letter="experts.request_sent", person=scene.manager.pk).exists()
    staff.post(url("edit_request", request.pk), wish(scene.brands, title="Statuto e marchio"))
    staff.post(url("act_on_request", request.pk, "open"))
    request.refresh_from_db()
    assert (request.title, request.state) == ("Statuto e marchio", RequestState.OPEN)
    page = team.get(url("request", request.pk)).content.decode()
    assert "Statuto e marchio" in page
    assert "Uno statuto" in page
    assert "Statuto e marchio" in team.get(url("tab", scene.initiative.pk)).content.decode()


def test_who_fits_is_shown_with_reasons_and_who_is_tied_is_not_proposed(scene):
    request = scene.request()
    good = scene.expert(person__family_name="Corti")
    tied = scene.expert(person__family_name="Legata")
    RelationFactory(person=tied.person, organisation=scene.initiative.organisation)
    page = signed_in(scene.manager).get(url("request", request.pk)).content.decode()
    assert "Corti" in page
    assert str(scene.statutes) in page
    assert url("propose", request.pk, good.pk) in page
    assert url("propose", request.pk, tied.pk) not in page
    with pytest.raises(Refused):
        actions.propose(request, tied, by=scene.manager)


def test_match_all_keeps_to_everybodys_hours_and_is_sent_once(scene):
    requests = [scene.request(), scene.request(initiative=InitiativeFactory(programme=scene.programme))]
    small, large = scene.expert(hours_a_month=3), scene.expert(hours_a_month=3)
    staff = signed_in(scene.manager)
    staff.post(url("matching", scene.programme.slug), {"objective": "fair"})
    found = MatchingRound.objects.get()
    jobs.work_out(str(found.pk))
    pairs = found.proposals.values_list("request", "profile")
    assert {pair[0] for pair in pairs} == {one.pk for one in requests}
    assert {pair[1] for pair in pairs} == {small.pk, large.pk}, "three hours each: nobody takes both"
    assert not OutgoingLetter.objects.filter(letter="experts.proposed").exists()
    staff.post(url("send_round", scene.programme.slug), {"seen": str(found.pk)})
    staff.post(url("send_round", scene.programme.slug), {"seen": str(found.pk)})
    assert OutgoingLetter.objects.filter(letter="experts.proposed").count() == 2
    assert set(Proposal.objects.values_list("state", flat=True)) == {ProposalState.SENT}


def test_a_matching_is_worked_out_later_and_the_page_waits_for_it(scene):
    scene.request(), scene.expert()
    staff, address = signed_in(scene.manager), url("matching", scene.programme.slug)
    page = staff.post(address, {"objective": "fair"}, follow=True).content.decode()
    assert "L’abbinamento è in corso" in page
    assert 'hx-trigger="every 2s"' in page
    assert "Calcola e guarda" not in page
    again = staff.post(address, {"objective": "total"}, follow=True).content.decode()
    assert "ha già chiesto un abbinamento" in again
    found = MatchingRound.objects.get()
    (queued,) = ProcrastinateJob.objects.filter(task_name="experts.work_out")
    for _time in ("once", "again"):
        jobs.work_out(**queued.args)
        assert Proposal.objects.get().round == found
    page = staff.get(address).content.decode()
    assert "hx-trigger" not in page.partition('id="matching"')[2]
    assert "Che cosa si proporrebbe" in page
    assert str(Proposal.objects.get().profile) in page


def test_one_that_fails_is_told_and_what_was_looked_at_stands(scene):
    scene.request(), scene.expert()
    before = scene.compute()
    staff, address = signed_in(scene.manager), url("matching", scene.programme.slug)
    staff.post(address, {"objective": "fair", "seen": str(before.pk)})
    RoleHolding.objects.filter(person=scene.manager).delete()
    jobs.work_out(str(MatchingRound.objects.get(state=RoundState.COMPUTING).pk))
    page = signed_in(holder(scene.programme, "manager")).get(address).content.decode()
    assert "Non è stato possibile calcolare l’abbinamento" in page
    assert "Bruna Sala, che lo aveva chiesto, non può più abbinare" in page
    assert str(before.proposals.get().profile) in page
    assert "Calcola e guarda" in page
    assert Record.objects.filter(verb="experts.round_failed").exists()


def test_one_whose_worker_died_gives_way_after_a_while(scene, time_machine):
    scene.request(), scene.expert()
    given = {"objective": "fair", "sends_next": False, "seen": "", "by": scene.manager}
    lost = actions.begin(scene.programme, **given)
    with pytest.raises(Refused, match="Bruna Sala"):
        actions.begin(scene.programme, **given)
    time_machine.move_to(clock.now() + dt.timedelta(minutes=16))
    page = signed_in(scene.manager).get(url("matching", scene.programme.slug)).content.decode()
    assert "Non è stato possibile" in page
    found = actions.begin(scene.programme, **given)
    jobs.work_out(str(lost.pk))
    assert not Proposal.objects.exists()
    jobs.work_out(str(found.pk))
    assert Proposal.objects.get().round == found


def test_a_lock_stays_and_what_is_ruled_out_does_not_come_back(scene):
    request = scene.request()
    weak, strong = scene.expert(sectors=[]), expert_in(scene.programme, scene.statutes, scene.brands, level=3)
    first = scene.compute()
    one = first.proposals.get()
    actions.bar(one, by=scene.manager)
    second = scene.compute(seen=str(first.pk))
    other = second.proposals.get()
    assert {one.profile_id, other.profile_id} == {weak.pk, strong.pk}
    actions.set_lock(other, locked=True, by=scene.manager)
    third = scene.compute(seen=str(second.pk))
    assert third.proposals.get().profile_id == other.profile_id
    assert third.proposals.get().locked
    assert request.proposals.filter(state=ProposalState.READY).count() == 1


def test_who_accepts_closes_the_request_and_who_declines_brings_up_the_next(scene):
    request = scene.request()
    first, second = scene.expert(), scene.expert()
    proposal = actions.propose(request, first, by=scene.manager)
    client = signed_in(first.person)
    assert client.get(proposal.get_absolute_url()).status_code == 200
    client.post(url("answer", proposal.pk, "decline"), {"words": ""})
    proposal.refresh_from_db()
    assert proposal.state == ProposalState.SENT, "without a reason nothing is declined"
    client.post(url("answer", proposal.pk, "decline"), {"words": "Troppo lavoro."})
    following = Proposal.objects.get(state=ProposalState.READY)
    assert following.profile == second
    assert "Troppo lavoro." not in signed_in(scene.leader).get(url("request", request.pk)).content.decode()
    signed_in(scene.manager).post(url("adjust", following.pk, "send"))
    signed_in(second.person).post(url("answer", following.pk, "accept"), {"revision": request.revision})
    request.refresh_from_db()
    assert request.state == RequestState.MATCHED
    tie = Relation.objects.get(person=second.person, kind="mentoring")
    assert tie.organisation == scene.initiative.organisation, "whoever helps an entrant does not judge it"
    assert OutgoingLetter.objects.filter(letter="experts.accepted", person=scene.leader.pk).exists()


def test_a_round_may_send_the_next_best_by_itself(scene):
    scene.request()
    scene.expert(), scene.expert()
    found = scene.compute(sends_next=True)
    actions.send_round(found, by=scene.manager)
    proposal = Proposal.objects.get(state=ProposalState.SENT)
    actions.decline(proposal, words="Non posso.", by=proposal.profile.person)
    assert Proposal.objects.get(state=ProposalState.SENT).profile != proposal.profile


@pytest.mark.django_db(transaction=True)
def test_of_two_managers_at_once_the_second_is_told():
    with transaction.atomic():
        scene = Scene()
        other = holder(scene.programme, "manager", given_name="Carla", family_name="Monti")
        scene.request(), scene.expert()
    answers = at_once(scene.compute, lambda: scene.compute(by=other))
    refused = [one for one in answers if isinstance(one, Refused)]
    assert len(refused) == 1
    assert "Sala" in str(refused[0].reason) or "Monti" in str(refused[0].reason)
    assert MatchingRound.objects.filter(state=RoundState.PREVIEW).count() == 1
    found = MatchingRound.objects.get()
    sent = at_once(
        lambda: actions.send_round(found, by=scene.manager), lambda: actions.send_round(found, by=other)
    )
    assert len([one for one in sent if isinstance(one, Refused)]) == 1
    assert Proposal.objects.filter(state=ProposalState.SENT).count() == 1


def waits(scene):
    """A matching that was asked for and is to be worked out; no job is left behind."""
    return MatchingRound.objects.create(programme=scene.programme, made_by=scene.manager, objective="total")


def meanwhile(monkeypatch, act):
    """Once the next matching is solved, `act` happens before it is written."""
    solve = planning.matched

    def solved(*given):
        found = solve(*given)
        act()
        return found

    monkeypatch.setattr(planning, "matched", solved)


@pytest.mark.django_db(transaction=True)
def test_nobody_waits_while_a_matching_is_solved(monkeypatch):
    with transaction.atomic():
        scene = Scene()
        request, expert = scene.request(places=2), scene.expert()
        scene.expert(), scene.expert()
        asked = ProposalFactory(request=request, profile=expert)
    found = waits(scene)
    answers = []

    def decided():
        with transaction.atomic():
            list(Programme.objects.select_for_update(nowait=True))
            list(ExpertRequest.objects.select_for_update(nowait=True))
        actions.accept(asked, revision=asked.request.revision, by=expert.person)

    meanwhile(monkeypatch, lambda: answers.extend(at_once(decided, scene.compute)))
    jobs.work_out(str(found.pk))
    assert answers[0] is None
    assert isinstance(answers[1], Refused)
    asked.refresh_from_db()
    found.refresh_from_db()
    assert (asked.state, found.state) == (ProposalState.ACCEPTED, RoundState.PREVIEW)
    assert found.proposals.count() == 1


def _close(scene, request, _first):
    ExpertRequest.objects.filter(pk=request.pk).update(state=RequestState.CLOSED)


def _take(scene, request, _first):
    ProposalFactory(request=request, profile=scene.expert(), state=ProposalState.ACCEPTED)


def _pause(scene, _request, first):
    bank.pause(first, by=first.person)


def _tie(scene, _request, first):
    RelationFactory(person=first.person, organisation=scene.initiative.organisation)


def _promise(scene, _request, first):
    other = scene.request(initiative=InitiativeFactory(programme=scene.programme))
    ProposalFactory(request=other, profile=first, monthly_hours=first.hours_a_month)


def _answer(_scene, request, first):
    ProposalFactory(request=request, profile=first, state=ProposalState.DECLINED)


@pytest.mark.parametrize("act", [_close, _take, _pause, _tie, _promise, _answer])
def test_what_no_longer_holds_once_a_matching_is_solved_is_not_proposed(scene, monkeypatch, act):
    request, first = scene.request(), scene.expert(hours_a_month=3)
    other = asked_by(InitiativeFactory(programme=scene.programme), scene.brands)
    second = expert_in(scene.programme, scene.brands)
    found = waits(scene)
    meanwhile(monkeypatch, lambda: act(scene, request, first))
    jobs.work_out(str(found.pk))
    proposal = found.proposals.get()
    assert (proposal.request, proposal.profile) == (other, second)
    found.refresh_from_db()
    assert found.state == RoundState.PREVIEW


def test_a_pair_locked_while_a_matching_is_solved_stays(scene, monkeypatch):
    scene.request()
    scene.expert()
    before = scene.compute()
    pair = before.proposals.get()
    better = expert_in(scene.programme, scene.statutes, level=3)
    found = waits(scene)
    meanwhile(monkeypatch, lambda: adjusting.choose(pair, better, by=scene.manager))
    jobs.work_out(str(found.pk))
    kept = found.proposals.get()
    assert (kept.profile, kept.locked) == (better, True)


def test_a_matching_that_was_given_up_while_it_was_solved_is_not_written(scene, monkeypatch):
    scene.request(), scene.expert()
    found = waits(scene)
    meanwhile(monkeypatch, lambda: actions.fail(found.pk))
    jobs.work_out(str(found.pk))
    assert not Proposal.objects.exists()


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("later", [False, True])
@pytest.mark.parametrize("says", ["accept", "decline"])
def test_an_expert_decides_while_a_matching_is_computed(says, later):
    with transaction.atomic():
        scene = Scene()
        request = scene.request()
        first, _second = scene.expert(), scene.expert()
        proposal = ProposalFactory(request=request, profile=first)
    act = {
        "accept": lambda: actions.accept(proposal, revision=proposal.request.revision, by=first.person),
        "decline": lambda: actions.decline(proposal, words="No.", by=first.person),
    }[says]
    work = scene.compute
    if later:
        found = waits(scene)
        work = partial(actions.work_out, found.pk)
    answers = at_once(act, work)
    assert not [one for one in answers if isinstance(one, Refused)]
    proposal.refresh_from_db()
    standing = Proposal.objects.filter(request=request, state__in=("ready", "sent", "accepted"))
    if says == "accept":
        assert proposal.state == ProposalState.ACCEPTED
        assert standing.count() == 1, "nobody else is proposed for a place that is taken"
    else:
        assert proposal.state == ProposalState.DECLINED
        assert proposal.profile_id not in standing.values_list("profile_id", flat=True)
        assert standing.count() == 1


def test_whoever_was_asked_is_not_asked_again(scene):
    request, expert = scene.request(places=2), scene.expert()
    staff = signed_in(scene.manager)
    for _time in range(2):
        assert staff.post(url("propose", request.pk, expert.pk)).status_code == 302
    assert Proposal.objects.get().state == ProposalState.SENT
    page = staff.get(url("request", request.pk)).content.decode()
    assert url("propose", request.pk, expert.pk) not in page


def test_whoever_was_sent_away_takes_nothing_on(scene):
    proposal = actions.propose(scene.request(), scene.expert(), by=scene.manager)
    expert = proposal.profile
    bank.decline(expert, words="Non collabora più.", by=scene.manager)
    signed_in(expert.person).post(
        url("answer", proposal.pk, "accept"), {"revision": proposal.request.revision}
    )
    proposal.refresh_from_db()
    assert proposal.state == ProposalState.WITHDRAWN
    assert not Relation.objects.filter(person=expert.person).exists()


@pytest.mark.parametrize("how", ["decline", "pause"])
def test_whoever_leaves_the_bank_or_pauses_is_asked_nothing_more_and_the_next_best_is_ready(scene, how):
    request, expert, second = scene.request(), scene.expert(), scene.expert()
    proposal = actions.propose(request, expert, by=scene.manager)
    staff = signed_in(scene.manager if how == "decline" else expert.person)
    staff.post(url("act", expert.pk, how), {"words": "Non collabora più."})
    proposal.refresh_from_db()
    assert proposal.state == ProposalState.WITHDRAWN
    assert Proposal.objects.get(state=ProposalState.READY).profile == second
    assert OutgoingLetter.objects.filter(
        letter="experts.proposal_withdrawn", person=expert.person_id
    ).exists()
    told = OutgoingLetter.objects.get(letter="experts.proposal_let_go")
    assert told.person == scene.manager.pk
    assert str(request.title) in told.text


def test_what_was_accepted_stays_with_an_expert_on_pause(scene):
    expert = scene.expert()
    proposal = actions.propose(scene.request(), expert, by=scene.manager)
    actions.accept(proposal, revision=proposal.request.revision, by=expert.person)
    bank.pause(expert, by=expert.person)
    proposal.refresh_from_db()
    assert proposal.state == ProposalState.ACCEPTED


def test_an_expert_declines_though_nobody_can_be_asked_next(scene):
    request = scene.request(places=2)
    first, _second = [actions.propose(request, scene.expert(), by=scene.manager) for _n in range(2)]
    scene.expert()
    found = MatchingRound.objects.create(programme=scene.programme, sends_next=True, state=RoundState.SENT)
    Proposal.objects.update(round=found)
    ExpertRequest.objects.update(places=1)  # its places are fewer by now, and taken
    signed_in(first.profile.person).post(url("answer", first.pk, "decline"), {"words": "Non posso."})
    first.refresh_from_db()
    assert first.state == ProposalState.DECLINED


def test_hours_come_back_once_the_day_of_a_request_has_passed(scene):
    expert = scene.expert(hours_a_month=3)
    past = scene.request(needed_by=clock.today() - dt.timedelta(days=1))
    ProposalFactory(request=past, profile=expert, state=ProposalState.ACCEPTED)
    scene.request(initiative=InitiativeFactory(programme=scene.programme))
    assert scene.compute().proposals.get().profile == expert


def test_a_lock_gives_nobody_more_hours_than_they_offer(scene):
    expert = scene.expert(hours_a_month=3)
    scene.request()
    found = scene.compute()
    actions.set_lock(found.proposals.get(), locked=True, by=scene.manager)
    other = scene.request(initiative=InitiativeFactory(programme=scene.programme))
    actions.propose(other, expert, by=scene.manager)
    sent, left = actions.send_round(found, by=scene.manager)
    assert (sent, len(left)) == (0, 1)


def test_whoever_was_asked_and_taken_back_does_not_come_up_by_itself(scene):
    request, first = scene.request(), scene.expert()
    actions.withdraw(actions.propose(request, first, by=scene.manager), by=scene.manager)
    second = scene.expert()
    assert scene.compute().proposals.get().profile == second


def test_another_expert_is_chosen_for_a_place_with_what_it_costs_and_stays(scene):
    scene.request(title="Uno statuto nuovo")
    other = asked_by(InitiativeFactory(programme=scene.programme), scene.brands, title="Un marchio")
    first = scene.expert(hours_a_month=5)
    both = expert_in(scene.programme, scene.statutes, scene.brands, level=1, hours_a_month=3)
    found = scene.compute(objective="total")
    assert dict(found.proposals.values_list("request__title", "profile")) == {
        "Uno statuto nuovo": first.pk, "Un marchio": both.pk
    }  # fmt: skip
    proposal = found.proposals.get(profile=first)
    staff = signed_in(scene.manager)
    preview = staff.get(url("matching", scene.programme.slug)).text
    assert "Libere 5 ore al mese su 5; questo abbinamento ne impegna 3." in preview
    assert url("instead", proposal.pk) in preview
    page = staff.get(url("instead", proposal.pk)).text
    assert "Restano scoperte finché non ricalcoli: Un marchio." in page
    assert "I punti sommerebbero a" in page
    staff.post(url("instead", proposal.pk), {"profile": str(both.pk)})
    chosen = found.proposals.get(state=ProposalState.READY)
    assert (chosen.profile, chosen.locked) == (both, True)
    found.refresh_from_db()
    assert found.unserved == 1
    assert not OutgoingLetter.objects.filter(letter="experts.proposed").exists()
    again = scene.compute(seen=str(found.pk), objective="total")
    assert again.proposals.get(locked=True).profile == both
    assert not again.proposals.filter(request=other).exists(), (
        "the only one who knows brands is locked elsewhere"
    )


def test_anybody_of_the_bank_is_chosen_by_name_but_nobody_tied_or_without_hours(scene):
    scene.request()
    scene.expert()
    proposal = scene.compute().proposals.get()
    free = expert_in(scene.programme, scene.brands, person__family_name="Zanardi")
    tied = expert_in(scene.programme, scene.brands, person__family_name="Zanardi")
    RelationFactory(person=tied.person, organisation=scene.initiative.organisation)
    busy = expert_in(scene.programme, scene.brands, person__family_name="Zanardi", hours_a_month=1)
    staff = signed_in(scene.manager)
    page = staff.get(url("instead", proposal.pk), {"q": "zanardi"}).text
    assert f'value="{free.pk}"' in page
    assert f'value="{tied.pk}"' not in page
    assert f'value="{busy.pk}"' not in page
    for refused in (tied, busy, proposal.profile):
        staff.post(url("instead", proposal.pk), {"profile": str(refused.pk)})
        assert Proposal.objects.get(state=ProposalState.READY) == proposal
    staff.post(url("instead", proposal.pk), {"profile": str(free.pk)})
    assert Proposal.objects.get(state=ProposalState.READY).profile == free


def test_in_a_matching_replaced_meanwhile_nobody_is_chosen(scene):
    scene.request(), scene.expert()
    found = scene.compute()
    old, spare = found.proposals.get(), scene.expert()
    scene.compute(seen=str(found.pk))
    with pytest.raises(Refused):
        adjusting.choose(old, spare, by=scene.manager)
    assert signed_in(scene.leader).get(url("instead", old.pk)).status_code == 404


@pytest.mark.django_db(transaction=True)
def test_of_two_managers_who_choose_for_one_place_the_second_is_told():
    with transaction.atomic():
        scene = Scene()
        scene.request(), scene.expert()
        found = scene.compute()
        proposal = found.proposals.get()
        one, other = scene.expert(), scene.expert()
    answers = at_once(
        lambda: adjusting.choose(proposal, one, by=scene.manager),
        lambda: adjusting.choose(proposal, other, by=scene.manager),
    )
    assert len([one for one in answers if isinstance(one, Refused)]) == 1
    assert found.proposals.filter(state=ProposalState.READY).count() == 1


def test_reasons_are_told_in_the_readers_language_whoever_computed_them(scene):
    scene.statutes.title, scene.statutes.i18n = "Statuti", {"title_en": "Statutes"}
    scene.statutes.save()
    request = scene.request(language="it")
    scene.expert(languages={"it": "native"})
    with override("en"):
        scene.compute()
    reasons = Proposal.objects.get(request=request).reasons
    for language, told in (
        ("it", ["Statuti: esperienza solida", "parla italiano"]),
        ("en", ["Statutes: solid experience", "speaks Italian"]),
    ):
        with override(language):
            assert fit.in_words(reasons) == told
