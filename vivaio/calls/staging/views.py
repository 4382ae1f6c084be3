"""The stages of a call in its editor: which there are, how each is called, who goes on, one more, one less."""

from typing import Any
from zoneinfo import ZoneInfo

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from vivaio.calls import actions as calls
from vivaio.calls import queries as call_queries
from vivaio.calls import sections
from vivaio.calls.models import Call
from vivaio.calls.staging import actions, needs, queries, rules
from vivaio.calls.staging.forms import AddForm, StageForm
from vivaio.kit.forms import posted
from vivaio.kit.refusals import refusals_shown


def editable(request: HttpRequest, programme: str, slug: str) -> Call:
    """The call that the person may edit, else 404."""
    rows = call_queries.editable_by(request.user).prefetch_related("tracks", "criteria")
    call: Call = get_object_or_404(rows, programme__slug=programme, slug=slug)
    return call


@require_http_methods(["GET", "POST"])
def stages(request: HttpRequest, programme: str, slug: str) -> HttpResponse:
    """The stages of the call in order, and this one's name and rule."""
    call = editable(request, programme, slug)
    chain = queries.chain_of(call)
    form = StageForm(posted(request), instance=call, programme=call.programme) if len(chain) > 1 else None
    if request.method == "POST" and form and form.is_valid():
        with refusals_shown(request) as shown:
            calls.amend(call, form.values(), by=request.user)
            messages.success(request, _("Saved.") if form.values() else _("Nothing had changed."))
        if not shown.refused:
            return redirect(sections.address(call, "stages"))
    context = drawn(request, call, chain)
    return render(request, "calls/staging/stages.html", {**context, "form": form})


def drawn(request: HttpRequest, call: Call, chain: list[Call]) -> dict[str, Any]:
    """The frame of the section, with the stem and what can be done with each stage."""
    stages = queries.told(chain, staff=True, current=call)
    if request.method == "POST":
        call = editable(request, call.programme.slug, call.slug)  # as it stands, not as it was typed
    return sections.frame(
        request,
        call,
        "stages",
        stages=stages if len(chain) > 1 else [],
        removable=[
            (one, sections.address(one.call, "remove_stage"))
            for one in stages
            if rules.removable(one.call) is None
        ],
        missing=needs.missing(chain[0]),
        add_href=sections.address(call, "add_stage"),
        add_refused=rules.addable(chain),
    )


@require_http_methods(["GET", "POST"])
def add(request: HttpRequest, programme: str, slug: str) -> HttpResponse:
    """A stage more, after the last one."""
    call = editable(request, programme, slug)
    chain = queries.chain_of(call)
    with timezone.override(ZoneInfo(call.time_zone)):
        form = AddForm(posted(request), programme=call.programme, chain=chain)
        if request.method == "POST" and form.is_valid():
            with refusals_shown(request, _("The stage is there: write it like a call.")) as shown:
                made = actions.add(call, by=request.user, **form.said())
            if not shown.refused:
                return redirect(sections.address(made, "stages"))
        context = sections.frame(
            request,
            call,
            "stages",
            form=form,
            before=queries.name_of(chain[-1]),
            closes=chain[-1].closes_at,
            back_href=sections.address(call, "stages"),
            refused=rules.addable(chain),
        )
        return render(request, "calls/staging/add.html", context)


@require_http_methods(["GET", "POST"])
def remove(request: HttpRequest, programme: str, slug: str) -> HttpResponse:
    """Ask, then take a stage away."""
    call = editable(request, programme, slug)
    first = queries.first_of(call)
    if request.method == "POST":
        with refusals_shown(request, _("The stage was removed.")) as shown:
            actions.remove(call, by=request.user)
        return redirect(sections.address(call if shown.refused else first, "stages"))
    context = sections.frame(
        request,
        call,
        "stages",
        title=_("Remove the stage “%(stage)s”?") % {"stage": queries.name_of(call)},
        text=_("Its dates, criteria and texts are lost. Its form stays among the programme's forms."),
        action=_("Remove the stage"),
        back_href=sections.address(call, "stages"),
        danger=True,
        refused=rules.remove(call, request.user),
    )
    return render(request, "kit/confirm.html", context)
