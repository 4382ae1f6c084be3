"""Many things of the public site put on line, or taken off, at once."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import translation

from tests.factories.programmes import ProgrammeFactory, holder
from tests.factories.publishing import DocumentFactory, NewsFactory, VideoFactory
from tests.programmes.choosing import choose, go, read, undo
from vivaio.kit import clock
from vivaio.publishing.models import Document, News
from vivaio.publishing.states import ItemState, NewsState

pytestmark = pytest.mark.django_db


@pytest.fixture
def programme():
    return ProgrammeFactory()


@pytest.fixture
def editor(programme, client):
    client.force_login(holder(programme, "community_manager"))


def shelf(programme, key):
    return reverse("publishing:shelf", args=[programme.slug, key])


def test_what_is_whole_goes_on_line_and_what_is_not_says_why(client, programme, editor):
    whole = NewsFactory(programme=programme, state=NewsState.DRAFT, published_at=None)
    empty = NewsFactory(programme=programme, state=NewsState.DRAFT, published_at=None, body="")
    page = read(choose(client, shelf(programme, "news"), "publishing.publish.news", whole, empty))
    assert "Procedi: 1 notizia" in page
    assert "In preparazione → " in page
    assert "Resta fuori: 1 riga" in page
    go(client)
    assert set(News.objects.values_list("pk", "state")) == {
        (whole.pk, NewsState.PUBLISHED), (empty.pk, NewsState.DRAFT),
    }  # fmt: skip
    undo(client)
    whole.refresh_from_db()
    assert (whole.state, whole.published_at, whole.publish_at) == (NewsState.DRAFT, None, None)


def test_what_was_off_line_or_scheduled_stands_again_as_it_stood(client, programme, editor):
    first, ahead = clock.now() - dt.timedelta(days=9), clock.now() + dt.timedelta(hours=2)
    off = NewsFactory(programme=programme, state=NewsState.WITHDRAWN, published_at=first, publish_at=first)
    later = NewsFactory(programme=programme, state=NewsState.SCHEDULED, published_at=None, publish_at=ahead)
    choose(client, shelf(programme, "news"), "publishing.publish.news", off, later)
    go(client)
    assert set(News.objects.values_list("state", flat=True)) == {NewsState.PUBLISHED}
    undo(client)
    assert set(News.objects.values_list("pk", "state", "published_at", "publish_at")) == {
        (off.pk, NewsState.WITHDRAWN, first, first), (later.pk, NewsState.SCHEDULED, None, ahead),
    }  # fmt: skip


def test_what_would_be_on_line_by_now_in_any_case_stays(client, programme, editor):
    soon = clock.now() + dt.timedelta(hours=1)
    row = NewsFactory(programme=programme, state=NewsState.SCHEDULED, published_at=None, publish_at=soon)
    choose(client, shelf(programme, "news"), "publishing.publish.news", row)
    go(client)
    with clock.rehearsing(soon + dt.timedelta(hours=1)):
        page = read(undo(client))
    assert "resta in linea" in page
    row.refresh_from_db()
    assert row.state == NewsState.PUBLISHED


def test_taken_off_line_and_put_back_in_english(client, programme, editor):
    kept, mended = DocumentFactory(programme=programme), DocumentFactory(programme=programme)
    with translation.override("en"):
        choose(client, shelf(programme, "documents"), "publishing.withdraw.documents", kept, mended)
        go(client)
        Document.objects.get(pk=mended.pk).save()  # somebody's hand
        page = read(undo(client))
    assert "It was changed again since: it stays as it is now." in page
    assert set(Document.objects.values_list("pk", "state")) == {
        (kept.pk, ItemState.PUBLISHED), (mended.pk, ItemState.WITHDRAWN),
    }  # fmt: skip


def test_a_video_without_captions_is_left_out(client, programme, editor):
    video = VideoFactory(programme=programme, state=ItemState.DRAFT)
    video.captions.all().delete()
    page = read(choose(client, shelf(programme, "videos"), "publishing.publish.videos", video))
    assert "Non cambierebbe nulla" in page


def test_the_first_shelf_is_the_way_in_too(client, programme, editor):
    row = NewsFactory(programme=programme)
    site = reverse("publishing:site", args=[programme.slug])
    choose(client, site, "publishing.withdraw.news", row)
    go(client)
    row.refresh_from_db()
    assert row.state == NewsState.WITHDRAWN
