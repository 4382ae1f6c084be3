"""The disk is full: a clear word, nothing typed is lost, no row without its file. The disk is a real, tiny one."""

import os
import shutil
import subprocess
import tempfile

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from tests.applications.test_detached import attach
from tests.factories.applications import ApplicationFactory, IntegrationRequestFactory, handed_in
from tests.factories.programmes import holder
from vivaio.applications.models import Application, IntegrationFile
from vivaio.applications.receipts import written
from vivaio.questionnaires.models import Attachment

pytestmark = pytest.mark.django_db
LARGE = b"%PDF-1.7\n" + os.urandom(2_000_000) + b"\nstartxref\n0\n%%EOF"


@pytest.fixture
def disk(tmp_path, settings):
    """A file system of one megabyte, where files are kept."""
    folder = tmp_path / "tiny"
    folder.mkdir()
    asked = ["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", str(folder)]
    if os.geteuid() != 0 or not shutil.which("mount") or subprocess.run(asked, check=False).returncode:
        pytest.skip("a file system as small as this can only be mounted by root")
    settings.MEDIA_ROOT = folder
    yield folder
    subprocess.run(["umount", "--lazy", str(folder)], check=True)


def files_on(folder):
    return [path for path in folder.rglob("*") if path.is_file()]


def upload():
    return SimpleUploadedFile("planimetria.pdf", LARGE, "application/pdf")


def test_a_file_that_finds_no_room_is_refused_and_what_was_typed_is_kept(client, disk):
    application = ApplicationFactory()
    client.force_login(application.created_by)
    address = f"{application.get_absolute_url()}step/2/"
    page = client.post(address, {"idea": "Una portineria di notte.", "drawing": upload()})
    said = page.content.decode()
    assert page.status_code == 200
    assert "sul server non c’è più spazio" in said
    assert "Una portineria di notte." in said
    application.refresh_from_db()
    assert application.response.answers["idea"] == "Una portineria di notte."
    assert "drawing" not in application.response.answers
    assert not Attachment.objects.exists()
    assert files_on(disk) == []
    assert default_storage.exists(attach(application).file.name)  # a small one still finds room


def test_an_upload_that_cannot_even_be_received_says_what_to_do(client, disk, settings):
    settings.FILE_UPLOAD_TEMP_DIR, settings.FILE_UPLOAD_MAX_MEMORY_SIZE = str(disk), 1000
    application = ApplicationFactory()
    client.force_login(application.created_by)
    client.raise_request_exception = False
    page = client.post(f"{application.get_absolute_url()}step/2/", {"idea": "Altro.", "drawing": upload()})
    assert page.status_code == 507
    assert "Il disco del server è pieno" in page.content.decode()
    assert Application.objects.get().response.answers["idea"] != "Altro."
    assert not Attachment.objects.exists()


def test_a_paper_for_an_integration_finds_no_room(client, disk):
    request = IntegrationRequestFactory()
    client.force_login(request.application.created_by)
    address = reverse("applications:integration", args=[request.pk])
    page = client.post(address, {"text": "Ecco lo statuto.", "file": upload()})
    assert page.status_code == 200
    assert "sul server non c’è più spazio" in page.content.decode()
    request.refresh_from_db()
    assert request.answer == "Ecco lo statuto."
    assert not IntegrationFile.objects.exists()
    assert files_on(disk) == []


def test_a_receipt_is_drawn_even_so(disk, monkeypatch):
    """A document is made in memory: a full disk keeps nobody from the proof of having handed in."""
    (disk / "rest").write_bytes(b"x" * 1_048_576)
    monkeypatch.setattr(tempfile, "tempdir", str(disk))
    monkeypatch.setenv("TMPDIR", str(disk))
    with pytest.raises(OSError, match="No space left"):
        (disk / "more").write_bytes(b"x" * 10_000)
    receipt = handed_in().receipts.get()
    assert written(receipt, "it").startswith(b"%PDF")


def test_a_list_as_a_workbook_says_that_there_is_no_room(client, disk, monkeypatch):
    application = handed_in()
    (disk / "rest").write_bytes(b"x" * 1_048_576)
    monkeypatch.setattr(tempfile, "tempdir", str(disk))
    client.force_login(holder(application.call.programme, "secretary"))
    client.raise_request_exception = False
    address = reverse("applications:received", args=[application.call.programme.slug, application.call.slug])
    answer = client.get(address, {"export": "xlsx"})
    assert answer.status_code == 507
    assert "Il disco del server è pieno" in answer.content.decode()
