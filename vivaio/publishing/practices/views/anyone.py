"""What anyone reads of good practices."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from vivaio.calls import editions
from vivaio.initiatives.analysing import queries as needs
from vivaio.kit import tables
from vivaio.kit.frame import Card
from vivaio.kit.keeping import kept
from vivaio.programmes import queries as programmes
from vivaio.publishing.practices import pages, queries
from vivaio.publishing.practices.tables import PublicPractices, short


@login_not_required
@require_safe
@kept(editions.OF_PROGRAMME)
def practices(request: HttpRequest, programme: str) -> HttpResponseBase:
    """The practices that the programme has collected, to be searched by word, need and sector."""
    row = get_object_or_404(programmes.visible_to(request.user), slug=programme)
    request.frame_programme = row  # type: ignore[attr-defined]
    image = reverse("publishing:card", args=["programme", row.pk])
    request.frame_card = Card(_("Good practices"), row.tagline_i18n, image)  # type: ignore[attr-defined]
    choices = {"need": [(one.key, one.title_i18n) for one in needs.dimensions_of(row)]}
    table = PublicPractices(queries.on_line(row), request.GET, choices=choices)
    return tables.respond(request, table, "publishing/practices/practices.html", {"programme": row})


@login_not_required
@require_safe
@kept(editions.OF_PROGRAMME)
def practice(request: HttpRequest, programme: str, slug: str) -> HttpResponse:
    """One practice, whole."""
    rows = queries.visible_to(request.user).filter(programme__slug=programme)
    row = get_object_or_404(rows, slug=slug)
    request.frame_programme = row.programme  # type: ignore[attr-defined]
    image = reverse("publishing:card", args=["practice", row.pk])
    request.frame_card = Card(row.title_i18n, short(row.need_i18n), image, "article")  # type: ignore[attr-defined]
    return render(request, "publishing/practices/practice.html", pages.read(row))
