"""The needs analysis, as a community manager, a team and a coach go through it."""

import datetime as dt
import html
import json
from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils import translation

from tests.factories import analysing as made
from tests.factories.experts import CompetenceFactory, ProposalFactory, asked_by, expert_in
from tests.factories.initiatives import InitiativeFactory, TeamMemberFactory, led
from tests.factories.people import PersonFactory
from tests.factories.programmes import ProgrammeFactory, holder
from tests.factories.questionnaires import FormFactory, FormVersionFactory
from tests.together import at_once
from vivaio.experts.queries import cover
from vivaio.initiatives.analysing import actions, arranging, blueprint, jobs, offers, pages, queries, rules
from vivaio.initiatives.models import Coach, Dimension, Interview, NeedsRound, NeedsSetup, Profile
from vivaio.initiatives.states import ProfileState, RoundState
from vivaio.kit import clock
from vivaio.kit.reconcile import Passage
from vivaio.kit.rules import Refused
from vivaio.mailroom.models import OutgoingLetter
from vivaio.people.events import erasing, gathering
from vivaio.people.gathering import Gathered
from vivaio.programmes import actions as retention
from vivaio.programmes.models import Programme
from vivaio.questionnaires.changes import Change

pytestmark = pytest.mark.django_db


def at(name, *args):
    return reverse(f"initiatives:{name}", args=args)


@pytest.fixture
def place():
    """An initiative with a leader, a second member and a coach; the programme's analysis is set up."""
    initiative, leader = led()
    member = TeamMemberFactory(initiative=initiative).person
    coach = holder(initiative.programme, "community_manager")
    made.set_up(initiative.programme)
    made.coached(initiative, coach)
    return initiative, leader, member, coach


@pytest.fixture
def profile(place):
    return made.ProfileFactory(initiative=place[0])


def letters(name):
    return set(
        OutgoingLetter.objects.filter(letter=f"initiatives.{name}").values_list("recipient_email", flat=True)
    )


def test_a_manager_sets_up_dimensions_answers_and_a_round_and_both_sides_get_a_letter(client, place):
    initiative, leader, member, coach = place
    programme = initiative.programme
    Dimension.objects.filter(programme=programme).delete()
    client.force_login(coach)
    client.post(at("needs_begin", programme.slug))
    client.post(at("needs_begin", programme.slug))  # twice is once
    keys = list(Dimension.objects.filter(programme=programme).values_list("key", flat=True))
    assert keys == ["technology", "finance", "communication", "patents", "marketing", "legal"]

    finance = Dimension.objects.get(programme=programme, key="finance")
    page = client.get(at("feed", finance.pk, "accounts")).content.decode()
    assert 'value="25"' in page, "the scale begins evenly spread"
    points = {f"points-{name}": value for name, value in made.EVEN.items()}
    client.post(at("feed", finance.pk, "accounts"), {"weight": 2, **points})
    client.post(at("feed", finance.pk, "months"), {"weight": 1, "low": "0", "high": "12"})
    finance.refresh_from_db()
    assert [one["question"] for one in finance.feeds] == ["accounts", "months"]
    assert client.get(at("feed", finance.pk, "worries")).status_code == 404, "words cannot be counted"

    client.post(at("round_add", programme.slug), {"title": "All'ingresso"})
    needs_round = NeedsRound.objects.get(programme=programme)
    gone = InitiativeFactory(programme=programme, state="closed")
    sent = {"due_at": f"{clock.now() + dt.timedelta(days=9):%Y-%m-%dT%H:%M}", "which": "all"}
    client.post(at("round_open", needs_round.pk), sent)
    needs_round.refresh_from_db()
    assert needs_round.state == RoundState.OPEN
    assert [one.initiative for one in needs_round.profiles.all()] == [initiative]
    assert not gone.profiles.exists()
    for _again in range(2):
        jobs.needs_opened(str(needs_round.pk))
    assert letters("needs_opened") == {leader.email, member.email, coach.email}
    assert OutgoingLetter.objects.filter(letter="initiatives.needs_opened").count() == 3


def test_a_round_without_a_questionnaire_says_what_is_missing(client, place):
    coach, needs_round = place[3], made.RoundFactory(programme=place[0].programme, state=RoundState.PREPARED)
    NeedsSetup.objects.update(form=None)
    client.force_login(coach)
    page = client.get(at("round_open", needs_round.pk)).content.decode()
    assert "Scegli prima il questionario" in page
    with pytest.raises(Refused):
        arranging.open_round(needs_round, chosen=None, due_at=clock.now() + dt.timedelta(1), by=coach)


def write(client, url, **answers):
    """Answers as autosave.js sends them."""
    changes = [{"path": name, "value": value, "revision": 0} for name, value in answers.items()]
    return client.post(url, json.dumps({"changes": changes}), content_type="application/json")


def test_the_team_and_the_coach_answer_for_themselves_then_see_each_other_and_settle(client, place, profile):
    initiative, leader, member, coach = place
    client.force_login(leader)
    assert client.post(at("profile_begin", profile.pk, "team")).url == at(
        "profile_step", profile.pk, "team", 1
    )
    assert client.post(at("profile_begin", profile.pk, "coach")).status_code == 404
    save = at("profile_save", profile.pk, "team")
    assert write(client, save, accounts="little", months="6", known="fully").status_code == 200
    client.post(at("profile_hand_in", profile.pk, "team"))
    profile.refresh_from_db()
    assert profile.team_points == {"finance": 31, "communication": 100}
    assert write(client, save, accounts="no").status_code == 403, "what was handed in stays"
    assert client.get(at("profile_review", profile.pk, "coach")).status_code == 404, "not before both"

    client.force_login(coach)
    assert client.get(at("profile_review", profile.pk, "team")).status_code == 404
    client.post(at("profile_begin", profile.pk, "coach"))
    write(client, at("profile_save", profile.pk, "coach"), accounts="no", known="some")
    client.post(at("profile_hand_in", profile.pk, "coach"))
    profile.refresh_from_db()
    assert profile.state == ProfileState.COMPARED
    page = client.get(at("needs", initiative.pk)).content.decode()
    assert "31 su 100" in page
    assert "0 su 100" in page
    settled = {
        "points-finance": 20,
        "hours-finance": 12,
        "points-communication": 75,
        "hours-communication": 0,
    }
    client.post(
        at("profile_agree", profile.pk), {**settled, "present": "Leader e coach", "words": "Prima i conti."}
    )
    profile.refresh_from_db()
    assert (profile.state, profile.agreed_by) == (ProfileState.AGREED, coach)
    told = {one.title: (one.points, one.level, one.hours) for one in profile.ratings.all()}
    assert told == {"Finanza": (20, "gap", 12), "Comunicazione": (75, "strength", 0)}
    assert letters("needs_agreed") == {leader.email, member.email, coach.email}

    client.force_login(member)
    page = client.get(at("needs", initiative.pk)).content.decode()
    assert "Prima i conti." in page
    assert client.get(at("profile_pdf", profile.pk)).content.startswith(b"%PDF")
    assert client.post(at("profile_take_back", profile.pk, "team")).status_code == 302
    profile.refresh_from_db()
    assert profile.team_ready_at is not None, "what was agreed is frozen"
    with pytest.raises(Refused):
        actions.agree(profile, {}, present="", words="", by=coach)


@pytest.mark.django_db(transaction=True)
def test_two_members_begin_and_write_at_once_and_nothing_is_lost(place, profile):
    _initiative, leader, member, _coach = place
    one, other = at_once(
        lambda: actions.start(profile, "team", by=leader), lambda: actions.start(profile, "team", by=member)
    )
    assert one.pk == other.pk, "both write in the same answers"
    first, second = at_once(
        lambda: actions.save(profile, "team", [Change("accounts", "much", 0)], by=leader),
        lambda: actions.save(profile, "team", [Change("known", "no", 0)], by=member),
    )
    assert first.clean
    assert second.clean
    kept = Profile.objects.get().team_answers.answers
    assert (kept["accounts"], kept["known"]) == ("much", "no")
    same = at_once(
        lambda: actions.save(profile, "team", [Change("accounts", "no", 1)], by=leader),
        lambda: actions.save(profile, "team", [Change("accounts", "fully", 1)], by=member),
    )
    assert sorted(len(saved.conflicts) for saved in same) == [0, 1], "the second is asked, not written over"


@pytest.mark.django_db(transaction=True)
def test_two_who_settle_at_once_freeze_one_profile(place, profile):
    coach, other = place[3], holder(place[0].programme, "manager")
    made.compared(profile)
    finance = Dimension.objects.get(key="finance").pk
    found = at_once(
        lambda: actions.agree(profile, {finance: (10, 5)}, present="a", words="", by=coach),
        lambda: actions.agree(profile, {finance: (90, 0)}, present="b", words="", by=other),
    )
    assert sum(isinstance(one, Refused) for one in found) == 1
    assert Profile.objects.get().ratings.count() == 1


def test_a_second_round_shows_the_change(client, place):
    initiative, leader, _member, _coach = place
    for key, values in (("1-entry", {"finance": 20}), ("2-end", {"finance": 70})):
        needs_round = made.RoundFactory(programme=initiative.programme, key=key, title=key, state="closed")
        made.agreed(made.ProfileFactory(initiative=initiative, round=needs_round), **values)
    client.force_login(leader)
    page = client.get(at("needs", initiative.pk)).content.decode()
    assert "(+50)" in page
    assert 'aria-label="1-entry: 20 su 100. 2-end: 70 su 100. In cammino"' in page


def test_three_rounds_are_read_from_the_first_to_the_last(client, place):
    initiative, leader, _member, _coach = place
    for key, points in (("1-entry", 20), ("2-middle", 15), ("3-end", 65)):
        needs_round = made.RoundFactory(programme=initiative.programme, key=key, title=key, state="closed")
        made.agreed(made.ProfileFactory(initiative=initiative, round=needs_round), finance=points)
    client.force_login(leader)
    page = client.get(at("needs", initiative.pk)).content.decode()
    table = page[page.index("Dal primo momento all’ultimo") :]
    assert [table.index(key) for key in ("1-entry", "2-middle", "3-end")] == sorted(
        table.index(key) for key in ("1-entry", "2-middle", "3-end")
    )
    assert ">+45<" in table


def test_who_came_after_a_round_was_opened_is_told_of_where_it_is_added(client, place):
    initiative, _leader, _member, coach = place
    needs_round = made.RoundFactory(programme=initiative.programme, state=RoundState.OPEN)
    made.ProfileFactory(initiative=initiative, round=needs_round)
    client.force_login(coach)
    assert "non è in questo momento" not in client.get(needs_round.get_absolute_url()).text
    InitiativeFactory(programme=initiative.programme)
    assert "non è in questo momento" in client.get(needs_round.get_absolute_url()).text


def test_the_cohort_sets_gaps_beside_what_is_on_offer_and_warns(client, place, monkeypatch):
    initiative, _leader, _member, coach = place
    programme = initiative.programme
    other = InitiativeFactory(programme=programme)
    early = made.RoundFactory(programme=programme)
    late = made.RoundFactory(programme=programme)
    made.agreed(made.ProfileFactory(initiative=initiative, round=early), finance=10, communication=10)
    made.agreed(made.ProfileFactory(initiative=initiative, round=late), finance=30, communication=80)
    made.agreed(made.ProfileFactory(initiative=other, round=early), finance=40, communication=60)
    money, words = queries.gaps_by_competence(programme)
    assert (money.field, money.gaps, money.mean, money.hours) == ("finance", 2, Decimal("35.0"), 20)
    assert set(money.initiatives) == {initiative.pk, other.pk}
    assert (words.gaps, words.initiatives) == (0, ())
    third = InitiativeFactory(programme=programme)
    made.agreed(made.ProfileFactory(initiative=third, round=early), finance=90)

    client.force_login(coach)
    page = client.get(at("needs_programme", programme.slug)).content.decode()
    assert "Finanza: servono 7 ore al mese, e nessuno ne offre." in page, "20 hours, spread over three months"
    opened = f"{at('staff_list', programme.slug)}?lacks=finance"
    assert f'href="{opened}"' in page
    shown = client.get(opened).text
    assert initiative.get_absolute_url() in shown
    assert other.get_absolute_url() in shown
    assert third.get_absolute_url() not in shown, "the figure opens to what it counts, and no more"
    monkeypatch.setattr(offers, "TELLERS", [lambda _programme: {"finance": offers.Offer(5, 1)}])
    page = client.get(at("needs_programme", programme.slug)).content.decode()
    assert "servono 7 ore al mese, ne sono libere 5" in page
    assert "Mancano 2 ore al mese" in page
    asked = offers.Offer(8, 1, asked=9, requests=1)
    monkeypatch.setattr(offers, "TELLERS", [lambda _programme: {"finance": asked}])
    page = client.get(at("needs_programme", programme.slug)).content.decode()
    assert "Manca 1 ora al mese" in page, "what open requests ask for counts where it is more"
    found = client.get(at("cohort", early.pk), {"export": "csv"})
    text = b"".join(found).decode("utf-8-sig") if found.streaming else found.content.decode("utf-8-sig")
    assert "Finanza" in text
    assert ";40;" in text


def test_whoever_is_missing_is_reminded_once_before_the_term(place, profile):
    _initiative, leader, member, coach = place
    made.answered(profile, "coach", ready=True)
    jobs.remind_of_needs(0)
    assert letters("needs_reminder") == set(), "the term is far"
    NeedsRound.objects.update(due_at=clock.now() + dt.timedelta(days=2))
    for _again in range(2):
        jobs.remind_of_needs(0)
    assert letters("needs_reminder") == {leader.email, member.email}
    assert coach.email not in letters("needs_reminder")
    assert OutgoingLetter.objects.filter(letter="initiatives.needs_reminder").count() == 2


def test_an_interview_is_corrected_by_whoever_accompanies_and_says_so(client, place):
    initiative, leader, _member, coach = place
    found = made.InterviewFactory(initiative=initiative, recorded_by=coach)
    client.force_login(leader)
    assert client.get(at("interview_correct", found.pk)).status_code == 404
    client.force_login(coach)
    page = client.get(at("interview_correct", found.pk)).text
    assert found.notes["finance"] in page
    said = {"held_on": "2020-10-06", "present": found.present, "note-finance": "Manca cassa.", "agreed": ""}
    client.post(at("interview_correct", found.pk), said)
    found.refresh_from_db()
    assert (found.notes, found.agreed, found.corrected_by) == ({"finance": "Manca cassa."}, "", coach)
    client.force_login(leader)
    page = client.get(at("needs", initiative.pk)).text
    assert "corretto" in page
    assert at("interview_correct", found.pk) not in page
    actions.empty_interview(found.pk)
    client.force_login(coach)
    refused = client.post(at("interview_correct", found.pk), said, follow=True).text
    assert "sono state cancellate" in refused


def test_an_interview_is_read_by_the_team_and_by_nobody_else_until_its_time_is_over(client, place):
    initiative, leader, _member, coach = place
    client.force_login(coach)
    said = {
        "held_on": "2020-10-05",
        "present": "Ada e Bice",
        "note-finance": "Manca cassa.",
        "agreed": "Un piano.",
    }
    client.post(at("interview_add", initiative.pk), said)
    client.post(at("interview_add", initiative.pk), said)
    found = Interview.objects.get()
    client.post(at("interview_add", initiative.pk), said | {"present": "Anche la contabile"})
    Interview.objects.exclude(pk=found.pk).get().delete()
    client.force_login(leader)
    page = client.get(at("needs", initiative.pk)).content.decode()
    assert "Manca cassa." in page
    assert client.get(at("interview_add", initiative.pk)).status_code == 404
    client.force_login(PersonFactory())
    assert client.get(at("needs", initiative.pk)).status_code == 404
    assert found in queries.interviews_before(initiative.programme_id, clock.now())
    actions.empty_interview(found.pk)
    client.force_login(leader)
    assert "Manca cassa." not in client.get(at("needs", initiative.pk)).content.decode()


def test_a_dimension_on_which_somebody_agreed_stays(place, profile):
    coach, finance = place[3], Dimension.objects.get(key="finance")
    assert rules.remove(finance, coach) is None
    made.agreed(profile, finance=10)
    with pytest.raises(Refused):
        arranging.remove_dimension(finance, by=coach)


def test_only_who_accompanies_initiatives_becomes_a_coach(place):
    initiative, _leader, member, coach = place
    with pytest.raises(Refused):
        actions.assign_coach(initiative, member, by=coach)
    manager = holder(initiative.programme, "manager")
    assert actions.assign_coach(initiative, manager, by=coach).person == manager


def test_the_desk_tells_team_and_coach_what_awaits_them(client, place, profile):
    initiative, _leader, member, coach = place
    client.force_login(member)
    assert f"Rispondere all’analisi dei bisogni di «{initiative}»" in client.get("/it/desk/").content.decode()
    client.force_login(coach)
    page = client.get("/it/desk/").content.decode()
    assert "Rispondere all’analisi dei bisogni accanto a 1 gruppo di lavoro" in page
    made.compared(profile)
    page = client.get("/it/desk/").content.decode()
    assert "Fissare il profilo dei bisogni di 1 iniziativa" in page


def test_a_persons_own_data_tell_what_they_handed_in_and_wrote_down(place, profile):
    coach = place[3]
    made.answered(profile, "coach", ready=True)
    Profile.objects.update(coach_ready_by=coach)
    made.InterviewFactory(initiative=place[0], recorded_by=coach)
    into = Gathered()
    gathering.send(type(coach), person=coach, into=into)
    found = {section.key: section.rows for section in into.sections}
    assert found["needs"][0]["handed_in_as_coach"] == Profile.objects.get().coach_ready_at
    assert found["interviews"][0]["agreed"] == "Cominciamo dai conti."


def test_a_blueprint_carries_the_analysis_there_and_back(place):
    programme = place[0].programme
    made.RoundFactory(programme=programme, key="at-entry", title="All'ingresso")
    passage = Passage()
    told = blueprint.tell(programme, passage)
    assert [one["key"] for one in told["dimensions"]] == ["finance", "communication"]
    assert told["dimensions"][0]["feeds"] == made.FEEDS["finance"]
    other = ProgrammeFactory()
    FormVersionFactory(form=FormFactory(programme=other, key="bisogni"))
    blueprint.bring(told, other, passage)
    again = blueprint.tell(other, Passage())
    assert again == told
    passage = Passage()
    blueprint.bring(told, other, passage)
    assert passage.changes == [], "the same again changes nothing"
    assert not list(blueprint.problems(told, {"bisogni"}))
    assert [path for path, _words in blueprint.problems({**told, "gap_below": 90}, set())] == [
        ("form",), ("strength_from",),
    ]  # fmt: skip


def test_the_bank_tells_its_fields_with_what_is_free_and_asked_for():
    money = CompetenceFactory(field__key="finance", field__title="Soldi")
    programme = money.field.programme
    also = CompetenceFactory(field=money.field)
    law = CompetenceFactory(field__key="legal", field__programme=programme)
    both = expert_in(programme, money, also, law, hours_a_month=6, state="checked")
    expert_in(programme, money, hours_a_month=4, state="checked")
    expert_in(programme, money, hours_a_month=40, state="applied")
    initiative = InitiativeFactory(programme=programme)
    ProposalFactory(request=asked_by(initiative, also), profile=both, monthly_hours=2, state="accepted")
    over = expert_in(programme, law, hours_a_month=1, state="checked")
    ProposalFactory(request=asked_by(initiative, law), profile=over, monthly_hours=5, state="sent")
    asked_by(initiative, money, law, hours=20, places=2)
    asked_by(initiative, money, hours=90, state="asked")
    asked_by(initiative, money, hours=90, needed_by=clock.today() - dt.timedelta(days=1))

    told = offers.on_offer(programme)
    of_money, of_law = told["finance"], told["legal"]
    assert (of_money.free, of_money.experts, of_money.shared) == (8, 2, 1), "two of six hours are promised"
    assert (of_law.free, of_law.experts, of_law.shared) == (4, 2, 1), "nobody has fewer than no hours free"
    assert (of_money.asked, of_money.requests) == (20, 1), "10 hours a month of each of two experts"
    assert (of_law.asked, of_law.requests) == (20, 1), "what was answered is no longer asked for"
    assert [(one.free, one.experts, one.asked) for one in of_money.parts] == [(8, 2, 20), (4, 1, 0)]
    assert f"field={law.field_id}" in of_law.listed_at
    assert offers.fields_of(programme)["finance"] == "Soldi"


def nobody_for(programme):
    """In how many fields, by the desk's own statement and by the page."""
    told = Programme.objects.annotate(n=cover.nobody_for()).get(pk=programme.pk).n
    # the page's words for a field in which the bank has nobody
    assert told == sum(bool(one.needed) and not one.offer.experts for one in pages.cover(programme))
    return told


def test_the_desk_says_for_how_many_fields_there_is_nobody(client, place):
    initiative, _leader, _member, coach = place
    programme = initiative.programme
    assert nobody_for(programme) == 0
    first, second = (made.RoundFactory(programme=programme) for _ in range(2))
    made.agreed(made.ProfileFactory(initiative=initiative, round=first), finance=10, communication=10)
    assert nobody_for(programme) == 2
    made.agreed(made.ProfileFactory(initiative=initiative, round=second), finance=10, communication=90)
    assert nobody_for(programme) == 1, "what is settled last counts"
    law = CompetenceFactory(field__key="legal", field__title="Legale", field__programme=programme)
    asked_by(initiative, law, hours=30)
    assert nobody_for(programme) == 2, "requests ask too"
    assert nobody_for(InitiativeFactory().programme) == 0
    client.force_login(coach)
    desk = client.get(reverse("desk:home")).text
    assert "Per 2 ambiti di competenza che mancano ai gruppi non c’è nessuno nella banca" in desk
    assert at("needs_programme", programme.slug) in desk
    money = CompetenceFactory(field__key="finance", field__title="Soldi", field__programme=programme)
    expert_in(programme, money)
    assert nobody_for(programme) == 1
    expert_in(programme, law)
    assert nobody_for(programme) == 0


def test_missing_experts_are_sought_from_the_cover_itself(client, place):
    initiative, _leader, _member, coach = place
    law = CompetenceFactory(field__key="legal", field__title="Legale", field__programme=initiative.programme)
    asked_by(initiative, law, hours=30)
    client.force_login(coach)
    page = client.get(at("needs_programme", initiative.programme.slug)).text
    assert "Legale: servono 15 ore al mese, e nessuno ne offre." in page
    way = reverse("experts:invite", args=[initiative.programme.slug]) + f"?field={law.field_id}"
    assert way in page
    assert "Le nostre iniziative cercano qualcuno esperto di: Legale." in client.get(way).text
    assert client.get(way[:-1]).status_code == 200, "an address cut short invites as ever"


def test_what_was_settled_keeps_its_titles_in_each_language(client, place, profile):
    initiative, leader, _member, coach = place
    finance = Dimension.objects.get(key="finance")
    finance.title_en = "Money"
    finance.save()
    made.compared(profile)
    with translation.override("en"):
        actions.agree(profile, {finance.pk: (30, 8)}, present="Ada", words="I conti.", by=coach)
    Dimension.objects.filter(pk=finance.pk).update(title="Altro", i18n={})
    client.force_login(leader)
    assert finance.title in client.get(at("needs", initiative.pk)).text
    assert "Money" in client.get(at("needs", initiative.pk).replace("/it/", "/en/")).text


def test_words_of_a_profile_go_when_their_time_is_over_and_its_values_stay(client, place, profile):
    initiative, leader, _member, coach = place
    made.answered(profile, "team", ready=True)
    made.agreed(profile, finance=10)
    old = clock.now() - dt.timedelta(days=1100)
    Profile.objects.update(
        agreed_at=old, agreed_by=coach, words="La zia di Ada presta i soldi.", present="Ada"
    )
    retention.carry_out(initiative.programme, "needs_profiles")
    profile.refresh_from_db()
    assert (profile.words, profile.present) == ("", "")
    assert profile.team_answers.answers == {}
    assert profile.ratings.get().points == 10
    client.force_login(leader)
    assert "cancellati al termine" in client.get(at("needs", initiative.pk)).text


def test_a_coach_who_is_erased_is_nobodys_coach(client, place, profile):
    initiative, leader, _member, coach = place
    Profile.objects.update(coach_ready_by=coach, coach_ready_at=clock.now())
    erasing.send(type(coach), person=coach)
    assert not Coach.objects.exists()
    profile.refresh_from_db()
    assert profile.coach_ready_by is None
    assert profile.coach_ready_at
    client.force_login(leader)
    assert "Ancora nessuno" in client.get(at("needs", initiative.pk)).text


def test_a_coach_who_cannot_be_chosen_is_refused_in_words(client, place):
    initiative, _leader, member, coach = place
    client.force_login(coach)
    page = client.post(at("needs_coach", initiative.pk), {"coach": str(member.pk)}, follow=True)
    assert "Nessun coach è stato assegnato" in page.text
    assert Coach.objects.get().person == coach


def test_of_very_many_initiatives_those_chosen_for_a_round_are_written(client, place):
    first, _leader, _member, coach = place
    programme = first.programme
    needs_round = made.RoundFactory(programme=programme, state=RoundState.PREPARED)
    InitiativeFactory.create_batch(120, programme=programme)
    one = InitiativeFactory(programme=programme, title="La bottega dell’età")
    twins = InitiativeFactory.create_batch(2, programme=programme, title="Il cortile")
    foreign = InitiativeFactory(title="Un altro programma")
    client.force_login(coach)
    address = at("round_open", needs_round.pk)
    page = client.get(address).content.decode()
    assert page.count("checkbox") == 0
    assert len(page) < 60_000
    sent = {"due_at": "2099-01-31T18:00", "which": "chosen"}
    for lines, told in (
        ("", "Indica almeno un’iniziativa."),
        ("La bottega dell’età\nbottega", "si chiama «bottega»"),
        (foreign.title, "si chiama «Un altro programma»"),
        ("Il cortile", "Più d’una si chiama «Il cortile»"),
    ):
        page = html.unescape(client.post(address, sent | {"initiatives": lines}).content.decode())
        assert told in page
        assert lines in page, "what was written stays"
        assert not Profile.objects.exists()
    lines = f"\n  LA BOTTEGA DELL’ETA  \r\nil cortile; {twins[1].organisation.name}\n"
    client.post(address, sent | {"initiatives": lines})
    assert {row.initiative for row in Profile.objects.all()} == {one, twins[1]}
