"""A letter that was sent, read again by whom it was sent to."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from vivaio.applications import queries as applications
from vivaio.applications.timeline import queries
from vivaio.applications.timeline.own import with_own
from vivaio.applications.views.applicant import at_home


@require_safe
def letter(request: HttpRequest, pk: Any, letter: Any) -> HttpResponse:
    """One's own letter about an application of one's own; links that are its reader's alone stay in the mail."""
    found = get_object_or_404(with_own(applications.mine(request.user), request.user.pk), pk=pk)
    at_home(request, found.call)
    about = queries.told_to(found)[1]
    row = get_object_or_404(queries.letters_to(request.user, found, about), pk=letter)
    trail = [
        (_("My applications"), reverse("applications:mine")),
        (str(found), found.get_absolute_url()),
        (_("Letter"), ""),
    ]
    context = {"application": found, "letter": row, "trail": trail}
    return render(request, "applications/timeline/letter.html", context)
