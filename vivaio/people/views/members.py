"""Who belongs to an organisation: inviting, leaving, changing parts."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from vivaio.kit.refusals import refusals_shown
from vivaio.people import actions, queries, rules
from vivaio.people.forms import InvitationForm
from vivaio.people.views.frame import organisation_url


@require_POST
def invite(request: HttpRequest, pk: Any) -> HttpResponse:
    """Invite somebody to the organisation."""
    row = get_object_or_404(queries.visible_to(request.user), pk=pk)
    form = InvitationForm(request.POST)
    if not form.is_valid():
        return render(request, "people/invite.html", {"organisation": row, "form": form}, status=422)
    done = _("The invitation to %(email)s is on its way.") % {"email": form.cleaned_data["email"]}
    with refusals_shown(request, done):
        actions.invite_member(row, **form.cleaned_data, by=request.user)
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
    heirs = queries.plain_members_of(row).exclude(pk=member.pk)
    if request.method == "POST":
        chosen = request.POST.get("successor", "")
        successor = next((heir for heir in heirs if str(heir.pk) == chosen), None)
        leaving = member.person_id == request.user.pk
        done = _("You have left the organisation.") if leaving else _("The membership has ended.")
        with refusals_shown(request, done) as shown:
            actions.end_membership(member, by=request.user, successor=successor)
        left = leaving and not shown.refused
        return redirect("people:organisations" if left else organisation_url(row))
    refused = rules.end_membership(member, request.user)
    hand_over = list(heirs) if refused and not rules.edit_organisation(row, request.user) else []
    context = {"organisation": row, "member": member, "refused": refused, "heirs": hand_over}
    return render(request, "people/end_membership.html", context)


@require_POST
def change_part(request: HttpRequest, pk: Any, membership: Any) -> HttpResponse:
    """Make a member an administrator, or the other way round."""
    row = get_object_or_404(queries.visible_to(request.user), pk=pk)
    member = get_object_or_404(queries.members_of(row), pk=membership)
    with refusals_shown(request, _("The part is changed.")):
        actions.change_part(member, request.POST.get("part", "member"), by=request.user)
    return redirect("people:organisation", pk)
