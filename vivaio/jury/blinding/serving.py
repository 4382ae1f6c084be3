"""A file of an application given out to a juror who may read the application."""

from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import FileResponse, Http404

from vivaio.applications.models import Application
from vivaio.calls.models import Call
from vivaio.jury.blinding import queries, rules
from vivaio.kit import files


def served(application: Application, call: Call, pk: UUID) -> FileResponse:
    """The file as jurors meet it. Raises `Http404` where there is none, `PermissionDenied` where it is withheld."""
    found = queries.file(application, call, pk)
    if found is None:
        raise Http404("This application has no such file.")
    if found.served is None:
        raise PermissionDenied(rules.withheld())
    return files.serve(found.served, inline=True, name=found.name)
