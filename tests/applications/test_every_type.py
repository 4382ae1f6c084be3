"""An application to a form with every type of question: its receipt, its page, its row in a spreadsheet."""

import copy
import io
import json

import pytest
from django.urls import reverse
from pypdf import PdfReader

from tests.factories.applications import handed_in, open_call
from tests.factories.programmes import holder
from tests.questionnaires.every import ANSWERS, every
from vivaio.applications import receipts
from vivaio.questionnaires import actions as questionnaires
from vivaio.questionnaires import queries
from vivaio.questionnaires.models import Response

pytestmark = pytest.mark.django_db


@pytest.fixture
def application():
    call = open_call()
    form = questionnaires.keep_form(call.programme, "every", title="Ogni tipo")
    version = questionnaires.publish_version(form, every(), by=None)
    call.form = version
    call.save()
    response = Response.objects.create(version=version, answers=copy.deepcopy(ANSWERS))
    return handed_in(call, response=response)


@pytest.mark.parametrize(
    ("language", "words"), [("it", "15 settembre 2020, 14:30"), ("en", "15 September 2020, 14:30")]
)
def test_its_receipt_tells_every_answer(application, language, words):
    found = PdfReader(io.BytesIO(receipts.written(application.receipts.get(), language)))
    text = " ".join(" ".join(page.extract_text() for page in found.pages).split())
    for told in (words, "Via Padova", "Cucina", "Via Crespi", "12,50" if language == "it" else "12.50"):
        assert told in text


def test_its_row_in_a_spreadsheet_has_every_answer(application, client):
    person = holder(application.call.programme, "secretary")
    client.force_login(person)
    url = reverse("applications:received", args=[application.call.programme.slug, application.call.slug])
    csv = b"".join(client.get(url, {"export": "csv"}).streaming_content).decode("utf-8-sig")
    for told in ("In che ordine", "1. Denaro; 2. Stanze; 3. Persone", "Voce: Affitto", "Confermato", "2019"):
        assert told in csv
    assert b"".join(client.get(url, {"export": "xlsx"}).streaming_content).startswith(b"PK")


def test_what_is_frozen_reads_as_it_was_given(application):
    frozen = json.loads(bytes(application.frozen))["answers"]
    blocks = queries.answer_blocks(application.response.version, frozen, "en", hidden={"inside", "order"})
    names = [block.name for block in blocks]
    assert "floors" not in names
    assert "order" not in names
    assert "rooms" in names
