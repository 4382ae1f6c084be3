"""How long what is kept: the periods, what will go when, what went, and holds."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from vivaio.kit.forms import posted
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
    period = retaining.period_of(holder.programme, kind)
    if period is None:
        raise Http404
    return period


@require_http_methods(["GET", "POST"])
def kind(request: HttpRequest, kind: str, slug: str | None = None) -> HttpResponse:
    """The period of one kind, its reason, and the hold."""
    holder = holder_of(request, slug)
    period = period_of(holder, kind)
    form = RetentionForm(posted(request), period, holder.languages)
    if request.method == "POST" and form.is_valid():
        with refusals_shown(request, _("The period is saved.")):
            actions.set_retention(holder.programme, kind, **form.values, by=request.user)
        return holder.back_to("retention")
    return kind_page(request, holder, period, form, HoldForm(prefix="hold"))


def kind_page(
    request: HttpRequest, holder: Holder, period: Period, form: RetentionForm, hold_form: HoldForm
) -> HttpResponse:
    """The page of one kind, with what was typed in one of its two forms."""
    context = holder.page(
        "retention",
        period=period,
        form=form,
        kind_href=holder.at("retention_kind", period.kind.code),
        hold_form=hold_form,
        hold_href=holder.at("retention_hold", period.kind.code),
        lift_href=holder.at("retention_lift", period.kind.code),
    )
    status = 422 if request.method == "POST" else 200
    return render(request, "programmes/privacy/retention_kind.html", context, status=status)


@require_POST
def hold(request: HttpRequest, kind: str, slug: str | None = None) -> HttpResponse:
    """Hold everything of this kind back."""
    holder = holder_of(request, slug)
    period = period_of(holder, kind)
    form = HoldForm(request.POST, prefix="hold")
    if not form.is_valid():
        return kind_page(request, holder, period, RetentionForm(None, period, holder.languages), form)
    with refusals_shown(request, _("Nothing of this kind goes until the hold is lifted.")):
        actions.hold_back(holder.programme, kind, form.cleaned_data["reason"], by=request.user)
    return holder.back_to("retention_kind", kind)


@require_POST
def lift(request: HttpRequest, kind: str, slug: str | None = None) -> HttpResponse:
    """Let the periods run again."""
    holder = holder_of(request, slug)
    period_of(holder, kind)
    with refusals_shown(request, _("The hold is lifted: the periods run again from tonight.")):
        actions.lift_hold(holder.programme, kind, by=request.user)
    return holder.back_to("retention_kind", kind)
