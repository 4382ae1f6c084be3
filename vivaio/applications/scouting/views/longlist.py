"""The longlist, one organisation on it, and what the staff does with either."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from vivaio.applications.models import Prospect
from vivaio.applications.scouting import actions, queries, rules
from vivaio.applications.scouting.bulk_acts import ACTS
from vivaio.applications.scouting.forms import InviteForm, ProspectForm, SetAsideForm
from vivaio.applications.scouting.tables import PROSPECT_TONES, Longlist, owner_choices
from vivaio.applications.scouting.views.frame import programme_of, prospect_of, trail
from vivaio.applications.states import ProspectState
from vivaio.kit import tables
from vivaio.kit.forms import posted
from vivaio.kit.refusals import refusals_shown
from vivaio.people.models import Organisation
from vivaio.programmes.bulk import starting


@require_http_methods(["GET", "HEAD", "POST"])
def longlist(request: HttpRequest, slug: str) -> HttpResponseBase:
    """The organisations spotted for a programme: search, filters, sort, export; what is done to many."""
    programme = programme_of(request, slug)
    choices = {"owner": owner_choices(queries.owners(programme))}
    table = Longlist(queries.longlist(programme), request.GET, choices=choices)
    refused = rules.edit(programme, request.user)
    starting.offer(table, programme, [act.key for act in ACTS], refused)
    if request.method == "POST":
        return starting.start(request, table, programme)
    figures = _figures(queries.figures(programme))
    context = {"programme": programme, "figures": figures, "refused": refused}
    return tables.respond(request, table, "applications/scouting/longlist.html", context)


def _figures(found: queries.Figures) -> list[tuple[str, int]]:
    return [
        (_("spotted"), found.spotted),
        (_("invited"), found.invited),
        (_("have opened the invitation"), found.opened),
        (_("have answered"), found.answered),
        (_("have applied"), found.applied),
    ]


@require_http_methods(["GET", "POST"])
def add(request: HttpRequest, slug: str) -> HttpResponse:
    """Put an organisation on the longlist."""
    programme = programme_of(request, slug)
    form = ProspectForm(programme, posted(request), initial={"owner": request.user.pk})
    if request.method == "POST" and form.is_valid():
        with refusals_shown(request, _("It is on the longlist.")) as shown:
            prospect = actions.spot(programme, form.cleaned_data, by=request.user)
        if not shown.refused:
            return redirect(prospect)
    context = {
        "programme": programme,
        "form": form,
        "refused": rules.edit(programme, request.user),
        "heading": _("Add an organisation"),
        "back": reverse("applications:longlist", args=[slug]),
        "trail": trail(programme, (_("Add an organisation"), "")),
    }
    return render(request, "applications/scouting/form.html", context)


@require_safe
def prospect(request: HttpRequest, slug: str, pk: UUID) -> HttpResponse:
    """One organisation: what is known, what it was sent, what became of it."""
    return page(request, prospect_of(request, slug, pk))


def page(
    request: HttpRequest, found: Prospect, form: InviteForm | None = None, status: int = 200
) -> HttpResponse:
    """The organisation's page, with the invitation as it was typed."""
    calls = queries.inviting_calls(found.programme)
    context = {
        "prospect": found,
        "programme": found.programme,
        "zone": found.programme.time_zone,
        "tone": PROSPECT_TONES.get(ProspectState(found.state), ""),
        "invitations": queries.invitations_of(found),
        "applications": queries.applications_of(found),
        "likely": queries.likely(found),
        "form": form or InviteForm(found.programme),
        "calls": calls,
        "refused": rules.edit(found, request.user),
        "write_refused": rules.write_to(found, request.user),
        "aside": found.state == ProspectState.SET_ASIDE,
        "trail": trail(found.programme, (found, "")),
    }
    return render(request, "applications/scouting/prospect.html", context, status=status)


@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, slug: str, pk: UUID) -> HttpResponse:
    """Mend what is known of it."""
    found = prospect_of(request, slug, pk)
    stored = {name: getattr(found, name) for name in actions.FIELDS}
    form = ProspectForm(found.programme, posted(request), instance=found)
    if request.method == "POST" and form.is_valid():
        with refusals_shown(request, _("The data are saved.")) as shown:
            actions.change(found, {**stored, **form.cleaned_data}, by=request.user)
        if not shown.refused:
            return redirect(found)
    context = {
        "programme": found.programme,
        "form": form,
        "refused": rules.edit(found, request.user),
        "heading": _("What is known of “%(name)s”") % {"name": stored["name"]},
        "back": found.get_absolute_url(),
        "trail": trail(found.programme, (stored["name"], found.get_absolute_url()), (_("Change"), "")),
    }
    return render(request, "applications/scouting/form.html", context)


@require_POST
def link(request: HttpRequest, slug: str, pk: UUID) -> HttpResponse:
    """Say that a registered organisation is this one."""
    found = prospect_of(request, slug, pk)
    likely = {str(one.pk): one for one in queries.likely(found)}
    organisation: Organisation | None = likely.get(request.POST.get("organisation", ""))
    if organisation is not None:
        with refusals_shown(request, _("It is the same organisation now.")):
            actions.link(found, organisation, by=request.user)
    return redirect(found)


@require_http_methods(["GET", "POST"])
def set_aside(request: HttpRequest, slug: str, pk: UUID) -> HttpResponse:
    """Ask why, then set it aside."""
    found = prospect_of(request, slug, pk)
    form = SetAsideForm(posted(request))
    if request.method == "POST" and form.is_valid():
        with refusals_shown(request, _("It is set aside.")):
            actions.set_aside(found, form.cleaned_data["reason"], by=request.user)
        return redirect(found)
    context = {
        "title": _("Set “%(name)s” aside?") % {"name": found},
        "text": _("It stays on the list and gets no more invitations. You can bring it back."),
        "form": form,
        "action": pgettext("an organisation, to do", "Set aside"),
        "back_href": found.get_absolute_url(),
        "refused": rules.set_aside(found, request.user),
    }
    return render(request, "kit/confirm.html", context)


@require_POST
def bring_back(request: HttpRequest, slug: str, pk: UUID) -> HttpResponse:
    """Back on the list."""
    found = prospect_of(request, slug, pk)
    with refusals_shown(request, _("It is back on the longlist.")):
        actions.bring_back(found, by=request.user)
    return redirect(found)


@require_http_methods(["GET", "POST"])
def remove(request: HttpRequest, slug: str, pk: UUID) -> HttpResponse:
    """Ask, then take it off for good."""
    found = prospect_of(request, slug, pk)
    if request.method == "POST":
        done = _("“%(name)s” is off the longlist.") % {"name": found}
        with refusals_shown(request, done) as shown:
            actions.remove(found, by=request.user)
        return redirect(found) if shown.refused else redirect("applications:longlist", slug)
    context = {
        "title": _("Take “%(name)s” off the longlist?") % {"name": found},
        "text": _("What was written here goes for good, its invitations too: their links stop working."),
        "action": _("Take it off the longlist"),
        "danger": True,
        "back_href": found.get_absolute_url(),
        "refused": rules.remove(found, request.user),
    }
    return render(request, "kit/confirm.html", context)


def given(ids: list[str]) -> list[UUID]:
    """The identifiers among what an address or a form sent."""
    found = []
    for one in ids[:1000]:
        try:
            found.append(UUID(one))
        except ValueError:
            continue
    return found


def call_asked(request: HttpRequest, programme: Any) -> Any:
    """The call that the page asks about, or the one that closes first."""
    calls = queries.inviting_calls(programme)
    asked = given([request.POST.get("call") or request.GET.get("call") or ""])
    return get_object_or_404(calls, pk=asked[0]) if asked else calls.first()
