"""The statement, the form, and the page on which who reported something follows it."""

from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from vivaio.kit import tables as lists
from vivaio.kit.forms import posted
from vivaio.kit.origin import source_of
from vivaio.kit.refusals import refusals_shown
from vivaio.publishing.accessibility import actions, queries, tables
from vivaio.publishing.accessibility.forms import MessageForm, ReportForm
from vivaio.publishing.accessibility.truth import ENFORCEMENT
from vivaio.publishing.models import AccessibilityReport
from vivaio.publishing.states import ReportState

SHOWN_ONCE = "accessibility.sent"


@login_not_required
@require_safe
def statement(request: HttpRequest) -> HttpResponse:
    """What the body declares, whom to turn to, how reports were answered."""
    found = queries.statement()
    context = {
        "statement": found,
        "numbers": queries.numbers(),
        "term": queries.TERM_DAYS,
        "enforcement_url": ENFORCEMENT,
    }
    return render(request, "publishing/accessibility/statement.html", context)


@login_not_required
@require_http_methods(["GET", "POST"])
def report(request: HttpRequest) -> HttpResponse:
    """Report a barrier, with or without an account; what is refused is still there."""
    person = request.user if request.user.is_authenticated else None
    came_from = request.GET.get("from", "").replace("\0", "")[:500]
    form = ReportForm(posted(request), person=person, page=came_from)
    status = 422 if request.method == "POST" else 200
    if request.method == "POST" and form.is_valid():
        with refusals_shown(request) as shown:
            made = actions.receive(
                form.values, nonce=form.cleaned_data["nonce"], source=source_of(request),
                language=get_language() or settings.LANGUAGE_CODE, by=person,
            )  # fmt: skip
        if not shown.refused:
            request.session[SHOWN_ONCE] = str(made.pk)
            return redirect("publishing:own_report", made.token)
        status = 429
    context = {"form": form, "term": queries.TERM_DAYS, "trail": trail(_("Report a barrier"))}
    return render(request, "publishing/accessibility/report.html", context, status=status)


def trail(here: str) -> list[tuple[str, str]]:
    """The way from the statement."""
    return [(_("Accessibility statement"), reverse("publishing:accessibility")), (here, "")]


@never_cache
@login_not_required
@require_http_methods(["GET", "POST"])
def own_report(request: HttpRequest, token: str) -> HttpResponse:
    """State, answers, and room for a further message: for whoever holds the address."""
    found = queries.opened_by(token)
    if found is None:
        raise Http404("No report has this address.")
    new = request.method == "GET" and request.session.get(SHOWN_ONCE) == str(found.pk)
    if new:
        del request.session[SHOWN_ONCE]
    return followed(request, found, {"address": request.build_absolute_uri(request.path), "new": new})


@require_safe
def mine(request: HttpRequest) -> HttpResponseBase:
    """What the person reported, signed in."""
    table = tables.OwnReports(queries.made_by(request.user), request.GET)
    context = {"trail": trail(_("Your reports"))}
    return lists.respond(request, table, "publishing/accessibility/mine.html", context)


@require_http_methods(["GET", "POST"])
def my_report(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The same page as behind the secret address, for whoever made the report and is signed in."""
    found = get_object_or_404(queries.made_by(request.user), pk=pk)
    way = [(_("Your reports"), reverse("publishing:my_reports")), (str(found), "")]
    return followed(request, found, {"trail": way})


def followed(request: HttpRequest, found: AccessibilityReport, more: dict[str, Any]) -> HttpResponse:
    """The report, and what who made it adds."""
    form = MessageForm(posted(request))
    if request.method == "POST" and form.is_valid():
        with refusals_shown(request, _("Your message is with the report.")) as shown:
            actions.write(found, form.cleaned_data["text"])
        if not shown.refused:
            return redirect(request.path)
    context = own_page(found, form) | {"here": request.path} | more
    status = 422 if request.method == "POST" else 200
    return render(request, "publishing/accessibility/own.html", context, status=status)


def own_page(found: AccessibilityReport, form: MessageForm) -> dict[str, Any]:
    """What the page shows of the report; who answered is the body, whoever wrote."""
    return {
        "report": found,
        "form": form,
        "entries": queries.thread(found),
        "statement": queries.statement(),
        "enforcement_url": ENFORCEMENT,
        "tone": tables.tone_of(found),
        "state": tables.state_in_words(found),
        "left": tables.left_in_words(found),
        "late": (found.days_left or 0) < 0,
        "settled": found.state in (ReportState.ANSWERED, ReportState.CLOSED),
    }
