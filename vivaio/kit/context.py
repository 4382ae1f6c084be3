"""What every template knows."""

from typing import Any

from django.http import HttpRequest

from vivaio.kit.frame import Frame


def page_frame(request: HttpRequest) -> dict[str, Any]:
    """`frame`: bar, menu, languages, the person signed in."""
    return {"frame": Frame(request)}
