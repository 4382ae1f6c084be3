"""The page of the search."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from vivaio.finder.forms import Asked


@login_not_required
@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """What is found of what the person may see."""
    asked = Asked.of(request.GET, get_language() or "it")
    response = render(request, "finder/search.html", {"asked": asked, "shown": asked.answered(request.user)})
    response["X-Robots-Tag"] = "noindex"
    return response
