"""Files in an S3 bucket: kept there, served by us alone, looked at by the doctor. The server is a real one."""

import logging
import socket
import urllib.request

import boto3
import environ
import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from moto.server import ThreadedMotoServer

from tests.applications.test_detached import attach, drawing
from tests.factories.applications import ApplicationFactory
from tests.factories.people import PersonFactory
from tests.factories.programmes import ProgrammeFactory, holder
from tests.factories.publishing import MP4, PDF, VideoFactory
from vivaio.applications import actions
from vivaio.config import doctor, storage
from vivaio.config.failures import CannotStart
from vivaio.publishing.models import Document
from vivaio.questionnaires import actions as questionnaires
from vivaio.questionnaires.models import Attachment

BUCKET = "vivaio-prova"


def environment(**said):
    env = environ.Env()
    env.ENVIRON = said
    return env


@pytest.fixture
def server(monkeypatch):
    """An S3 server with an empty bucket."""
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "prova")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "prova")
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    running = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    running.start()
    host, port = running.get_host_and_port()
    reset = urllib.request.Request(
        f"http://{host}:{port}/moto-api/reset", method="POST"
    )  # it remembers buckets
    urllib.request.urlopen(reset, timeout=10).close()
    yield f"http://{host}:{port}"
    running.stop()


def at(endpoint):
    return storage.settings_for(
        environment(
            VIVAIO_S3_BUCKET=BUCKET,
            VIVAIO_S3_ENDPOINT=endpoint,
            VIVAIO_S3_REGION="eu-south-1",
            VIVAIO_S3_ADDRESSING="path",
            VIVAIO_S3_FOLDER="casa",
        )
    )


@pytest.fixture
def bucket(server, settings):
    """The product's own storage, pointed there by the environment."""
    client = boto3.client("s3", endpoint_url=server, region_name="eu-south-1")
    client.create_bucket(Bucket=BUCKET, CreateBucketConfiguration={"LocationConstraint": "eu-south-1"})
    settings.STORAGES = settings.STORAGES | {"default": at(server)}

    def names():
        return [one["Key"] for one in client.list_objects_v2(Bucket=BUCKET).get("Contents", [])]

    yield names
    client.close()


@pytest.mark.django_db
def test_an_upload_stands_in_the_bucket_and_leaves_only_through_our_pages(client, bucket):
    application = ApplicationFactory()
    attachment = attach(application)
    assert bucket() == [f"casa/{attachment.file.name}"]
    address = f"{application.get_absolute_url()}files/{attachment.pk}/"
    client.force_login(application.created_by)
    answer = client.get(address)
    assert answer.status_code == 200
    assert b"".join(answer.streaming_content).startswith(b"\x89PNG")
    assert "Location" not in answer.headers
    client.force_login(PersonFactory())
    assert client.get(address).status_code == 404
    client.logout()
    assert client.get(address).status_code == 302


@pytest.mark.django_db
def test_a_file_that_the_bucket_has_lost_is_not_found(client, bucket):
    application = ApplicationFactory()
    attachment = attach(application)
    default_storage.delete(attachment.file.name)
    client.force_login(application.created_by)
    assert client.get(f"{application.get_absolute_url()}files/{attachment.pk}/").status_code == 404


@pytest.fixture
def gone(bucket, settings):
    """The service goes away: from now on its port refuses. What it answers is how to bring it back."""
    there = settings.STORAGES
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))  # held by us, so nobody else listens there

        def go():
            settings.STORAGES = there | {"default": at(f"http://127.0.0.1:{taken.getsockname()[1]}")}
            return lambda: setattr(settings, "STORAGES", there)

        yield go


@pytest.mark.django_db
def test_reading_a_file_while_the_service_is_away_says_when_to_come_back(client, gone):
    application = ApplicationFactory()
    address = f"{application.get_absolute_url()}files/{attach(application).pk}/"
    video = VideoFactory(programme=application.call.programme)
    client.force_login(application.created_by)
    back = gone()
    for page in (address, reverse("publishing:video_file", args=[video.pk])):
        answer = client.get(page)
        assert answer.status_code == 503
        assert int(answer["Retry-After"]) > 0
        assert "no-store" not in answer["Cache-Control"]
        assert "l’archivio dei file non risponde" in answer.content.decode()
    back()
    assert client.get(address).getvalue().startswith(b"\x89PNG")
    assert client.get(reverse("publishing:video_file", args=[video.pk])).getvalue() == MP4


@pytest.mark.django_db
def test_adding_a_file_while_the_service_is_away_loses_nothing(client, gone, bucket):
    application = ApplicationFactory()
    client.force_login(application.created_by)
    step = f"{application.get_absolute_url()}step/2/"
    back = gone()
    answer = client.post(step, {"idea": "Una portineria di notte.", "drawing": drawing()})
    assert answer.status_code == 200
    assert "l’archivio dei file non risponde" in answer.content.decode()
    assert "Una portineria di notte." in answer.content.decode()
    application.refresh_from_db()
    assert application.response.answers["idea"] == "Una portineria di notte."
    assert not Attachment.objects.exists()
    back()
    assert client.post(step, {"idea": "Una portineria di notte.", "drawing": drawing()}).status_code == 302
    assert len(bucket()) == 1


@pytest.mark.django_db
def test_what_the_staff_adds_is_whole_or_not_there(client, gone):
    programme = ProgrammeFactory()
    client.force_login(holder(programme, "manager"))
    gone()
    given = {
        "title_it": "Rapporto",
        "kind": "report",
        "dated": "2021-07-31",
        "file": SimpleUploadedFile("r.pdf", PDF),
    }
    page = client.post(reverse("publishing:add", args=[programme.slug, "documents"]), given)
    assert "l’archivio dei file non risponde" in page.content.decode()
    assert 'value="Rapporto"' in page.content.decode()
    assert not Document.objects.exists()


@pytest.mark.django_db
def test_a_bucket_that_turns_us_away_is_no_fault_of_the_page(client, bucket, settings):
    application = ApplicationFactory()
    client.force_login(application.created_by)
    options = settings.STORAGES["default"]["OPTIONS"] | {"bucket_name": "altrove"}
    settings.STORAGES = settings.STORAGES | {"default": settings.STORAGES["default"] | {"OPTIONS": options}}
    answer = client.post(f"{application.get_absolute_url()}step/2/", {"drawing": drawing()})
    assert "l’archivio dei file non risponde" in answer.content.decode()


@pytest.mark.django_db
def test_what_is_purged_leaves_the_bucket_too(bucket, django_capture_on_commit_callbacks):
    application = ApplicationFactory()
    attachment = attach(application)
    questionnaires.detach_file(application.response, "drawing", attachment.pk, by=application.created_by)
    with django_capture_on_commit_callbacks(execute=True):
        before = attachment.created_at.replace(year=2100)
        actions.purge_detached_files(application.pk, before=before)
    assert bucket() == []


def test_the_doctor_writes_reads_and_deletes_a_probe(bucket):
    found = next(one for one in doctor.of_the_machine() if one.subject == "storage")
    assert (found.level, found.words) == ("ok", f"bucket {BUCKET}")
    assert bucket() == []


def test_the_doctor_says_what_to_check_where_the_bucket_is_missing(server, bucket, settings):
    options = settings.STORAGES["default"]["OPTIONS"] | {"bucket_name": "altrove"}
    settings.STORAGES = settings.STORAGES | {"default": settings.STORAGES["default"] | {"OPTIONS": options}}
    found = next(one for one in doctor.of_the_machine() if one.subject == "storage")
    assert found.level == "fail"
    assert "bucket altrove does not take files" in found.words
    assert "check VIVAIO_S3_BUCKET" in found.words


def test_without_a_bucket_files_stay_on_disk_and_nothing_more_is_loaded():
    assert storage.settings_for(environment()) == {"BACKEND": storage.DISK}


def test_a_missing_package_is_one_clear_line(monkeypatch):
    monkeypatch.setattr(storage.importlib.util, "find_spec", lambda name: None)
    with pytest.raises(CannotStart, match=r"requirements/s3\.txt"):
        storage.settings_for(environment(VIVAIO_S3_BUCKET=BUCKET))
