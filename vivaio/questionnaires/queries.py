"""Reads of this room, and the doors to its engine for the rooms that give forms out."""

from vivaio.questionnaires.models import Response


def locked(pk: object) -> Response:
    """The answers under their row lock."""
    return Response.objects.select_for_update(of=("self",)).select_related("version").get(pk=pk)
