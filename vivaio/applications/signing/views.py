"""Where the team signs, and where the staff looks at what was signed."""

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from vivaio.applications import queries as applications
from vivaio.applications.models import Application, Paper, Signature
from vivaio.applications.signing import actions, checking, forms, pages, queries, rules
from vivaio.applications.views.applicant import at_home, framed
from vivaio.kit import files
from vivaio.kit.forms import posted
from vivaio.kit.refusals import refusals_shown
from vivaio.questionnaires.queries import language_now


@require_http_methods(["GET", "POST"])
def signing(request: HttpRequest, pk: Any) -> HttpResponse:
    """Every document to sign, how it stands, and what to do; for the staff who signed, and what is to be looked at."""
    found = applications.mine(request.user).filter(pk=pk).first()
    if found is None:
        return _for_the_staff(request, pk)
    at_home(request, found.call)
    if request.method == "POST":
        act = ACTS.get(request.POST.get("act", ""))
        if act is not None:
            return act(request, found)
        messages.error(request, _("This page does not know that button. Use one of those below."))
    return _page(request, found)


def _for_the_staff(request: HttpRequest, pk: Any) -> HttpResponse:
    found = get_object_or_404(applications.for_staff(request.user), pk=pk)
    framed(request, found.call)
    whole = reverse("applications:eligibility", args=[found.pk])
    context = {
        "application": found,
        "signatures": pages.for_staff(found, request.user),
        "trail": [(str(found), whole), (_("Signatures"), "")],
    }
    return render(request, "applications/signing/looked_at.html", context)


def _page(request: HttpRequest, found: Application, bound: Any = None) -> HttpResponse:
    needs = queries.needs(found)
    refused = rules.sign(found, request.user)
    cards = pages.cards(found, needs, person=request.user, refused=refused, bound=bound)
    standings = {document.standing for need in needs for document in need.documents}
    context = {
        "application": found,
        "cards": cards,
        "refused": refused,
        "waits": queries.CHECKING in standings,
        "missing": None if refused else rules.why_not(needs, found),
        "trail": [
            (_("My applications"), reverse("applications:mine")),
            (str(found), found.get_absolute_url()),
            (_("Signatures"), ""),
        ],
    }
    return render(request, "applications/signing/signing.html", context)


def _prepare(request: HttpRequest, found: Application) -> HttpResponse:
    with refusals_shown(request, _("The document is ready: read it, then sign it.")):
        actions.prepare(found, language=language_now(), by=request.user)
    return redirect("applications:signing", found.pk)


def _click(request: HttpRequest, found: Application) -> HttpResponse:
    form = forms.ClickForm(request.POST)
    if not form.is_valid():
        return _page(request, found, form)
    with refusals_shown(request, _("Signed.")) as shown:
        actions.click(found, by=request.user, **form.cleaned_data)
    return _page(request, found, form) if shown.refused else redirect("applications:signing", found.pk)


def _signed(request: HttpRequest, found: Application) -> HttpResponse:
    form = forms.SignedForm(request.POST, request.FILES)
    if not form.is_valid():
        return _page(request, found, form)
    given = form.cleaned_data
    with refusals_shown(request):
        made = actions.add_signed(found, given["document"], given["file"], by=request.user)
        if not actions.check(made.pk, seconds=checking.AT_ONCE):
            messages.info(request, _("The signature is being checked: this page shows the result."))
    return redirect("applications:signing", found.pk)


def _scan(request: HttpRequest, found: Application) -> HttpResponse:
    kind = forms.IdentityForm if request.POST.get("question") else forms.ScanForm
    form = kind(request.POST, request.FILES)
    if not form.is_valid():
        return _page(request, found, form)
    given = {"scan": None, **form.cleaned_data}
    with refusals_shown(request, _("Received: the staff looks at it.")):
        actions.add_scan(found, given.pop("question"), given.pop("document"), by=request.user, **given)
    return redirect("applications:signing", found.pk)


ACTS: dict[str, Callable[[HttpRequest, Application], HttpResponse]] = {
    "prepare": _prepare,
    "click": _click,
    "signed": _signed,
    "scan": _scan,
}


@require_safe
def paper(request: HttpRequest, pk: Any, paper: Any) -> HttpResponseBase:
    """The application as it was made to be signed, byte by byte."""
    found = get_object_or_404(applications.visible_to(request.user), pk=pk)
    return files.serve(get_object_or_404(Paper.objects.filter(application=found), pk=paper))


@require_safe
def signed_file(request: HttpRequest, pk: Any, signature: Any) -> HttpResponseBase:
    """What came back signed."""
    found = get_object_or_404(applications.visible_to(request.user), pk=pk)
    return files.serve(get_object_or_404(Signature.objects.filter(application=found), pk=signature))


def _for_staff(request: HttpRequest, pk: Any) -> Signature:
    rows = queries.visible_through(applications.for_staff(request.user))
    found = get_object_or_404(rows, pk=pk)
    framed(request, found.application.call)
    return found


@require_POST
def look(request: HttpRequest, pk: Any) -> HttpResponse:
    """The staff says whether a signature is in order."""
    found = _for_staff(request, pk)
    form = forms.LookForm(request.POST)
    good = request.POST.get("good")
    if good not in ("yes", "no") or not form.is_valid():
        messages.error(request, _("Choose one of the two. The note may be 1,000 characters long."))
    else:
        with refusals_shown(request, _("What you found is kept.")):
            actions.look(found, good=good == "yes", note=form.cleaned_data["note"], by=request.user)
    return redirect("applications:signing", found.application_id)


@require_http_methods(["GET", "POST"])
def identity(request: HttpRequest, pk: Any) -> HttpResponseBase:
    """Say why, then the identity document opens: once for each reason."""
    found = _for_staff(request, pk)
    form = forms.ReasonForm(posted(request))
    if request.method == "POST" and form.is_valid():
        with refusals_shown(request) as shown:
            actions.open_identity(found, form.cleaned_data["reason"], by=request.user)
        if not shown.refused:
            return _served(found)
    context = {
        "title": _("Open the identity document?"),
        "text": _("That you opened it, when and why is kept in the register of the application."),
        "form": form,
        "action": _("Open the identity document"),
        "back_href": reverse("applications:signing", args=[found.application_id]),
        "refused": rules.open_identity(found, request.user),
    }
    return render(request, "kit/confirm.html", context)


def _served(found: Signature) -> HttpResponseBase:
    stored = SimpleNamespace(file=found.identity, name=found.identity_name, content_type=found.identity_type)
    response = files.serve(stored)
    response["Cache-Control"] = "private, no-store"
    return response
