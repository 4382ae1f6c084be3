"""The staff's pages: what was handed in to a call, and the decision on each."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from vivaio.applications import actions, history, queries, rules, standing
from vivaio.applications.checking import outcome, pages
from vivaio.applications.deminimis.queries import conditions_in
from vivaio.applications.dossiers import views as dossiers
from vivaio.applications.forms import ExclusionForm, IntegrationForm
from vivaio.applications.guarding import queries as guarding
from vivaio.applications.guarding import rules as guardians
from vivaio.applications.models import Application, IntegrationRequest
from vivaio.applications.own_letters import views as own_letters
from vivaio.applications.signing import queries as signing
from vivaio.applications.states import ApplicationState, CheckOutcome
from vivaio.applications.tables import LISTED
from vivaio.applications.tables import received as received_table
from vivaio.applications.timeline import telling as timeline
from vivaio.applications.views.applicant import file_url, framed
from vivaio.calls.models import Call
from vivaio.kit import tables
from vivaio.kit.forms import posted
from vivaio.kit.picking import MOST_CHOICES
from vivaio.kit.refusals import refusals_shown
from vivaio.programmes.bulk import starting

PROPOSED = gettext_lazy("It is proposed: somebody else confirms it, or sends it back.")
SECOND = gettext_lazy("The call wants two people: somebody else confirms. Its team learns nothing before.")
TAKE_OUT = "applications.take_out"
WRITE = "applications.write_to"
WRITTEN_TO = [(WRITE, gettext_lazy("Write to their teams in your own words"))]
TAKEN = [(TAKE_OUT, gettext_lazy("Take out as PDF or ZIP"))]
EXCLUDED = gettext_lazy("It is not eligible. The letter is held: read it, then release it.")
HELD = gettext_lazy(
    "It does not go to the jury. The letter to its team is held until somebody reads and releases it."
)


def call_read(request: HttpRequest, programme: str, slug: str) -> Call:
    found: Call = queries.CALL_READ.one_or_404(person=request.user, programme=programme, slug=slug)
    return found


def _one(request: HttpRequest, pk: Any) -> Application:
    found = get_object_or_404(queries.for_staff(request.user), pk=pk)
    framed(request, found.call)
    return found


def trail(call: Call, *more: tuple[str, str]) -> list[tuple[str, str]]:
    address = reverse("applications:received", args=[call.programme.slug, call.slug])
    page = reverse("calls:call", args=[call.programme.slug, call.slug])
    return [(str(call), page), (_("Applications"), address), *more]


@require_http_methods(["GET", "HEAD", "POST"])
def received(request: HttpRequest, programme: str, slug: str) -> HttpResponseBase:
    """What was handed in to a call: search, filters, sort, export; what is done to many."""
    call = call_read(request, programme, slug)
    framed(request, call)
    rows = LISTED.of(call=call, person=request.user)
    tracks = [(str(track.pk), str(track)) for track in call.tracks.all()]
    table = received_table(call, request.GET)(rows, request.GET, choices={"track": tracks})
    refused = rules.decide_in(call, request.user)
    starting.offer(table, call.programme, ["applications.confirm"], refused, _more(refused))
    if request.method == "POST":
        return _chosen(request, table, call)
    context = {
        "call": call,
        "counts": queries.counts(call, request.user),
        "queue_refused": refused,
        "confirm_href": reverse("applications:confirm_all", args=[programme, slug]),
        **_beside(call, refused),
        "filters_href": reverse("applications:filters", args=[programme, slug]) + table.url(page=""),
        "trail": trail(call)[:2],
    }
    return tables.respond(request, table, "applications/received.html", context)


def _beside(call: Call, refused: Any) -> dict[str, str]:
    """Where else the applications of a call are looked at."""
    args = [call.programme.slug, call.slug]
    return {
        "figures_href": reverse("applications:figures", args=args),
        "letters_href": "" if refused else reverse("applications:own_letters", args=args),
        "taken_href": reverse("applications:dossiers", args=args),
        "aid_href": reverse("applications:de_minimis_list", args=args) if conditions_in(call) else "",
    }


def _more(refused: Any) -> list[tuple[str, Any]]:
    """What is done with applications without changing them."""
    return TAKEN if refused else [*TAKEN, *WRITTEN_TO]


def _chosen(request: HttpRequest, table: tables.Table, call: Call) -> HttpResponse:
    """To what is done with the chosen applications: most of it changes them, row by row."""
    if request.POST.get("act") == TAKE_OUT:
        return dossiers.choose(request, table, call)
    if request.POST.get("act") == WRITE:
        return own_letters.choose(request, table, call)
    return starting.start(request, table, call.programme)


@require_http_methods(["GET", "POST"])
def confirm_all(request: HttpRequest, programme: str, slug: str) -> HttpResponse:
    """Preview, then confirm those whose conditions are all met: of very many the first, then those that follow."""
    call = call_read(request, programme, slug)
    framed(request, call)
    ready = list(queries.ready_to_confirm(call, request.user)[: MOST_CHOICES + 1])
    more = len(ready) > MOST_CHOICES
    refused = rules.decide_in(call, request.user)
    if request.method == "POST":
        with refusals_shown(request):
            done = actions.admit_all(call, request.POST.getlist("application"), by=request.user)
            _tell(request, done)
        return redirect("applications:confirm_all" if more else "applications:received", programme, slug)
    context = {"call": call, "ready": ready[:MOST_CHOICES], "more": more, "refused": refused}
    context["trail"] = trail(call, (_("Confirm"), ""))
    return render(request, "applications/confirm_all.html", context)


def _tell(request: HttpRequest, done: Any) -> None:
    words = ngettext("%(n)d application was confirmed.", "%(n)d applications were confirmed.", done.count)
    messages.success(request, words % {"n": done.count})
    for number, reason in done.left:
        messages.error(
            request, _("No. %(number)s was left: %(reason)s") % {"number": number, "reason": reason}
        )


@require_safe
def eligibility_page(request: HttpRequest, pk: Any) -> HttpResponse:
    """An application as the staff reads it: answers, files, conditions, requests, history."""
    found = queries.opened(
        get_object_or_404(queries.histories(queries.for_staff(request.user), receipts=False), pk=pk)
    )
    framed(request, found.call)
    young = guarding.young_in(found)
    checks = list(found.checks.all())
    refused = rules.staffs_answers(found, request.user, guardians.unsigned(young))
    told = history.page(found, request.GET.get("history"))
    context = {
        "application": found,
        "blocks": queries.reading(found, file_url=file_url(found)),
        "points": pages.points(found, checks, None),
        **pages.follows(found, checks, None, refused),
        "own_proposal": pages.is_own(found, request.user),
        "timeline": timeline.for_staff(found, told),
        "told": told,
        "young": young,
        "signed": bool(signing.wants(found)),
        "tone": standing.TONES[ApplicationState(found.state)],
        "trail": trail(found.call, (str(found), "")),
    }
    return render(request, "applications/eligibility.html", context)


@require_POST
def recheck(request: HttpRequest, pk: Any) -> HttpResponse:
    """Compute the conditions again."""
    application = _one(request, pk)
    with refusals_shown(request, _("The conditions were computed again.")):
        actions.recheck(application, by=request.user)
    return redirect("applications:eligibility", pk)


@require_http_methods(["GET", "POST"])
def confirm(request: HttpRequest, pk: Any) -> HttpResponse:
    """Confirm as eligible, with the conditions that only a person can check in front of one."""
    found = _one(request, pk)
    if request.method == "POST":
        done = PROPOSED if found.call.two_persons else _("The application is confirmed as eligible.")
        with refusals_shown(request, done):
            actions.admit(found, by=request.user)
        return redirect("applications:checklist", pk)
    context = {
        "title": _("Confirm “%(title)s” as eligible?") % {"title": found},
        "text": SECOND if found.call.two_persons else _("It goes to the jury, and its team gets a letter."),
        "unknown": found.checks.filter(outcome=CheckOutcome.UNKNOWN).select_related("condition"),
        "action": _("Propose as eligible") if found.call.two_persons else _("Confirm as eligible"),
        "back_href": reverse("applications:eligibility", args=[pk]),
        "refused": rules.admit(found, request.user),
    }
    return render(request, "applications/confirm.html", context)


@require_http_methods(["GET", "POST"])
def exclude(request: HttpRequest, pk: Any) -> HttpResponse:
    """Find not eligible, with a reason."""
    found = _one(request, pk)
    failed = outcome.of(found.checks.select_related("condition"))
    form = ExclusionForm(
        posted(request), initial={"reason": failed.reasons if failed.kind == "exclude" else ""}
    )
    if request.method == "POST" and form.is_valid():
        done = PROPOSED if found.call.two_persons else EXCLUDED
        with refusals_shown(request, done) as shown:
            actions.exclude(found, form.cleaned_data["reason"], by=request.user)
        if not shown.refused:
            return redirect("applications:checklist", pk)
    context = {
        "title": _("Exclude “%(title)s”?") % {"title": found},
        "text": SECOND if found.call.two_persons else HELD,
        "form": form,
        "action": _("Propose to exclude it") if found.call.two_persons else _("Exclude the application"),
        "danger": True,
        "back_href": reverse("applications:eligibility", args=[pk]),
        "refused": rules.exclude(found, request.user),
    }
    return render(request, "kit/confirm.html", context)


@require_http_methods(["GET", "POST"])
def undecide(request: HttpRequest, pk: Any) -> HttpResponse:
    """Take a decision back, while nothing was built on it."""
    found = _one(request, pk)
    if request.method == "POST":
        with refusals_shown(request, _("The decision is taken back.")):
            actions.undecide(found, by=request.user)
        return redirect("applications:eligibility", pk)
    context = {
        "title": _("Take back the decision on “%(title)s”?") % {"title": found},
        "text": _(
            "It waits for a decision again. A letter that is still held is never sent; one that left stays sent."
        ),
        "action": _("Take the decision back"),
        "back_href": reverse("applications:eligibility", args=[pk]),
        "refused": rules.undecide(found, request.user),
    }
    return render(request, "kit/confirm.html", context)


@require_http_methods(["GET", "POST"])
def request_integration(request: HttpRequest, pk: Any) -> HttpResponse:
    """Ask the team for what is missing."""
    found = _one(request, pk)
    asked = outcome.to_ask(found.checks.select_related("condition"))
    form = IntegrationForm(found, posted(request), text=asked.reasons, questions=asked.questions)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        with refusals_shown(request, _("The request is on its way to the team.")):
            actions.request_integration(
                found,
                given["text"],
                deadline=given["deadline"],
                questions=given["questions"],
                by=request.user,
            )
        return redirect("applications:eligibility", pk)
    place = (str(found), reverse("applications:eligibility", args=[pk]))
    context = {
        "application": found,
        "form": form,
        "refused": rules.request_integration(found, request.user),
        "trail": trail(found.call, place, (_("Request for integration"), "")),
    }
    return render(request, "applications/request_integration.html", context)


@require_http_methods(["GET", "POST"])
def cancel_integration(request: HttpRequest, pk: Any) -> HttpResponse:
    """Take an open request back."""
    mine = queries.for_staff(request.user)
    found = get_object_or_404(IntegrationRequest.objects.filter(application__in=mine), pk=pk)
    if request.method == "POST":
        with refusals_shown(request, _("The request is taken back.")):
            actions.cancel_integration(found, by=request.user)
        return redirect("applications:eligibility", found.application_id)
    context = {
        "title": _("Take back the request for integration?"),
        "text": _("The team can no longer answer it. What they wrote so far is not read."),
        "action": _("Take the request back"),
        "back_href": reverse("applications:eligibility", args=[found.application_id]),
        "refused": rules.cancel_integration(found, request.user),
    }
    return render(request, "kit/confirm.html", context)
