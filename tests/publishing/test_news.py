"""News: written, scheduled, on line, off line; who reads it when, in which language."""

import datetime as dt

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from PIL import Image

from tests.factories.programmes import ProgrammeFactory, holder
from tests.factories.publishing import NewsFactory, jpeg
from vivaio.journal.models import Record
from vivaio.kit import clock
from vivaio.kit.files import check
from vivaio.kit.rules import Refused
from vivaio.programmes.states import ProgrammeState
from vivaio.publishing import actions, jobs
from vivaio.publishing.models import News
from vivaio.publishing.states import NewsState

pytestmark = pytest.mark.django_db
WORDS = {
    "title_it": "Si parte",
    "title_en": "Off we go",
    "summary_it": "Comincia il percorso.",
    "summary_en": "The path begins.",
    "body_it": "Un **primo** passo.",
    "body_en": "A **first** step.",
}


def shelf(programme, name="shelf", *more):
    return reverse(f"publishing:{name}", args=[programme.slug, "news", *more])


def test_a_news_item_is_written_put_on_line_and_read_in_both_languages(staff, programme):
    written = staff.post(shelf(programme, "add"), WORDS)
    news = News.objects.get()
    assert written.url == shelf(programme, "edit", news.pk)
    assert news.state == NewsState.DRAFT
    before = programme.public_version
    assert Client().get(news.get_absolute_url()).status_code == 404
    assert "non è in linea" in staff.get(news.get_absolute_url()).content.decode()

    staff.post(shelf(programme, "act", news.pk, "publish"))

    page = Client().get(news.get_absolute_url()).content.decode()
    assert "Si parte" in page
    assert "<strong>primo</strong>" in page
    for public in ("publishing:news_list", "desk:programme"):
        assert "Si parte" in Client().get(reverse(public, args=[programme.slug])).content.decode()
    assert "Si parte" in Client().get("/it/").content.decode()
    english = Client().get(news.get_absolute_url().replace("/it/", "/en/")).content.decode()
    assert "Off we go" in english
    assert "<strong>first</strong>" in english
    programme.refresh_from_db()
    assert programme.public_version == before + 1
    verbs = Record.objects.filter(subject_id=news.pk).order_by("number").values_list("verb", flat=True)
    assert list(verbs) == ["publishing.added", "publishing.published"]


def test_nothing_typed_is_lost_when_something_is_missing(staff, programme):
    page = staff.post(shelf(programme, "add"), WORDS | {"title_it": ""}).content.decode()
    assert "Comincia il percorso." in page
    assert "Un **primo** passo." in page
    assert not News.objects.exists()


def test_news_without_a_text_does_not_go_on_line(programme, manager):
    news = NewsFactory(programme=programme, body="", state=NewsState.DRAFT, published_at=None)
    with pytest.raises(Refused, match="Scrivi prima il riassunto e il testo"):
        actions.publish(news, by=manager)


def test_a_scheduled_item_goes_on_line_at_its_instant_and_not_before(programme, manager):
    news = NewsFactory(programme=programme, state=NewsState.DRAFT, published_at=None)
    at = clock.now() + dt.timedelta(hours=2)
    actions.schedule(news, publish_at=at, by=manager)
    jobs.publish_due(0)
    assert Client().get(news.get_absolute_url()).status_code == 404
    with clock.rehearsing(at):
        jobs.publish_due(0)
        jobs.publish_due(0)
    assert Client().get(news.get_absolute_url()).status_code == 200
    news.refresh_from_db()
    assert news.published_at == at
    assert Record.objects.filter(verb="publishing.published").count() == 1


def test_the_past_is_no_instant_to_wait_for(staff, programme):
    news = NewsFactory(programme=programme, state=NewsState.DRAFT, published_at=None)
    page = staff.post(
        shelf(programme, "act", news.pk, "schedule"), {"publish_at": "2020-01-01T09:00"}, follow=True
    )
    assert "Quel momento è passato" in page.content.decode()
    news.refresh_from_db()
    assert news.state == NewsState.DRAFT


def test_what_is_taken_off_line_is_gone_for_anyone_and_can_come_back(staff, programme):
    news = NewsFactory(programme=programme)
    first = news.published_at
    staff.post(shelf(programme, "act", news.pk, "withdraw"))
    assert Client().get(news.get_absolute_url()).status_code == 404
    assert (
        news.title
        not in Client().get(reverse("publishing:news_list", args=[programme.slug])).content.decode()
    )
    staff.post(shelf(programme, "act", news.pk, "publish"))
    news.refresh_from_db()
    assert (news.state, news.published_at) == (NewsState.PUBLISHED, first)


def test_only_what_is_off_line_is_deleted(staff, programme, manager):
    news = NewsFactory(programme=programme)
    with pytest.raises(Refused, match="Prima toglilo dal sito"):
        actions.remove(news, by=manager)
    staff.post(shelf(programme, "act", news.pk, "withdraw"))
    staff.post(shelf(programme, "act", news.pk, "remove"))
    assert not News.objects.exists()
    assert Record.objects.filter(verb="publishing.removed", subject_id=news.pk).exists()


def test_a_cover_needs_words_and_loses_what_the_camera_wrote(staff, programme, stored):
    exif = Image.Exif()
    exif[0x010F] = "Macchina di Ada"
    upload = SimpleUploadedFile("c.jpg", jpeg((2400, 1200), exif=exif), "image/jpeg")
    page = staff.post(shelf(programme, "add"), WORDS | {"cover": upload}).content.decode()
    assert "Di’ a parole che cosa mostra la foto" in page
    upload.seek(0)
    alt = {"cover_alt_it": "Tre persone intorno a un tavolo", "cover_credit": "Ada Negri"}
    staff.post(shelf(programme, "add"), WORDS | alt | {"cover": upload})
    news = News.objects.get()
    assert (news.cover_width, news.cover_height) == (1600, 800)
    actions.publish(news, by=None)
    answer = Client().get(reverse("publishing:cover", args=[news.pk]))
    content = b"".join(answer)
    assert b"Macchina di Ada" not in content
    assert b"Exif" not in content
    page = Client().get(news.get_absolute_url()).content.decode()
    assert 'alt="Tre persone intorno a un tavolo"' in page
    assert "Foto: Ada Negri" in page


def test_a_cover_that_is_replaced_leaves_no_file_behind(
    programme, manager, stored, django_capture_on_commit_callbacks
):
    news = NewsFactory(programme=programme)
    words = {"plain": {}, "texts": {"cover_alt": {"it": "Un orto"}}}

    def picture():
        return check(SimpleUploadedFile("c.jpg", jpeg(), "image/jpeg"), kinds=("jpeg",))

    with django_capture_on_commit_callbacks(execute=True):
        actions.change(news, by=manager, files={"cover": picture()}, **words)
        actions.change(news, by=manager, files={"cover": picture()}, **words)
    assert len(list(stored.rglob("*.jpg"))) == 1
    with django_capture_on_commit_callbacks(execute=True):
        actions.change(news, by=manager, files={}, without=["cover"], **words)
    assert not list(stored.rglob("*.jpg"))


def test_two_items_with_one_title_have_two_addresses(staff, programme):
    staff.post(shelf(programme, "add"), WORDS)
    staff.post(shelf(programme, "add"), WORDS)
    assert sorted(News.objects.values_list("slug", flat=True)) == ["si-parte", "si-parte-2"]


def test_news_of_a_programme_in_preparation_are_for_its_staff(client):
    hidden = ProgrammeFactory(state=ProgrammeState.DRAFT)
    news = NewsFactory(programme=hidden)
    assert client.get(news.get_absolute_url()).status_code == 404
    client.force_login(holder(hidden, "auditor"))
    assert client.get(news.get_absolute_url()).status_code == 200


def test_an_auditor_reads_the_shelf_and_changes_nothing(client, programme):
    news = NewsFactory(programme=programme)
    client.force_login(holder(programme, "auditor"))
    page = client.get(shelf(programme)).content.decode()
    assert news.title in page
    assert 'aria-disabled="true"' in page
    assert client.post(shelf(programme, "act", news.pk, "withdraw")).status_code == 404
