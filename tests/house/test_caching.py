"""Who may keep a copy of an answer: of one's own pages nobody else, of public pages everybody."""

import pytest

from tests.house.asking import ask, client_of

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

# The same for everyone who may see them: a programme's logo and colours, what is on line, feeds.
ALIKE = {"programmes:logo", "programmes:look_css", "robots", "sitemap"} | {
    f"publishing:{name}"
    for name in (
        *("cover", "document", "photo", "video_file", "captions", "poster", "card"),
        *("calendar", "whole_calendar", "news_feed", "all_news_feed"),
    )
}
PUBLIC = {
    "desk:welcome",
    "desk:programme",
    "calls:call",
    "kit:help",
    "publishing:accessibility",
    "programmes:site_privacy",
    "kit:open_data",
}


def kept_by_others(answer):
    said = answer.response.headers.get("Cache-Control", "")
    return not ("private" in said and ("no-cache" in said or "no-store" in said))


@pytest.mark.parametrize("role", ["applicant", "juror", "manager"])
def test_what_was_made_for_one_person_is_kept_by_nobody_else(world, places, role):
    client = client_of(world, role)
    asked = {name: ask(client, "get", url) for name, url in places.items() if name not in ALIKE}
    assert [name for name, answer in asked.items() if kept_by_others(answer)] == []


def test_a_page_with_a_form_is_kept_by_nobody_else_and_a_public_page_by_everybody(world, places):
    client = client_of(world, "anonymous")
    for name, url in places.items():
        client.cookies.clear()
        answer = ask(client, "get", url)
        form = answer.is_page and b"csrfmiddlewaretoken" in answer.response.content
        secret = answer.response.resolver_match and {"token", "key"} & set(
            answer.response.resolver_match.kwargs
        )
        if form or secret or answer.response.cookies:
            assert not kept_by_others(answer), name
        elif name in PUBLIC:
            assert answer.status == "200", name
            assert "Cache-Control" not in answer.response.headers, name
            assert not answer.response.cookies, name
        if secret:
            assert "no-store" in answer.response.headers["Cache-Control"], name
    assert set(places) >= PUBLIC


def test_signing_out_clears_what_the_browser_kept(world):
    client = client_of(world, "applicant")
    assert client.post("/it/account/logout/").headers["Clear-Site-Data"] == '"cache"'
