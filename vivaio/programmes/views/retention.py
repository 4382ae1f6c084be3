"""How long what is kept: the periods, what will go when, what went, and holds."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from vivaio.kit.refusals import refusals_shown
from vivaio.kit.retention import KINDS
from vivaio.programmes import actions, retaining
from vivaio.programmes.forms.retention import HoldForm, RetentionForm
from vivaio.programmes.retaining import Period
from vivaio.programmes.views.privacy_frame import Holder, holder_of


@require_safe
def retention(request: HttpRequest, slug: str | None = None) -> HttpResponse:
    """Every kind of data with its period, what waits to go, and what went."""
    holder = holder_of(request, slug, "programme.read")
    lines = [
        (period, holder.at("retention_kind", period.kind.code))
        for period in retaining.forecast(holder.programme)
    ]
    runs = [
        (run, KINDS[run.kind].title if run.kind in KINDS else run.kind)
        for run in retaining.runs(holder.programme)[:20]
    ]
    return render(
        request, "programmes/privacy/retention.html", holder.page("retention", lines=lines, runs=runs)
    )


def period_of(holder: Holder, kind: str) -> Period:
    """The kind that the address names; else 404."""
    for period in retaining.forecast(holder.programme):
        if period.kind.code == kind:
            return period
    raise Http404


@require_http_methods(["GET", "POST"])
def kind(request: HttpRequest, kind: str, slug: str | None = None) -> HttpResponse:
    """The period of one kind, its reason, and the hold."""
    holder = holder_of(request, slug)
    period = period_of(holder, kind)
    form = RetentionForm(request.POST or None, period, holder.languages)
    if request.method == "POST" and form.is_valid():
        with refusals_shown(request, _("The period is saved.")):
            actions.set_retention(
                holder.programme, kind, days=form.cleaned_data["days"],
                texts=form.written_texts(form.cleaned_data), by=request.user,
            )  # fmt: skip
        return holder.back_to("retention")
    context = holder.page("retention", period=period, form=form, hold_form=HoldForm(prefix="hold"))
    context["hold_href"] = holder.at("retention_hold", kind)
    context["lift_href"] = holder.at("retention_lift", kind)
    status = 422 if request.method == "POST" else 200
    return render(request, "programmes/privacy/retention_kind.html", context, status=status)


@require_POST
def hold(request: HttpRequest, kind: str, slug: str | None = None) -> HttpResponse:
    """Hold everything of this kind back."""
    holder = holder_of(request, slug)
    period_of(holder, kind)
    with refusals_shown(request, _("Nothing of this kind goes until the hold is lifted.")):
        actions.hold_back(holder.programme, kind, request.POST.get("hold-reason", "")[:300], by=request.user)
    return holder.back_to("retention_kind", kind)


@require_POST
def lift(request: HttpRequest, kind: str, slug: str | None = None) -> HttpResponse:
    """Let the periods run again."""
    holder = holder_of(request, slug)
    period_of(holder, kind)
    with refusals_shown(request, _("The hold is lifted: the periods run again from tonight.")):
        actions.lift_hold(holder.programme, kind, by=request.user)
    return holder.back_to("retention_kind", kind)
