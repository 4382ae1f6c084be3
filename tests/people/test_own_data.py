"""A copy of one's own data: everything, for the person alone, for a week."""

import datetime as dt
import io
import json
import zipfile
from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from django.urls import reverse

from tests.factories.applications import ApplicationFactory, handed_in
from tests.factories.mailroom import LetterFactory
from tests.factories.people import PersonFactory, confirmed
from tests.factories.programmes import PurposeFactory
from vivaio.journal.models import Record
from vivaio.kit import clock
from vivaio.kit.rules import Refused
from vivaio.mailroom.models import OutgoingLetter
from vivaio.people import actions
from vivaio.people.models import DataExport
from vivaio.programmes import actions as programmes
from vivaio.programmes.states import ConsentPlace
from vivaio.questionnaires.models import Attachment

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def files(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def prepared(person):
    export = actions.request_export(by=person)
    actions.prepare_export(export.pk)
    export.refresh_from_db()
    return export


def opened(export):
    return zipfile.ZipFile(io.BytesIO(export.file.read()))


def test_the_copy_holds_what_every_room_knows_and_the_persons_files():
    application = ApplicationFactory()
    person = application.created_by
    Attachment.objects.create(
        response=application.response, path="drawing", file=ContentFile(b"%PDF-1.7", name="x"),
        name="disegno.pdf", content_type="application/pdf", size=8, sha256="0" * 64, uploaded_by=person,
    )  # fmt: skip
    LetterFactory(person=person.pk, subject="La ricevuta")
    programmes.answer_consent(
        PurposeFactory(title="Newsletter"), True, by=person, place=ConsentPlace.OWN_PAGE
    )
    actions.choose_letters({"staff": "never"}, by=person)
    pack = opened(prepared(person))
    data = json.loads(pack.read("data.json"))
    assert [(row["category"], row["pace"]) for row in data["letter_choices"]] == [("staff", "never")]
    assert data["account"][0]["email"] == person.email
    assert data["applications"][0]["applicant"] == str(application.organisation)
    assert data["applications"][0]["answers"]
    assert data["letters"][0]["subject"] == "La ricevuta"
    assert data["consents"][0]["purpose"] == "Newsletter"
    assert any(record["verb"] == "people.data_asked_for" for record in data["register"])
    assert pack.read("files/001 disegno.pdf") == b"%PDF-1.7"
    assert "La ricevuta" in pack.read("index.html").decode()
    assert "Newsletter" in pack.read("tables/consents.csv").decode()


def test_the_copy_says_how_one_signs_in_and_nothing_that_opens_the_account(client):
    person = confirmed(PersonFactory(password="una-parola-lunga-77"))
    client.post(reverse("account_login"), {"login": person.email, "password": "una-parola-lunga-77"})
    words = opened(prepared(person)).read("data.json").decode()
    data = json.loads(words)
    assert data["addresses"] == [{"email": person.email, "verified": True, "primary": True}]
    assert len(data["sessions"]) == 1
    assert client.session.session_key not in words


def test_nobody_elses_data_are_in_it():
    handed_in()
    data = json.loads(opened(prepared(PersonFactory())).read("data.json"))
    assert "applications" not in data


def test_a_cell_that_looks_like_a_formula_does_not_run():
    person = PersonFactory(given_name="=HYPERLINK(1)")
    assert "'=HYPERLINK" in opened(prepared(person)).read("tables/account.csv").decode()


def test_preparing_twice_makes_one_file_and_one_letter():
    export = prepared(PersonFactory())
    name = export.file.name
    actions.prepare_export(export.pk)
    export.refresh_from_db()
    assert export.file.name == name
    assert OutgoingLetter.objects.filter(letter="people.data_ready").count() == 1
    assert Record.objects.filter(verb="people.data_ready").count() == 1


def test_one_copy_at_a_time():
    person = PersonFactory()
    actions.request_export(by=person)
    with pytest.raises(Refused):
        actions.request_export(by=person)


def test_the_copy_is_fetched_after_signing_in_again_and_by_nobody_else(client):
    person = PersonFactory(password="una-parola-lunga-77")
    export = prepared(person)
    address = reverse("people:download_export", args=[export.pk])
    client.force_login(person)
    assert reverse("account_reauthenticate") in client.get(address).url
    client.post(reverse("account_reauthenticate"), {"password": "una-parola-lunga-77"})
    answer = client.get(address)
    assert zipfile.ZipFile(io.BytesIO(b"".join(answer))).testzip() is None
    other = PersonFactory(password="una-parola-lunga-77")
    client.force_login(other)
    client.post(reverse("account_reauthenticate"), {"password": "una-parola-lunga-77"})
    assert client.get(address).status_code == 404


def test_after_its_days_the_copy_is_gone_from_the_storage(django_capture_on_commit_callbacks):
    export = prepared(PersonFactory())
    path = Path(export.file.path)
    assert path.exists()
    DataExport.objects.update(expires_at=clock.now() - dt.timedelta(minutes=1))
    with django_capture_on_commit_callbacks(execute=True):
        assert actions.expire_exports() == 1
    export.refresh_from_db()
    assert (export.state, bool(export.file)) == ("expired", False)
    assert not path.exists()


def test_the_page_asks_and_shows_the_state(client):
    person = PersonFactory()
    client.force_login(person)
    client.post(reverse("people:request_export"))
    assert "In preparazione" in client.get(reverse("programmes:my_privacy")).text
