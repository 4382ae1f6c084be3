"""Miracolo a Milano, from its blueprint to a published ranking, as its people would play it."""

import pytest

from tests.journeys import applying, judging, looking, opening, verdict
from vivaio.blueprints.demo.people import address, cast
from vivaio.blueprints.demo.registering import vat_number

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]

FILO, PANE = cast()["cooperatives"][:2]
VOCE = cast()["spin_offs"][0]


def by_hand(stage, entry, language, kind, track, number):
    """An organisation registers, writes and hands in, all in the browser."""
    name = entry["person"]
    player = stage.enter(address(*name.split(" ", 1)), name, language)
    opening.register(player, kind, entry["org"], vat_number(number))
    opening.write(player, track, entry)
    opening.hand_in(player)
    return player


def test_the_selection_of_miracolo(stage):
    irma = opening.administrator(stage)
    call = opening.apply_the_blueprint(stage, irma)
    clara = opening.join_the_staff(stage, irma, "manager", "Clara Pini")
    paola = opening.join_the_staff(stage, clara, "secretary", "Paola Riva")
    by_hand(stage, FILO, "it", "cooperative", "Cooperative", 0)
    irene = by_hand(stage, PANE, "en", "cooperative", "Cooperatives", 1)
    matteo = by_hand(stage, VOCE, "it", "startup", "Spin-off e start-up", 2)
    applying.many_apply(call)
    applying.one_cannot_work_in_milan(call)
    applying.one_withdraws(stage, call)
    applying.one_is_late(stage, call)
    applying.eligibility_is_decided(stage, call, paola, matteo)
    judging.jurors_are_invited(stage, call, clara)
    elena = judging.one_accepts_by_hand(stage, FILO["org"])
    judging.the_others_accept(call)
    judging.applications_are_given_out(stage, call, clara, FILO["org"])
    given = judging.quality(call)
    judging.one_scores_by_keyboard(stage, call, elena, given)
    judging.the_others_score(call, given)
    judging.scoring_is_closed(clara)
    verdict.the_verdict_is_adopted(stage, call, clara)
    looking.the_manager_looks_around(clara, call)
    verdict.the_ranking_is_published(clara)
    verdict.anyone_reads_it(stage, call)
    verdict.held_letters_leave(stage, clara, (18, 1, 4))
    verdict.a_winner_declines(stage, call, irene)
    looking.anyone_looks_around(stage)
    verdict.each_letter_left_once(stage)
    verdict.the_journal_verifies()
