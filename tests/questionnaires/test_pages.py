"""A form as a page: drawn for everyone, filled in without script, saved as one types, read again."""

import json

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.urls import reverse
from django.utils.datastructures import MultiValueDict
from django.utils.translation import override

from tests.factories.people import PersonFactory
from tests.factories.programmes import holder
from tests.questionnaires.browser import Page
from tests.questionnaires.forms import FULL, form, questions
from tests.questionnaires.test_merging import version_of
from tests.questionnaires.test_reading import HEAD, sheet
from vivaio.questionnaires import actions, queries
from vivaio.questionnaires.changes import Change
from vivaio.questionnaires.engine import twin, workbook
from vivaio.questionnaires.engine.posted import Malformed, read_json
from vivaio.questionnaires.models import Response

URLS = queries.Urls(
    page=lambda step: f"/step/{step}/", autosave="/save/", review="/review/", file=lambda pk: f"/f/{pk}"
)


@pytest.fixture
def response(db):
    begun = actions.start_response(version_of(form()), by=None, initial=FULL)
    row = begun.answers["budget"][0]["_id"]
    changes = [Change(f"budget/{row}/item", "Personale"), Change(f"budget/{row}/amount", "24960")]
    actions.save_answers(begun, changes, by=None, language="it")
    return Response.objects.get(pk=begun.pk)


def draw(response, number=2, **more):
    drawn = queries.frame(Response.objects.get(pk=response.pk), number, URLS, "it", **more)
    with override("it"):
        return render_to_string("questionnaires/page.html", {"form_page": drawn}, RequestFactory().get("/"))


def send(response, number, posted, files=None, by=None):
    response = Response.objects.get(pk=response.pk)
    read = queries.read_post(response, number, posted, MultiValueDict(files or {}))
    return read, actions.save_posted(response, read, by=by, language="it")


def stored(response):
    return Response.objects.get(pk=response.pk).answers


def test_a_question_for_a_picture_offers_pictures_alone(db):
    begun = actions.start_response(
        version_of(form(questions("type: image, name: logo, label: Logo"))), by=None
    )
    page = draw(begun, 1)
    assert 'accept=".jpg,image/jpeg,.png,image/png' in page
    assert "PDF" not in page


@pytest.mark.parametrize("number", [1, 2])
def test_every_control_has_a_label_and_every_id_is_one(response, number):
    page = Page(draw(response, number))
    assert len(page.ids) == len(set(page.ids))
    assert all(control["id"] in page.labelled for control in page.controls)
    assert set(page.described) <= set(page.ids)
    assert page.headings[0] == "h2"


def test_a_page_sent_as_it_stands_changes_nothing(response):
    before = stored(response)
    for number in (1, 2):
        read, saved = send(response, number, Page(draw(response, number)).post())
        assert read.changes == []
        assert saved.clean
    assert stored(response) == before


def test_what_is_typed_without_script_is_kept_and_shown_again(response):
    row = stored(response)["budget"][0]["_id"]
    page = Page(draw(response))
    typed = {
        "idea": "Prima riga\r\n<b>seconda</b> & «terza»",
        "sector": "culture",
        "kinds": ["service", "other"],
        f"budget/{row}/amount": "1.250,50",
    }
    _read, saved = send(response, 2, page.post(button=("_wish", "next"), **typed))
    assert saved.clean
    answers = stored(response)
    assert answers["idea"] == "Prima riga\n<b>seconda</b> & «terza»"
    assert answers["kinds"] == ["service", "other"]
    assert answers["budget"][0]["amount"] == "1250.50"
    again = Page(draw(response))
    assert again.fields["idea"] == [typed["idea"]]
    assert again.fields["kinds"] == ["service", "other"]
    assert again.fields[f"budget/{row}/amount"] == ["1.250,50"]
    assert "other" in again.fields
    assert "<b>seconda</b>" not in draw(response)


def test_boxes_can_be_unticked_without_script(response):
    send(response, 2, Page(draw(response)).post(kinds=["service"]))
    assert stored(response)["kinds"] == ["service"]
    send(response, 2, Page(draw(response)).post(kinds=[]))
    assert "kinds" not in stored(response)


def test_nonsense_stays_in_its_field_with_what_to_do(response):
    send(response, 1, Page(draw(response, 1)).post(people="una dozzina", founded="ieri l'altro"))
    html = draw(response, 1)
    page = Page(html)
    assert page.fields["people"] == ["una dozzina"]
    assert page.fields["founded"] == ["ieri l'altro"]
    assert html.count('aria-invalid="true"') == 2


def test_rows_come_and_go_without_script_and_keep_what_was_typed(response):
    page = Page(draw(response))
    read, _saved = send(response, 2, page.post(button=("_add_row", "budget"), idea="Scritto prima"))
    assert (read.wish, read.fragment) == ("stay", "#q-budget")
    rows = stored(response)["budget"]
    assert len(rows) == 2
    assert stored(response)["idea"] == "Scritto prima"
    remove = next(button for button in Page(draw(response)).buttons if button.get("name") == "_remove_row")
    send(response, 2, Page(draw(response)).post(button=("_remove_row", remove["value"])))
    assert stored(response)["budget"] == rows[1:]


def test_files_are_sent_and_taken_out_without_script(response, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    pdf = SimpleUploadedFile("cortile.pdf", b"%PDF-1.7\nstartxref\n0\n%%EOF\n")
    wrong = SimpleUploadedFile("banco.heic", b"\0\0\0\x18ftypheic")
    _read, saved = send(response, 2, Page(draw(response)).post(), {"drawing": [pdf, wrong]})
    html = draw(response, saved=saved)
    assert "cortile.pdf" in html
    assert "banco.heic" in html
    (kept,) = stored(response)["drawing"]
    assert f'href="/f/{kept["id"]}"' in html
    detach = next(button for button in Page(html).buttons if button.get("name") == "_detach")
    send(response, 2, Page(html).post(button=("_detach", detach["value"])))
    assert "drawing" not in stored(response)


def test_a_colleagues_answer_survives_a_page_without_script_and_mine_stays_in_the_field(response):
    teresa, nadir = PersonFactory(given_name="Teresa", family_name="Brambati"), PersonFactory()
    page = Page(draw(response))
    actions.save_answers(response, [Change("idea", "Di Teresa"), Change("sector", "care")], by=teresa)
    _read, saved = send(response, 2, page.post(idea="Di Nadir"), by=nadir)
    assert stored(response)["idea"] == "Di Teresa"
    assert stored(response)["sector"] == "care"
    html = draw(response, saved=saved)
    assert Page(html).fields["idea"] == ["Di Nadir"]
    assert "Teresa Brambati" in html
    assert "Di Teresa" in html
    send(response, 2, Page(html).post(), by=nadir)
    assert stored(response)["idea"] == "Di Nadir"


@pytest.mark.parametrize(
    "base", ["", "{", "[]", "[[[", '{"idea": 3}', '{"idea": [1]}', '{"nobody": [0, "x"], "a/b": [0, ""]}']
)
def test_a_tampered_page_is_still_read(response, base):
    send(response, 2, Page(draw(response)).post(_base=base, idea="Nuova"))
    assert stored(response)["idea"] == "Nuova"


def autosave(response, *changes, number=2, by=None):
    before = Response.objects.get(pk=response.pk)
    read = read_json(json.dumps({"changes": changes}).encode())
    saved = actions.save_answers(before, read, by=by, language="it")
    with override("it"):
        return queries.autosave_reply(before, saved, read, number, URLS, "it")


def test_an_autosave_answers_with_what_changed_on_the_page(response):
    reply = autosave(response, {"path": "kinds", "value": ["other"], "revision": 0})
    assert reply["revisions"] == {"kinds": 1}
    assert "Quale altro" in reply["html"]["box-other"]
    assert "box-kinds" not in reply["html"]
    assert "box-sector" not in reply["html"]
    assert "Quale altro" in reply["html"]["form-missing"]
    assert "form-steps" in reply["html"]
    assert json.dumps(reply)


def test_an_autosave_redraws_totals_and_what_speaks_of_them(response):
    row = stored(response)["budget"][0]["_id"]
    reply = autosave(response, {"path": f"budget/{row}/amount", "value": "30.000,00", "revision": 1})
    assert "30.000,00" in reply["html"]["q-budget-totals"]
    assert "30.000,00" in reply["html"]["box-told"]
    assert f"box-budget-{row}-amount" not in reply["html"]
    assert "box-budget" not in reply["html"]


def test_an_autosave_says_what_is_wrong_at_its_field(response):
    reply = autosave(response, {"path": "people", "value": "dodici", "revision": 0}, number=1)
    assert 'aria-invalid="true"' in reply["html"]["box-people"]
    assert "dodici" in reply["html"]["box-people"]


def test_an_autosave_hands_back_a_conflict(response):
    autosave(
        response, {"path": "idea", "value": "Di Teresa", "revision": 0}, by=PersonFactory(given_name="Teresa")
    )
    reply = autosave(response, {"path": "idea", "value": "Di Nadir", "revision": 0}, by=PersonFactory())
    (conflict,) = reply["conflicts"]
    assert conflict["path"] == "idea"
    assert conflict["theirs"] == "Di Teresa"
    assert conflict["by"].startswith("Teresa")


MALFORMED = [
    b"",
    b"[]",
    b"{}",
    b'{"changes": 3}',
    b'{"changes": [3]}',
    b'{"changes": [{"path": 3}]}',
    b'{"changes": [{"path": "a", "revision": "x"}]}',
    b'{"changes": [{"path": "a", "op": "drop"}]}',
    b"[" * 9000,
]


@pytest.mark.parametrize("body", MALFORMED)
def test_a_malformed_autosave_is_refused(body):
    with pytest.raises(Malformed):
        read_json(body)


def test_answers_are_read_with_tables_and_totals_and_without_what_is_hidden(response):
    blocks = queries.answer_blocks(response.version, response.answers, "it", hidden={"name"})
    html = render_to_string("questionnaires/answers.html", {"blocks": blocks})
    assert "Personale" in html
    assert html.count("24.960,00") >= 2
    assert "Nome" not in html


def test_staff_read_a_form_its_versions_its_preview_and_its_workbook(client, response):
    version = response.version
    secretary = holder(version.form.programme, "secretary")
    client.force_login(secretary)
    with override("it"):
        assert "Candidatura" in client.get(reverse("questionnaires:forms")).content.decode()
        assert client.get(reverse("questionnaires:form", args=[version.form_id])).status_code == 200
        shown = client.get(reverse("questionnaires:preview", args=[version.pk, 2]))
        assert "Il progetto" in shown.content.decode()
        turned = client.post(reverse("questionnaires:preview", args=[version.pk, 2]), {"_wish": "back"})
        assert turned.url.endswith("/1/")
        assert client.get(reverse("questionnaires:preview", args=[version.pk, 99])).status_code == 200
        book = client.get(reverse("questionnaires:download", args=[version.pk]))
    assert workbook.read(book.content).definition == version.questionnaire


def test_others_do_not_find_the_staffs_pages(client, response):
    version = response.version
    client.force_login(PersonFactory())
    with override("it"):
        for name, args in (
            ("form", [version.form_id]),
            ("preview", [version.pk, 1]),
            ("download", [version.pk]),
        ):
            assert client.get(reverse(f"questionnaires:{name}", args=args)).status_code == 404


def test_an_uploaded_workbook_becomes_the_next_version_or_says_which_cells_are_wrong(client, response):
    form_row = response.version.form
    client.force_login(holder(form_row.programme, "secretary"))
    with override("it"):
        url = reverse("questionnaires:form", args=[form_row.pk])
    wrong = SimpleUploadedFile("modulo.xlsx", sheet([HEAD, ["barcode", "a", "A", "A"]]))
    assert "survey!A2" in client.post(url, {"file": wrong}).content.decode()
    right = SimpleUploadedFile("modulo.xlsx", sheet([HEAD, ["text", "a", "A", "A"]]))
    assert client.post(url, {"file": right}).status_code == 302
    assert form_row.current.number == 2
    assert Response.objects.get(pk=response.pk).version.number == 1


def test_an_auditor_may_read_but_not_publish(client, response):
    form_row = response.version.form
    client.force_login(holder(form_row.programme, "auditor"))
    with override("it"):
        url = reverse("questionnaires:form", args=[form_row.pk])
    client.post(url, {"file": SimpleUploadedFile("modulo.xlsx", sheet([HEAD, ["text", "a", "A", "A"]]))})
    assert form_row.current.number == 1


def test_the_command_says_ok_or_names_the_cells(tmp_path, capsys):
    good, bad = tmp_path / "good.yaml", tmp_path / "bad.xlsx"
    good.write_text(questions("type: text, name: a, label: A"))
    bad.write_bytes(sheet([HEAD, ["text", "a", "A", "A"], ["barcode", "b", "B", "B"]]))
    call_command("questionnaire", "check", str(good))
    assert capsys.readouterr().out.startswith("OK: ")
    with pytest.raises(CommandError, match=r"bad.xlsx: survey!A3: .*barcode"):
        call_command("questionnaire", "check", str(bad))
    with pytest.raises(CommandError, match="nowhere"):
        call_command("questionnaire", "check", str(tmp_path / "nowhere.yaml"))


def test_a_page_costs_the_same_queries_with_many_rows(response, django_assert_max_num_queries):
    actions.save_answers(response, [Change("budget", op="add_row")] * 50, by=None)
    with django_assert_max_num_queries(2):
        draw(response)


def test_the_example_of_the_manual_is_taken():
    manual = (settings.BASE_DIR / "docs/questionnaires.md").read_text()
    example = manual.partition("```yaml\n")[2].partition("```")[0]
    reading = twin.read_text(example.encode())
    assert [str(problem) for problem in reading.problems] == []
    assert reading.definition.by_name["budget"].kind == "repeat"
