"""Calendar, news feed, sitemap, robots.txt, and the picture of a shared page."""

from uuid import UUID

from django.contrib.auth.decorators import login_not_required
from django.core.cache import caches
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from vivaio.calls.notices import queries as notices
from vivaio.programmes import queries as programmes
from vivaio.publishing import cards, crawling, feeds, queries, sheets
from vivaio.publishing.models import News

KEPT_SECONDS = 900


def kept(response: HttpResponse, seconds: int = KEPT_SECONDS) -> HttpResponse:
    """Anyone may keep it for a while."""
    response["Cache-Control"] = f"public, max-age={seconds}"
    return response


@login_not_required
@require_safe
def calendar(request: HttpRequest, programme: str = "") -> HttpResponse:
    """The dates of one programme, or of all, to subscribe to."""
    rows, name = programmes.public(), _("Programmes of social innovation")
    if programme:
        row = get_object_or_404(rows, slug=programme)
        rows, name = rows.filter(pk=row.pk), row.title_i18n
    response = HttpResponse(feeds.calendar(rows, name), content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = f'inline; filename="{programme or "vivaio"}.ics"'
    return kept(response)


@login_not_required
@require_safe
def news_feed(request: HttpRequest, programme: str = "") -> HttpResponse:
    """The newest news of one programme, or of all, to subscribe to."""
    rows, title, page = queries.public(News), _("News of the programmes"), reverse("desk:welcome")
    found = programmes.public()
    if programme:
        row = get_object_or_404(found, slug=programme)
        found = found.filter(pk=row.pk)
        rows, page = rows.filter(programme=row), reverse("publishing:news_list", args=[programme])
        title = _("News of %(programme)s") % {"programme": row}
    newest = rows.order_by("-published_at")[: feeds.NEWEST]
    changed = notices.of_programmes(found)[: feeds.NEWEST]
    text = feeds.atom(newest, changed, title=title, page=page, feed=request.path)
    return kept(HttpResponse(text, content_type="application/atom+xml; charset=utf-8"))


@login_not_required
@require_safe
def sitemap(request: HttpRequest) -> HttpResponse:
    """Every page that search engines may index, in every language."""
    context = {"urlset": crawling.urlset()}
    return kept(render(request, "sitemap.xml", context, content_type="application/xml"))


@login_not_required
@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """What search engines leave alone, and where the sitemap is."""
    return kept(HttpResponse(crawling.robots(), content_type="text/plain; charset=utf-8"))


@login_not_required
@require_safe
def card(request: HttpRequest, kind: str, pk: UUID) -> HttpResponse:
    """The picture of a public page of a programme where it is shared."""
    if kind not in sheets.KINDS:
        raise Http404
    sheet = sheets.KINDS[kind](pk)
    if sheet is None:
        raise Http404
    programme = sheet.programme
    key = f"publishing.card:{kind}:{pk}:{programme.public_version}:{get_language()}"
    picture = caches["pages"].get(key)
    if picture is None:
        words = {"title": sheet.title, "eyebrow": sheet.eyebrow, "footer": programme.place_i18n or "Vivaio"}
        picture = cards.drawn(**words, colour=programme.colour)
        caches["pages"].set(key, picture, 3600)
    return kept(HttpResponse(picture, content_type="image/png"))
