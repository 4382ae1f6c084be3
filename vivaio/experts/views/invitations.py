"""Inviting experts, and the invitation behind the secret of its letter."""

from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from vivaio.experts.actions import bank as actions
from vivaio.experts.forms.profile import InviteForm
from vivaio.experts.queries import bank as queries
from vivaio.experts.rules import bank as rules
from vivaio.experts.views.bank import staffed
from vivaio.kit import clock
from vivaio.kit.refusals import refusals_shown


@require_http_methods(["GET", "POST"])
def invite(request: HttpRequest, programme: str) -> HttpResponse:
    """Invite somebody by letter; whom one waits for."""
    row = staffed(request, programme, "experts.match")
    wanted = queries.called(row, request.GET)
    form = InviteForm(request.POST or None, wanted=wanted, initial={"language": request.LANGUAGE_CODE})  # type: ignore[attr-defined]
    if request.method == "POST" and form.is_valid():
        with refusals_shown(request, _("The invitation is on its way.")) as shown:
            actions.invite(row, by=request.user, **form.cleaned_data)
        if not shown.refused:
            return redirect("experts:invite", row.slug)
    context = {
        "form": form,
        "programme": row,
        "waiting": queries.open_invitations(row)[:100],
        "now": clock.now(),
    }
    context["trail"] = [
        (_("Competence bank"), reverse("experts:bank", args=[row.slug])),
        (_("Invite an expert"), ""),
    ]
    return render(request, "experts/invite.html", context)


ACTS: dict[str, Any] = {
    "resend": (actions.resend, gettext_lazy("The invitation is on its way again, with a new link.")),
    "cancel": (actions.cancel_invitation, gettext_lazy("The invitation is called back.")),
}


@require_POST
def invitation_act(request: HttpRequest, programme: str, pk: UUID, act: str) -> HttpResponse:
    """Send an invitation again, or call it back."""
    row = staffed(request, programme, "experts.match")
    found = get_object_or_404(queries.invitations(row), pk=pk)
    if act not in ACTS:
        raise Http404
    done, words = ACTS[act]
    with refusals_shown(request, words):
        done(found, by=request.user)
    return redirect("experts:invite", row.slug)


@login_not_required
@require_http_methods(["GET", "POST"])
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """Who invites where, and the answer: the way to the profile, or no."""
    found = queries.invitation_for(token)
    if found is None:
        return render(request, "experts/invitation_unknown.html", status=404)
    if request.method == "POST":
        with refusals_shown(request, _("You have declined. Thank you for the answer.")):
            person = request.user if request.user.is_authenticated else None
            actions.decline_invitation(found, by=person)
        return redirect("experts:invitation", token)
    join = reverse("experts:join", args=[found.programme.slug])
    here = urlencode({"next": join})
    context = {
        "invitation": found,
        "programme": found.programme,
        "over": rules.answer(found),
        "join_href": join,
        "login_href": f"{reverse('account_login')}?{here}",
        "signup_href": f"{reverse('account_signup')}?{here}",
    }
    return render(request, "experts/invitation.html", context)
