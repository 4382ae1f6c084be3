"""The page on which a call becomes the basis of a new one: the first lines, the plan, the act."""

from zoneinfo import ZoneInfo

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from vivaio.calls import sections
from vivaio.calls.cloning import actions, queries, rules
from vivaio.calls.cloning.forms import CloneForm
from vivaio.kit.forms import posted
from vivaio.kit.refusals import refusals_shown


@require_http_methods(["GET", "POST"])
def clone(request: HttpRequest, programme: str, slug: str) -> HttpResponse:
    """What is new, then the plan with every date, then the call."""
    call, plan = get_object_or_404(queries.sources(request.user), programme__slug=programme, slug=slug), None
    goals = queries.goals(request.user)
    with timezone.override(ZoneInfo(call.time_zone)):
        form = CloneForm(posted(request), call=call, goals=goals)
        if request.method == "POST" and form.is_valid():
            goal = form.cleaned_data["programme"]
            with refusals_shown(request):
                if "make" in request.POST:
                    made = actions.clone(call, goal, by=request.user, **form.said)
                    return redirect(sections.address(made, "manage"))
                plan = queries.plan(call, goal, form.cleaned_data["opens_at"], stages=form.with_stages)
        context = sections.frame(
            request, call, form=form, plan=plan, trail=sections.trail(call, _("Basis of a new call"))
        )
        context["refused"] = None if goals else rules.clone(call, call.programme, request.user)
        return render(request, "calls/cloning/clone.html", context)
