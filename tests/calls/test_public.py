"""What anyone reads of a call: its page, its full text as PDF/UA, its documents."""

import datetime as dt
import io

import pytest
from django.core.files.base import ContentFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.translation import override
from pypdf import PdfReader

from tests.factories.calls import (
    AwardFactory,
    CallFactory,
    ConditionFactory,
    CriterionFactory,
    TrackFactory,
)
from tests.factories.people import PersonFactory
from tests.factories.programmes import ProgrammeFactory, holder
from vivaio.calls.models import CallDate, CallDocument
from vivaio.calls.states import CallState, Commenting, Disclosure
from vivaio.kit import clock
from vivaio.programmes.states import ProgrammeState

pytestmark = pytest.mark.django_db


def a_call(**fields):
    """A call that tells everything."""
    call = CallFactory(
        title="Ricerca e selezione",
        summary="Cerchiamo cooperative.",
        who="Cooperative **grandi o piccole**.",
        what="Un percorso.",
        text="## Oggetto\n\nIl testo intero.",
        tie_breaks=["criterion:impatto", "earlier_submission"],
        **fields,
    )
    track = TrackFactory(call=call, title="Cooperative", places=10, organisation_kinds=["cooperative"])
    CriterionFactory(
        call=call,
        key="impatto",
        title="Impatto",
        weight=100,
        descriptors=[{"value": 1, "word": {"it": "scarso", "en": "poor"}, "text": {"it": "Nulla."}}],
    )
    ConditionFactory(call=call, title="Lavora a Milano", track=track)
    AwardFactory(call=call, track=track, title="Voucher", amount="5000.00", quantity=2)
    CallDate.objects.create(call=call, key="incontro", title="Incontro informativo", at=clock.now())
    return call


def address(call, name="call", language="it"):
    with override(language):
        return reverse(f"calls:{name}", args=[call.programme.slug, call.slug])


def read(client, call, language="it"):
    response = client.get(address(call, language=language))
    assert response.status_code == 200
    return response.content.decode()


def document_of(call, name="regolamento.pdf", content=b"%PDF-1.7\n"):
    return CallDocument.objects.create(
        call=call,
        title="Regolamento",
        file=ContentFile(content, name),
        name=name,
        size=len(content),
        content_type="application/pdf",
    )


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("it", ["Chi può candidarsi", "1 scarso", "Presenta una candidatura"]),
        ("en", ["Who may apply", "1 poor", "Apply"]),
    ],
)
def test_anyone_reads_an_open_call_in_both_languages(client, language, words):
    page = read(client, a_call(), language)
    for said in [*words, "Ricerca e selezione", "<strong>grandi o piccole</strong>", "Incontro informativo"]:
        assert said in page
    assert "5.000,00" in page or "5,000.00" in page


def test_an_open_call_shows_the_way_in_and_a_closed_one_does_not(client):
    opened, closed = a_call(), a_call()
    closed.opens_at, closed.closes_at = (clock.now() - dt.timedelta(days=days) for days in (9, 2))
    closed.save()
    assert "/apply/" in read(client, opened)
    assert "/apply/" not in read(client, closed)


def test_a_draft_is_read_by_the_staff_alone(client):
    call = a_call(state=CallState.DRAFT)
    for name in ("call", "full_text"):
        assert client.get(address(call, name)).status_code == 404
    client.force_login(PersonFactory())
    assert client.get(address(call)).status_code == 404
    client.force_login(holder(ProgrammeFactory(), "manager"))
    assert client.get(address(call)).status_code == 404
    client.force_login(holder(call.programme, "secretary"))
    assert client.get(address(call)).status_code == 200
    assert client.get(address(call, "full_text")).status_code == 200


def test_calls_of_a_programme_that_is_not_public_are_not(client):
    call = a_call(programme__state=ProgrammeState.DRAFT)
    assert client.get(address(call)).status_code == 404


def test_the_page_costs_the_same_whatever_the_call_holds(client):
    def cost(call):
        with CaptureQueriesContext(connection) as captured:
            read(client, call)
        return len(captured)

    small, large = a_call(), a_call()
    for call, n in [(small, 0), *((large, n) for n in range(6))]:
        track = TrackFactory(call=call)
        CriterionFactory(call=call)
        ConditionFactory(call=call, track=track)
        AwardFactory(call=call, track=track)
        document_of(call, f"{n}.pdf")
    assert cost(small) == cost(large) <= 12


@pytest.mark.parametrize("disclosure", Disclosure.values)
def test_the_page_says_what_will_be_published(client, disclosure):
    call = a_call(disclosure=disclosure, publish_scores=False, ranking_public_days=30)
    page = read(client, call, "en")
    with override("en"):
        assert str(Disclosure(disclosure).label) in page
    assert "Scores are not published." in page
    assert "30 days" in page


@pytest.mark.parametrize(
    ("commenting", "words"),
    [
        (Commenting.NOBODY, None),
        (
            Commenting.NOT_SELECTED,
            "Those who are not selected, the reserve list included, receive the comments",
        ),
        (Commenting.EVERYBODY, "All whose application was judged receive the comments of the jury"),
    ],
)
def test_the_page_says_who_receives_the_comments_of_the_jury(client, commenting, words):
    page = read(client, a_call(commenting=commenting), "en")
    assert (words or "Scores are") in page
    assert ("the comments of the jury" in page) is bool(words)


def test_a_withdrawn_call_says_why(client):
    call = a_call(state=CallState.WITHDRAWN, withdrawal_reason="I fondi non ci sono più.")
    page = read(client, call)
    assert "I fondi non ci sono più." in page
    assert "/apply/" not in page


def full_text(client, call, language="it"):
    response = client.get(address(call, "full_text", language))
    assert response.status_code == 200
    assert response["Content-Type"] == "application/pdf"
    return PdfReader(io.BytesIO(response.content))


def test_the_full_text_is_an_accessible_pdf_that_tells_all(client):
    reader = full_text(client, a_call())
    root = reader.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert "/StructTreeRoot" in root
    assert root["/Lang"] == "it"
    assert b"<pdfuaid:part>1</pdfuaid:part>" in root["/Metadata"].get_data()
    assert reader.metadata.title == "Ricerca e selezione"
    said = " ".join(" ".join(page.extract_text().split()) for page in reader.pages)
    for words in ("Cooperative", "Voucher", "5.000,00", "Lavora a Milano", "Impatto", "1 scarso", "Nulla."):
        assert words in said
    for words in ("Il testo intero.", "Incontro informativo", "Chi può candidarsi", "180 giorni"):
        assert words in said


def test_the_full_text_follows_what_changes_in_the_programme(client):
    call = a_call()
    assert full_text(client, call).metadata.title == "Ricerca e selezione"
    call.title = "Altro titolo"
    call.save()
    call.programme.public_version += 1
    call.programme.save()
    assert full_text(client, call).metadata.title == "Altro titolo"


def test_an_almost_empty_draft_still_makes_a_document(client):
    call = CallFactory(state=CallState.DRAFT)
    client.force_login(holder(call.programme, "manager"))
    assert len(full_text(client, call).pages) >= 1


def test_documents_are_downloaded_where_the_call_is_read(client):
    call, draft = a_call(), a_call(state=CallState.DRAFT)
    opened, hidden = document_of(call), document_of(draft)
    assert reverse("calls:document", args=[opened.pk]) in read(client, call)
    response = client.get(reverse("calls:document", args=[opened.pk]))
    assert b"".join(response.streaming_content) == b"%PDF-1.7\n"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert client.get(reverse("calls:document", args=[hidden.pk])).status_code == 404
