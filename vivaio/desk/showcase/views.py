"""Public pages: no account needed."""

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from vivaio.calls import editions
from vivaio.desk.showcase import queries, stories
from vivaio.kit.frame import Card
from vivaio.kit.keeping import kept
from vivaio.programmes import queries as programmes
from vivaio.programmes.models import Programme
from vivaio.publishing import queries as publishing

NEWS_AT_THE_DOOR = 3


def card(programme: Programme) -> dict[str, Any]:
    """A programme in a list."""
    lines = queries.timeline(programme)
    return {
        "programme": programme,
        "promoters": queries.promoters(programme),
        "phases": lines,
        "present": queries.present_phases(lines),
        "call": queries.next_call(programme.public_calls),
    }


@login_not_required
@require_safe
@kept(editions.OF_ALL)
def welcome(request: HttpRequest) -> HttpResponse:
    """The front door: the programmes of this installation, those with an open call first."""
    cards = [card(programme) for programme in queries.shown(programmes.public())]
    cards.sort(key=queries.by_call)
    context = {"cards": cards, "news": list(publishing.latest_news(NEWS_AT_THE_DOOR))}
    return render(request, "desk/showcase/welcome.html", context)


@login_not_required
@require_safe
@kept(editions.OF_PROGRAMME)
def programme(request: HttpRequest, slug: str) -> HttpResponse:
    """A programme: what it is, where it stands, who runs it, what is open."""
    rows = stories.along(queries.shown(programmes.visible_to(request.user)))
    row = get_object_or_404(rows, slug=slug)
    request.frame_programme = row  # type: ignore[attr-defined]
    image = reverse("publishing:card", args=["programme", row.pk])
    request.frame_card = Card(row.title_i18n, row.tagline_i18n, image)  # type: ignore[attr-defined]
    call = queries.next_call(row.public_calls)
    selections = queries.selections(row.public_calls)
    context = {
        "programme": row,
        "phases": queries.timeline(row),
        "call": call,
        "selections": selections,
        "judged": queries.being_judged(row.public_calls, selections) if call is None else None,
        "calls": [other for other in row.public_calls if other != call and other.follows_id is None],
        "promoters": queries.promoters(row),
        "supporters": queries.supporters(row),
        "partners": queries.partners_by_part(row),
        "amounts": queries.amounts(row),
        "areas": row.areas.all(),
        **stories.told(row),
    }
    return render(request, "desk/showcase/programme.html", context)
