"""Addresses for programs: no language in front, the header Accept-Language says it."""

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, JsonResponse
from django.urls import include, path, reverse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe

from vivaio.api.v1.document import document
from vivaio.api.v1.problems import Problem
from vivaio.api.v1.schemas_public import page
from vivaio.api.v1.service import service


@login_not_required
@require_safe
def index(request: HttpRequest) -> JsonResponse:
    """Where to begin."""
    return JsonResponse({"openapi": reverse("v1:openapi"), "documentation": page("api:reference")})


@login_not_required
@require_safe
def openapi(request: HttpRequest) -> JsonResponse:
    """What there is, for programs."""
    return JsonResponse(document())


@csrf_exempt
@login_not_required
def nowhere(request: HttpRequest, rest: str = "") -> Any:
    """Nothing stands at this address."""
    return Problem("not-found").answer()


operations = [pattern for pattern in service.urls[0] if pattern.name != "api-root"]
for pattern in operations:
    pattern.callback.login_required = False  # the door of each operation asks for its token

urlpatterns = [
    path(
        "api/v1/",
        include(
            (
                [
                    path("", index, name="api-root"),
                    path("openapi.json", openapi, name="openapi"),
                    *operations,
                    path("<path:rest>", nowhere, name="nowhere"),
                ],
                "ninja",
            ),
            namespace="v1",
        ),
    )
]
