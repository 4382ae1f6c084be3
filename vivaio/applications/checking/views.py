"""The checklist, point after point; what one person proposed, confirmed or sent back by another."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from vivaio.applications import actions, queries, rules
from vivaio.applications.checking import actions as checking
from vivaio.applications.checking import beside, outcome, pages
from vivaio.applications.checking import queries as checklists
from vivaio.applications.checking import rules as two
from vivaio.applications.checking.forms import CheckForm, SendBackForm, TypedForm
from vivaio.applications.models import Application, Check, Proposal
from vivaio.applications.states import ApplicationState, CheckOutcome
from vivaio.applications.views.applicant import framed
from vivaio.applications.views.staff import trail
from vivaio.kit import clock, files, formats
from vivaio.kit.files.kinds import INLINE
from vivaio.kit.forms import posted
from vivaio.kit.refusals import refusals_shown
from vivaio.kit.rules import Refused
from vivaio.questionnaires import queries as questionnaires
from vivaio.questionnaires.changes import Change
from vivaio.questionnaires.engine.posted import Malformed

PATHS = ("outcome", "note")
SHOWN_HERE = "default-src 'none'; object-src 'self'; style-src 'unsafe-inline'; frame-ancestors 'self'"


def _one(request: HttpRequest, pk: Any) -> Application:
    found = get_object_or_404(queries.for_deciding(request.user), pk=pk)
    framed(request, found.call)
    return found


def _point(application: Application, pk: Any) -> Check:
    return get_object_or_404(
        Check.objects.filter(application=application).select_related("condition", "decided_by"), pk=pk
    )


@require_safe
def begin(request: HttpRequest, programme: str, slug: str) -> HttpResponse:
    """The first of a queue, or the list with the words that nothing is left."""
    call = get_object_or_404(queries.calls_read_by(request.user), programme__slug=programme, slug=slug)
    queue = request.GET.get("queue", checklists.TO_CHECK)
    rows = queries.for_staff(request.user).filter(call=call)
    found, _left = checklists.following(rows, queue, request.user, 0)
    if found is None:
        messages.info(request, _("Nothing waits for you here."))
        return redirect("applications:received", programme, slug)
    return redirect("applications:checklist", found)


@require_safe
def checklist(request: HttpRequest, pk: Any) -> HttpResponse:
    """An application's points, one of them open with what it is about beside it."""
    return _page(request, _one(request, pk))


def _page(request: HttpRequest, found: Application, form: CheckForm | None = None) -> HttpResponse:
    points = list(found.checks.all())
    chosen = pages.chosen(points, request.resolver_match.kwargs.get("check") or request.GET.get("point"))
    refused = rules.staffs_answers(found, request.user, rules.signed(found))
    context = {
        "application": found,
        "points": pages.points(found, points, chosen),
        "chosen": chosen,
        "place": points.index(chosen) + 1 if chosen else 0,
        "form": form or (CheckForm.of(chosen) if chosen else None),
        "locked": refused["decide"] or rules.open_points(found),
        "beside": beside.of(found, chosen) if chosen else None,
        **pages.follows(found, points, request.user, refused),
        **pages.around(request.user, found),
        "trail": trail(found.call, pages.whole(found), (_("Checklist"), "")),
    }
    return render(request, "applications/checking/checklist.html", context)


@require_POST
def settle(request: HttpRequest, pk: Any, check: Any) -> HttpResponse:
    """Keep what was said of a point, and go on to the next. What is refused stays on the page as it was typed."""
    application = _one(request, pk)
    point = _point(application, check)
    form = CheckForm.of(point, request.POST)
    if not form.is_valid():
        return _page(request, application, form)
    said = form.cleaned_data
    with refusals_shown(request) as shown:
        actions.settle(
            point, CheckOutcome(said["outcome"]), note=said["note"], seen=said["seen"], by=request.user
        )
    if shown.refused:
        return _page(request, _one(request, pk), pages.typed_again(_point(application, check), request.POST))
    after = pages.after(list(application.checks.all()), point)
    here = reverse("applications:checklist", args=[pk])
    return redirect(f"{here}?point={after.pk}" if after else f"{here}#follows")


@require_POST
def save(request: HttpRequest, pk: Any, check: Any) -> JsonResponse:
    """What a script saves as one chooses and types, in the words of `kit/autosave.js`."""
    application = get_object_or_404(queries.for_staff(request.user), pk=pk)
    point = _point(application, check)
    try:
        sent = {one.path: one for one in questionnaires.read_json(request.body) if one.path in PATHS}
        saved = _kept(point, sent, request.user)
    except Malformed as wrong:
        return JsonResponse({"error": str(wrong)}, status=400)
    except Refused as refusal:
        return JsonResponse({"refused": str(refusal.reason)}, status=409)
    return JsonResponse(_reply(request, _one(request, pk), saved, sent))


def _kept(point: Check, sent: dict[str, Change], person: Any) -> Check:
    """What came, settled. Raises `Malformed` and `Refused`."""
    form = TypedForm({path: one.value for path, one in sent.items()})
    if not form.is_valid() or not sent or not all(isinstance(one.value, str) for one in sent.values()):
        raise Refused(_("Choose an outcome. The note may be 4,000 characters long."))
    chosen, note = form.cleaned_data["outcome"], form.cleaned_data["note"]
    return actions.settle(
        point,
        CheckOutcome(chosen) if chosen else None,
        note=note if "note" in sent else None,
        seen=min((one.revision for one in sent.values() if one.revision is not None), default=None),
        by=person,
    )


def _reply(request: HttpRequest, found: Application, saved: Check, sent: Any) -> dict[str, Any]:
    points = list(found.checks.all())
    chosen = pages.chosen(points, saved.pk)
    refused = rules.staffs_answers(found, request.user, rules.signed(found))
    context = {
        "application": found,
        "points": pages.points(found, points, chosen),
        **pages.follows(found, points, request.user, refused),
    }
    seen = str(CheckForm.of(saved)["seen"])
    return {
        "saved_at_text": _("Saved at %(hour)s") % {"hour": formats.hour(clock.now(), found.call.time_zone)},
        "revisions": dict.fromkeys(sent, saved.revision),
        "html": {
            "points": render_to_string("applications/checking/points.html", context, request),
            "follows": render_to_string("applications/checking/follows.html", context, request),
            "seen": seen,
        },
    }


@require_safe
def paper(request: HttpRequest, pk: Any, file: Any) -> HttpResponseBase:
    """A file of the answers that count, shown inside the checklist."""
    found = get_object_or_404(queries.for_staff(request.user), pk=pk)
    stored = next((one for one in queries.attachments_of(found) if one.pk == file), None)
    if stored is None or stored.content_type not in INLINE:
        raise Http404
    response = files.serve(stored, inline=True)
    response["Content-Security-Policy"] = SHOWN_HERE
    response["X-Frame-Options"] = "SAMEORIGIN"
    return response


def _proposal(request: HttpRequest, pk: Any) -> Proposal:
    found = get_object_or_404(checklists.for_staff(queries.for_staff(request.user)), pk=pk)
    framed(request, found.application.call)
    return found


def _asking(request: HttpRequest, found: Proposal, **more: Any) -> HttpResponse:
    context = {
        "proposal": found,
        "back_href": reverse("applications:checklist", args=[found.application_id]),
        **more,
    }
    return render(request, "applications/checking/proposal.html", context)


@require_http_methods(["GET", "POST"])
def confirm(request: HttpRequest, pk: Any) -> HttpResponse:
    """Confirm what somebody else proposed: from here on it is decided."""
    found = _proposal(request, pk)
    if request.method == "POST":
        with refusals_shown(request, _("The decision is confirmed.")) as shown:
            checking.confirm(found, by=request.user)
        if shown.refused:
            return redirect("applications:checklist", found.application_id)
        return pages.go_on(request.user, found.application)
    admits = found.outcome == ApplicationState.ADMITTED
    text = (
        _("It goes to the jury, and its team gets a letter.")
        if admits
        else _(
            "It does not go to the jury. The letter to its team is held until somebody reads and releases it."
        )
    )
    title = _("Confirm the decision on “%(title)s”?") % {"title": found.application}
    return _asking(
        request, found, title=title, text=text, action=_("Confirm the decision"),
        refused=two.confirm(found, request.user) or outcome.why_not(found),
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
def send_back(request: HttpRequest, pk: Any) -> HttpResponse:
    """Do not confirm, and say why."""
    found = _proposal(request, pk)
    form = SendBackForm(posted(request))
    if request.method == "POST" and form.is_valid():
        with refusals_shown(request, _("It is sent back: who proposed it reads why.")) as shown:
            checking.send_back(found, form.cleaned_data["answer"], by=request.user)
        if shown.refused:
            return redirect("applications:checklist", found.application_id)
        return pages.go_on(request.user, found.application)
    title = _("Send back the decision on “%(title)s”?") % {"title": found.application}
    text = _("The application waits for a decision again. The applicant learns nothing of it.")
    return _asking(
        request, found, title=title, text=text, action=_("Send it back"), form=form,
        refused=two.settle_proposal(found, request.user),
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
def take_back(request: HttpRequest, pk: Any) -> HttpResponse:
    """Who proposed thinks again."""
    found = _proposal(request, pk)
    if request.method == "POST":
        with refusals_shown(request, _("Your proposal is taken back.")):
            checking.take_back(found, by=request.user)
        return redirect("applications:checklist", found.application_id)
    title = _("Take back your proposal on “%(title)s”?") % {"title": found.application}
    text = _("The application waits for a decision again. The applicant learns nothing of it.")
    return _asking(
        request, found, title=title, text=text, action=_("Take my proposal back"),
        refused=two.take_back(found, request.user),
    )  # fmt: skip
