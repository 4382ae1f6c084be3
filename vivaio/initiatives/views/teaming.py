"""The team of an initiative: who is of it, inviting, leaving, parts; and what the link of an invitation opens."""

from uuid import UUID

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from vivaio.initiatives.actions import teaming as actions
from vivaio.initiatives.forms.teaming import InviteForm, PartForm
from vivaio.initiatives.models import TeamInvitation
from vivaio.initiatives.opening import opened, page
from vivaio.initiatives.queries import initiatives, teaming
from vivaio.initiatives.rules import teaming as rules
from vivaio.kit import tokens
from vivaio.kit.refusals import refusals_shown
from vivaio.people import queries as people


@require_http_methods(["GET", "POST"])
def team(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Who is of the team; its leaders invite here."""
    row, reader = opened(request, pk)
    looks_after = reader.leads or reader.follows
    form = InviteForm(request.POST or None, initial={"language": get_language()})
    if request.method == "POST" and form.is_valid():
        done = _("The invitation to %(email)s is on its way.") % {"email": form.cleaned_data["email"]}
        with refusals_shown(request, done):
            actions.invite(row, **form.cleaned_data, by=request.user)
        return redirect("initiatives:team", pk)
    context = {
        "members": initiatives.team_of(row),
        "looks_after": looks_after,
        "invitations": teaming.open_invitations(row) if looks_after else (),
        "form": form,
    }
    return page(request, "initiatives/teaming/team.html", row, reader, "team", context)


@require_POST
def cancel_invitation(request: HttpRequest, pk: UUID, invitation: UUID) -> HttpResponse:
    """Call an invitation back."""
    row, _reader = opened(request, pk)
    found = get_object_or_404(row.invitations, pk=invitation)
    with refusals_shown(request, _("The invitation was called back: its link opens nothing any more.")):
        actions.cancel(found, by=request.user)
    return redirect("initiatives:team", pk)


@require_http_methods(["GET", "POST"])
def member(request: HttpRequest, pk: UUID, member: UUID) -> HttpResponse:
    """Change somebody's part, and what they do."""
    row, reader = opened(request, pk)
    found = get_object_or_404(teaming.member(row, member))
    form = PartForm(request.POST or None, found, leads=reader.leads or reader.follows)
    if request.method == "POST" and form.is_valid():
        with refusals_shown(request, _("The part is changed.")) as shown:
            actions.change(found, **form.cleaned_data, by=request.user)
        if not shown.refused:
            return redirect("initiatives:team", pk)
    context = {"member": found, "form": form, "refused": rules.change(found, found.part, request.user)}
    return page(request, "initiatives/teaming/member.html", row, reader, "team", context)


@require_http_methods(["GET", "POST"])
def end(request: HttpRequest, pk: UUID, member: UUID) -> HttpResponse:
    """Ask, then let somebody go or leave oneself."""
    row, _reader = opened(request, pk)
    found = get_object_or_404(teaming.member(row, member))
    leaving = found.person_id == request.user.pk
    if request.method == "POST":
        done = _("You have left the team.") if leaving else _("They are of the team no more.")
        with refusals_shown(request, done) as shown:
            actions.end(found, by=request.user)
        if leaving and not shown.refused:
            return redirect("initiatives:mine")
        return redirect("initiatives:team", pk)
    context = {
        "title": _("Leave the team?")
        if leaving
        else pgettext("team", "Let %(person)s go?") % {"person": found.person},
        "text": _(
            "What was done together stays with the initiative; its pages are no longer open to who has left."
        ),
        "action": _("Leave the team") if leaving else _("Let them go"),
        "back_href": reverse("initiatives:team", args=[pk]),
        "danger": True,
        "refused": rules.end(found, request.user),
    }
    return render(request, "kit/confirm.html", context)


@login_not_required
@require_http_methods(["GET", "POST"])
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """What an invitation's link opens: who invites, and how to accept."""
    row = teaming.invitation_for(tokens.digest(token)).first()
    if row is None:
        return render(request, "initiatives/teaming/unknown.html", status=404)
    signed_in = request.user.is_authenticated
    if signed_in and initiatives.is_of_team(request.user, row.initiative_id):
        return redirect("initiatives:initiative", row.initiative_id)
    status = 200
    if request.method == "POST" and signed_in:
        with refusals_shown(request, _("You are of the team.")) as shown:
            actions.accept(row, by=request.user)
        if not shown.refused:
            return redirect("initiatives:initiative", row.initiative_id)
        status = 409
    return render(request, "initiatives/teaming/invitation.html", invited(request, row, token), status=status)


def invited(request: HttpRequest, row: TeamInvitation, token: str) -> dict[str, object]:
    """What the page of an invitation says, and the way on."""
    signed_in = request.user.is_authenticated
    return {
        "invitation": row,
        "token": token,
        "over": rules.over(row),
        "wrong_account": rules.accept(row, request.user) if signed_in else None,
        "has_account": people.has_account(row.email),
    }


@login_not_required
@require_http_methods(["GET", "POST"])
def decline(request: HttpRequest, token: str) -> HttpResponse:
    """Ask, then say no, with or without an account: opening a link changes nothing."""
    row = teaming.invitation_for(tokens.digest(token)).first()
    if row is None:
        return render(request, "initiatives/teaming/unknown.html", status=404)
    if request.method == "POST":
        by = request.user if request.user.is_authenticated else None
        with refusals_shown(request, _("You have declined the invitation.")):
            actions.decline(row, by=by)
        return redirect("initiatives:invitation", token)
    context = {
        "title": _("Decline the invitation?"),
        "text": _("Whoever invited you will know. If you change your mind, ask for a new invitation."),
        "action": _("Decline the invitation"),
        "back_href": reverse("initiatives:invitation", args=[token]),
        "refused": rules.over(row),
    }
    return render(request, "kit/confirm.html", context)
