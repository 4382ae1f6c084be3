"""An invitation to sit on a jury, behind the secret of its letter."""

from urllib.parse import urlencode

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from vivaio.jury.actions import panel as actions
from vivaio.jury.forms.panel import DeclineForm
from vivaio.jury.models import Juror
from vivaio.jury.queries import panel as queries
from vivaio.jury.rules import panel as rules
from vivaio.jury.states import JurorState
from vivaio.kit.refusals import refusals_shown


def _invited(request: HttpRequest, token: str) -> Juror:
    """The invitation behind a letter's secret, or the person's own by its identifier (so the desk leads there)."""
    juror = queries.invited_with(token) or queries.own_invitation(request.user, token)
    if juror is None:
        raise Http404("No invitation has this link.")
    return juror


@require_safe
@login_not_required
def show(request: HttpRequest, token: str) -> HttpResponse:
    """What the jury is, and the answer: by the right account, or the way to it."""
    juror = _invited(request, token)
    if juror.state == JurorState.ACCEPTED and juror.person == request.user:
        return redirect("jury:desk", panel=juror.panel_id)
    return _page(request, juror, token)


def _page(request: HttpRequest, juror: Juror, token: str) -> HttpResponse:
    here = urlencode({"next": request.path})
    signed_in = request.user.is_authenticated
    context = {
        "juror": juror,
        "panel": juror.panel,
        "call": juror.panel.call,
        "zone": juror.panel.call.programme.time_zone,
        "token": token,
        "over": rules.answer(juror),
        "wrong_account": rules.answer(juror, request.user) if signed_in else None,
        "signed_in": signed_in,
        "has_account": juror.person_id is not None,
        "login_href": f"{reverse('account_login')}?{here}",
        "signup_href": f"{reverse('account_signup')}?{here}",
    }
    return render(request, "jury/invitation.html", context)


@require_POST
def accept(request: HttpRequest, token: str) -> HttpResponse:
    """Take the seat, then declare conflicts."""
    juror = _invited(request, token)
    done = _("You sit on the jury now. One thing first: the conflicts of interest.")
    with refusals_shown(request, done) as shown:
        actions.accept(juror, by=request.user)
    if shown.refused:
        return redirect("jury:invitation", token=token)
    return redirect("jury:declaration", panel=juror.panel_id)


@login_not_required
@require_http_methods(["GET", "POST"])
def decline(request: HttpRequest, token: str) -> HttpResponse:
    """Ask, then say no: with or without a reason, with or without an account. Opening a link changes nothing."""
    juror = _invited(request, token)
    form = DeclineForm(request.POST if request.method == "POST" else None)
    if not form.is_valid():
        return _asked(request, juror, token, form)
    by = request.user if request.user.is_authenticated and request.user == juror.person else None
    with refusals_shown(request) as shown:
        actions.decline(juror, reason=form.cleaned_data["reason"], by=by)
    if shown.refused:
        return redirect("jury:invitation", token=token)
    return render(request, "jury/declined.html", {"call": juror.panel.call})


def _asked(request: HttpRequest, juror: Juror, token: str, form: DeclineForm) -> HttpResponse:
    context = {
        "title": _("Decline the invitation?"),
        "text": _("Whoever invited you will know. If you change your mind, ask for a new invitation."),
        "action": _("Decline the invitation"),
        "back_href": reverse("jury:invitation", args=[token]),
        "refused": rules.answer(juror),
        "form": form,
    }
    return render(request, "kit/confirm.html", context, status=422 if form.is_bound else 200)
