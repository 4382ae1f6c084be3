"""Public pages are kept for a moment, and never a moment too long."""

import datetime as dt

import pytest
from django.core.cache import caches
from django.test import Client
from django.urls import reverse

from tests.factories.calls import CallFactory
from tests.factories.exchange import EntryFactory
from tests.factories.people import PersonFactory
from tests.factories.programmes import ProgrammeFactory, holder
from tests.factories.publishing import NewsFactory, PhotoFactory
from vivaio.calls import editions
from vivaio.exchange import actions as exchange
from vivaio.kit import clock
from vivaio.people.sessions import SEEN
from vivaio.publishing import actions

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def kept(settings):
    settings.PAGE_SECONDS = 60
    caches["pages"].clear()
    yield
    caches["pages"].clear()


@pytest.fixture
def page(programme):
    return reverse("desk:programme", args=[programme.slug])


def test_a_second_reader_costs_one_query(page, django_assert_num_queries):
    first = Client().get(page).content
    with django_assert_num_queries(1):
        assert Client().get(page).content == first


def test_what_an_action_changes_is_seen_at_once(programme, page, manager):
    news = NewsFactory(programme=programme, title="Si parte")
    door = "/it/"
    assert "Si parte" in Client().get(page).content.decode()
    assert "Si parte" in Client().get(door).content.decode()
    actions.withdraw(news, by=manager)
    assert "Si parte" not in Client().get(page).content.decode()
    assert "Si parte" not in Client().get(door).content.decode()


def test_a_kept_answer_says_that_the_session_makes_another(page):
    for answer in (Client().get(page), Client().get(page)):
        assert "Cookie" in answer["Vary"]
        assert not answer.cookies


def test_who_is_erased_is_gone_from_the_directory_at_once(programme):
    person = PersonFactory(given_name="Ada", family_name="Negri")
    EntryFactory(programme=programme, organisation=None, person=person, name="Ada Negri")
    directory = reverse("exchange:directory", args=[programme.slug])
    assert "Ada Negri" in Client().get(directory).content.decode()
    exchange.forget(person)
    assert "Ada Negri" not in Client().get(directory).content.decode()


def test_a_photo_that_anyone_may_keep_is_kept_by_no_cache_together_with_a_session(programme, manager):
    address = PhotoFactory(programme=programme).get_absolute_url()
    seen = Client().get(address)
    seen.getvalue()
    assert seen["Cache-Control"] == "public, max-age=300"
    client = Client()
    client.force_login(manager)
    session = client.session
    session[SEEN] = 0  # a long while ago: it is noted anew, and the cookie is sent again
    session.save()
    answer = client.get(address)
    answer.getvalue()
    assert answer.cookies
    assert answer["Cache-Control"] == "private, no-cache"


def test_each_language_has_its_own_page(page):
    assert 'lang="it"' in Client().get(page).content.decode()[:60]
    assert 'lang="en"' in Client().get(page.replace("/it/", "/en/")).content.decode()[:60]


def test_who_is_signed_in_never_gets_or_leaves_a_kept_page(programme, page, manager):
    client = Client()
    client.force_login(manager)
    own = client.get(page).content.decode()
    assert str(manager) in own
    assert str(manager) not in Client().get(page).content.decode()
    assert str(manager) in client.get(page).content.decode()


def test_nothing_is_kept_past_a_deadline_or_a_minute(programme):
    far = editions.OF_PROGRAMME.whole(slug=programme.slug)
    assert far.seconds == 60
    CallFactory(programme=programme, closes_at=clock.now() + dt.timedelta(seconds=20))
    near = editions.OF_PROGRAMME.whole(slug=programme.slug)
    assert 15 < near.seconds <= 20
    assert editions.OF_ALL.whole().until == near.until


def test_a_programme_in_preparation_is_kept_by_nobody():
    hidden = ProgrammeFactory(state="draft")
    assert editions.OF_PROGRAMME.whole(slug=hidden.slug) is None
    address = reverse("desk:programme", args=[hidden.slug])
    client = Client()
    client.force_login(holder(hidden, "manager"))
    assert client.get(address).status_code == 200
    assert Client().get(address).status_code == 404


def test_a_page_is_given_again_by_the_mark_it_was_kept_under(programme):
    hidden = ProgrammeFactory(state="draft")
    assert editions.OF_PROGRAMME.mark(slug=hidden.slug) is None
    assert editions.OF_PROGRAMME.mark(slug="nobody") is None
    for state in ("published", "closed"):
        programme.state = state
        programme.save()
        for asked in (editions.OF_PROGRAMME, editions.OF_ALL):
            assert asked.mark(slug=programme.slug) == asked.whole(slug=programme.slug).mark


def test_a_kept_answer_carries_every_header_of_the_first(page):
    first, again = Client().get(page), Client().get(page)
    assert dict(again.headers) == dict(first.headers)
    assert "default-src 'self'" in again["Content-Security-Policy"]


def test_an_address_that_is_not_ours_reads_no_kept_page(page, settings):
    settings.ALLOWED_HOSTS = ["testserver"]
    assert Client().get(page).status_code == 200
    assert Client(headers={"host": "evil.example"}).get(page).status_code == 400
