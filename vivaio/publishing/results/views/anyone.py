"""The results as anyone reads them once they are published; the staff reads them before."""

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from vivaio.calls import editions
from vivaio.kit import exports
from vivaio.kit.frame import Card
from vivaio.kit.keeping import kept
from vivaio.programmes import queries as programmes
from vivaio.publishing.models import Results
from vivaio.publishing.results import opendata, pages, paper, queries
from vivaio.publishing.results.telling import Telling


def readable(request: HttpRequest, programme: str) -> Telling:
    """The results that the person may read, with what they may open behind them; else 404."""
    row: Results = get_object_or_404(queries.visible_to(request.user), programme__slug=programme)
    permissions = programmes.permissions_of(request.user, row.programme)
    request.frame_programme = row.programme  # type: ignore[attr-defined]
    request.frame_permissions = permissions  # type: ignore[attr-defined]
    image = reverse("publishing:card", args=["results", row.programme_id])
    request.frame_card = Card(_("Results"), row.programme.tagline_i18n, image)  # type: ignore[attr-defined]
    return Telling(row, permissions)


@login_not_required
@require_safe
@kept(editions.OF_PROGRAMME)
def results(request: HttpRequest, programme: str) -> HttpResponse:
    """What came of the programme."""
    telling = readable(request, programme)
    awards = queries.awards_on_line(telling.results.programme)
    context = pages.whole(telling) | {"staff": telling.staff, "awards": awards}
    return render(request, "publishing/results/results.html", context)


@login_not_required
@require_safe
@kept(editions.OF_PROGRAMME)
def part(request: HttpRequest, programme: str, part: str) -> HttpResponse:
    """What one part of the results is made of."""
    telling = readable(request, programme)
    context = pages.of_part(telling, part)
    if context is None:
        raise Http404
    context["staff"] = telling.staff
    return render(request, "publishing/results/part.html", context)


@login_not_required
@require_safe
def report(request: HttpRequest, programme: str) -> HttpResponse:
    """The report as PDF/UA, in the language of the address: what anyone may read."""
    telling = readable(request, programme)
    response = HttpResponse(paper.pdf(telling.results), content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{programme}-results.pdf"'
    response["X-Content-Type-Options"] = "nosniff"
    return response


@login_not_required
@require_safe
def as_csv(request: HttpRequest, programme: str) -> HttpResponseBase:
    """The public figures as a table."""
    row = readable(request, programme).results
    title = _("Results of %(programme)s") % {"programme": row.programme}
    return exports.respond("csv", title, opendata.header(), opendata.rows(Telling(row)))


@login_not_required
@require_safe
def as_json(request: HttpRequest, programme: str) -> HttpResponse:
    """The public figures for programs."""
    row = readable(request, programme).results
    return JsonResponse(opendata.told(Telling(row)), json_dumps_params={"ensure_ascii": False, "indent": 2})
