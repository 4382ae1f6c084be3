"""What a programme awarded, as files of the 360Giving Data Standard."""

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponseBase, JsonResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.http import require_safe

from vivaio.api import awards
from vivaio.api.v1.schemas_public import page
from vivaio.kit import exports
from vivaio.programmes import queries as programmes


def found(programme: str) -> dict[str, Any]:
    """The package of a public programme, else 404."""
    row = get_object_or_404(programmes.public().prefetch_related("partners"), slug=programme)
    package = awards.package(row, page("api:awards_json", programme))
    if package is None:
        raise Http404(_("This programme has no awards on line."))
    return package


@login_not_required
@require_safe
def as_json(request: HttpRequest, programme: str) -> HttpResponseBase:
    """The whole package."""
    return unlisted(JsonResponse(found(programme)))


@login_not_required
@require_safe
def as_csv(request: HttpRequest, programme: str) -> HttpResponseBase:
    """The same grants as a table: commas and decimal points in every language, as the standard wants."""
    package = found(programme)
    with override("en"):
        return unlisted(
            exports.respond(
                "csv", f"{programme}-awards", list(awards.COLUMNS), awards.rows(package["grants"])
            )
        )


def unlisted(response: HttpResponseBase) -> HttpResponseBase:
    """Names leave the line with their ranking: search engines are asked to stay out."""
    response["X-Robots-Tag"] = "noindex, noarchive"
    return response
