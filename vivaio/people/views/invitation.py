"""What the link of an organisation's invitation opens."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from vivaio.kit import tokens
from vivaio.kit.refusals import refusals_shown
from vivaio.kit.rules import Refused
from vivaio.people import actions, queries, rules
from vivaio.people.models import OrganisationInvitation


@login_not_required
@require_http_methods(["GET", "POST"])
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """What an invitation's link opens: who invites, and how to accept."""
    row = queries.invitation_for(tokens.digest(token)).first()
    if row is None:
        return render(request, "people/invitation_unknown.html", status=404)
    if request.user.is_authenticated and queries.joined_by(row, request.user):
        return redirect("people:organisation", row.organisation_id)
    if request.method == "POST" and request.user.is_authenticated:
        return accept(request, row, token)
    return invitation_page(request, row, token)


@login_not_required
@require_http_methods(["GET", "POST"])
def decline(request: HttpRequest, token: str) -> HttpResponse:
    """Ask, then say no, with or without an account: opening a link changes nothing."""
    row = queries.invitation_for(tokens.digest(token)).first()
    if row is None:
        return render(request, "people/invitation_unknown.html", status=404)
    if request.method == "POST":
        by = request.user if request.user.is_authenticated else None
        with refusals_shown(request, _("You have declined the invitation.")):
            actions.decline_invitation(row, by=by)
        return redirect("people:invitation", token)
    context = {
        "title": _("Decline the invitation?"),
        "text": _("%(organisation)s will know. If you change your mind, ask for a new invitation.")
        % {"organisation": row.organisation},
        "action": _("Decline the invitation"),
        "back_href": reverse("people:invitation", args=[token]),
        "refused": rules.over(row),
    }
    return render(request, "kit/confirm.html", context)


def invitation_page(
    request: HttpRequest, row: OrganisationInvitation, token: str, status: int = 200
) -> HttpResponse:
    """Who invites to what, and the way on: accept, sign in, sign out of the wrong account."""
    signed_in = request.user.is_authenticated
    context = {
        "invitation": row,
        "token": token,
        "over": rules.over(row),
        "wrong_account": rules.accept_invitation(row, request.user) if signed_in else None,
        "has_account": queries.has_account(row.email),
    }
    return render(request, "people/invitation.html", context, status=status)


def accept(request: HttpRequest, row: OrganisationInvitation, token: str) -> HttpResponse:
    """Join, or hear why not."""
    try:
        joined = actions.accept_invitation(row, by=request.user)
    except Refused:
        row.refresh_from_db()
        if queries.joined_by(row, request.user):  # the second of two clicks
            return redirect("people:organisation", row.organisation_id)
        return invitation_page(request, row, token, status=409)
    return redirect("people:organisation", joined.pk)
