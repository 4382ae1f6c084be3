"""The jury's page for the staff: who sits, who was asked, and asking."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from vivaio.calls.models import Call
from vivaio.jury.actions import panel as actions
from vivaio.jury.addresses import parse
from vivaio.jury.forms.panel import InviteForm, LimitsForm, ManyForm, limits_of
from vivaio.jury.models import Juror, Panel
from vivaio.jury.queries import overriding
from vivaio.jury.queries import panel as queries
from vivaio.jury.rules import panel as rules
from vivaio.jury.states import JurorState
from vivaio.jury.tables import Jurors
from vivaio.jury.views.frame import address, call_of, panel_of, staff
from vivaio.kit import tables
from vivaio.kit.forms import posted
from vivaio.kit.refusals import refusals_shown
from vivaio.programmes.bulk import starting


@require_http_methods(["GET", "HEAD", "POST"])
def index(request: HttpRequest, programme: str, call: str) -> HttpResponseBase:
    """Who sits on the jury; what is done to many jurors."""
    found = call_of(request, programme, call)
    if request.method == "POST":
        return starting.start(request, _table(request, found), found.programme)
    return _index(request, found, InviteForm(initial={"language": found.programme.first_language}))


def _index(request: HttpRequest, call: Call, form: InviteForm, status: int = 200) -> HttpResponseBase:
    panel = queries.of(call)
    table = _table(request, call, panel)
    summary = queries.summary(panel) if panel else None
    refused = rules.invite(panel, request.user) if panel else rules.edit(call, request.user)
    figures = _figures(summary) if summary else []
    context = staff(
        request, call, "panel", form=form, summary=summary, figures=figures, invite_refused=refused
    )
    return tables.respond(request, table, "jury/panel.html", context, status=status)


def _table(request: HttpRequest, call: Call, panel: Panel | None = None) -> Jurors:
    panel = panel or queries.of(call)
    jurors = queries.jurors_of(panel) if panel else Juror.objects.none()
    table = Jurors(jurors, request.GET, context={"call": call})
    starting.offer(table, call.programme, ["jury.resend"], rules.edit(call, request.user))
    return table


def _figures(summary: queries.Summary) -> list[tuple[str, Any]]:
    return [
        (_("accepted"), summary.accepted),
        (_("still to answer"), summary.invited),
        (_("places offered"), summary.capacity),
        (_("readings wanted"), summary.wanted),
        (_("conflicts to declare"), summary.undeclared),
    ]


@require_POST
def invite(request: HttpRequest, programme: str, call: str) -> HttpResponseBase:
    """Invite one juror."""
    found = call_of(request, programme, call)
    form = InviteForm(request.POST)
    if not form.is_valid():
        return _index(request, found, form, status=422)
    done = _("The invitation to %(email)s is on its way.") % {"email": form.cleaned_data["email"]}
    with refusals_shown(request, done) as shown:
        panel = actions.ensure(found, by=request.user)
        actions.invite(panel, **form.cleaned_data, by=request.user)
    if shown.refused:
        return _index(request, found, form, status=422)
    return redirect(address(found, "panel"))


def invite_many(request: HttpRequest, programme: str, call: str) -> HttpResponse:
    """Paste many jurors, look at what was understood, invite."""
    found = call_of(request, programme, call)
    form = ManyForm(posted(request), initial={"language": found.programme.first_language})
    context: dict[str, Any] = {"form": form}
    if request.method == "POST" and form.is_valid():
        panel = queries.of(found)
        lines = parse(form.cleaned_data["text"], known=queries.addresses(panel))
        good = [line for line in lines if not line.error]
        if good and request.POST.get("step") == "invite":
            with refusals_shown(request, _invited(len(good))) as shown:
                panel = actions.ensure(found, by=request.user)
                how = {name: form.cleaned_data[name] for name in ("capacity", "minimum", "language")}
                actions.invite_many(panel, lines, **how, by=request.user)
            if not shown.refused:
                return redirect(address(found, "panel"))
        context |= {"lines": lines, "good": len(good), "wrong": len(lines) - len(good)}
    return render(request, "jury/invite_many.html", staff(request, found, "panel", **context))


def _invited(count: int) -> str:
    return ngettext(
        "%(count)s invitation is on its way.", "%(count)s invitations are on their way.", count
    ) % {"count": count}


def juror(request: HttpRequest, programme: str, call: str, pk: UUID) -> HttpResponse:
    """One juror: limits, invitation, leaving."""
    panel = panel_of(request, programme, call)
    found = get_object_or_404(queries.jurors_of(panel), pk=pk)
    form = LimitsForm(posted(request), initial=limits_of(found))
    if request.method == "POST" and form.is_valid():
        with refusals_shown(request, _("The limits are saved.")) as shown:
            actions.change_limits(found, **form.cleaned_data, by=request.user)
        if not shown.refused:
            return redirect(address(panel.call, "juror", pk=pk))
    more = {
        "heading": str(found),
        "juror": found,
        "form": form,
        "waits": found.state == JurorState.INVITED,
        "seated": found.state == JurorState.ACCEPTED,
        "gone": found.state in (JurorState.DECLINED, JurorState.REMOVED),
        "resend_refused": rules.resend(found, request.user),
        "decisions": overriding.of_juror(panel, found),
    }
    return render(request, "jury/juror.html", staff(request, panel.call, "panel", **more))


@require_POST
def resend(request: HttpRequest, programme: str, call: str, pk: UUID) -> HttpResponse:
    """Send an invitation again."""
    panel = panel_of(request, programme, call)
    found = get_object_or_404(panel.jurors, pk=pk)
    done = _("A new invitation to %(email)s is on its way. The earlier link no longer works.")
    with refusals_shown(request, done % {"email": found.email}):
        actions.resend(found, by=request.user)
    return redirect(address(panel.call, "juror", pk=pk))


def remove(request: HttpRequest, programme: str, call: str, pk: UUID) -> HttpResponse:
    """Ask, then take somebody off the jury."""
    panel = panel_of(request, programme, call)
    found = get_object_or_404(queries.jurors_of(panel), pk=pk)
    if request.method == "POST":
        with refusals_shown(request, _("%(name)s no longer sits on the jury.") % {"name": found}):
            actions.remove(found, by=request.user)
        return redirect(address(panel.call, "panel"))
    context = {
        "title": _("Take %(name)s off the jury?") % {"name": found},
        "text": _removal(found),
        "action": _("Take off the jury"),
        "danger": True,
        "back_href": address(panel.call, "juror", pk=pk),
        "refused": rules.remove(found, request.user),
    }
    return render(request, "kit/confirm.html", context)


def _removal(juror: Any) -> str:
    if not juror.load:
        return _("The invitation and its link end here. You can invite them again later.")
    return ngettext(
        "They have %(count)s application to score: until you give it to somebody else, it is short of a juror.",
        "They have %(count)s applications to score: until you give them to somebody else, these are short of a juror.",
        juror.load,
    ) % {"count": juror.load}
