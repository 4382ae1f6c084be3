"""What an invited organisation opens: the call, why it was written to, yes or no, and the way into an application."""

from typing import Any
from urllib.parse import urlencode

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from vivaio.applications.models import ProspectInvitation
from vivaio.applications.scouting import actions, known, queries, rules
from vivaio.applications.scouting.forms import DeclineForm
from vivaio.applications.scouting.views.longlist import given
from vivaio.applications.starting import starting_points
from vivaio.applications.states import Answer
from vivaio.calls.models import Track
from vivaio.kit.refusals import refusals_shown
from vivaio.people import queries as people
from vivaio.people.models import Organisation


def _invited(token: str) -> ProspectInvitation:
    invitation = queries.invited_with(token)
    if invitation is None:
        raise Http404("No invitation has this link.")
    return invitation


@require_safe
@login_not_required
def show(request: HttpRequest, token: str) -> HttpResponse:
    """The invitation, and the answer."""
    return _page(request, _invited(token), token, DeclineForm())


def _page(
    request: HttpRequest, invitation: ProspectInvitation, token: str, form: DeclineForm, status: int = 200
) -> HttpResponse:
    context = {
        "invitation": invitation,
        "call": invitation.call,
        "over": rules.answer(invitation),
        "declined": invitation.answer == Answer.DECLINED,
        "token": token,
        "form": form,
    }
    return render(request, "applications/scouting/invited.html", context, status=status)


@require_POST
@login_not_required
def opened(request: HttpRequest, token: str) -> HttpResponse:
    """The page says by itself that a browser shows it: what only fetches addresses, as mail filters do, does not."""
    invitation = _invited(token)
    if not invitation.opened_at:
        actions.opened(invitation)
    return HttpResponse(status=204)


@require_POST
@login_not_required
def interested(request: HttpRequest, token: str) -> HttpResponse:
    """Yes: the staff knows at once, and the application begins on the next page."""
    invitation = _invited(token)
    with refusals_shown(request) as shown:
        actions.interested(invitation)
    return redirect("applications:scouted" if shown.refused else "applications:scouted_begin", token)


@require_POST
@login_not_required
def decline(request: HttpRequest, token: str) -> HttpResponse:
    """No, with or without a reason, with or without being written to again."""
    invitation = _invited(token)
    form = DeclineForm(request.POST)
    if not form.is_valid():
        return _page(request, invitation, token, form, status=422)
    with refusals_shown(request):
        actions.decline(invitation, **form.cleaned_data)
    return render(
        request,
        "applications/scouting/declined.html",
        {"call": invitation.call, "silent": form.cleaned_data["silent"]},
    )


@require_http_methods(["GET", "POST"])
def begin(request: HttpRequest, token: str) -> HttpResponse:
    """For which of one's organisations, in which track; one that is not registered yet is, with what is known."""
    invitation = _invited(token)
    if request.method == "POST":
        with refusals_shown(request):
            application = actions.begin(invitation, *_chosen(request, invitation), by=request.user)
            return redirect("applications:step", application.pk, 1)
    here = {"next": reverse("applications:scouted_begin", args=[token])}
    context = {
        "invitation": invitation,
        "call": invitation.call,
        "over": rules.answer(invitation),
        "points": starting_points(invitation.call, request.user),
        "token": token,
        "register": f"{reverse('people:create')}?{urlencode(known.registration(invitation.prospect) | here)}",
        "trail": [(_("Invitation"), reverse("applications:scouted", args=[token])), (_("Begin"), "")],
    }
    return render(request, "applications/scouting/begin.html", context)


def _chosen(request: HttpRequest, invitation: ProspectInvitation) -> tuple[Track, Organisation]:
    """The track and the organisation that the button named; 404 for what is not there or not one's own."""
    mine: Any = people.organisations_of(request.user)
    asked = given([request.POST.get("track", ""), request.POST.get("organisation", "")])
    if len(asked) != 2:
        raise Http404
    track = get_object_or_404(Track.objects.filter(call=invitation.call), pk=asked[0])
    return track, get_object_or_404(mine, pk=asked[1])
