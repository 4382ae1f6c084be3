"""What search engines may read, and where it stands."""

from collections.abc import Iterable
from types import SimpleNamespace
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.sitemaps import Sitemap
from django.urls import reverse

from vivaio.calls import queries as calls
from vivaio.initiatives.queries import presenting as stories
from vivaio.programmes import queries as programmes
from vivaio.publishing import queries
from vivaio.publishing.models import News, Video
from vivaio.publishing.practices import queries as practices
from vivaio.publishing.results import queries as results

# Pages of people's own: each asks to sign in. Nothing is hidden by naming it here: a published ranking, which must
# not be indexed, says so itself (`noindex`), and could not say it to whom this file keeps away.
PRIVATE = (
    "account",
    "people",
    "desk",
    "applications",
    "forms",
    "blueprints",
    "preview",
    "introductions",
    "initiatives",
    "search",
    "accessibility/report",
    "accessibility/reports",
    "accessibility/manage",
)
SINGLE = ("desk:welcome", "publishing:accessibility", "programmes:site_privacy", "kit:open_data", "kit:help")
OF_A_PROGRAMME = (
    "desk:programme",
    "calls:public_list",
    "publishing:news_list",
    "publishing:library",
    "publishing:gallery",
    "publishing:practices",
    "exchange:directory",
    "initiatives:stories",
)


class Pages(Sitemap):
    """Addresses in every language, each naming the others."""

    i18n = True
    alternates = True
    x_default = True

    def __init__(self, found: Iterable[tuple[str, list[Any], Any]]):
        self.found = list(found)

    def items(self) -> list[tuple[str, list[Any], Any]]:
        return self.found

    def location(self, item: Any) -> str:
        name, arguments, _changed = item
        return reverse(name, args=arguments)

    def lastmod(self, item: Any) -> Any:
        return item[2]


def pages() -> Iterable[tuple[str, list[Any], Any]]:
    """Every page that may be indexed: name, arguments, when it changed last."""
    for name in SINGLE:
        yield name, [], None
    for programme in programmes.public():
        for name in OF_A_PROGRAMME:
            yield name, [programme.slug], programme.updated_at if name == "desk:programme" else None
    for found in results.public():
        yield "publishing:results", [found.programme.slug], found.updated_at
    for call in calls.public():
        yield "calls:call", [call.programme.slug, call.slug], call.updated_at
    for news in queries.public(News):
        yield "publishing:news", [news.programme.slug, news.slug], news.updated_at
    for story in stories.shown():
        yield "initiatives:story", [story.initiative.programme.slug, story.initiative.slug], story.updated_at
    for practice in practices.public():
        yield "publishing:practice", [practice.programme.slug, practice.slug], practice.updated_at
    for video in queries.public(Video):
        yield "publishing:video", [video.pk], video.updated_at


def urlset() -> list[dict[str, Any]]:
    """The sitemap's entries, with whole addresses."""
    base = urlsplit(settings.BASE_URL)
    found: list[dict[str, Any]] = Pages(pages()).get_urls(
        site=SimpleNamespace(domain=base.netloc, name=base.netloc), protocol=base.scheme
    )
    return found


def robots() -> str:
    """The text of robots.txt."""
    languages = [code for code, _name in settings.LANGUAGES]
    kept_out = [f"Disallow: /{code}/{part}/" for part in PRIVATE for code in languages]
    return "\n".join(["User-agent: *", *kept_out, "", f"Sitemap: {settings.BASE_URL}/sitemap.xml", ""])
