"""Calendar, news feed, sitemap, robots, social cards: what other programs read."""

import datetime as dt
import io
import xml.etree.ElementTree as ET

import icalendar
import pytest
from django.urls import reverse
from django.utils import translation
from PIL import Image

from tests.factories.calls import CallFactory
from tests.factories.programmes import PhaseFactory, ProgrammeFactory
from tests.factories.publishing import NewsFactory, VideoFactory
from vivaio.calls.models import CallDate
from vivaio.calls.states import CallState
from vivaio.programmes.states import ProgrammeState
from vivaio.publishing import cards
from vivaio.publishing.states import NewsState

pytestmark = pytest.mark.django_db
ATOM = "{http://www.w3.org/2005/Atom}"
MAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
LINK = "{http://www.w3.org/1999/xhtml}link"


def calendar_of(client, url):
    answer = client.get(url)
    assert answer.status_code == 200
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    return answer.content, icalendar.Calendar.from_ical(answer.content)


def test_the_calendar_tells_phases_windows_and_deadlines(client, programme):
    PhaseFactory(
        programme=programme,
        title="Analisi; bisogni, idee",
        starts_on=dt.date(2020, 10, 6),
        ends_on=dt.date(2020, 10, 15),
    )
    closes = dt.datetime(2020, 9, 15, 21, 59, tzinfo=dt.UTC)
    call = CallFactory(
        programme=programme, title="Selezione", opens_at=closes - dt.timedelta(days=40), closes_at=closes,
        scoring_opens_at=None, scoring_closes_at=None,
    )  # fmt: skip
    CallDate.objects.create(call=call, key="incontro", title="Incontro", at=closes - dt.timedelta(days=9))
    _raw, found = calendar_of(client, reverse("publishing:calendar", args=[programme.slug]))
    events = {str(event["summary"]): event for event in found.walk("VEVENT")}
    phase = events["Miracolo a Milano: Analisi; bisogni, idee"]
    assert (phase["dtstart"].dt, phase["dtend"].dt) == (dt.date(2020, 10, 6), dt.date(2020, 10, 16))
    window = events["Bando aperto: Selezione (Miracolo a Milano)"]
    assert (window["dtstart"].dt, window["dtend"].dt) == (call.opens_at, closes)
    deadline = events["Si chiudono le candidature: Selezione (Miracolo a Milano)"]
    assert deadline["dtstart"].dt == closes
    assert "Incontro: Selezione (Miracolo a Milano)" in events


def test_the_calendar_keeps_to_its_standard(client, programme):
    for number in range(3):
        CallFactory(programme=programme, summary="Parole, molte; e lunghe: à è ì ò ù €" * (number + 4))
    raw, found = calendar_of(client, reverse("publishing:calendar", args=[programme.slug]))
    assert raw.endswith(b"END:VCALENDAR\r\n")
    assert b"\n" not in raw.replace(b"\r\n", b"")
    assert max(len(line) for line in raw.split(b"\r\n")) <= 75
    assert str(found["version"]) == "2.0"
    assert found["prodid"]
    uids = [str(event["uid"]) for event in found.walk("VEVENT")]
    assert len(uids) == len(set(uids)) == 15
    assert all(event["dtstamp"].dt.tzinfo for event in found.walk("VEVENT"))
    _raw, english = calendar_of(
        client, reverse("publishing:calendar", args=[programme.slug]).replace("/it/", "/en/")
    )
    assert sorted(str(event["uid"]) for event in english.walk("VEVENT")) == sorted(uids)


def test_the_whole_calendar_holds_what_is_public_and_nothing_else(client, programme):
    shown = CallFactory(programme=programme)
    hidden = [
        CallFactory(programme=programme, state=CallState.DRAFT),
        CallFactory(programme=programme, state=CallState.WITHDRAWN),
        CallFactory(programme=ProgrammeFactory(state=ProgrammeState.DRAFT)),
    ]
    raw, _found = calendar_of(client, reverse("publishing:whole_calendar"))
    text = raw.decode().replace("\r\n ", "")
    assert str(shown.pk) in text
    assert not [call for call in hidden if str(call.pk) in text]


def test_the_news_feed_tells_what_is_on_line_newest_first(client, programme):
    old = NewsFactory(programme=programme, published_at=dt.datetime(2020, 1, 1, tzinfo=dt.UTC))
    new = NewsFactory(programme=programme, title="Nuova & fresca")
    NewsFactory(programme=programme, state=NewsState.WITHDRAWN)
    elsewhere = NewsFactory()
    feed = ET.fromstring(client.get(reverse("publishing:news_feed", args=[programme.slug])).content)
    entries = feed.findall(f"{ATOM}entry")
    assert [entry.find(f"{ATOM}title").text for entry in entries] == ["Nuova & fresca", old.title]
    assert [entry.find(f"{ATOM}id").text for entry in entries] == [new.pk.urn, old.pk.urn]
    for part in ("id", "title", "updated"):
        assert feed.find(f"{ATOM}{part}").text
    assert entries[0].find(f"{ATOM}link").get("href").startswith("http")
    everything = client.get(reverse("publishing:all_news_feed")).content.decode()
    assert elsewhere.title in everything


def test_an_empty_feed_is_a_feed(client, programme):
    feed = ET.fromstring(client.get(reverse("publishing:news_feed", args=[programme.slug])).content)
    assert feed.find(f"{ATOM}updated").text


def test_the_sitemap_names_each_public_page_in_each_language(client, programme, settings):
    settings.BASE_URL = "https://vivaio.example"
    call, news, video = (
        CallFactory(programme=programme),
        NewsFactory(programme=programme),
        VideoFactory(programme=programme),
    )
    hidden = NewsFactory(programme=programme, state=NewsState.WITHDRAWN)
    urls = ET.fromstring(client.get("/sitemap.xml").content).findall(f"{MAP}url")
    places = [url.find(f"{MAP}loc").text for url in urls]
    for row in (news, video):
        assert f"https://vivaio.example{row.get_absolute_url()}" in places
    assert f"https://vivaio.example/en/calls/{programme.slug}/{call.slug}/" in places
    assert not [place for place in places if hidden.slug in place or "ranking" in place or "site/" in place]
    first = next(
        url
        for url in urls
        if url.find(f"{MAP}loc").text == f"https://vivaio.example{news.get_absolute_url()}"
    )
    assert {link.get("hreflang") for link in first.findall(LINK)} == {"it", "en", "x-default"}
    assert len(places) == len(set(places))


def test_every_page_of_the_sitemap_opens_and_may_be_indexed(client, programme, settings):
    settings.BASE_URL = "http://testserver"
    CallFactory(programme=programme)
    NewsFactory(programme=programme)
    urls = ET.fromstring(client.get("/sitemap.xml").content).findall(f"{MAP}url")
    for url in urls:
        place = url.find(f"{MAP}loc").text
        answer = client.get(place)
        assert answer.status_code == 200
        assert "noindex" not in answer.content.decode() + answer.get("X-Robots-Tag", "")
        assert f'<link rel="canonical" href="{place}">' in answer.content.decode()


def test_robots_keeps_people_s_own_pages_apart_and_names_the_sitemap(client):
    text = client.get("/robots.txt").content.decode()
    assert "Disallow: /it/account/" in text
    assert "Disallow: /en/desk/" in text
    assert "Sitemap: " in text
    assert "ranking" not in text  # it says noindex itself, which must be readable


def test_a_shared_page_says_what_it_is_with_a_picture_from_here(client, programme, settings):
    settings.BASE_URL = "https://vivaio.example"
    news = NewsFactory(programme=programme, title="Si parte", summary="Comincia il percorso.")
    page = client.get(news.get_absolute_url()).content.decode()
    image = reverse("publishing:card", args=["news", news.pk])
    assert '<meta property="og:title" content="Si parte">' in page
    assert '<meta property="og:description" content="Comincia il percorso.">' in page
    assert f'<meta property="og:image" content="https://vivaio.example{image}">' in page
    answer = client.get(image)
    with Image.open(io.BytesIO(answer.content)) as picture:
        assert (picture.format, picture.size) == ("PNG", (1200, 630))


def test_a_card_is_of_what_anyone_may_see(client, programme):
    hidden = CallFactory(programme=programme, state=CallState.DRAFT)
    assert client.get(reverse("publishing:card", args=["call", hidden.pk])).status_code == 404
    assert client.get(reverse("publishing:card", args=["letter", hidden.pk])).status_code == 404


@pytest.mark.parametrize("title", ["Ciao", "Parola " * 60, "Lunghissima" * 30, "Città più àèìòù €"])
def test_a_card_holds_any_title(title):
    with translation.override("it"):
        content = cards.drawn(title=title, eyebrow="Programma", footer="Milano", colour="#12392b")
    with Image.open(io.BytesIO(content)) as picture:
        assert picture.size == (1200, 630)


def test_the_page_in_the_other_language_is_named_with_its_whole_address(client, programme, settings):
    settings.BASE_URL = "https://vivaio.example"
    page = client.get(reverse("desk:programme", args=[programme.slug])).content.decode()
    for code in ("it", "en"):
        assert f'hreflang="{code}" href="https://vivaio.example/{code}/programmes/{programme.slug}/"' in page
