"""Documents to sign: promised by the call, asked before handing in, confirmed with a click, shown to the staff."""

import datetime as dt
from threading import Barrier

import pytest
import time_machine
from django.urls import reverse

from tests.applications.test_submission import submit
from tests.factories.applications import ApplicationFactory, close, open_call
from tests.factories.people import MembershipFactory, PersonFactory
from tests.factories.programmes import holder
from tests.factories.signing import form_signed_as, to_sign
from tests.together import at_once
from vivaio.applications import actions as applications
from vivaio.applications.models import Application, Paper, Signature
from vivaio.applications.signing import actions, queries, rules, telling
from vivaio.applications.states import ApplicationState, CheckOutcome, SignatureState
from vivaio.calls import actions as calls
from vivaio.calls.models import Call
from vivaio.calls.states import CallState, ConditionKind
from vivaio.journal.models import Record
from vivaio.kit.rules import Refused
from vivaio.people.models import BoardMember

pytestmark = pytest.mark.django_db


def prepared(application):
    return actions.prepare(application, language="it", by=application.created_by)


def clicked(application, paper=None, **more):
    paper = paper or prepared(application)
    by = more.pop("by", application.created_by)
    said = {"sha256": paper.sha256, "name": str(by), "entitled": True, **more}
    return actions.click(application, "", paper.pk, by=by, **said)


def signing_page(application):
    return reverse("applications:signing", args=[application.pk])


def test_without_a_signature_nothing_is_handed_in():
    application = to_sign("click")
    with pytest.raises(Refused, match="Firme"):
        submit(application)
    clicked(application)
    assert submit(application).state == ApplicationState.SUBMITTED


def test_a_click_keeps_the_words_the_name_the_hash_and_the_instant():
    application = to_sign("click")
    paper = prepared(application)
    made = clicked(application, paper)
    assert made.state == SignatureState.SIGNED
    assert made.signer == str(application.created_by)
    assert made.document_sha256 == paper.sha256
    for told in (
        str(application.created_by),
        paper.sha256,
        str(application.call),
        application.applicant_name,
    ):
        assert told in made.statement
    assert Record.objects.filter(verb="application.signed_with_click", subject_id=application.pk).exists()


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ({"entitled": False}, "rappresentante legale"),
        ({"name": "Qualcun Altro"}, "come nel tuo profilo"),
        ({"sha256": "0" * 64}, "è cambiato"),
    ],
)
def test_a_click_that_does_not_hold_is_refused(said, why):
    application = to_sign("click")
    with pytest.raises(Refused, match=why):
        clicked(application, **said)
    assert not Signature.objects.exists()


def test_answers_changed_afterwards_make_the_signature_lapse():
    application = to_sign("click")
    clicked(application)
    application.response.answers["idea"] = "Un'altra idea."
    application.response.save()
    with pytest.raises(Refused, match="sono cambiate"):
        submit(Application.objects.get(pk=application.pk))
    application.refresh_from_db()
    clicked(application)
    assert submit(application).state == ApplicationState.SUBMITTED


def test_what_was_signed_stands_when_it_is_reopened_and_handed_in_as_it_was():
    application = to_sign("click")
    clicked(application)
    submit(application)
    applications.reopen(application, by=application.created_by)
    assert submit(Application.objects.get(pk=application.pk)).state == ApplicationState.SUBMITTED


def test_the_paper_is_made_once_for_the_same_answers_and_holds_them():
    application = to_sign("click")
    assert prepared(application) == prepared(application)
    paper = Paper.objects.get()
    content = paper.file.read()
    assert content.startswith(b"%PDF")
    assert len(content) == paper.size


def test_pressed_twice_it_is_signed_once():
    application = to_sign("click")
    paper = prepared(application)
    assert clicked(application, paper) == clicked(application, paper)


@pytest.mark.django_db(transaction=True)
def test_two_colleagues_who_click_at_once_sign_once():
    application = to_sign("click")
    colleague = PersonFactory()
    MembershipFactory(organisation=application.organisation, person=colleague)
    paper = prepared(application)
    barrier = Barrier(2)

    def press(person):
        barrier.wait()
        return clicked(application, paper, by=person)

    at_once(*(lambda one=one: press(one) for one in (application.created_by, colleague)))
    assert Signature.objects.filter(superseded_at=None).count() == 1


def test_strangers_neither_sign_nor_open(client):
    application = to_sign("click")
    paper = prepared(application)
    stranger = ApplicationFactory().created_by
    with pytest.raises(Refused):
        clicked(application, paper, by=stranger)
    client.force_login(stranger)
    assert client.get(signing_page(application)).status_code == 404
    assert client.post(signing_page(application), {"act": "prepare"}).status_code == 404
    address = reverse("applications:signing_paper", args=[application.pk, paper.pk])
    assert client.get(address).status_code == 404


def test_a_paper_of_another_application_is_not_signed_here():
    mine, other = to_sign("click"), to_sign("click")
    paper = prepared(other)
    with pytest.raises(Refused):
        actions.click(
            mine,
            "",
            paper.pk,
            sha256=paper.sha256,
            name=str(mine.created_by),
            entitled=True,
            by=mine.created_by,
        )


def test_when_it_is_handed_in_nothing_is_signed_any_more():
    application = to_sign("click")
    paper = prepared(application)
    clicked(application, paper)
    submit(application)
    assert rules.sign(Application.objects.get(pk=application.pk), application.created_by)


def test_the_team_prepares_reads_and_signs_on_one_page(client):
    application = to_sign("click")
    person = application.created_by
    client.force_login(person)
    page = client.get(signing_page(application)).content.decode()
    assert "Prepara il documento" in page
    client.post(signing_page(application), {"act": "prepare"})
    paper = Paper.objects.get()
    page = client.get(signing_page(application)).content.decode()
    assert paper.sha256 in page
    assert "Firma con un clic" in page
    answer = client.get(reverse("applications:signing_paper", args=[application.pk, paper.pk]))
    assert b"".join(answer.streaming_content).startswith(b"%PDF")
    wrong = {"act": "click", "document": paper.pk, "sha256": paper.sha256, "name": "Altro", "entitled": "on"}
    said = client.post(signing_page(application), wrong).content.decode()
    assert "come nel tuo profilo" in said
    assert 'value="Altro"' in said  # what was typed is kept
    client.post(signing_page(application), {**wrong, "name": str(person)})
    assert Signature.objects.get().state == SignatureState.SIGNED
    review = client.get(reverse("applications:review", args=[application.pk])).content.decode()
    assert "Confermata con un clic" in review


@pytest.mark.parametrize(
    "sent",
    [
        {"act": "nothing"},
        {"act": "click", "document": "x", "sha256": "y" * 99},
        {"act": "click", "document": "00000000-0000-0000-0000-000000000000", "name": "\0", "sha256": "a"},
        {"act": "scan", "document": "00000000-0000-0000-0000-000000000000"},
        {"act": "signed"},
    ],
)
def test_whatever_is_sent_nothing_breaks(client, sent):
    application = to_sign("click")
    client.force_login(application.created_by)
    assert client.post(signing_page(application), sent).status_code in (200, 302, 404)
    assert not Signature.objects.exists()


def test_the_review_says_what_is_not_signed_and_the_button_says_why(client):
    application = to_sign("click")
    client.force_login(application.created_by)
    page = client.get(reverse("applications:review", args=[application.pk])).content.decode()
    assert "resta da firmare" in page
    assert signing_page(application) in page


def test_the_call_announces_what_is_signed_on_its_page_and_in_its_document(client):
    from vivaio.calls import full_text

    call = open_call(application_signature="pades", form=form_signed_as("click"))
    page = client.get(reverse("calls:call", args=[call.programme.slug, call.slug])).content.decode()
    assert "Che cosa si firma" in page
    assert "Un disegno" in page
    assert len(full_text.content_of(call)["signatures"]) == 2


def test_once_the_call_has_opened_the_signature_stays():
    call = open_call()
    manager = holder(call.programme, "manager")
    with pytest.raises(Refused):
        calls.amend(call, {"application_signature": "click"}, by=manager)
    call.refresh_from_db()
    assert call.application_signature == ""


def test_publishing_lays_a_point_for_each_document_once():
    call = open_call(application_signature="pades", form=form_signed_as("scan"))
    Call.objects.filter(pk=call.pk).update(state=CallState.DRAFT)
    from tests.factories.calls import CriterionFactory

    CriterionFactory(call=call, weight=100)
    manager = holder(call.programme, "manager")
    calls.publish(call, by=manager)
    points = call.conditions.filter(kind=ConditionKind.SIGNATURE)
    assert {one.parameters.get("question", "") for one in points} == {"drawing", ""}
    assert all(one.internal for one in points)
    assert "Firma" in points[0].title
    from vivaio.calls.signing.points import lay

    lay(call)
    assert call.conditions.filter(kind=ConditionKind.SIGNATURE).count() == 2


def point_of(application, question=""):
    return application.call.conditions.create(
        key="firma",
        title="Firma",
        kind=ConditionKind.SIGNATURE,
        parameters={"question": question},
        internal=True,
    )


def outcome_of(application):
    return application.checks.get(condition__key="firma").outcome


def test_the_point_is_met_where_the_representative_signed_and_looked_at_where_another_did():
    application = to_sign("click")
    point_of(application)
    clicked(application)
    submit(application)
    assert outcome_of(application) == CheckOutcome.UNKNOWN  # Ada Verdi is on record, somebody else clicked

    other = to_sign("click")
    point_of(other)
    by = other.created_by
    BoardMember.objects.create(
        organisation=other.organisation,
        given_name=by.given_name,
        family_name=by.family_name,
        part="legal_representative",
    )
    clicked(other)
    submit(other)
    assert outcome_of(other) == CheckOutcome.MET


def test_the_staff_reads_who_signed_and_finds_it_in_the_list(client):
    application = to_sign("click")
    clicked(application)
    submit(application)
    client.force_login(holder(application.call.programme, "secretary"))
    whole = client.get(reverse("applications:eligibility", args=[application.pk])).content.decode()
    assert signing_page(application) in whole
    page = client.get(signing_page(application)).content.decode()
    assert "Confermata con un clic" in page
    assert "Ada Verdi" in page  # who represents the applicant, on record
    where = reverse("applications:received", args=[application.call.programme.slug, application.call.slug])
    assert str(application) in client.get(where, {"signatures": "sound"}).content.decode()
    assert (
        f"applications/{application.pk}" not in client.get(where, {"signatures": "broken"}).content.decode()
    )


def test_every_page_on_the_way_leads_to_the_signatures(client):
    application = to_sign("click")
    client.force_login(application.created_by)
    step = reverse("applications:step", args=[application.pk, 1])
    assert signing_page(application) in client.get(step).content.decode()
    point_of(application)
    clicked(application)
    submit(application)
    page = client.get(application.get_absolute_url()).content.decode()
    assert "Firmato: La candidatura, in PDF" in page
    client.force_login(holder(application.call.programme, "secretary"))
    checklist = reverse("applications:checklist", args=[application.pk])
    page = client.get(checklist).content.decode()
    assert signing_page(application) in page


def test_where_a_call_is_only_tried_out_nothing_is_signed():
    application = to_sign("click")
    application.call.programme.is_rehearsal = True
    assert rules.hand_in(application) is None


@pytest.mark.parametrize(
    ("signer", "name", "same"),
    [
        ("VERDI ADA", "Ada Verdi", True),
        ("Ada Maria Verdi", "Ada Verdi", True),
        ("D’ANGELO NICOLÒ", "Nicolo' D'Angelo", True),
        ("Ada Bianchi", "Ada Verdi", False),
        ("Verdi", "Ada Verdi", False),
        ("", "Ada Verdi", False),
    ],
)
def test_names_are_compared_as_people_write_them(signer, name, same):
    assert telling.represents(signer, [name]) is same


def test_an_answer_is_signed_with_a_click_and_a_new_file_wants_a_new_one():
    from tests.applications.test_detached import attach
    from vivaio.questionnaires import actions as questionnaires

    application = to_sign(question="click")
    attach(application)
    application.refresh_from_db()
    need = queries.need_of(application, "drawing")
    document = need.documents[0]
    by = application.created_by
    said = {"sha256": document.sha256, "name": str(by), "entitled": True, "by": by}
    actions.click(application, "drawing", document.pk, **said)
    assert rules.hand_in(application) is None
    questionnaires.detach_file(application.response, "drawing", document.pk, by=by)
    attach(application)
    application.response.refresh_from_db()
    assert "da firmare" in str(rules.hand_in(application))


def test_after_its_period_the_application_keeps_that_it_was_signed_and_no_name():
    application = to_sign("click")
    clicked(application)
    submit(application)
    applications.empty(application.pk)
    signature = Signature.objects.get()
    assert (signature.signer, signature.statement) == ("", "")
    assert signature.document_sha256
    assert not Paper.objects.exists()


def test_a_jury_that_reads_blind_does_not_get_what_was_signed():
    from vivaio.questionnaires import queries as questionnaires

    version = form_signed_as("pades")
    assert "drawing" in questionnaires.identifying(version.questionnaire)


def test_after_the_deadline_a_signature_changes_nothing():
    application = to_sign("click")
    clicked(application)
    close(application.call)
    with time_machine.travel(dt.datetime.now(dt.UTC)), pytest.raises(Refused):
        submit(Application.objects.get(pk=application.pk))
