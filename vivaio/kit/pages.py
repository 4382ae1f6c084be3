"""The pages every installation owes its readers, and the preview of what they write."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path
from django.views.decorators.http import require_POST, require_safe

from vivaio.kit import markdown

app_name = "kit"


@login_not_required
@require_safe
def told(request: HttpRequest, page: str) -> HttpResponse:
    """One of the three pages."""
    return render(request, f"kit/pages/{page}.html")


@require_POST
def preview(request: HttpRequest) -> HttpResponse:
    """How a Markdown text will look; nothing is kept."""
    return HttpResponse(markdown.render(request.POST.get("text", "")[:100_000]))


urlpatterns = [
    path("accessibility/", told, {"page": "accessibility"}, name="accessibility"),
    path("open-data/", told, {"page": "open_data"}, name="open_data"),
    path("help/", told, {"page": "help"}, name="help"),
    path("preview/", preview, name="preview"),
]
