"""Files taken out of a draft go after some days; what was ever handed in keeps its own."""

import datetime as dt
import io

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image

from tests.factories.applications import ApplicationFactory
from tests.together import at_once
from vivaio.applications import actions, jobs
from vivaio.applications.models import Application
from vivaio.journal.models import Record
from vivaio.kit import clock
from vivaio.questionnaires import actions as questionnaires
from vivaio.questionnaires.models import Attachment

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def files_here(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


def drawing():
    drawn = io.BytesIO()
    Image.new("RGB", (8, 8)).save(drawn, "PNG")
    return SimpleUploadedFile("cortile.png", drawn.getvalue())


def attach(application):
    return questionnaires.attach_file(
        application.response, "drawing", drawing(), name="cortile.png", by=application.created_by
    )


def detach(application, attachment):
    questionnaires.detach_file(application.response, "drawing", attachment.pk, by=application.created_by)


def submit(application):
    return actions.submit(application, by=application.created_by, declared=True, noticed=True)


def purge_after(days):
    with time_machine.travel(clock.now() + dt.timedelta(days=days), tick=False):
        jobs.purge_detached_files(0)


def on_disk(folder):
    return [path for path in folder.rglob("*") if path.is_file()]


def test_a_file_taken_out_goes_after_its_days_and_not_before(files_here, django_capture_on_commit_callbacks):
    application = ApplicationFactory()
    gone, stays = attach(application), None
    detach(application, gone)
    stays = attach(application)
    purge_after(29)
    assert len(on_disk(files_here)) == 2
    with django_capture_on_commit_callbacks(execute=True):
        purge_after(31)
    assert Attachment.objects.get() == stays
    assert len(on_disk(files_here)) == 1
    assert Record.objects.filter(verb="application.detached_files_purged").count() == 1
    purge_after(31)
    assert Record.objects.filter(verb="application.detached_files_purged").count() == 1


def test_the_days_are_a_setting(settings):
    settings.DETACHED_FILES_DAYS = 3
    application = ApplicationFactory()
    detach(application, attach(application))
    purge_after(4)
    assert not Attachment.objects.exists()


def test_what_a_superseded_receipt_names_stays():
    application = ApplicationFactory()
    attachment = attach(application)
    submit(application)
    actions.reopen(application, by=application.created_by)
    detach(application, attachment)
    purge_after(400)
    assert Attachment.objects.get() == attachment


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.sampled_from(["attach", "detach", "hand in", "reopen", "purge"]), max_size=12))
def test_whatever_a_team_does_nothing_that_was_handed_in_is_lost(steps):
    with transaction.atomic():
        application, here, frozen = ApplicationFactory(), None, set()
        for step in steps:
            application = Application.objects.get(pk=application.pk)
            draft = application.state == "draft"
            if step == "attach" and draft and here is None:
                here = attach(application)
            elif step == "detach" and draft and here is not None:
                detach(application, here)
                here = None
            elif step == "hand in" and draft:
                submit(application)
                frozen |= {here.pk} if here else set()
            elif step == "reopen" and not draft:
                actions.reopen(application, by=application.created_by)
            elif step == "purge":
                purge_after(31)
            left = {row.pk: row for row in Attachment.objects.all()}
            assert frozen | ({here.pk} if here else set()) <= set(left)
            assert all(row.file.storage.exists(row.file.name) for row in left.values())
        transaction.set_rollback(True)


@pytest.mark.django_db(transaction=True)
def test_two_sweeps_at_once_and_a_submission_between_them():
    application = ApplicationFactory()
    detach(application, attach(application))
    kept = attach(application)
    before = clock.now() + dt.timedelta(days=1)
    sweep = lambda: actions.purge_detached_files(application.pk, before=before)  # noqa: E731
    counts = at_once(sweep, lambda: submit(application) and 0, sweep)
    assert sorted(counts) == [0, 0, 1]
    assert Attachment.objects.get() == kept
    assert str(kept.pk) in bytes(Application.objects.get(pk=application.pk).frozen).decode()
