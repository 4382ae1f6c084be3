"""A copy of one's own data: asked for, fetched."""

from uuid import UUID

from allauth.account.decorators import reauthentication_required
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from vivaio.kit.files import serve
from vivaio.kit.refusals import refusals_shown
from vivaio.people import actions, queries


@require_POST
def request_export(request: HttpRequest) -> HttpResponse:
    """Ask for a copy."""
    done = _("The copy is being prepared. A letter tells you when you can fetch it.")
    with refusals_shown(request, done):
        actions.request_export(by=request.user)
    return redirect("programmes:my_privacy")


@never_cache
@require_safe
@reauthentication_required(allow_get=False)
def download_export(request: HttpRequest, pk: UUID) -> HttpResponseBase:
    """The file, for the person alone, once they have proved again who they are."""
    return serve(get_object_or_404(queries.exports_to_fetch(request.user), pk=pk))
