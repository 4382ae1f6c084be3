"""Pages of people and organisations."""

from copy import copy
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from vivaio.kit import tokens
from vivaio.kit.refusals import refusals_shown
from vivaio.kit.rules import Refused
from vivaio.people import actions, queries, rules
from vivaio.people.forms import BoardFormSet, InvitationForm, OrganisationForm, ProfileForm
from vivaio.people.models import Organisation, OrganisationInvitation


def where_next(request: HttpRequest, otherwise: str) -> str:
    """The page that sent the person here, if it is one of ours."""
    target = request.POST.get("next") or request.GET.get("next") or ""
    safe = url_has_allowed_host_and_scheme(target, {request.get_host()}, require_https=request.is_secure())
    return target if safe else otherwise


@require_http_methods(["GET", "POST"])
def profile(request: HttpRequest) -> HttpResponse:
    """One's own name and language."""
    form = ProfileForm(request.POST or None, instance=copy(request.user))
    if request.method == "POST" and form.is_valid():
        person = actions.update_profile(request.user, form.cleaned_data, by=request.user)
        with override(person.language):
            messages.success(request, _("Your profile is saved."))
            return redirect("people:profile")
    return render(request, "people/profile.html", {"form": form})


@require_safe
def organisations(request: HttpRequest) -> HttpResponse:
    """The organisations that one belongs to."""
    mine = queries.with_people(queries.organisations_of(request.user))
    return render(request, "people/organisations.html", {"organisations": mine})


@require_http_methods(["GET", "POST"])
def create(request: HttpRequest) -> HttpResponse:
    """Register an organisation, then go back to where one came from."""
    form = OrganisationForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with refusals_shown(request) as shown:
            organisation = actions.create_organisation(form.cleaned_data, by=request.user)
        if not shown.refused:
            return redirect(where_next(request, organisation_url(organisation)))
    context = {"form": form, "next": where_next(request, "")}
    return render(request, "people/organisation_form.html", context)


def organisation_url(organisation: Organisation) -> str:
    """The organisation's page."""
    return reverse("people:organisation", args=[organisation.pk])


@require_safe
def organisation(request: HttpRequest, pk: Any) -> HttpResponse:
    """An organisation: data, board, members, invitations."""
    row = get_object_or_404(queries.visible_to(request.user), pk=pk)
    context = {
        "organisation": row,
        "members": queries.members_of(row),
        "board": row.board.all(),
        "invitations": queries.open_invitations(row),
        "refused": rules.edit_organisation(row, request.user),
        "invitation_form": InvitationForm(),
    }
    return render(request, "people/organisation.html", context)


@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, pk: Any) -> HttpResponse:
    """Mend the organisation's data."""
    row = get_object_or_404(queries.visible_to(request.user), pk=pk)
    form = OrganisationForm(request.POST or None, instance=copy(row))
    if request.method == "POST" and form.is_valid():
        with refusals_shown(request, _("The data are saved.")) as shown:
            actions.update_organisation(row, form.cleaned_data, by=request.user)
        if not shown.refused:
            return redirect("people:organisation", pk)
    return render(request, "people/organisation_form.html", {"form": form, "organisation": row})


@require_http_methods(["GET", "POST"])
def board(request: HttpRequest, pk: Any) -> HttpResponse:
    """Put on record who governs and represents the organisation."""
    row = get_object_or_404(queries.visible_to(request.user), pk=pk)
    refused = rules.edit_organisation(row, request.user)
    if refused:  # the addresses on record are for those who look after the organisation
        messages.error(request, refused)
        return redirect("people:organisation", pk)
    seats = list(row.board.values("given_name", "family_name", "part", "email"))
    formset = BoardFormSet(request.POST or None, initial=seats)
    if request.method == "POST" and "another" not in request.POST and formset.is_valid():
        kept = [seat for seat in formset.cleaned_data if seat and not seat.pop("DELETE", False)]
        with refusals_shown(request, _("The board is on record.")) as shown:
            actions.declare_board(row, kept, by=request.user)
        if not shown.refused:
            return redirect("people:organisation", pk)
    if "another" in request.POST:
        formset = BoardFormSet(initial=typed_rows(request.POST))
    return render(request, "people/board.html", {"organisation": row, "formset": formset})


def typed_rows(data: Any) -> list[dict[str, str]]:
    """What was typed in the rows so far, unjudged, without the rows to delete."""
    rows = []
    total = data.get("form-TOTAL_FORMS", "0")
    for number in range(min(int(total) if total.isdecimal() and len(total) < 4 else 0, 40)):
        row = {
            name: data.get(f"form-{number}-{name}", "")
            for name in ("given_name", "family_name", "part", "email")
        }
        if any(row.values()) and not data.get(f"form-{number}-DELETE"):
            rows.append(row)
    return rows


@require_POST
def invite(request: HttpRequest, pk: Any) -> HttpResponse:
    """Invite somebody to the organisation."""
    row = get_object_or_404(queries.visible_to(request.user), pk=pk)
    form = InvitationForm(request.POST)
    if not form.is_valid():
        return render(request, "people/invite.html", {"organisation": row, "form": form}, status=422)
    done = _("The invitation to %(email)s is on its way.") % {"email": form.cleaned_data["email"]}
    with refusals_shown(request, done):
        actions.invite_member(row, form.cleaned_data["email"], form.cleaned_data["part"], by=request.user)
    return redirect("people:organisation", pk)


@require_POST
def cancel_invitation(request: HttpRequest, pk: Any, invitation: Any) -> HttpResponse:
    """Call an invitation back."""
    row = get_object_or_404(queries.visible_to(request.user), pk=pk)
    with refusals_shown(request, _("The invitation was called back: its link opens nothing any more.")):
        actions.cancel_invitation(get_object_or_404(row.invitations, pk=invitation), by=request.user)
    return redirect("people:organisation", pk)


@require_http_methods(["GET", "POST"])
def end_membership(request: HttpRequest, pk: Any, membership: Any) -> HttpResponse:
    """Ask, then let a member go or leave oneself."""
    row = get_object_or_404(queries.visible_to(request.user), pk=pk)
    member = get_object_or_404(queries.members_of(row), pk=membership)
    if request.method == "POST":
        leaving = member.person_id == request.user.pk
        done = _("You have left the organisation.") if leaving else _("The membership has ended.")
        with refusals_shown(request, done) as shown:
            actions.end_membership(member, by=request.user)
        left = leaving and not shown.refused
        return redirect("people:organisations" if left else organisation_url(row))
    context = {
        "organisation": row,
        "member": member,
        "refused": rules.end_membership(member, request.user),
    }
    return render(request, "people/end_membership.html", context)


@require_POST
def change_part(request: HttpRequest, pk: Any, membership: Any) -> HttpResponse:
    """Make a member an administrator, or the other way round."""
    row = get_object_or_404(queries.visible_to(request.user), pk=pk)
    member = get_object_or_404(queries.members_of(row), pk=membership)
    with refusals_shown(request, _("The part is changed.")):
        actions.change_part(member, request.POST.get("part", "member"), by=request.user)
    return redirect("people:organisation", pk)


@never_cache
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
