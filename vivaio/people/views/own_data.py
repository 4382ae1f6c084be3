"""A copy of one's own data: asked for, fetched."""

from uuid import UUID

from allauth.account.decorators import reauthentication_required
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from vivaio.kit.files import serve
from vivaio.kit.refusals import refusals_shown
from vivaio.people import actions, queries, rules


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


@never_cache
@require_http_methods(["GET", "POST"])
@reauthentication_required(allow_get=False)
def request_erasure(request: HttpRequest) -> HttpResponse:
    """Say what goes and what stays; then ask for it."""
    if request.method == "POST":
        done = _("Asked. Until the day on this page you can take it back; a letter says so too.")
        with refusals_shown(request, done):
            actions.request_erasure(by=request.user)
        return redirect("programmes:my_privacy")
    context = {
        "title": _("Erase your account and your data?"),
        "action": _("Ask for the erasure"),
        "danger": True,
        "days": actions.DAYS_TO_THINK,
        "back_href": reverse("programmes:my_privacy"),
        "refused": rules.request_erasure(request.user),
    }
    return render(request, "people/own_data/erase.html", context)


@require_POST
def undo_erasure(request: HttpRequest) -> HttpResponse:
    """Take the request back."""
    with refusals_shown(request, _("The request is taken back: nothing is erased.")):
        actions.undo_erasure(by=request.user)
    return redirect("programmes:my_privacy")
