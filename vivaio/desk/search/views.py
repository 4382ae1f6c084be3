"""The page of the search."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from vivaio.desk.home.queries import parts_of
from vivaio.desk.search import groups, words


@login_not_required
@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """What is found of what the person may see."""
    typed = words.cleaned(request.GET.get("q", ""))
    parts = parts_of(request.user) if request.user.is_authenticated else None
    request.frame_parts = parts  # type: ignore[attr-defined]  # the menu need not ask again
    works = parts is not None and parts.works
    found = groups.search(request.user, typed, request.GET.get("in", ""), works=works)
    context = {
        "typed": typed,
        "groups": found,
        "count": sum(len(group.results) for group in found),
        "alone": len(found) == 1 and request.GET.get("in") == found[0].key,
    }
    response = render(request, "desk/search/search.html", context)
    response["X-Robots-Tag"] = "noindex"
    return response
