"""Where the team writes (being built)."""

from typing import Any

from django.http import HttpRequest, HttpResponse


def step(request: HttpRequest, pk: Any, step: int) -> HttpResponse:
    raise NotImplementedError


def save(request: HttpRequest, pk: Any) -> HttpResponse:
    raise NotImplementedError


def review(request: HttpRequest, pk: Any) -> HttpResponse:
    raise NotImplementedError
