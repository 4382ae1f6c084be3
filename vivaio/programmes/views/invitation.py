"""An invitation to a role, behind the secret of its letter."""

from urllib.parse import urlencode

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from vivaio.kit import tokens
from vivaio.kit.refusals import refusals_shown
from vivaio.people.models import Person
from vivaio.people.states import InvitationState
from vivaio.programmes import actions, queries, rules
from vivaio.programmes.models import RoleInvitation
from vivaio.programmes.roles import ROLES


def invited(token: str) -> RoleInvitation | None:
    """The invitation that the link opens."""
    return queries.invitation_for(tokens.digest(token)).first()


def unknown(request: HttpRequest) -> HttpResponse:
    """A link that opens nothing: incomplete, or replaced by a newer one."""
    return render(request, "programmes/invitation_unknown.html", status=404)


@login_not_required
@require_safe
def show(request: HttpRequest, token: str) -> HttpResponse:
    """Who invites to which role, and the answer: by the right account, or the way to it."""
    invitation = invited(token)
    if invitation is None:
        return unknown(request)
    person = request.user if request.user.is_authenticated else None
    if person and taken(invitation, person):
        return redirect("desk:programme", invitation.programme.slug)
    here = urlencode({"next": request.path})
    context = {
        "invitation": invitation,
        "programme": invitation.programme,
        "zone": invitation.programme.time_zone,
        "role": ROLES.get(invitation.role),
        "token": token,
        "over": rules.over(invitation),
        "wrong_account": rules.answer(invitation, person) if person else None,
        "has_account": Person.objects.filter(email__iexact=invitation.email).exists(),
        "login_href": f"{reverse('account_login')}?{here}",
        "signup_href": f"{reverse('account_signup')}?{here}",
    }
    return render(request, "programmes/invitation.html", context)


def taken(invitation: RoleInvitation, person: Person) -> bool:
    """Whether this very person has accepted it: a second click leads where the first one did."""
    return invitation.state == InvitationState.ACCEPTED and queries.holds(
        person.email, invitation.role, invitation.programme
    )


@require_POST
def accept(request: HttpRequest, token: str) -> HttpResponse:
    """Take the role."""
    invitation = invited(token)
    if invitation is None:
        return unknown(request)
    if taken(invitation, request.user):
        return redirect("desk:programme", invitation.programme.slug)
    role = ROLES[invitation.role].name
    done = _("Your role in %(programme)s: %(role)s.") % {"programme": invitation.programme, "role": role}
    with refusals_shown(request, done) as shown:
        actions.accept(invitation, by=request.user)
    if shown.refused:
        return redirect("programmes:invitation", token)
    return redirect("desk:programme", invitation.programme.slug)


@login_not_required
@require_http_methods(["GET", "POST"])
def decline(request: HttpRequest, token: str) -> HttpResponse:
    """Ask, then say no, with or without an account: opening a link changes nothing."""
    invitation = invited(token)
    if invitation is None:
        return unknown(request)
    if request.method == "POST":
        by = request.user if request.user.is_authenticated else None
        with refusals_shown(request, _("You have declined the invitation.")):
            actions.decline(invitation, by=by)
        return redirect("programmes:invitation", token)
    context = {
        "title": _("Decline the invitation?"),
        "text": _("Whoever invited you will know. If you change your mind, ask for a new invitation."),
        "action": _("Decline the invitation"),
        "back_href": reverse("programmes:invitation", args=[token]),
        "refused": rules.over(invitation),
    }
    return render(request, "kit/confirm.html", context)
