"""The staff's list of declarations, what the register says of one, and the file of a visura."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from vivaio.applications import queries as applications
from vivaio.applications.checking import pages
from vivaio.applications.deminimis import actions, queries, rules, telling
from vivaio.applications.deminimis.beside import beside
from vivaio.applications.deminimis.content import Content
from vivaio.applications.deminimis.forms import VerificationForm
from vivaio.applications.deminimis.tables import declarations
from vivaio.applications.models import Application
from vivaio.applications.views.applicant import framed
from vivaio.applications.views.staff import call_read, trail
from vivaio.calls.models import Condition
from vivaio.kit import clock, files, tables
from vivaio.kit.refusals import refusals_shown


@require_safe
def declared(request: HttpRequest, programme: str, slug: str) -> HttpResponseBase:
    """The declarations of a call: search, filters, sort, export with what the register asks for."""
    call = call_read(request, programme, slug)
    framed(request, call)
    conditions = queries.conditions_in(call)
    if not conditions:
        raise Http404
    condition = next((one for one in conditions if one.key == request.GET.get("condition")), conditions[0])
    day = clock.today(call.time_zone)
    rows = queries.for_staff(call, request.user, condition)
    heading = _("De minimis declarations")
    context = {
        "call": call,
        "heading": heading,
        "condition": condition,
        "others": [one for one in conditions if one.pk != condition.pk],
        "trail": trail(call, (heading, "")),
    }
    table = declarations(condition, day)(rows, request.GET)
    return tables.respond(request, table, "applications/deminimis/list.html", context)


def one(request: HttpRequest, pk: Any) -> tuple[Application, list[Condition]]:
    """An application that the person reads as staff, and what its call asks of such aid; 404 where that is nothing."""
    found = get_object_or_404(applications.for_staff(request.user), pk=pk)
    conditions = queries.conditions_for(found)
    if not conditions:
        raise Http404
    framed(request, found.call)
    return found, conditions


@require_http_methods(["GET", "HEAD", "POST"])
def check(request: HttpRequest, pk: Any) -> HttpResponse:
    """What was declared, what it comes to, what the register says; a visura is recorded here."""
    found, conditions = one(request, pk)
    sent = (request.POST, request.FILES) if request.method == "POST" else ()
    form = VerificationForm(*sent, label_suffix="")
    if sent and form.is_valid():
        with refusals_shown(
            request, _("The visura is recorded, and the point is computed with it.")
        ) as shown:
            actions.verify(found, **form.cleaned_data, by=request.user)
        if not shown.refused:
            return redirect("applications:de_minimis_check", found.pk)
    return render(request, "applications/deminimis/check.html", _checking(request, found, conditions, form))


def _checking(
    request: HttpRequest, found: Application, conditions: list[Condition], form: VerificationForm
) -> dict[str, Any]:
    heading = _("De minimis declaration")
    aid = beside(found)
    content, day = Content.of(aid["declaration"]), queries.today_of(found)
    register = next(iter(aid["verifications"]), None)
    told = [
        queries.find(found, one, content, day, signed=True, register=register)
        for one in conditions
        if aid["words"]
    ]
    return {
        "application": found,
        "heading": heading,
        "aid": aid,
        "told": [
            (one, telling.conclusion(one), telling.window_words(one.standing.since, one.standing.until))
            for one in told
        ],
        "form": form,
        "refused": rules.verify(found, request.user),
        "trail": trail(found.call, pages.whole(found), (heading, "")),
    }


@require_safe
def file(request: HttpRequest, pk: Any, verification: Any) -> HttpResponseBase:
    """The visura as it was given."""
    found = get_object_or_404(
        queries.verifications_of(applications.for_staff(request.user)), pk=verification, application=pk
    )
    if not found.file:
        raise Http404
    return files.serve(found, inline="inline" in request.GET)
