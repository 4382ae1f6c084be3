"""What anyone may read: news, documents, photos and videos."""

from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from vivaio.calls import editions
from vivaio.kit import files
from vivaio.kit.frame import Card
from vivaio.kit.keeping import kept
from vivaio.programmes import queries as programmes
from vivaio.programmes.models import Programme
from vivaio.publishing import queries
from vivaio.publishing.models import Document, News, Photo, Video
from vivaio.publishing.pages import Picture, by_kind, gallery_page, kept_for

PER_PAGE = 12


def programme_of(request: HttpRequest, slug: str) -> Programme:
    """The programme that the person may see, named in the page's bar; else 404."""
    row = get_object_or_404(programmes.visible_to(request.user), slug=slug)
    request.frame_programme = row  # type: ignore[attr-defined]
    image = reverse("publishing:card", args=["programme", row.pk])
    request.frame_card = Card(row.title_i18n, row.tagline_i18n, image)  # type: ignore[attr-defined]
    return row


def item_of(request: HttpRequest, model: Any, **wanted: Any) -> Any:
    """The item that the person may see; else 404."""
    item = get_object_or_404(queries.visible_to(request.user, model), **wanted)
    request.frame_programme = item.programme  # type: ignore[attr-defined]
    return item


@login_not_required
@require_safe
@kept(editions.OF_PROGRAMME)
def news_list(request: HttpRequest, programme: str) -> HttpResponse:
    """The programme's news, the newest first."""
    row = programme_of(request, programme)
    page = Paginator(queries.published(row, News), PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "publishing/public/news_list.html", {"programme": row, "page": page})


@login_not_required
@require_safe
@kept(editions.OF_PROGRAMME)
def news(request: HttpRequest, programme: str, slug: str) -> HttpResponse:
    """A news item."""
    item = item_of(request, News, programme__slug=programme, slug=slug)
    others = queries.published(item.programme, News).exclude(pk=item.pk)[:3]
    image = reverse("publishing:card", args=["news", item.pk])
    request.frame_card = Card(item.title_i18n, item.summary_i18n, image, "article")  # type: ignore[attr-defined]
    context = {"news": item, "programme": item.programme, "others": others}
    return render(request, "publishing/public/news.html", context)


@login_not_required
@require_safe
def cover(request: HttpRequest, pk: UUID) -> HttpResponseBase:
    """The cover photo of a news item that the person may read."""
    item = item_of(request, News, pk=pk)
    if not item.cover:
        raise Http404
    return kept_for(item, files.serve(Picture(item.cover, f"{item.slug}.jpg"), inline=True))


@login_not_required
@require_safe
@kept(editions.OF_PROGRAMME)
def library(request: HttpRequest, programme: str) -> HttpResponse:
    """The programme's documents, kind by kind."""
    row = programme_of(request, programme)
    groups = by_kind(queries.published(row, Document), request.GET.get("kind", ""))
    return render(request, "publishing/public/library.html", {"programme": row, **groups})


@login_not_required
@require_safe
def document(request: HttpRequest, pk: UUID) -> HttpResponseBase:
    """A document that the person may read."""
    item = item_of(request, Document, pk=pk)
    return kept_for(item, files.serve(item, inline=True))


@login_not_required
@require_safe
@kept(editions.OF_PROGRAMME)
def gallery(request: HttpRequest, programme: str) -> HttpResponse:
    """The programme's photos and videos."""
    row = programme_of(request, programme)
    context = {"programme": row, **gallery_page(row, request.GET.get("page"))}
    return render(request, "publishing/public/gallery.html", context)


@login_not_required
@require_safe
def photo(request: HttpRequest, pk: UUID, size: str) -> HttpResponseBase:
    """A photo, `large` or `small`."""
    item = item_of(request, Photo, pk=pk)
    if size not in ("large", "small"):
        raise Http404
    picture = Picture(getattr(item, size), f"{item.pk}-{size}.jpg")
    return kept_for(item, files.serve(picture, inline=True))


@login_not_required
@require_safe
def video(request: HttpRequest, pk: UUID) -> HttpResponse:
    """A video with its captions and its transcript."""
    item = item_of(request, Video, pk=pk)
    context = {"video": item, "programme": item.programme, "captions": queries.captions_of(item)}
    return render(request, "publishing/public/video.html", context)


@login_not_required
@require_safe
def video_file(request: HttpRequest, pk: UUID) -> HttpResponseBase:
    """The video itself, whole or the part that the player asks for."""
    item = item_of(request, Video, pk=pk)
    return kept_for(item, files.serve_in_parts(item, request.headers.get("Range", "")))


@login_not_required
@require_safe
def captions(request: HttpRequest, pk: UUID, language: str) -> HttpResponse:
    """The video's captions in a language, as WebVTT."""
    item = item_of(request, Video, pk=pk)
    found = get_object_or_404(item.captions, language=language)
    response = HttpResponse(found.text, content_type="text/vtt; charset=utf-8")
    response["X-Content-Type-Options"] = "nosniff"
    return kept_for(item, response)


@login_not_required
@require_safe
def poster(request: HttpRequest, pk: UUID) -> HttpResponseBase:
    """The still picture of a video."""
    item = item_of(request, Video, pk=pk)
    if not item.poster:
        raise Http404
    return kept_for(item, files.serve(Picture(item.poster, f"{item.pk}.jpg"), inline=True))
