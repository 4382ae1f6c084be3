"""How one signs in: password, passkeys, codes, open sessions."""

from typing import Any

from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn.views import RemoveWebAuthnView
from allauth.socialaccount.models import SocialAccount
from allauth.usersessions.models import UserSession
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from vivaio.kit.refusals import refusals_shown
from vivaio.people import actions, devices, gateways, queries, second_step
from vivaio.people.views.frame import where_next

BACK_TO = "second_step_back_to"


@never_cache
@require_safe
def security(request: HttpRequest) -> HttpResponse:
    """Everything about signing in, on one page; who must set up a second step is told why."""
    missing = second_step.missing(request.user)
    if missing and (back_to := where_next(request, "")):
        request.session[BACK_TO] = back_to
    keys = list(queries.second_steps(request.user).order_by("created_at"))
    context = {
        "missing": missing,
        "back_to": "" if missing else request.session.get(BACK_TO, ""),
        "passkeys": [key.wrap() for key in keys if key.type == Authenticator.Type.WEBAUTHN],
        "totp": next((key for key in keys if key.type == Authenticator.Type.TOTP), None),
        "spare": queries.spare_codes_left(request.user) if keys else None,
        "sessions": queries.sessions_of(request.user).count(),
        "gateways": gateways.offered(),
        "joined": gateways.joined(request.user),
    }
    return render(request, "people/account/security.html", context)


class RemovePasskey(RemoveWebAuthnView):
    """Take a passkey away, unless a role needs it to stay."""

    def get_context_data(self, **kwargs: Any) -> dict:
        return super().get_context_data(refused=second_step.keep_last(self.request.user), **kwargs)

    def form_valid(self, form: Any) -> HttpResponse:
        refused = second_step.keep_last(self.request.user)
        if refused:
            messages.error(self.request, refused)
            return redirect("mfa_index")
        return super().form_valid(form)


remove_passkey = RemovePasskey.as_view()


@never_cache
@require_safe
def sessions(request: HttpRequest) -> HttpResponse:
    """Where one is signed in."""
    here = request.session.session_key
    rows = [
        {"session": row, "device": devices.read(row.user_agent), "here": row.session_key == here}
        for row in queries.sessions_of(request.user)
    ]
    rows.sort(key=lambda row: not row["here"])
    return render(request, "people/account/sessions.html", {"rows": rows})


@require_POST
def end_session(request: HttpRequest, pk: int) -> HttpResponse:
    """Sign out one other device."""
    session = get_object_or_404(UserSession, pk=pk, user=request.user)
    with refusals_shown(request, _("That device is signed out.")):
        actions.end_session(session, by=request.user, here=request.session.session_key)
    return redirect("usersessions_list")


@require_POST
def end_other_sessions(request: HttpRequest) -> HttpResponse:
    """Sign out everywhere but here."""
    ended = actions.end_sessions(request.user, by=request.user, but=request.session.session_key)
    messages.success(
        request, _("You are signed in here alone.") if ended else _("You were signed in here alone.")
    )
    return redirect("usersessions_list")


@require_POST
def part_gateway(request: HttpRequest, pk: int) -> HttpResponse:
    """A gateway signs in as this person no longer."""
    account = get_object_or_404(SocialAccount, pk=pk, user=request.user)
    with refusals_shown(request, _("It no longer signs you in.")):
        actions.part_gateway(account, by=request.user)
    return redirect("mfa_index")
