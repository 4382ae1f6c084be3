"""Drafts are merged field by field: two colleagues never overwrite each other, nothing typed is lost."""

import io
import threading

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from PIL import Image

from tests.factories.people import PersonFactory
from tests.factories.programmes import ProgrammeFactory
from tests.questionnaires.forms import FULL, form, questions
from vivaio.journal.models import Record
from vivaio.kit.rules import Refused
from vivaio.questionnaires import actions, queries
from vivaio.questionnaires.changes import Change, Posted
from vivaio.questionnaires.models import Attachment, FormVersion, Response


def version_of(definition) -> FormVersion:
    made = actions.keep_form(ProgrammeFactory(), "application", title="Candidatura", title_en="Application")
    return actions.publish_version(made, definition, by=None)


@pytest.fixture
def response(db) -> Response:
    return actions.start_response(version_of(form()), by=None, initial=FULL)


@pytest.fixture
def teresa(db):
    return PersonFactory(given_name="Teresa", family_name="Brambati")


@pytest.fixture
def nadir(db):
    return PersonFactory(given_name="Nadir", family_name="Hamoud")


def stored(response):
    return Response.objects.get(pk=response.pk).answers


def png():
    stream = io.BytesIO()
    Image.new("RGB", (4, 4)).save(stream, "PNG")
    return SimpleUploadedFile("disegno.png", stream.getvalue())


def test_a_form_published_twice_the_same_is_one_version(db):
    version = version_of(form())
    again = actions.publish_version(version.form, form(), by=None)
    other = actions.publish_version(version.form, form(questions("type: text, name: a, label: A")), by=None)
    assert (again.pk, other.number) == (version.pk, 2)
    assert version.form.current == other
    with pytest.raises(TypeError):
        version.save()


def test_what_is_tried_before_it_is_published_asks_what_it_asks_now():
    for label in ("A", "B"):
        tried = form(questions(f"type: text, name: a, label: {label}"))
        assert FormVersion(number=0, definition=tried.to_dict()).questionnaire == tried


def test_a_response_begins_with_what_is_known_defaults_and_a_row(db):
    definition = form(
        questions("type: text, name: a, label: A", "type: integer, name: n, label: N, default: '3'")
        + "  - {type: repeat, name: t, label: T, questions: [{type: text, name: x, label: X}]}\n"
    )
    begun = actions.start_response(version_of(definition), by=None, initial={"a": "known"})
    assert begun.answers["a"] == "known"
    assert begun.answers["n"] == 3
    assert len(begun.answers["t"]) == 1


def test_two_colleagues_in_two_fields_both_stay(response, teresa, nadir):
    actions.save_answers(response, [Change("idea", "Di Teresa", 0)], by=teresa)
    actions.save_answers(response, [Change("sector", "culture", 0)], by=nadir)
    assert (stored(response)["idea"], stored(response)["sector"]) == ("Di Teresa", "culture")


def test_an_older_page_does_not_overwrite_a_colleague(response, teresa, nadir):
    revision = response.revisions.get("idea", 0)
    actions.save_answers(response, [Change("idea", "Di Teresa", revision)], by=teresa)
    saved = actions.save_answers(response, [Change("idea", "Di Nadir", revision)], by=nadir)
    (conflict,) = saved.conflicts
    assert stored(response)["idea"] == "Di Teresa"
    assert (conflict.theirs, conflict.mine, conflict.by) == ("Di Teresa", "Di Nadir", "Teresa Brambati")
    again = actions.save_answers(response, [Change("idea", "Di Nadir", conflict.revision)], by=nadir)
    assert again.clean
    assert stored(response)["idea"] == "Di Nadir"


def test_the_same_words_from_two_people_are_no_conflict(response, teresa, nadir):
    actions.save_answers(response, [Change("idea", "Uguale", 0)], by=teresa)
    assert actions.save_answers(response, [Change("idea", "Uguale", 0)], by=nadir).clean


def test_a_person_does_not_conflict_with_their_own_autosave(response, teresa):
    actions.save_answers(response, [Change("idea", "Tre", 0)], by=teresa)
    assert actions.save_answers(response, [Change("idea", "Tre portinerie", 0)], by=teresa).clean
    assert stored(response)["idea"] == "Tre portinerie"


def test_a_conflict_speaks_of_choices_in_words(response, teresa, nadir):
    actions.save_answers(response, [Change("sector", "culture", 0)], by=teresa)
    saved = actions.save_answers(response, [Change("sector", "care", 0)], by=nadir, language="it")
    assert saved.conflicts[0].theirs == "Cultura"


def test_a_row_that_a_colleague_removed_is_told_with_what_was_typed(response, teresa, nadir):
    row = response.answers["budget"][0]["_id"]
    actions.save_answers(response, [Change(f"budget/{row}", op="remove_row")], by=teresa)
    saved = actions.save_answers(response, [Change(f"budget/{row}/item", "Arredi", 1)], by=nadir)
    assert stored(response)["budget"] == []
    assert (saved.conflicts[0].theirs, saved.conflicts[0].mine) == (None, "Arredi")


def test_rows_are_added_and_removed_without_touching_others(response, teresa):
    actions.save_answers(
        response, [Change("budget", op="add_row"), Change("budget", "mine", op="add_row")], by=teresa
    )
    rows = [row["_id"] for row in stored(response)["budget"]]
    assert len(rows) == 3
    assert rows[2] == "mine"
    actions.save_answers(
        response,
        [Change("budget/mine/amount", "3.450,00"), Change(f"budget/{rows[1]}", op="remove_row")],
        by=teresa,
        language="it",
    )
    assert stored(response)["budget"][1] == {"_id": "mine", "amount": "3450.00"}


def test_a_table_has_an_end(response, teresa):
    saved = actions.save_answers(response, [Change("budget", op="add_row")] * 300, by=teresa)
    assert len(stored(response)["budget"]) == 100
    assert "budget" in saved.refused


@pytest.mark.parametrize(
    "change",
    [
        Change("nobody", "x"),
        Change("total", "1"),
        Change("told", "1"),
        Change("project", "1"),
        Change("budget", [{"_id": "x"}]),
        Change("budget/r1/nobody", "x"),
        Change("budget/r9/item", "x"),
        Change("amount", "3"),
        Change("idea/r1/item", "x"),
        Change("drawing", [{"id": "stolen"}]),
        Change("idea", op="add_row"),
        Change("budget", "../../etc", op="add_row"),
        Change("", "x"),
        Change("/", "x"),
        Change("idea", "x", op="drop"),
    ],
)
def test_what_the_form_does_not_have_is_left_aside(response, teresa, change):
    before = stored(response)
    assert actions.save_answers(response, [change], by=teresa).refused == [change.path]
    assert stored(response) == before


@pytest.mark.parametrize("value", ["molto", "\x00\ud800", {"a": 1}, [1, [2]], True, 1.5, "9" * 5000])
def test_whatever_is_typed_is_stored_and_shown(response, teresa, value):
    actions.save_answers(
        response, [Change("people", value), Change("idea", value), Change("kinds", value)], by=teresa
    )
    assert queries.state_of(Response.objects.get(pk=response.pk)).pages


def test_autosaves_leave_no_record(response, teresa):
    before = Record.objects.count()
    actions.save_answers(response, [Change("idea", "Di Teresa")], by=teresa)
    assert Record.objects.count() == before


def test_a_file_is_added_named_and_removed(response, teresa, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    attachment = actions.attach_file(response, "drawing", png(), name="cortile.png", by=teresa)
    (answer,) = stored(response)["drawing"]
    assert (answer["name"], answer["sha256"]) == ("cortile.png", attachment.sha256)
    assert attachment.sha256 in queries.frozen(Response.objects.get(pk=response.pk)).decode()
    actions.detach_file(response, "drawing", attachment.pk, by=teresa)
    actions.detach_file(response, "drawing", attachment.pk, by=teresa)
    assert "drawing" not in stored(response)


def test_a_file_of_the_wrong_kind_or_too_many_are_refused_with_the_way_out(
    response, teresa, settings, tmp_path
):
    settings.MEDIA_ROOT = tmp_path
    with pytest.raises(Refused) as refused:
        actions.attach_file(
            response, "drawing", SimpleUploadedFile("banco.heic", b"\0\0\0\x18ftypheic"), by=teresa
        )
    assert "banco.heic" in str(refused.value.reason)
    for _ in range(2):
        actions.attach_file(response, "drawing", png(), by=teresa)
    with pytest.raises(Refused) as refused:
        actions.attach_file(response, "drawing", png(), by=teresa)
    assert "2" in str(refused.value.reason)
    with pytest.raises(Refused):
        actions.attach_file(response, "idea", png(), by=teresa)


def test_a_refused_file_does_not_stop_the_rest_of_the_page(response, teresa, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    posted = Posted(
        [Change("idea", "Scritto")], [("drawing", SimpleUploadedFile("a.exe", b"MZ")), ("drawing", png())]
    )
    saved = actions.save_posted(response, posted, by=teresa)
    assert "a.exe" in saved.files["drawing"]
    assert stored(response)["idea"] == "Scritto"
    assert [file["name"] for file in stored(response)["drawing"]] == ["disegno.png"]
    assert Attachment.objects.count() == 1


def test_what_is_calculated_once_stays(db, teresa):
    definition = form(
        questions("type: text, name: a, label: A", "type: calculate, name: c, calculation: 'once(${a})'")
    )
    begun = actions.start_response(version_of(definition), by=None)
    actions.save_answers(begun, [Change("a", "prima")], by=teresa)
    actions.save_answers(begun, [Change("a", "poi")], by=teresa)
    assert queries.counted(Response.objects.get(pk=begun.pk)) == {"a": "poi", "c": "prima"}


@pytest.mark.django_db(transaction=True)
def test_two_at_the_same_moment_lose_nothing():
    response = actions.start_response(version_of(form()), by=None)
    people = [PersonFactory(), PersonFactory()]
    fields = [["name", "idea"], ["other", "people"]]
    together, failures = threading.Barrier(2), []

    def write(person, names):
        try:
            together.wait(10)
            for round_ in range(1, 11):
                for name in names:
                    actions.save_answers(response, [Change(name, str(round_))], by=person)
                actions.save_answers(response, [Change("budget", op="add_row")], by=person)
        except Exception as error:
            failures.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=write, args=pair) for pair in zip(people, fields, strict=True)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert failures == []
    answers = stored(response)
    assert [answers[name] for name in ("name", "idea", "other", "people")] == ["10", "10", "10", 10]
    assert len(answers["budget"]) == 21


@pytest.mark.django_db(transaction=True)
def test_of_two_at_the_same_moment_in_one_field_one_is_told():
    response = actions.start_response(version_of(form()), by=None)
    together, results = threading.Barrier(2), []

    def write(person, value):
        try:
            together.wait(10)
            results.append(actions.save_answers(response, [Change("idea", value, 0)], by=person))
        finally:
            connection.close()

    threads = [threading.Thread(target=write, args=(PersonFactory(), value)) for value in ("uno", "due")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert sorted(len(saved.conflicts) for saved in results) == [0, 1]
    (conflict,) = [conflict for saved in results for conflict in saved.conflicts]
    assert stored(response)["idea"] == conflict.theirs != conflict.mine
