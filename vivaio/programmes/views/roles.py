"""Who holds which role in a programme: the list, inviting, ending."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.middleware.csrf import get_token
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from vivaio.kit import clock, tables
from vivaio.kit.refusals import refusals_shown
from vivaio.programmes import actions, queries, rules
from vivaio.programmes.forms.roles import InviteForm
from vivaio.programmes.models import Programme
from vivaio.programmes.roles import GRANTED_ELSEWHERE, ROLES, name_of
from vivaio.programmes.tables import Holders, Invitations
from vivaio.programmes.views.frame import programme_where


@require_safe
def roles(request: HttpRequest, slug: str) -> HttpResponseBase:
    """Who holds what, who was asked, what each role may do."""
    programme = programme_where(request, slug, "roles.grant")
    return page(request, programme, InviteForm(initial={"language": programme.first_language}))


def page(request: HttpRequest, programme: Programme, form: InviteForm, status: int = 200) -> HttpResponseBase:
    """The list with its form, as it stands."""
    shared = {"programme": programme, "zone": programme.time_zone}
    waiting = queries.open_invitations(programme)
    context = {
        **shared,
        "form": form,
        "invitations": Invitations(
            waiting,
            request.GET,
            prefix="i-",
            context={**shared, "now": clock.now(), "csrf_token": get_token(request)},
        ),
        "roles": [{"role": role, "elsewhere": role.code in GRANTED_ELSEWHERE} for role in ROLES.values()],
    }
    table = Holders(queries.holdings(programme), request.GET, context=shared)
    return tables.respond(request, table, "programmes/roles.html", context, status=status)


@require_POST
def invite(request: HttpRequest, slug: str) -> HttpResponseBase:
    """Invite somebody to a role."""
    programme = programme_where(request, slug, "roles.grant")
    form = InviteForm(request.POST)
    if not form.is_valid():
        return page(request, programme, form, status=422)
    done = _("The invitation to %(email)s is on its way.") % {"email": form.cleaned_data["email"]}
    with refusals_shown(request, done) as shown:
        actions.invite(programme, **form.cleaned_data, by=request.user)
    if shown.refused:
        return page(request, programme, form, status=422)
    return redirect("programmes:roles", slug)


@require_POST
def resend(request: HttpRequest, slug: str, pk: UUID) -> HttpResponse:
    """Send an invitation again."""
    programme = programme_where(request, slug, "roles.grant")
    invitation = get_object_or_404(programme.role_invitations, pk=pk)
    done = _("A new invitation to %(email)s is on its way. The earlier link no longer works.")
    with refusals_shown(request, done % {"email": invitation.email}):
        actions.resend(invitation, by=request.user)
    return redirect("programmes:roles", slug)


@require_POST
def cancel(request: HttpRequest, slug: str, pk: UUID) -> HttpResponse:
    """Call an invitation back."""
    programme = programme_where(request, slug, "roles.grant")
    invitation = get_object_or_404(programme.role_invitations, pk=pk)
    done = _("The invitation to %(email)s was called back: its link opens nothing any more.")
    with refusals_shown(request, done % {"email": invitation.email}):
        actions.cancel(invitation, by=request.user)
    return redirect("programmes:roles", slug)


@require_http_methods(["GET", "POST"])
def end_role(request: HttpRequest, slug: str, pk: UUID) -> HttpResponse:
    """Ask, then end a role."""
    programme = programme_where(request, slug, "roles.grant")
    holding = get_object_or_404(queries.holdings(programme), pk=pk)
    named = {"person": holding.person, "role": name_of(holding.role)}
    if request.method == "POST":
        own = holding.person_id == request.user.pk
        done = _("%(person)s no longer holds this role: %(role)s.") % named
        with refusals_shown(request, done) as shown:
            actions.end_role(holding, by=request.user)
        return redirect(
            "desk:welcome" if own and not shown.refused else reverse("programmes:roles", args=[slug])
        )
    return render(request, "kit/confirm.html", ending(programme, holding, named, request))


def ending(programme: Programme, holding: Any, named: dict[str, Any], request: HttpRequest) -> dict[str, Any]:
    """What the page that asks says."""
    back = reverse("programmes:roles", args=[programme.slug])
    return {
        "title": _("End this role of %(person)s?") % named,
        "text": _(
            "Role: %(role)s.\n\nIt ends at once, in every page they have open. What they did stays on record,"
            " and you can invite them again."
        )
        % named,
        "action": _("End the role"),
        "danger": True,
        "back_href": back,
        "trail": [(_("People and roles"), back), (holding.person, "")],
        "refused": rules.end_role(holding, request.user),
    }
