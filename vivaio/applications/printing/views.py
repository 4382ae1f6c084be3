"""An application to take away."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from vivaio.applications import queries
from vivaio.applications.printing import paper
from vivaio.questionnaires.queries import language_now


@require_safe
def as_pdf(request: HttpRequest, pk: Any) -> HttpResponse:
    """The application as PDF/UA, in the reader's language."""
    found = get_object_or_404(queries.for_staff(request.user), pk=pk)
    language = language_now()
    answer = HttpResponse(paper.written(found, language), content_type="application/pdf")
    answer["Content-Disposition"] = f'attachment; filename="{paper.file_name(found, language)}"'
    answer["Cache-Control"] = "private, no-cache"
    return answer
