"""The page on which a notice is written, looked at, and published."""

from typing import Any
from zoneinfo import ZoneInfo

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from vivaio.calls import queries as calls
from vivaio.calls import sections
from vivaio.calls.models import Call, CallNotice
from vivaio.calls.notices import actions, changes, queries, rules
from vivaio.calls.notices.forms import NoticeForm
from vivaio.calls.states import Window
from vivaio.kit.forms import posted
from vivaio.kit.refusals import refusals_shown


def call_of(request: HttpRequest, programme: str, slug: str) -> Call:
    """The call that the person may edit, with all that a notice may change, else 404."""
    rows = calls.editable_by(request.user).prefetch_related("tracks", "conditions", "awards", "dates")
    found: Call = get_object_or_404(rows, programme__slug=programme, slug=slug)
    request.frame_programme = found.programme  # type: ignore[attr-defined]
    return found


@require_http_methods(["GET", "POST"])
def notice(request: HttpRequest, programme: str, slug: str) -> HttpResponse:
    """What may change, as it stands; then before and after; then, if it is right, published."""
    call, foretold = call_of(request, programme, slug), None
    so_far = list(queries.of_call(call))
    with timezone.override(ZoneInfo(call.time_zone)):
        form = NoticeForm(posted(request), call=call, announced=queries.announced(so_far))
        if request.method == "POST" and form.is_valid():
            said = {**form.said, "by": request.user}
            if "publish" in request.POST:
                done = _("The notice is published: the call says what it now says.")
                with refusals_shown(request, done) as shown:
                    actions.publish(call, form.values, hold=form.cleaned_data["hold"], **said)
                if not shown.refused:
                    return redirect(sections.address(call, "manage"))
            else:
                with refusals_shown(request):
                    foretold = actions.foretell(call, form.values, **said)
        context = context_of(call, form, foretold, so_far)
        context["refused"] = rules.publish(call, request.user)
        return render(request, "calls/notices/notice.html", context)


def context_of(call: Call, form: NoticeForm, foretold: Any, so_far: list[CallNotice]) -> dict[str, Any]:
    """What the page shows."""
    return {
        "call": call,
        "programme": call.programme,
        "form": form,
        "foretold": foretold,
        "foretold_changes": changes.told(foretold) if foretold else [],
        "expired": call.window == Window.SHUT,
        "notices": [(one, changes.told(one)) for one in so_far],
        "home_href": sections.address(call, "manage"),
        "trail": sections.trail(call, _("Amend or extend the call")),
    }
