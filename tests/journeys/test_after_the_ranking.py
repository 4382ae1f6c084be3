"""Miracolo a Milano after its ranking: needs, experts, contests, money, told as its people would play it."""

import pytest

from tests.journeys import (
    collecting,
    contesting,
    founding,
    growing,
    helping,
    interested,
    living,
    needing,
    paying,
    placing,
    telling,
)
from vivaio.initiatives.models import Initiative

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


def test_eighteen_initiatives_are_accompanied(stage):
    programme = growing.after_the_ranking(stage)
    clara = growing.of_the_staff(stage, programme, "manager", "Clara Pini")
    growing.eighteen_are_born(clara, programme)
    chiara = growing.of_the_staff(stage, programme, "community_manager", "Chiara Bellomi")
    mine = Initiative.objects.get(title="La portineria leggera")
    leader = growing.a_leader_finds_it(stage, mine)
    living.a_milestone_is_reached(leader, mine)
    living.a_day_is_told(leader, clara, mine)
    living.everybody_reads_its_page(stage, leader, clara, mine)
    group = founding.a_group_begins(programme)
    founding.no_money_goes_to_it(clara, group)
    founding.it_becomes_an_entity(stage, clara, group)
    needing.the_analysis_is_set_up(clara, programme)
    needing.both_sides_answer(stage, programme, leader, chiara)
    needing.the_others_are_settled(programme, chiara)
    marco, rinaldi = helping.the_bank_is_gathered(stage, clara, programme)
    helping.initiatives_ask(leader, chiara, programme)
    helping.all_are_matched_at_once(clara, rinaldi, programme)
    helping.experts_answer(clara, marco, rinaldi)
    helped = helping.hours_are_given(stage, clara, marco, programme)
    helping.others_are_helped_too(marco)
    helping.both_say_how_it_went(marco, helped)
    collection = collecting.the_collection_opens(clara)
    irma = collecting.an_organisation_tells_its_own(stage, collection)
    contests = contesting.contests_open(clara, programme)
    contesting.initiatives_enter(leader, contests, programme)
    jurors = contesting.forty_experts_sit(stage, contests)
    for contest in contests:
        contesting.the_pitch_day_is_announced(stage, clara, contest)
    contesting.somebody_comes_to_listen(stage, clara, contests[0])
    contesting.one_scores_from_a_phone(stage, jurors[0], clara, contests[0])
    for contest in contests:
        contesting.the_others_score(contest)
        contesting.the_verdict_is_public(stage, clara, contest)
    contesting.winners_are_called(stage, clara, contests[0])
    interested.jurors_are_interested(jurors, contests[0], mine)
    interested.the_team_answers(leader, jurors, mine)
    interested.it_comes_to_good(leader, clara, jurors[0], mine)
    collecting.it_is_taken_on(clara, irma, collection)
    collecting.it_meets_a_need(stage, leader)
    students = placing.preferences_are_given(stage, programme)
    placing.students_are_matched(clara, students)
    paola = growing.of_the_staff(stage, programme, "secretary", "Paola Riva")
    paying.money_comes_in(clara)
    paying.each_winner_has_a_voucher(clara, contests)
    paying.an_invoice_is_claimed_and_paid(stage, clara, paola, contests[0])
    placing.a_placement_is_lived(stage, clara, students)
    needing.the_second_round_shows_the_change(clara, leader, chiara)
    founding.they_end(clara, leader, programme)
    anyone = telling.the_results_are_published(stage, clara)
    telling.each_part_is_opened(anyone)
    telling.the_report_is_for_anyone(anyone)
    telling.another_territory_begins(stage, clara)
