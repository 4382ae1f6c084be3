"""Miracolo a Milano after its ranking: needs, experts, contests, money, told as its people would play it."""

import pytest

from tests.journeys import contesting, growing, needing, paying, placing, telling
from vivaio.initiatives.models import Initiative

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


def test_eighteen_initiatives_are_accompanied(stage):
    programme = growing.after_the_ranking(stage)
    clara = growing.of_the_staff(stage, programme, "manager", "Clara Pini")
    growing.eighteen_are_born(clara, programme)
    chiara = growing.of_the_staff(stage, programme, "community_manager", "Chiara Bellomi")
    leader = growing.a_leader_finds_it(stage, Initiative.objects.get(title="La portineria leggera"))
    needing.the_analysis_is_set_up(clara, programme)
    needing.both_sides_answer(stage, programme, leader, chiara)
    needing.the_others_are_settled(programme, chiara)
    marco = needing.the_bank_is_gathered(stage, clara, programme)
    needing.initiatives_ask(leader, programme)
    needing.all_are_matched_at_once(stage, clara, marco, programme)
    needing.hours_are_given(stage, clara, marco, programme)
    contests = contesting.contests_open(clara, programme)
    contesting.initiatives_enter(leader, contests, programme)
    bianca = contesting.forty_experts_sit(stage, contests)
    for contest in contests:
        contesting.the_pitch_day_is_announced(stage, clara, contest)
    contesting.somebody_comes_to_listen(stage, clara, contests[0])
    contesting.one_scores_from_a_phone(stage, bianca, clara, contests[0])
    for contest in contests:
        contesting.the_others_score(contest)
        contesting.the_verdict_is_public(stage, clara, contest)
    contesting.winners_are_called(stage, clara, contests[0])
    students = placing.preferences_are_given(programme)
    placing.students_are_matched(clara, students)
    paola = growing.of_the_staff(stage, programme, "secretary", "Paola Riva")
    paying.money_comes_in(clara)
    paying.each_winner_has_a_voucher(clara, contests)
    paying.an_invoice_is_claimed_and_paid(stage, clara, paola, contests[0])
    placing.three_sign_the_agreement(stage, clara, students)
    telling.the_results_are_published(stage, clara)
