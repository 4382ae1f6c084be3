"""The frame of every page, the pages that say what went wrong, the content policy."""

from types import SimpleNamespace

import pytest
from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.db import OperationalError
from django.http import HttpResponse
from django.template import engines
from django.test import Client, RequestFactory
from django.urls import reverse

from vivaio.kit import errors, frame
from vivaio.kit.middleware import POLICY, SomethingAway


def ask(path="/it/help/", **fields):
    """A request as a signed-out reader makes it."""
    request = RequestFactory().get(path)
    request.user = fields.pop("user", AnonymousUser())
    for name, value in fields.items():
        setattr(request, name, value)
    return request


def drawn(source, request=None, **context):
    return engines["django"].from_string(source).render(context, request or ask())


@pytest.mark.parametrize("told", ["open_data", "help"])
@pytest.mark.parametrize("language", ["it", "en"])
def test_the_told_pages_open_to_anyone_without_the_database(client, told, language):
    with_language = {"it": "/it/", "en": "/en/"}[language]
    address = with_language + reverse(f"kit:{told}").split("/", 2)[2]
    answer = client.get(address)
    body = answer.content.decode()
    assert answer.status_code == 200
    assert f'<html lang="{language}">' in body
    assert body.count("<h1") == 1
    assert 'href="#content"' in body


def test_the_other_language_leads_to_the_same_page_and_keeps_the_question(client):
    body = client.get("/it/help/?page=2&sort=name").content.decode()
    assert 'href="/en/help/?page=2&amp;sort=name" lang="en"' in body
    assert "Accedi" in body
    assert "Sign in" in client.get("/en/help/").content.decode()


def test_no_page_calls_a_foreign_host_and_the_policy_forbids_it(client):
    answer = client.get("/it/help/")
    assert answer["Content-Security-Policy"] == POLICY
    for forbidden in ("unsafe-inline", "unsafe-eval", "http:", "https:", "*"):
        assert forbidden not in POLICY
    body = answer.content.decode()
    body = body.replace(settings.BASE_URL, "")  # its own address, for search engines and cards
    assert "http://" not in body.replace("http://www.w3.org", "")
    assert "https://" not in body
    assert "<style" not in body
    assert " style=" not in body
    assert "allowEval&quot;:false" in body or '"allowEval":false' in body


def test_the_menu_marks_the_section_of_the_page():
    request = ask(
        "/it/calls/abc/", frame_menu=[frame.Item("Bandi", "/it/calls/"), frame.Item("Casa", "/it/")]
    )
    items = frame.Frame(request).menu
    assert [(item.label, item.current) for item in items] == [("Bandi", True), ("Casa", False)]


def test_a_room_offers_its_menu_until_the_view_says_its_own(monkeypatch):
    monkeypatch.setattr(
        frame, "PROVIDERS", [lambda request: None, lambda request: [frame.Item("Lettere", "/x/")]]
    )
    assert [item.label for item in frame.Frame(ask()).menu] == ["Lettere"]
    assert frame.Frame(ask(frame_menu=[])).menu == []


def test_who_you_are_stands_in_the_bar_with_your_part():
    person = SimpleNamespace(is_authenticated=True, __str__=lambda self: "x")

    class Signed:
        is_authenticated = True

        def __str__(self):
            return "Elena Vismara"

    body = drawn("{% include 'kit/who.html' %}", ask(user=Signed(), frame_part="giurata"), person=person)
    assert "Elena Vismara" in body
    assert "giurata" in body
    assert 'action="/it/account/logout/"' in body
    assert 'method="post"' in body


def test_nothing_there_says_what_to_try(client):
    answer = client.get("/it/there-is-nothing-here/")
    assert answer.status_code == 404
    assert "Qui non cresce niente" in answer.content.decode()


def test_a_closed_door_says_why(client):
    answer = errors.forbidden(ask(), PermissionDenied("Solo la segreteria apre questa pagina."))
    assert answer.status_code == 403
    assert "Solo la segreteria apre questa pagina." in answer.content.decode()
    assert "un altro ruolo" in errors.forbidden(ask(), PermissionDenied()).content.decode()


def test_our_own_fault_says_so_without_touching_the_database():
    answer = errors.server_error(ask())
    assert answer.status_code == 500
    assert "Qualcosa si è rotto dalla nostra parte" in answer.content.decode()


@pytest.mark.parametrize(
    ("language", "words"),
    [("it", "Persone, organizzazioni e candidature sono inventate"), ("en", "applications are invented")],
)
def test_a_demonstration_says_so_on_every_page_and_nobody_else_does(client, settings, language, words):
    for page in (f"/{language}/help/", f"/{language}/account/login/", f"/{language}/nowhere/"):
        assert words not in client.get(page).content.decode()
    settings.DEMO = True
    for page in (f"/{language}/help/", f"/{language}/account/login/", f"/{language}/nowhere/"):
        assert words in client.get(page).content.decode()


def test_a_database_that_is_away_is_said_with_the_time_to_come_back():
    middleware = SomethingAway(lambda request: HttpResponse("fine"))
    answer = middleware.process_exception(ask(), OperationalError("server closed the connection"))
    assert answer.status_code == 503
    assert int(answer["Retry-After"]) > 0
    assert "Torniamo tra un momento" in answer.content.decode()
    assert middleware.process_exception(ask(), ValueError("a bug")) is None


def test_a_database_that_goes_away_outside_a_view_is_no_500_either():
    try:
        raise OperationalError("could not connect")
    except OperationalError:
        answer = errors.server_error(ask())
    assert answer.status_code == 503


def test_a_form_without_its_token_loses_nothing_and_says_what_to_do():
    answer = Client(enforce_csrf_checks=True).post("/it/account/login/", {"login": "x@example.org"})
    assert answer.status_code == 403
    assert "quello che hai scritto è ancora lì" in answer.content.decode()


def test_an_unreadable_request_is_a_400():
    answer = errors.bad_request(ask())
    assert answer.status_code == 400
    assert "Niente è cambiato" in answer.content.decode()


def test_before_an_act_that_cannot_be_undone_a_page_asks():
    template = engines["django"].get_template("kit/confirm.html")
    context = {
        "title": "Ritirare la candidatura?",
        "text": "La giuria non la leggerà.",
        "action": "Ritira la candidatura",
        "back_href": "/it/",
        "danger": True,
    }
    body = template.render(context, ask())
    assert 'method="post"' in body
    assert 'name="confirmed"' in body
    assert "Ritira la candidatura" in body
    assert 'href="/it/"' in body


@pytest.mark.django_db
def test_the_preview_is_for_those_who_write_and_runs_nothing(client, django_user_model):
    assert client.post("/it/preview/", {"text": "**a**"}).status_code == 302
    client.force_login(django_user_model.objects.create_user("writer@example.org"))
    body = client.post("/it/preview/", {"text": "**sì** <script>x</script>"}).content.decode()
    assert "<strong>sì</strong>" in body
    assert "<script>" not in body
