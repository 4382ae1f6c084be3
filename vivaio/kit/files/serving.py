"""How a stored file leaves: as a download, or shown only where it cannot act."""

from typing import Any

from django.http import FileResponse, Http404

from vivaio.kit.files.kinds import INLINE


def serve(stored: Any, *, inline: bool = False, name: str = "") -> FileResponse:
    """The file of a row with `file`, `name` and `content_type`; the view has already asked whether one may.

    `name` stands in place of the row's own where that would tell too much. `inline` shows PDF and pictures in the
    browser; anything else is always a download. Raises `Http404` if the storage has lost it.
    """
    inline = inline and stored.content_type in INLINE
    try:
        content = stored.file.open("rb")
    except (FileNotFoundError, ValueError) as lost:
        raise Http404("The file is no longer in the storage.") from lost
    response = FileResponse(
        content, as_attachment=not inline, filename=name or stored.name, content_type=stored.content_type
    )
    # A browser's PDF viewer does not open inside a sandbox.
    is_shown_pdf = inline and stored.content_type == "application/pdf"
    response["Content-Security-Policy"] = (
        "default-src 'none'; object-src 'self'; style-src 'unsafe-inline'"
        if is_shown_pdf
        else "default-src 'none'; sandbox"
    )
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-cache"
    return response
