"""Answers given to one form are copied to another: what fits, as it stands, and nothing that was declared."""

import pytest

from tests.questionnaires.forms import FULL, PROJECT, form, questions
from tests.questionnaires.test_merging import png, version_of
from vivaio.questionnaires import actions
from vivaio.questionnaires.copying import BY_NAME, BY_WORDS, copies
from vivaio.questionnaires.models import Attachment, Response


def by_name(old, new, answers, present=None, **more):
    return {each.name: each for each in copies(old, new, answers, present, **more)}


def test_the_same_questions_are_copied_in_the_order_of_the_newer_form():
    found = copies(form(), form(), FULL)
    assert [each.name for each in found] == ["name", "people", "idea", "sector", "budget"]
    assert {each.found for each in found} == {BY_NAME}
    (row,) = found[-1].value
    assert (row["item"], row["amount"]) == ("Personale", "24960.00")
    assert row["_id"] != "r1"


def test_a_renamed_question_is_found_by_its_words_and_another_kind_is_not():
    newer = form(
        PROJECT.replace("name: idea", "name: vision").replace("integer, name: people", "text, name: people")
    )
    found = by_name(form(), newer, FULL)
    assert (found["vision"].value, found["vision"].found) == ("Tre portinerie leggere.", BY_WORDS)
    assert "people" not in found


def test_words_that_two_questions_use_tell_nothing():
    old = form(questions("type: text, name: a, label: Nome", "type: text, name: b, label: Nome"))
    new = form(questions("type: text, name: c, label: Nome"))
    assert [each.name for each in copies(old, new, {"a": "Uno", "b": "Due"})] in ([], ["c"])
    both = form(
        questions(
            "type: note, name: n, label: x",
            "type: text, name: c, label: Nome",
            "type: text, name: d, label: Nome",
        )
    )
    assert len({each.value for each in copies(old, both, {"a": "Uno", "b": "Due"})}) in (0, 2)


def test_declarations_calculations_and_what_is_left_out_stay_behind():
    asked = questions(
        "type: text, name: a, label: A",
        "type: acknowledge, name: sworn, label: Dichiaro",
        "type: calculate, name: twice, calculation: '2'",
        "type: hidden, name: secret",
        "type: text, name: fixed, label: F, read_only: 'true()'",
    )
    answers = {"a": "1", "sworn": "OK", "twice": "2", "secret": "x", "fixed": "y"}
    assert [each.name for each in copies(form(asked), form(asked), answers)] == ["a"]
    assert copies(form(asked), form(asked), answers, without=["a"]) == []


def test_choices_that_are_no_longer_offered_are_told():
    changes = {
        "name: housing, label": "name: living, label",
        "kind: housing": "kind: living",
        "{name: other, label: {it: Altro, en: Other}}": "{name: thing, label: {it: Cosa, en: Thing}}",
        "'other')": "'thing')",
    }
    newer = PROJECT
    for before, after in changes.items():
        newer = newer.replace(before, after)
    found = by_name(form(), form(newer), {**FULL, "kinds": ["service", "other"]})
    assert found["sector"].value == "living"
    assert (found["kinds"].value, found["kinds"].lost) == (["service"], ("Altro",))


def test_rows_beyond_the_limit_and_what_cannot_be_read_stay_behind():
    rows = [{"_id": f"r{n}", "item": f"Voce {n}", "amount": "1.00"} for n in range(3)]
    newer = form(PROJECT.replace("name: budget\n", "name: budget\n        max_rows: 2\n"))
    found = by_name(form(), newer, {"budget": rows, "people": "tanti"})
    assert (len(found["budget"].value), found["budget"].cut) == (2, True)
    assert "people" not in found


def test_what_stands_there_is_told_and_the_same_is_the_same():
    found = by_name(form(), form(), FULL, {"name": "Altro", "idea": FULL["idea"], "budget": [{"_id": "z"}]})
    assert (found["name"].present, found["name"].filled, found["name"].same) == ("Altro", True, False)
    assert found["idea"].same
    assert not found["budget"].filled
    again = by_name(form(), form(), FULL, {"budget": [{**FULL["budget"][0], "_id": "z"}]})
    assert again["budget"].same


@pytest.fixture
def two(db):
    version = version_of(form())
    source = Response.objects.create(version=version, answers=FULL)
    return source, actions.start_response(version, by=None)


def test_files_are_copied_as_files_of_their_own(two):
    source, target = two
    actions.attach_file(source, "drawing", png(), by=None)
    source.refresh_from_db()
    chosen = copies(source.questionnaire, target.questionnaire, source.answers, target.answers)
    actions.copy_answers(target, chosen, source=source, by=None)
    target = Response.objects.get(pk=target.pk)
    (named,) = target.answers["drawing"]
    copy = Attachment.objects.get(pk=named["id"])
    original = source.attachments.get()
    assert (copy.response_id, copy.path) == (target.pk, "drawing")
    assert (copy.sha256, copy.name) == (original.sha256, original.name)
    assert copy.file.name != original.file.name
    assert target.answers["name"] == "Filo di Ringhiera"
    assert target.revisions["name"] == 1


def test_a_copied_table_takes_the_place_of_the_rows_and_stale_pages_meet_a_conflict(two):
    source, target = two
    before = target.answers["budget"][0]["_id"]
    chosen = copies(source.questionnaire, target.questionnaire, source.answers, target.answers)
    actions.copy_answers(target, chosen, source=source, by=None)
    rows = Response.objects.get(pk=target.pk).answers["budget"]
    assert [row["item"] for row in rows] == ["Personale"]
    late = actions.save_answers(target, [actions.Change(f"budget/{before}/item", "Tardi", 0)], by=None)
    assert not late.clean
