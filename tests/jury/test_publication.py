"""What is published: whom the call announced and nobody else, for as long as it said; letters held for release."""

import csv
import datetime as dt
import io

import pytest
import time_machine
from django.core import mail
from django.core.cache import caches
from django.db import OperationalError, connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from pypdf import PdfReader

from tests.factories.people import MembershipFactory, PersonFactory
from tests.factories.programmes import holder
from tests.jury.test_places import person_of
from tests.jury.verdicts import Judged
from vivaio.calls.states import Disclosure
from vivaio.jury import jobs, letters_ranking
from vivaio.jury.actions import places
from vivaio.jury.actions import ranking as actions
from vivaio.jury.models import DecisionRecord, RankingEntry
from vivaio.jury.states import RankingState
from vivaio.kit.rules import Refused
from vivaio.kit.tables import Table
from vivaio.mailroom import actions as mailroom
from vivaio.mailroom.models import OutgoingLetter

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]

FORMS = ("public_ranking", "public_pdf", "public_csv")


def url(judged, name="public_ranking"):
    return reverse(f"jury:{name}", args=[judged.call.programme.slug, judged.call.slug])


def judged_call(**fields):
    """Two places: organisations and persons selected, on the reserve list and below the minimum."""
    judged = Judged(places=2, tie_breaks=["earlier_submission"], **fields)
    judged.apply("Cooperativa Scelta", (5, 5), (5, 5))
    person = PersonFactory(given_name="Persona", family_name="Prescelta")
    judged.apply("Personale Scelto", (5, 4), (5, 4), person=person, created_by=person)
    judged.apply("Cooperativa Riserva", (4, 4), (4, 4))
    waiting = PersonFactory(given_name="Persona", family_name="Riservata")
    judged.apply("Personale Riserva", (4, 3), (4, 3), person=waiting, created_by=waiting)
    judged.apply("Cooperativa Esclusa", (1, 1), (1, 1))
    return judged


NAMES = {
    "Cooperativa Scelta": ("Cooperativa Scelta", "Progetto Cooperativa Scelta"),
    "Prescelta": ("Persona Prescelta", "Progetto Personale Scelto"),
    "Cooperativa Riserva": ("Cooperativa Riserva", "Progetto Cooperativa Riserva"),
    "Riservata": ("Persona Riservata", "Progetto Personale Riserva"),
    "Cooperativa Esclusa": ("Cooperativa Esclusa", "Progetto Cooperativa Esclusa"),
}


def outputs(client, judged):
    """The text of page, PDF and CSV, as anybody gets them."""
    client.logout()
    page = client.get(url(judged)).content.decode()
    pdf = client.get(url(judged, "public_pdf"))
    body = pdf.content if not pdf.streaming else b"".join(pdf)
    read = PdfReader(io.BytesIO(body))
    text = " ".join(" ".join(one.extract_text() for one in read.pages).replace("\xad", "").split())
    sheet = client.get(url(judged, "public_csv"))
    rows = (sheet.content if not sheet.streaming else b"".join(sheet)).decode("utf-8-sig")
    return {"page": page, "pdf": text, "csv": rows}


@pytest.mark.parametrize(
    ("disclosure", "named", "after"),
    [
        (Disclosure.SELECTED_ORGANISATIONS, {"Cooperativa Scelta"}, {"Cooperativa Riserva"}),
        (Disclosure.SELECTED, {"Cooperativa Scelta", "Prescelta"}, {"Cooperativa Riserva"}),
        (Disclosure.EVERYONE, set(NAMES), set()),
        (Disclosure.NUMBERS, set(), set()),
    ],
)
def test_page_pdf_and_csv_name_only_whom_the_call_announced(client, disclosure, named, after):
    judged = judged_call(disclosure=disclosure)
    judged.publish()
    check(outputs(client, judged), named)
    first = judged.entries()[0]
    places.decline(first, by=person_of(first))  # the organisation on the reserve list moves up
    check(outputs(client, judged), named | after)


def squeezed(text):
    return "".join(text.split())


def check(found, named):
    for kind, text in found.items():
        for key, words in NAMES.items():
            for word in words:
                # A narrow column breaks words: they are looked for without their spaces.
                found_here = squeezed(word) in squeezed(text)
                assert found_here == (key in named), f"{word!r} in the {kind}"
        if len(named) < len(NAMES):
            assert squeezed("Application no. 5") in squeezed(text), kind
        assert "Elena Vismara" not in text, kind


def test_every_disclosure_is_tried():
    assert set(Disclosure) == {
        Disclosure.SELECTED_ORGANISATIONS,
        Disclosure.SELECTED,
        Disclosure.EVERYONE,
        Disclosure.NUMBERS,
    }


def test_the_three_tell_the_same_lines(client):
    judged = judged_call()
    judged.publish()
    found = outputs(client, judged)
    rows = list(csv.reader(io.StringIO(found["csv"]), delimiter=";" if ";" in found["csv"] else ","))
    assert len(rows) == 6
    assert rows[1][:3] == ["Cooperative", "1", "Cooperativa Scelta"]
    assert "100" in found["page"]
    assert "100.0" in found["pdf"]


@pytest.mark.parametrize("shown", [True, False])
def test_scores_are_published_only_if_the_call_said_so(client, shown):
    judged = judged_call(publish_scores=shown)
    judged.publish()
    for kind, text in outputs(client, judged).items():
        assert ("68.0" in text or "68,0" in text) == shown, kind


def test_search_engines_are_asked_to_stay_out(client):
    judged = judged_call()
    judged.publish()
    for name in FORMS:
        assert "noindex" in client.get(url(judged, name))["X-Robots-Tag"]


def test_the_ranking_leaves_page_and_files_when_its_time_ends(client):
    judged = judged_call(ranking_public_days=30)
    (ranking,) = judged.publish()
    call_page = reverse("calls:call", args=[judged.call.programme.slug, judged.call.slug])
    assert url(judged) in client.get(call_page).content.decode()
    with time_machine.travel(ranking.public_until - dt.timedelta(seconds=1), tick=False):
        assert [client.get(url(judged, name)).status_code for name in FORMS] == [200] * 3
        jobs.expire_ranking(str(ranking.pk))
        assert judged.ranking().state == RankingState.PUBLISHED
    with time_machine.travel(ranking.public_until, tick=False):
        assert [client.get(url(judged, name)).status_code for name in FORMS] == [404] * 3
        assert url(judged) not in client.get(call_page).content.decode()
        jobs.expire_ranking(str(ranking.pk))
        jobs.expire_ranking(str(ranking.pk))
        assert judged.ranking().state == RankingState.EXPIRED


def test_nothing_is_seen_before_publication(client):
    judged = judged_call()
    judged.adopt()
    entry = judged.entries()[0]
    assert [client.get(url(judged, name)).status_code for name in FORMS] == [404] * 3
    client.force_login(person_of(entry))
    outcome = reverse("jury:outcome", args=[entry.application_id])
    assert client.get(outcome).status_code == 404
    own = client.get(reverse("applications:application", args=[entry.application_id])).content.decode()
    assert outcome not in own


def test_the_applicants_pages_lead_to_the_outcome_when_its_letter_is_released(client):
    judged = judged_call()
    judged.publish()
    entry = judged.entries()[4]
    client.force_login(person_of(entry))
    outcome = reverse("jury:outcome", args=[entry.application_id])
    assert client.get(outcome).status_code == 404
    assert outcome not in client.get(reverse("applications:mine")).content.decode()
    judged.tell()
    assert (
        outcome
        in client.get(reverse("applications:application", args=[entry.application_id])).content.decode()
    )
    assert outcome in client.get(reverse("applications:mine")).content.decode()
    shown = client.get(outcome).content.decode()
    assert "Not selected" in shown
    other = judged.entries()[0]
    assert client.get(reverse("jury:outcome", args=[other.application_id])).status_code == 404


def test_all_tracks_are_published_together():
    judged = judged_call()
    judged.add_track()
    judged.compute()
    actions.adopt(judged.ranking(), by=judged.manager)
    with pytest.raises(Refused, match="not adopted yet"):
        places.publish(judged.call, by=judged.manager)


def test_a_track_that_came_later_keeps_the_ranking_from_being_published():
    judged = judged_call()
    judged.adopt()
    late = judged.add_track(title="Tardivo")
    with pytest.raises(Refused, match="Tardivo"):
        places.publish(judged.call, by=judged.manager)
    assert late.call == judged.call


def test_published_once_and_by_whom_may():
    judged = judged_call()
    judged.adopt()
    with pytest.raises(Refused, match="roles"):
        places.publish(judged.call, by=holder(judged.call.programme, "auditor"))
    places.publish(judged.call, by=judged.manager)
    with pytest.raises(Refused, match="published already"):
        places.publish(judged.call, by=judged.manager)


def test_a_conflict_found_after_the_adoption_keeps_it_from_being_published():
    judged = judged_call()
    judged.adopt()
    judged.jurors[0].assignments.update(state="recused")
    with pytest.raises(Refused, match="take it back"):
        places.publish(judged.call, by=judged.manager)


def test_each_recipient_gets_one_letter_for_each_application_held_until_released(
    django_capture_on_commit_callbacks,
):
    judged = judged_call()
    judged.compute()
    organisation = judged.entry("Cooperativa Scelta").application.organisation
    MembershipFactory(organisation=organisation, person=PersonFactory(language="en"))
    judged.publish()
    letters = OutgoingLetter.objects.filter(letter__startswith="jury.outcome_")
    assert letters.count() == 6  # five applications, one of them with two people
    assert set(letters.values_list("state", flat=True)) == {"held"}
    assert len(mail.outbox) == 0
    selected = letters.filter(letter="jury.outcome_selected")
    assert selected.values("batch").distinct().count() == 1
    mailroom.release(selected.first().batch, by=judged.manager)
    assert set(selected.values_list("state", flat=True)) == {"queued"}


def test_publishing_writes_to_many_as_to_few():
    asked = []
    for many in (3, 12):
        judged = Judged(places=1, minimum=100)
        for number in range(many):
            judged.apply(f"A{number}", (4, 4), (3, 3))
        judged.adopt()
        with CaptureQueriesContext(connection) as queries:
            places.publish(judged.call, by=judged.manager)
        asked.append(len(queries))
        letters = OutgoingLetter.objects.filter(owner=judged.call.pk, letter="jury.outcome_not_selected")
        assert letters.filter(state="held").count() == many
    assert asked[0] == asked[1]


def test_a_publication_that_fails_half_way_has_written_to_nobody(monkeypatch):
    judged = judged_call()
    judged.adopt()
    monkeypatch.setattr(letters_ranking, "TOGETHER", 2)
    monkeypatch.setattr(places, "keep_record", failing)
    with pytest.raises(OperationalError):
        places.publish(judged.call, by=judged.manager)
    assert not OutgoingLetter.objects.filter(letter__startswith="jury.outcome_").exists()
    assert not RankingEntry.objects.exclude(place="none").exists()
    monkeypatch.undo()
    monkeypatch.setattr(letters_ranking, "TOGETHER", 2)
    places.publish(judged.call, by=judged.manager)
    letters = OutgoingLetter.objects.filter(letter__startswith="jury.outcome_", state="held")
    assert letters.values("subject_id").distinct().count() == letters.count() == 5


def failing(*_args):
    raise OperationalError("the database went away")


def test_the_published_page_costs_the_same_whatever_its_length(client, django_assert_max_num_queries):
    judged = Judged(places=2, tie_breaks=["earlier_submission"])
    for number in range(40):
        judged.apply(f"A{number}", (1 + number % 5, 4), (3, 3))
    judged.publish()
    client.get(url(judged))
    for name in FORMS:
        with django_assert_max_num_queries(12):
            answer = client.get(url(judged, name))
            assert answer.status_code == 200


def test_a_long_ranking_is_read_page_by_page(client, monkeypatch):
    monkeypatch.setattr(Table, "per_page", 2)
    judged = judged_call(disclosure=Disclosure.EVERYONE)
    judged.publish()
    shown = [
        client.get(url(judged), {"t1-page": page} if page else {}).text for page in ("", "2", "3", "nonsense")
    ]
    assert ["Cooperativa Scelta" in page for page in shown] == [True, False, False, True]
    assert ["Cooperativa Riserva" in page for page in shown] == [False, True, False, False]
    assert ["Cooperativa Esclusa" in page for page in shown] == [False, False, True, False]
    assert "From 1 to 2 of 5" in shown[0]
    assert "t1-page=2" in shown[0]
    assert outputs(client, judged)["csv"].count("Progetto") == 5


def test_it_is_kept_for_the_next_reader_until_a_place_moves_or_its_time_ends(client, settings):
    settings.PAGE_SECONDS = 60
    caches["pages"].clear()
    judged = judged_call()
    (ranking,) = judged.publish()
    page, again = client.get(url(judged)), client.get(url(judged))
    assert again.content == page.content
    assert "noindex" in again["X-Robots-Tag"]
    with CaptureQueriesContext(connection) as queries:
        client.get(url(judged))
    assert len(queries) == 1
    judged.call.refresh_from_db()
    places.decline(judged.entries()[0], by=person_of(judged.entries()[0]))
    assert "Gave the place up" in client.get(url(judged)).text
    with time_machine.travel(ranking.public_until, tick=False):
        assert client.get(url(judged)).status_code == 404
    caches["pages"].clear()


def test_publishing_on_its_page(client):
    judged = judged_call()
    judged.adopt()
    client.force_login(judged.manager)
    publish = reverse("jury:publish", args=[judged.call.programme.slug, judged.call.slug])
    assert "5 letters" in client.get(publish).content.decode()
    assert client.post(publish).status_code == 302
    assert judged.ranking().state == RankingState.PUBLISHED


@pytest.mark.parametrize("kept", [True, False])
def test_the_record_is_linked_where_one_was_kept(client, kept):
    judged = Judged(places=1)
    judged.apply("Alba", (5, 5), (5, 4))
    judged.publish()
    if not kept:  # published before records were kept
        DecisionRecord.objects.all().delete()
    client.force_login(judged.manager)
    at = {"programme": judged.call.programme.slug, "call": judged.call.slug}
    page = client.get(reverse("jury:ranking", kwargs=at)).content.decode()
    assert (reverse("jury:record", kwargs=at) in page) is kept
