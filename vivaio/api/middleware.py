"""Whatever another part of the house answers under this address, programs read it as they read the rest."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, HttpResponseNotModified
from django.utils.cache import patch_vary_headers
from django.utils.http import parse_etags

from vivaio.api.v1.marks import telling
from vivaio.api.v1.problems import of_status

ROOT = "/api/v1/"
KEPT = (
    "Allow",
    "Cache-Control",
    "Content-Language",
    "Content-Security-Policy",
    "Retry-After",
    "Vary",
    "X-Frame-Options",
)


class ForPrograms:
    """Errors as problems, a mark on every answer that was read, and no copy of what is one's own."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not request.path.startswith(ROOT):
            return self.get_response(request)
        without_body = request.method == "HEAD"
        if without_body:
            request.method = "GET"  # the very same answer, told by its headers alone
        response = self.answered(request)
        if without_body:
            response.content = b""
            del response["Content-Length"]
        return response

    def answered(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if response.status_code >= 400 and "json" not in response.get("Content-Type", ""):
            response = self.as_problem(response)
        patch_vary_headers(response, ["Authorization", "Accept-Language"])
        if response.status_code < 400:
            response["Cache-Control"] = (
                "private, no-cache" if "Authorization" in request.headers else "no-cache"
            )
        if request.method == "GET":
            response["Access-Control-Allow-Origin"] = "*"  # no cookie opens anything here
            response["Access-Control-Expose-Headers"] = "ETag, Link, Retry-After"
        return self.marked(request, response)

    def as_problem(self, response: HttpResponse) -> HttpResponse:
        told = of_status(response.status_code).answer()
        told.status_code = response.status_code
        for name in KEPT:
            if name in response:
                told[name] = response[name]
        return told

    def marked(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        """With a mark, or 304 for whoever has read this very answer already."""
        if request.method != "GET" or response.status_code != 200 or response.streaming:
            return response
        response["ETag"] = telling(response)
        known = parse_etags(request.headers.get("If-None-Match", ""))
        if not known or (
            known != ["*"] and response["ETag"] not in (one.removeprefix("W/") for one in known)
        ):
            return response
        same = HttpResponseNotModified()
        for name, value in response.items():
            if name not in ("Content-Type", "Content-Length"):
                same[name] = value
        return same
