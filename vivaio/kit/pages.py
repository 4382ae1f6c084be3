"""The pages every installation owes its readers: accessibility, privacy, open data, help."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path
from django.views.decorators.http import require_safe

app_name = "kit"


@login_not_required
@require_safe
def told(request: HttpRequest, page: str) -> HttpResponse:
    """One of the four pages."""
    return render(request, f"kit/pages/{page}.html")


urlpatterns = [
    path("accessibility/", told, {"page": "accessibility"}, name="accessibility"),
    path("privacy/", told, {"page": "privacy"}, name="privacy"),
    path("open-data/", told, {"page": "open_data"}, name="open_data"),
    path("help/", told, {"page": "help"}, name="help"),
]
