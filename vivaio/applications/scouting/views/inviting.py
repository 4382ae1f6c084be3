"""Inviting organisations, one or many, with the letter in front of one; and bringing them in from a spreadsheet."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from vivaio.applications import letters
from vivaio.applications.models import Prospect
from vivaio.applications.scouting import actions, importing, queries, rules, specimens
from vivaio.applications.scouting.forms import ImportForm, InviteForm
from vivaio.applications.scouting.views.frame import programme_of, prospect_of, trail
from vivaio.applications.scouting.views.longlist import call_asked, given, page
from vivaio.calls.models import Call
from vivaio.kit.forms import posted
from vivaio.kit.picking import MOST_CHOICES
from vivaio.kit.refusals import refusals_shown
from vivaio.programmes.models import Programme


@require_POST
def invite(request: HttpRequest, slug: str, pk: UUID) -> HttpResponse:
    """Look at the letter, then send it to one organisation."""
    found = prospect_of(request, slug, pk)
    form = InviteForm(found.programme, request.POST)
    if not form.is_valid():
        return page(request, found, form, status=422)
    if request.POST.get("step") != "send":
        return _preview(request, found.programme, form, [found], back=found.get_absolute_url())
    with refusals_shown(request, _("The invitation to %(name)s is on its way.") % {"name": found}):
        actions.invite(found, **form.cleaned_data, by=request.user)
    return redirect(found)


@require_http_methods(["GET", "POST"])
def invite_many(request: HttpRequest, slug: str) -> HttpResponse:
    """Choose a call and organisations, look at the letter, send them all."""
    programme = programme_of(request, slug)
    form = InviteForm(programme, posted(request))
    call = call_asked(request, programme)
    chosen = given(request.POST.getlist("prospect"))
    if request.POST.get("step") in ("preview", "send") and not chosen:
        form.add_error(None, _("Choose at least one organisation."))
    if request.method == "POST" and form.is_valid():
        ready = list(queries.ready_for(programme, form.cleaned_data["call"]).filter(pk__in=chosen))
        if request.POST.get("step") == "send":
            return _sent(request, programme, form, chosen)
        if request.POST.get("step") == "preview" and ready:
            return _preview(request, programme, form, ready)
    context = {
        "programme": programme,
        "form": form,
        **_offered(programme, call),
        "chosen": chosen if request.method == "POST" else None,
        "refused": rules.edit(programme, request.user),
        "trail": trail(programme, (_("Invite several organisations"), "")),
    }
    status = 422 if form.errors else 200
    return render(request, "applications/scouting/invite_many.html", context, status=status)


def _offered(programme: Programme, call: Call | None) -> dict[str, Any]:
    """Who can be invited to the call; of very many the first."""
    ready = list(queries.ready_for(programme, call)[: MOST_CHOICES + 1]) if call else []
    return {"call": call, "ready": ready[:MOST_CHOICES], "more": len(ready) > MOST_CHOICES}


def _sent(request: HttpRequest, programme: Programme, form: InviteForm, chosen: list[UUID]) -> HttpResponse:
    with refusals_shown(request):
        count = actions.invite_many(**_letter(form), chosen=chosen, by=request.user)
        words = ngettext("%(n)d invitation is on its way.", "%(n)d invitations are on their way.", count)
        messages.success(request, words % {"n": count})
    return redirect("applications:longlist", programme.slug)


def _letter(form: InviteForm) -> dict[str, Any]:
    return {name: form.cleaned_data[name] for name in ("call", "language", "words")}


def _preview(
    request: HttpRequest, programme: Programme, form: InviteForm, ready: list[Prospect], back: str = ""
) -> HttpResponse:
    first = ready[0]
    specimen = specimens.invitation(first, _letter(form), by=request.user)
    context = {
        "programme": programme,
        "letter": letters.scouted.preview(specimen, form.cleaned_data["language"]),
        "ready": ready,
        "one": first if back else None,
        "form": form,
        "back": back,
        "trail": trail(programme, (_("The invitation"), "")),
    }
    return render(request, "applications/scouting/preview.html", context)


@require_http_methods(["GET", "POST"])
def bring_in(request: HttpRequest, slug: str) -> HttpResponse:
    """A spreadsheet, what was understood of it, and into the longlist."""
    programme = programme_of(request, slug)
    form = ImportForm(posted(request), request.FILES or None)
    context: dict[str, Any] = {}
    if request.method == "POST" and form.is_valid():
        try:
            context = _understood(form, programme)
        except importing.Unreadable as wrong:
            form.add_error(None, str(wrong))
        good = [row for row in context.get("rows", []) if not row.errors]
        if good and request.POST.get("step") == "add" and _added(request, programme, good):
            return redirect("applications:longlist", slug)
        context |= {"good": len(good), "wrong": len(context.get("rows", [])) - len(good)}
    refused = rules.edit(programme, request.user)
    context |= {"programme": programme, "form": form, "refused": refused}
    context["trail"] = trail(programme, (_("Bring in from a spreadsheet"), ""))
    return render(request, "applications/scouting/import.html", context)


def _understood(form: ImportForm, programme: Programme) -> dict[str, Any]:
    upload = form.cleaned_data.get("file")
    text = importing.of_workbook(upload.file.read()) if upload else form.cleaned_data["text"]
    return {"rows": importing.read(text, programme), "text": text}


def _added(request: HttpRequest, programme: Programme, rows: list[importing.Row]) -> bool:
    done = ngettext(
        "%(n)d organisation is on the longlist.", "%(n)d organisations are on the longlist.", len(rows)
    ) % {"n": len(rows)}
    with refusals_shown(request, done) as shown:
        actions.spot_many(programme, [row.values for row in rows], by=request.user)
    return not shown.refused
