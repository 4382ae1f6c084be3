"""A file in parts, as players ask for it: one range of bytes at a time (RFC 9110, section 14)."""

import re
from collections.abc import Iterator
from typing import Any

from django.http import Http404, HttpResponse, HttpResponseBase, StreamingHttpResponse

ASKED = re.compile(r"bytes=(\d*)-(\d*)\Z")
CHUNK = 256 * 1024


def part_of(header: str, size: int) -> tuple[int, int] | None:
    """First and last byte of the part that is asked for; None where the whole file is.

    Raises `ValueError` for a part that the file does not have. Several parts at once, which no player asks
    for, are answered with the whole, as the standard allows.
    """
    found = ASKED.match(header.strip())
    if not found or found.groups() == ("", ""):
        return None
    first, last = found.groups()
    if not first:
        start, end = max(0, size - int(last)), size - 1
        if not int(last):
            raise ValueError(header)
    else:
        start, end = int(first), min(int(last), size - 1) if last else size - 1
        if last and int(last) < int(first):
            return None
    if start >= size:
        raise ValueError(header)
    return start, end


def serve_in_parts(stored: Any, header: str = "") -> HttpResponseBase:
    """The file of a row with `file`, `size` and `content_type`, or the part that `header` (Range) asks for.

    The view has already asked whether one may. Raises `Http404` if the storage has lost the file.
    """
    try:
        content = stored.file.open("rb")
    except (FileNotFoundError, ValueError) as lost:
        raise Http404("The file is no longer in the storage.") from lost
    try:
        part = part_of(header, stored.size)
    except ValueError:
        content.close()
        response: HttpResponseBase = HttpResponse(status=416)
        response["Content-Range"] = f"bytes */{stored.size}"
        return response
    start, end = part or (0, stored.size - 1)
    content.seek(start)  # a service that is away says so here, not in the midst of the answer
    response = StreamingHttpResponse(
        _bytes(content, start, end), status=206 if part else 200, content_type=stored.content_type
    )
    if part:
        response["Content-Range"] = f"bytes {start}-{end}/{stored.size}"
    response["Content-Length"] = str(end - start + 1)
    response["Accept-Ranges"] = "bytes"
    response["Content-Security-Policy"] = "default-src 'none'; media-src 'self'; sandbox"
    response["X-Content-Type-Options"] = "nosniff"
    return response


def _bytes(content: Any, start: int, end: int) -> Iterator[bytes]:
    with content:
        left = end - start + 1
        while left > 0 and (chunk := content.read(min(CHUNK, left))):
            left -= len(chunk)
            yield chunk
