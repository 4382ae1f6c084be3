"""Who goes on to the next stage: looked at, opened by one press; the reserve; the jury of the stage before."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from vivaio.calls.staging import queries as stages
from vivaio.jury.advancing import actions, panels, queries, rules
from vivaio.jury.advancing.forms import HoldForm
from vivaio.jury.views import frame
from vivaio.jury.views.ranking import call_of
from vivaio.kit.forms import posted
from vivaio.kit.refusals import refusals_shown


@require_http_methods(["GET", "POST"])
def go_on(request: HttpRequest, programme: str, call: str) -> HttpResponse:
    """Who goes on from the stage, who has, and whose place is free."""
    row = call_of(request, programme, call)
    form = HoldForm(posted(request))
    if request.method == "POST" and form.is_valid():
        with refusals_shown(request):
            opened = actions.let_go_on(row, by=request.user, hold=form.cleaned_data["hold"])
            messages.success(request, opened_in_words(len(opened)))
        return redirect(frame.address(row, "go_on"))
    going = queries.going(row)
    context = frame.staff(
        request,
        row,
        "ranking",
        heading=_("Going on to the next stage"),
        going=going,
        up={entry.pk for entry in going.next_reserves},
        next=row.leads_on,
        stage=stages.next_name(row),
        form=form,
        why_not=rules.go_on(row, request.user),
    )
    return render(request, "jury/advancing/go_on.html", context)


def opened_in_words(n: int) -> str:
    """What a press has done."""
    if not n:
        return _("Everybody selected had gone on already: nothing was doubled.")
    return ngettext("%(n)d application goes on.", "%(n)d applications go on.", n) % {"n": n}


@require_http_methods(["GET", "POST"])
def move_up(request: HttpRequest, programme: str, call: str, pk: UUID) -> HttpResponse:
    """Ask, then let the next of the reserve go on."""
    row = call_of(request, programme, call)
    entry = get_object_or_404(queries.lines(row), pk=pk)
    form, back = HoldForm(posted(request)), frame.address(row, "go_on")
    if request.method == "POST" and form.is_valid():
        with refusals_shown(request, _("The application goes on.")):
            actions.let_reserve_go_on(entry, by=request.user, hold=form.cleaned_data["hold"])
        return redirect(back)
    words = {"application": entry.application, "applicant": entry.application.applicant_name}
    context = {
        "title": _("Let “%(application)s” go on?") % words,
        "text": _("%(applicant)s is the first of the reserve whose place is free, and gets a letter.")
        % words,
        "action": _("Let it go on"),
        "back_href": back,
        "form": form,
        "refused": rules.go_on(row, request.user) or rules.move_up(entry, queries.going(row)),
    }
    return render(request, "kit/confirm.html", context)


@require_POST
def copy_jury(request: HttpRequest, programme: str, call: str) -> HttpResponse:
    """Invite the jury of the stage before."""
    found = frame.call_of(request, programme, call)
    with refusals_shown(request):
        invited = panels.copy_jury(found, by=request.user)
        said = ngettext(
            "%(n)d invitation is on its way.", "%(n)d invitations are on their way.", len(invited)
        )
        messages.success(request, said % {"n": len(invited)})
    return redirect(frame.address(found, "panel"))
