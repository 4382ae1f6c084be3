"""What anyone may read: what the public pages show, no more."""

from typing import Any

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext_noop as _
from ninja import Path, Query, Router

from vivaio.api import awards
from vivaio.api.v1.door import Anyone
from vivaio.api.v1.naming import InCall, InProgramme
from vivaio.api.v1.pages import Paged, page_of
from vivaio.api.v1.reading import here
from vivaio.api.v1.schemas_giving import PackageOut
from vivaio.api.v1.schemas_public import (
    CallsPage,
    CallWhole,
    ProgrammesPage,
    ProgrammeWhole,
    PublicRankingOut,
)
from vivaio.calls import queries as calls
from vivaio.jury.queries import ranking as rankings
from vivaio.programmes import queries as programmes

router = Router(auth=Anyone(), tags=["public"])
NOBODY: Any = AnonymousUser()


@router.get("/programmes", response=ProgrammesPage, summary=_("Public programmes"))
def list_programmes(request: HttpRequest, response: HttpResponse, paged: Query[Paged]) -> Any:
    return page_of(request, response, programmes.public().order_by("title", "pk"), paged)


@router.get("/programmes/{programme}", response=ProgrammeWhole, summary=_("A public programme"))
def read_programme(request: HttpRequest, at: Path[InProgramme]) -> Any:
    rows = programmes.public().prefetch_related("phases", "partners", "areas", "amounts")
    return get_object_or_404(rows, slug=at.programme)


@router.get(
    "/programmes/{programme}/calls", response=CallsPage, summary=_("Calls of a programme, the newest first")
)
def list_calls(
    request: HttpRequest, response: HttpResponse, at: Path[InProgramme], paged: Query[Paged]
) -> Any:
    programme = get_object_or_404(programmes.public(), slug=at.programme)
    rows = calls.public().filter(programme=programme).order_by("-opens_at", "pk")
    return page_of(request, response, rows, paged)


@router.get(
    "/programmes/{programme}/calls/{call}",
    response=CallWhole,
    summary=_("A call: terms, tracks, criteria, awards, dates"),
)
def read_call(request: HttpRequest, at: Path[InCall]) -> Any:
    return get_object_or_404(calls.readable(NOBODY), programme__slug=at.programme, slug=at.call)


@router.get(
    "/programmes/{programme}/calls/{call}/rankings",
    response=list[PublicRankingOut],
    summary=_("The published rankings of a call, while they are on line"),
)
def read_public_rankings(request: HttpRequest, response: HttpResponse, at: Path[InCall]) -> Any:
    call = get_object_or_404(calls.visible_to(NOBODY), programme__slug=at.programme, slug=at.call)
    response["X-Robots-Tag"] = "noindex, noarchive"
    return [
        {
            "track": ranking.track.key,
            "title": str(ranking.track),
            "published_at": ranking.published_at,
            "public_until": ranking.public_until,
            "lines": rankings.public_lines(rankings.entries_of(ranking), call),
        }
        for ranking in rankings.public(call)
    ]


@router.get(
    "/programmes/{programme}/awards",
    response=PackageOut,
    exclude_none=True,
    summary=_("What was awarded, in the 360Giving Data Standard 1.4, while its ranking is on line"),
)
def read_awards(request: HttpRequest, response: HttpResponse, at: Path[InProgramme]) -> Any:
    programme = get_object_or_404(programmes.public().prefetch_related("partners"), slug=at.programme)
    found = awards.package(programme, f"{settings.BASE_URL}{here('read_awards', programme.slug)}")
    if found is None:
        raise Http404
    response["X-Robots-Tag"] = "noindex, noarchive"
    return found
