"""The documentation that people read."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from vivaio.api import reference as told
from vivaio.api.v1.document import document


@login_not_required
@require_safe
def reference(request: HttpRequest) -> HttpResponse:
    """Every operation: what it takes, what it answers, what it wants."""
    return render(request, "api/reference.html", told.told(document()))
