"""Where the team answers a request for integration (being built)."""

from typing import Any

from django.http import HttpRequest, HttpResponse


def answer(request: HttpRequest, pk: Any) -> HttpResponse:
    raise NotImplementedError


def save(request: HttpRequest, pk: Any) -> HttpResponse:
    raise NotImplementedError


def add_file(request: HttpRequest, pk: Any) -> HttpResponse:
    raise NotImplementedError


def remove_file(request: HttpRequest, pk: Any, file: Any) -> HttpResponse:
    raise NotImplementedError
