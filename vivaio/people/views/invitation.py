"""What the link of an organisation's invitation opens."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from vivaio.kit import tokens
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
        return accept(request, row)
    return invitation_page(request, row)


def invitation_page(request: HttpRequest, row: OrganisationInvitation, status: int = 200) -> HttpResponse:
    """Who invites to what, and the way on: accept, sign in, sign out of the wrong account."""
    signed_in = request.user.is_authenticated
    context = {
        "invitation": row,
        "over": rules.over(row),
        "wrong_account": rules.accept_invitation(row, request.user) if signed_in else None,
        "has_account": queries.has_account(row.email),
    }
    return render(request, "people/invitation.html", context, status=status)


def accept(request: HttpRequest, row: OrganisationInvitation) -> HttpResponse:
    """Join, or hear why not."""
    try:
        joined = actions.accept_invitation(row, by=request.user)
    except Refused:
        row.refresh_from_db()
        if queries.joined_by(row, request.user):  # the second of two clicks
            return redirect("people:organisation", row.organisation_id)
        return invitation_page(request, row, status=409)
    return redirect("people:organisation", joined.pk)
