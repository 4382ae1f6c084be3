"""Writing: step by step, by script and without, with colleagues, up to the last second and after it."""

import datetime as dt
import json

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from tests.factories.applications import ApplicationFactory, IntegrationRequestFactory, handed_in, open_call
from tests.factories.people import MembershipFactory, PersonFactory
from tests.factories.programmes import holder
from vivaio.applications import actions
from vivaio.applications.models import Application
from vivaio.applications.states import ApplicationState, IntegrationState
from vivaio.questionnaires.models import Response

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.7\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\nstartxref\n9\n%%EOF\n"


def address(name, *args):
    return reverse(f"applications:{name}", args=args)


@pytest.fixture
def draft(client):
    application = ApplicationFactory()
    client.force_login(application.created_by)
    return application


def answers(application):
    return Response.objects.get(pk=application.response_id).answers


def autosave(client, application, step=1, **changes):
    body = {"changes": [{"path": path, "value": value, "revision": 0} for path, value in changes.items()]}
    return client.post(
        f"{address('save', application.pk)}?step={step}", json.dumps(body), content_type="application/json"
    )


def test_a_step_is_drawn_with_rail_deadline_and_what_is_missing(client, draft):
    draft.response.answers = {"title": "La portineria leggera"}
    draft.response.save()
    page = client.get(address("step", draft.pk, 1)).content.decode()
    assert "La portineria leggera" in page
    assert "Il progetto" in page
    assert "vv-deadline" in page
    assert f'data-autosave-url="{address("save", draft.pk)}?step=1"' in page
    assert address("review", draft.pk) in page


def test_a_step_that_does_not_exist_leads_to_one_that_does(client, draft):
    assert client.get(address("step", draft.pk, 99)).url == address("step", draft.pk, 1)


def test_typing_saves_and_names_the_application(client, draft):
    reply = autosave(client, draft, title="Orto sul tetto")
    assert reply.status_code == 200, reply.content
    assert reply.json()["revisions"]["title"]
    assert reply.json()["saved_at_text"]
    draft.refresh_from_db()
    assert draft.title == "Orto sul tetto"
    assert answers(draft)["title"] == "Orto sul tetto"
    assert draft.writers.get().person == draft.created_by


def test_two_colleagues_do_not_overwrite_each_other(client, draft):
    colleague = MembershipFactory(organisation=draft.organisation).person
    autosave(client, draft, title="Del primo")
    client.force_login(colleague)
    reply = autosave(client, draft, title="Del secondo", idea="Del secondo")
    assert answers(draft)["title"] == "Del primo"
    assert answers(draft)["idea"] == "Del secondo"
    assert reply.json()["conflicts"][0]["theirs"] == "Del primo"
    page = client.get(address("step", draft.pk, 1)).content.decode()
    assert str(draft.created_by) in page


def test_without_script_the_page_is_posted_and_leads_on(client, draft):
    url = address("step", draft.pk, 1)
    reply = client.post(url, {"title": "Senza script", "sector": "culture", "_wish": "next"})
    assert reply.url == address("step", draft.pk, 2)
    assert answers(draft)["title"] == "Senza script"
    assert client.post(address("step", draft.pk, 2), {"idea": "Nuova", "_wish": "next"}).url == address(
        "review", draft.pk
    )
    assert client.post(url, {"_wish": "leave"}).url == address("mine")
    assert client.post(address("step", draft.pk, 2), {"_wish": "back"}).url == url


def test_files_are_checked_by_content_added_and_removed(client, draft):
    url = address("step", draft.pk, 2)
    bad = SimpleUploadedFile("disegno.pdf", b"MZ\x90\0" + b"\0" * 60)
    page = client.post(url, {"idea": "Resta scritta", "drawing": bad, "_wish": "stay"})
    assert page.status_code == 200
    assert "disegno.pdf" in page.content.decode()
    assert answers(draft)["idea"] == "Resta scritta"
    client.post(url, {"drawing": SimpleUploadedFile("disegno.pdf", PDF), "_wish": "stay"})
    [named] = answers(draft)["drawing"]
    served = client.get(address("file", draft.pk, named["id"]))
    assert b"".join(served.streaming_content) == PDF
    assert "attachment" in served["Content-Disposition"]
    client.force_login(PersonFactory())
    assert client.get(address("file", draft.pk, named["id"])).status_code == 404
    client.force_login(draft.created_by)
    client.post(url, {"_detach": f"drawing/{named['id']}"})
    assert not answers(draft).get("drawing")


def test_files_of_a_draft_are_not_the_staffs_until_they_are_handed_in(client, draft):
    client.post(address("step", draft.pk, 2), {"drawing": SimpleUploadedFile("a.pdf", PDF), "_wish": "stay"})
    [named] = answers(draft)["drawing"]
    secretary = holder(draft.call.programme, "secretary")
    client.force_login(secretary)
    assert client.get(address("file", draft.pk, named["id"])).status_code == 404
    actions.submit(draft, by=draft.created_by, declared=True, noticed=True)
    assert client.get(address("file", draft.pk, named["id"])).status_code == 200


def test_what_is_read_again_names_what_is_missing_and_refuses_until_it_is_there(client, draft):
    draft.response.answers = {"title": "Solo il titolo"}
    draft.response.save()
    page = client.get(address("review", draft.pk)).content.decode()
    assert f"{address('step', draft.pk, 2)}#q-idea" in page
    assert 'aria-disabled="true"' in page
    page = client.post(address("review", draft.pk), {"declared": "on", "noticed": "on"})
    assert page.status_code == 200
    draft.refresh_from_db()
    assert draft.state == ApplicationState.DRAFT


def test_handing_in_on_the_page_shows_the_receipt_and_its_document(client, draft):
    page = client.post(address("review", draft.pk), {"declared": "", "noticed": "on"})
    assert page.status_code == 200
    assert Application.objects.get(pk=draft.pk).state == ApplicationState.DRAFT
    reply = client.post(address("review", draft.pk), {"declared": "on", "noticed": "on"}, follow=True)
    draft.refresh_from_db()
    assert draft.digest in reply.content.decode()
    receipt = draft.receipts.get()
    document = client.get(address("receipt", draft.pk, receipt.pk))
    assert document.content.startswith(b"%PDF-")
    assert client.get(address("receipt", draft.pk, receipt.pk)).content == document.content
    client.force_login(PersonFactory())
    assert client.get(address("receipt", draft.pk, receipt.pk)).status_code == 404


def test_a_second_click_on_hand_in_lands_on_the_receipt(client, draft):
    posted = {"declared": "on", "noticed": "on"}
    client.post(address("review", draft.pk), posted)
    reply = client.post(address("review", draft.pk), posted)
    assert reply.url == draft.get_absolute_url()
    assert draft.receipts.count() == 1


def test_after_the_deadline_what_is_typed_is_kept_and_nothing_is_handed_in(client, draft):
    with time_machine.travel(draft.call.closes_at + dt.timedelta(seconds=2), tick=False):
        client.force_login(draft.created_by)
        assert (
            client.post(address("step", draft.pk, 1), {"title": "All'ultimo", "_wish": "next"}).status_code
            == 302
        )
        assert answers(draft)["title"] == "All'ultimo"
        page = client.post(address("review", draft.pk), {"declared": "on", "noticed": "on"})
    assert page.status_code == 200
    draft.refresh_from_db()
    assert draft.state == ApplicationState.DRAFT


def test_what_is_typed_after_a_colleague_handed_in_is_shown_to_be_copied(client, draft):
    actions.submit(draft, by=draft.created_by, declared=True, noticed=True)
    page = client.post(address("step", draft.pk, 1), {"title": "Un titolo migliore", "_wish": "next"})
    assert page.status_code == 409
    assert "Un titolo migliore" in page.content.decode()
    reply = autosave(client, draft, title="Un titolo migliore")
    assert reply.status_code == 403
    assert reply.json()["refused"]


@pytest.mark.parametrize("body", ["", "[]", "{", '{"changes": 3}', '{"changes": [{"path": 1}]}'])
def test_an_autosave_that_is_no_autosave_is_told_so(client, draft, body):
    reply = client.post(address("save", draft.pk), body, content_type="application/json")
    assert reply.status_code == 400


def test_others_save_nothing(client, draft):
    client.force_login(PersonFactory())
    assert autosave(client, draft, title="Di altri").status_code == 404
    client.force_login(holder(draft.call.programme, "manager"))
    assert autosave(client, draft, title="Di altri").status_code == 404


def test_an_integration_is_answered_on_its_pages(client):
    request = IntegrationRequestFactory(questions=["idea"])
    client.force_login(request.application.created_by)
    url = address("integration", request.pk)
    page = client.get(url).content.decode()
    assert "Manca lo statuto." in page
    step = address("integration_step", request.pk, 2)
    assert step in page
    page = client.get(step).content.decode()
    assert "q-idea" in page
    assert "q-drawing" not in page
    client.post(step, {"idea": "Quattro portinerie.", "_wish": "next"})
    client.post(address("integration_step", request.pk, 1), {"title": "Altro", "_wish": "next"})
    given = answers(request.application)
    assert (given["idea"], given["title"]) == ("Quattro portinerie.", "La portineria leggera")
    client.post(url, {"text": "Ecco.", "keep": "yes", "file": SimpleUploadedFile("statuto.pdf", PDF)})
    bad = client.post(
        url, {"text": "Ecco lo statuto.", "send": "yes", "file": SimpleUploadedFile("x.pdf", b"MZ")}
    )
    assert bad.status_code == 200
    assert "Ecco lo statuto." in bad.content.decode()
    request.refresh_from_db()
    assert request.state == IntegrationState.OPEN
    reply = client.post(url, {"text": "Ecco lo statuto.", "send": "yes"})
    assert reply.url == request.application.get_absolute_url()
    request.refresh_from_db()
    assert (request.state, request.answer) == (IntegrationState.ANSWERED, "Ecco lo statuto.")
    assert request.files.get().name == "statuto.pdf"
    assert client.get(url).status_code == 200


def test_an_integration_after_its_deadline_keeps_what_was_typed_on_the_page(client):
    request = IntegrationRequestFactory()
    with time_machine.travel(request.deadline, tick=False):
        client.force_login(request.application.created_by)
        page = client.post(address("integration", request.pk), {"text": "Un minuto dopo.", "send": "yes"})
        assert client.get(address("integration_step", request.pk, 1)).status_code == 302
    assert page.status_code == 200
    request.refresh_from_db()
    assert request.state == IntegrationState.OPEN


def test_other_peoples_requests_are_not_there(client):
    request = IntegrationRequestFactory(questions=["idea"])
    client.force_login(PersonFactory())
    assert client.get(address("integration", request.pk)).status_code == 404
    assert client.post(address("integration_step", request.pk, 2), {"idea": "x"}).status_code == 404
    assert client.get(address("integration_cancel", request.pk)).status_code == 404


def test_a_step_costs_at_most_twelve_queries(client, draft, django_assert_max_num_queries):
    handed_in(open_call())
    with django_assert_max_num_queries(12):
        client.get(address("step", draft.pk, 1))
    with django_assert_max_num_queries(12):
        client.get(address("review", draft.pk))


@pytest.mark.parametrize("step", [0, 32768, 10**30])
def test_a_step_that_no_form_has_leads_to_one_that_it_has(client, step):
    application = ApplicationFactory()
    client.force_login(application.created_by)
    address = reverse("applications:step", args=[application.pk, step])
    assert client.get(address).status_code == 302
    assert client.post(address, {"title": "x"}).status_code == 302


def test_what_a_page_says_of_itself_is_never_trusted(client):
    application = ApplicationFactory()
    client.force_login(application.created_by)
    for base in ("[" * 100_000, "[]", '{"title": 3}', '{"title": ["a", NaN]}'):
        answer = client.post(
            reverse("applications:step", args=[application.pk, 1]),
            {"_base": base, "title": "Nuovo", "sector": "housing"},
        )
        assert answer.status_code in (200, 302)
