"""The staff takes an application away as a document."""

import io

import pytest
from django.urls import reverse
from django.utils.translation import override
from pypdf import PdfReader

from tests.factories.applications import ApplicationFactory, close, handed_in, open_call
from tests.factories.questionnaires import FULL, ResponseFactory
from vivaio.applications import actions

pytestmark = pytest.mark.django_db


def address(application):
    return reverse("applications:as_pdf", args=[application.pk])


def text_of(answer):
    return " ".join(
        "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(answer.content)).pages).split()
    )


def test_everything_that_was_answered_is_on_paper_in_the_readers_language(client, secretary_of):
    application = handed_in(close(open_call()))
    secretary_of(application.call)
    answer = client.get(address(application))
    assert answer["Content-Type"] == "application/pdf"
    assert 'filename="candidatura-1.pdf"' in answer["Content-Disposition"]
    text = text_of(answer)
    assert "Candidatura n. 1" in text
    assert "In quale settore? Abitare" in text
    assert FULL["idea"] in text
    assert application.digest in text.replace(" ", "")
    assert "Nessuna risposta" in text
    with override("en"):
        english = text_of(client.get(address(application)))
    assert "In which sector? Housing" in english
    assert client.get(address(application)).content == answer.content


def test_hostile_answers_are_words_on_paper_too(client, secretary_of):
    call = open_call()
    bad = {
        "title": '#read("/etc/passwd")',
        "sector": "housing",
        "idea": "<b>#panic()\U0001f331 $x$ @y",
    }
    application = handed_in(
        call, response=ResponseFactory(version=call.form, answers=bad), title='#read("x")'
    )
    secretary_of(close(call))
    text = text_of(client.get(address(application)))
    assert "#panic()" in text
    assert "root:" not in text


def test_files_stand_with_their_checksums(client, secretary_of):
    call = open_call()
    response = ResponseFactory(version=call.form)
    kept = response.attachments.create(
        path="drawing",
        name="pianta.pdf",
        content_type="application/pdf",
        size=1200,
        sha256="ab" * 32,
        file="answers/x",
    )
    response.answers = FULL | {
        "drawing": [{"id": str(kept.pk), "name": kept.name, "size": 1200, "sha256": kept.sha256}]
    }
    response.save()
    application = handed_in(call, response=response)
    secretary_of(close(call))
    text = text_of(client.get(address(application)))
    assert "pianta.pdf" in text
    assert "ab" * 32 in text.replace(" ", "")


def test_what_was_erased_leaves_a_paper_without_answers(client, secretary_of):
    application = handed_in(close(open_call()))
    actions.empty(application.pk)
    secretary_of(application.call)
    assert FULL["idea"] not in text_of(client.get(address(application)))


def test_only_the_staff_of_the_programme_takes_it_away(client, secretary_of):
    application = handed_in(close(open_call()))
    draft = ApplicationFactory(call=application.call)
    client.force_login(application.created_by)
    assert client.get(address(application)).status_code == 404
    secretary_of(application.call, role="juror")
    assert client.get(address(application)).status_code == 404
    secretary_of(open_call())
    assert client.get(address(application)).status_code == 404
    secretary_of(application.call)
    assert client.get(address(draft)).status_code == 404
    page = client.get(reverse("applications:eligibility", args=[application.pk])).content.decode()
    assert address(application) in page
