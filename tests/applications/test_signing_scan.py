"""Signed by hand: the scan, the identity document, who may open it, and when it goes."""

import datetime as dt

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from tests.applications.test_detached import attach, drawing
from tests.applications.test_signing import outcome_of, point_of, prepared, signing_page
from tests.applications.test_submission import submit
from tests.factories.applications import ApplicationFactory, close
from tests.factories.programmes import holder
from tests.factories.signing import blank_pdf, to_sign
from vivaio.applications import actions as applications
from vivaio.applications.checking import beside
from vivaio.applications.models import Application, IdentityLook, Signature
from vivaio.applications.signing import actions, queries, rules
from vivaio.applications.states import CheckOutcome, SignatureState
from vivaio.journal.models import Record
from vivaio.kit import clock
from vivaio.kit.rules import Refused

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def files_here(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


def paper_signed(name="firmata.pdf"):
    return SimpleUploadedFile(name, blank_pdf(), "application/pdf")


@pytest.fixture
def sent(client):
    """The whole application, signed by hand and sent with an identity document."""
    application = to_sign("scan")
    point_of(application)
    client.force_login(application.created_by)
    paper = prepared(application)
    client.post(
        signing_page(application),
        {"act": "scan", "document": paper.pk, "scan": paper_signed(), "identity": drawing()},
    )
    return application


def identity_page(signature):
    return reverse("applications:signature_identity", args=[signature.pk])


def test_both_files_are_wanted(client):
    application = to_sign("scan")
    client.force_login(application.created_by)
    paper = prepared(application)
    said = {"act": "scan", "document": paper.pk}
    for given in ({"scan": paper_signed()}, {"identity": drawing()}, {}):
        assert client.post(signing_page(application), {**said, **given}).status_code == 200
    assert not Signature.objects.exists()


def test_it_is_handed_in_and_waits_for_the_staff(sent):
    made = Signature.objects.get()
    assert made.state == SignatureState.TO_LOOK_AT
    submit(Application.objects.get(pk=sent.pk))
    assert outcome_of(sent) == CheckOutcome.UNKNOWN
    secretary = holder(sent.call.programme, "secretary")
    actions.look(made, good=True, note="", by=secretary)
    assert outcome_of(sent) == CheckOutcome.MET


def test_a_paper_that_was_never_signed_opens_from_the_checklist(client):
    """A call that is only tried out lets it in unsigned."""
    application = to_sign("scan")
    point_of(application)
    paper = prepared(application)
    programme = application.call.programme
    programme.is_rehearsal = True
    programme.save()
    submit(Application.objects.get(pk=application.pk))
    told = beside.of(application, application.checks.get())
    client.force_login(holder(programme, "secretary"))
    assert [client.get(one.href).status_code for one in told.papers] == [200]
    assert told.papers[0].name == paper.name


def test_looking_twice_the_same_way_is_refused(sent):
    submit(Application.objects.get(pk=sent.pk))
    secretary = holder(sent.call.programme, "secretary")
    actions.look(Signature.objects.get(), good=True, note="", by=secretary)
    with pytest.raises(Refused):
        actions.look(Signature.objects.get(), good=True, note="", by=secretary)


def test_what_a_decision_rested_on_stays_when_somebody_looks_afterwards(sent):
    submit(Application.objects.get(pk=sent.pk))
    manager = holder(close(sent.call).programme, "manager")
    actions.look(Signature.objects.get(), good=True, note="", by=manager)
    applications.admit(Application.objects.get(pk=sent.pk), by=manager)
    made = actions.look(Signature.objects.get(), good=False, note="", by=manager)
    assert made.state == SignatureState.REJECTED
    assert outcome_of(sent) == CheckOutcome.MET


def test_of_an_answer_the_identity_document_alone_is_missing(client):
    application = to_sign(question="scan")
    given = attach(application)
    client.force_login(application.created_by)
    page = client.get(signing_page(application)).content.decode()
    assert "Documento d’identità" in page
    assert "Scansione del documento firmato" not in page
    client.post(
        signing_page(application),
        {"act": "scan", "question": "drawing", "document": given.pk, "identity": drawing()},
    )
    assert Signature.objects.get().question == "drawing"
    assert rules.hand_in(Application.objects.get(pk=application.pk)) is None


def test_the_identity_document_opens_for_a_reason_that_is_kept(sent, client):
    submit(Application.objects.get(pk=sent.pk))
    made = Signature.objects.get()
    secretary = holder(sent.call.programme, "secretary")
    client.force_login(secretary)
    assert "cortile.png" not in client.get(identity_page(made)).headers.get("Content-Disposition", "")
    client.post(identity_page(made), {"reason": "  "})
    assert not IdentityLook.objects.exists()
    opened = client.post(identity_page(made), {"reason": "Confronto la firma."})
    assert b"".join(opened.streaming_content).startswith(b"\x89PNG")
    assert opened.headers["Cache-Control"] == "private, no-store"
    look = IdentityLook.objects.get()
    assert (look.by, look.reason) == (secretary, "Confronto la firma.")
    assert Record.objects.filter(verb="application.identity_opened", actor=secretary.pk).count() == 1


def test_the_staff_reads_who_opened_it_and_why(sent, client):
    submit(Application.objects.get(pk=sent.pk))
    secretary = holder(sent.call.programme, "secretary")
    actions.open_identity(Signature.objects.get(), "Confronto la firma.", by=secretary)
    client.force_login(secretary)
    page = client.get(signing_page(sent)).content.decode()
    assert "Confronto la firma." in page
    assert str(secretary) in page
    client.force_login(sent.created_by)
    assert "Confronto la firma." not in client.get(signing_page(sent)).content.decode()


def test_nobody_else_opens_it(sent, client):
    submit(Application.objects.get(pk=sent.pk))
    made = Signature.objects.get()
    for person in (
        ApplicationFactory().created_by,
        sent.created_by,
        holder(sent.call.programme, "juror"),
        holder(ApplicationFactory().call.programme, "manager"),
    ):
        client.force_login(person)
        assert client.post(identity_page(made), {"reason": "Voglio vederlo."}).status_code == 404
    evaluator = holder(sent.call.programme, "auditor")
    client.force_login(evaluator)
    assert (
        client.post(identity_page(made), {"reason": "Voglio vederlo."}).status_code == 200
    )  # the page, with why not
    assert not IdentityLook.objects.exists()


def test_no_other_address_gives_it(sent, client):
    submit(Application.objects.get(pk=sent.pk))
    made = Signature.objects.get()
    client.force_login(holder(sent.call.programme, "secretary"))
    scan = client.get(reverse("applications:signed_file", args=[sent.pk, made.pk]))
    assert b"".join(scan.streaming_content).startswith(b"%PDF")
    page = client.get(signing_page(sent)).content.decode()
    assert made.identity.name not in page


def test_when_its_period_has_ended_it_goes_and_the_signature_stays(
    sent, client, django_capture_on_commit_callbacks
):
    submit(Application.objects.get(pk=sent.pk))
    close(sent.call)
    programme, made = sent.call.programme_id, Signature.objects.get()
    stored, storage = made.identity.name, made.identity.storage
    assert not queries.with_identity(programme, clock.now() - dt.timedelta(days=1)).exists()
    assert queries.with_identity(programme, clock.now()).get() == made
    with django_capture_on_commit_callbacks(execute=True):
        actions.forget_identity(made.pk)
        actions.forget_identity(made.pk)  # twice is as once
    made.refresh_from_db()
    assert not made.identity
    assert made.state == SignatureState.TO_LOOK_AT
    assert not storage.exists(stored)
    client.force_login(holder(sent.call.programme, "secretary"))
    page = client.post(identity_page(made), {"reason": "Confronto la firma."})
    assert "è stato eliminato" in page.content.decode()


def test_a_second_scan_takes_the_place_of_the_first(sent, client):
    paper = prepared(sent)
    client.post(
        signing_page(sent),
        {"act": "scan", "document": paper.pk, "scan": paper_signed("meglio.pdf"), "identity": drawing()},
    )
    assert Signature.objects.filter(superseded_at=None).get().name == "meglio.pdf"
    assert Signature.objects.count() == 2
