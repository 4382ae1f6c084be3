"""One engagement: its page, what both sides agree to, extensions, its end, evaluations."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from vivaio.experts.engaging import calendar, pages, rules
from vivaio.experts.engaging.actions import ending, terms
from vivaio.experts.engaging.forms import (
    EndForm,
    EvaluationForm,
    ExtensionForm,
    NoteForm,
    TermsForm,
)
from vivaio.experts.engaging.pages import Opened, opened
from vivaio.experts.engaging.queries import engagements as queries
from vivaio.experts.queries import bank
from vivaio.experts.states import Side
from vivaio.kit import calendars
from vivaio.kit.forms import posted
from vivaio.kit.refusals import refusals_shown
from vivaio.kit.rules import Refused

ACTS: dict[str, Any] = {
    "agree": lambda row, read, by: terms.agree(row, revision=read, by=by),
    "conclude": lambda row, read, by: ending.conclude(row, by=by),
    "go-on": lambda row, read, by: ending.go_on(row, by=by),
    "grant": lambda row, read, by: terms.answer_more(row, granted=True, by=by),
    "decline": lambda row, read, by: terms.answer_more(row, granted=False, by=by),
}


@require_safe
def show(request: HttpRequest, pk: UUID) -> HttpResponse:
    """What was agreed, sessions and hours, what happened, what can be done."""
    return render(request, "experts/engaging/engagement.html", pages.page(opened(request, pk)))


@require_POST
def act(request: HttpRequest, pk: UUID, act: str) -> HttpResponse:
    """Agree; say that it is done, or not yet; answer an extension."""
    found = opened(request, pk)
    if act not in ACTS:
        raise Http404
    with refusals_shown(request, _("Done: the page tells where the engagement stands.")):
        ACTS[act](found.engagement, request.POST.get("revision", ""), by=request.user)
    return redirect(found.engagement)


@require_http_methods(["GET", "POST"])
def change(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Change goal, hours, dates: the other side is asked anew."""
    found = opened(request, pk)
    row = found.engagement
    form = TermsForm(
        posted(request), row, bank.competences(row.programme).filter(requests__request=row.request)
    )
    if request.method == "POST" and form.is_valid():
        done = _("Changed: your side agrees to it, the other is asked by letter.")
        with refusals_shown(request, done) as shown:
            terms.change(row, by=request.user, **form.told)
        if not shown.refused:
            return redirect(row)
    title, refused = _("Goal, hours and dates"), rules.change(row, found.who)
    return drawn(request, found, form, title, _("Propose these terms"), refused=refused)


@require_http_methods(["GET", "POST"])
def drop(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Call it off before it begins."""
    found = opened(request, pk)
    form = EndForm(posted(request))
    if request.method == "POST" and form.is_valid():
        with refusals_shown(request, _("The engagement is called off, and the other side told.")) as shown:
            ending.drop(found.engagement, by=request.user, **form.cleaned_data)
        if not shown.refused:
            return redirect(found.engagement)
    return drawn(
        request, found, form, _("Call the engagement off"), _("Call it off"), asks=True,
        refused=rules.drop(found.engagement, found.who),
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
def end(request: HttpRequest, pk: UUID) -> HttpResponse:
    """End early what does not go on."""
    found = opened(request, pk)
    form = EndForm(posted(request))
    if request.method == "POST" and form.is_valid():
        with refusals_shown(request, _("The engagement has ended, and the other side is told.")) as shown:
            ending.end_early(found.engagement, by=request.user, **form.cleaned_data)
        if not shown.refused:
            return redirect(found.engagement)
    return drawn(
        request, found, form, _("End the engagement early"), _("End it"), asks=True,
        refused=rules.end_early(found.engagement, found.who),
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
def extend(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Ask for more hours or time."""
    found = opened(request, pk)
    row = found.engagement
    form = ExtensionForm(posted(request), initial={"ends_on": row.ends_on})
    if request.method == "POST" and form.is_valid():
        with refusals_shown(request, _("Asked: the other side answers.")) as shown:
            terms.ask_more(row, by=request.user, **form.cleaned_data)
        if not shown.refused:
            return redirect(row)
    title, refused = _("Ask for an extension"), rules.extend(row, found.who)
    return drawn(request, found, form, title, _("Ask the other side"), refused=refused)


@require_http_methods(["GET", "POST"])
def evaluate(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Say how it went; who reads it stands above the form."""
    found = opened(request, pk)
    row, side = found.engagement, found.who.side
    form = EvaluationForm(posted(request), side or Side.TEAM)
    if request.method == "POST" and form.is_valid():
        with refusals_shown(request, _("Thank you: your evaluation is with the programme.")) as shown:
            ending.evaluate(row, values=form.cleaned_data, by=request.user)
        if not shown.refused:
            return redirect(row)
    given = {one.side for one in queries.evaluations_of(row)}
    context = form_context(found, form, _("How did it go?"), _("Give the evaluation"))
    context["refused"] = rules.evaluate(row, found.who, given)
    status = 422 if form.errors else 200
    return render(request, "experts/engaging/evaluate.html", context, status=status)


@require_POST
def note(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Write something that both sides read."""
    found = opened(request, pk)
    form = NoteForm(request.POST)
    with refusals_shown(request, _("It is written down.")):
        if not form.is_valid():
            raise Refused(_("Write something first."))
        terms.write(found.engagement, form.cleaned_data["words"], by=request.user)
    return redirect(found.engagement.get_absolute_url() + "#steps")


@require_safe
def ics(request: HttpRequest, pk: UUID) -> HttpResponse:
    """All the sessions for one's own calendar."""
    row = opened(request, pk).engagement
    return calendars.respond(calendar.of_engagement(row, queries.sessions_of(row)), "incarico")


def form_context(found: Opened, form: Any, title: str, submit: str) -> dict[str, Any]:
    """What a page with one form shows."""
    row = found.engagement
    return {
        "form": form,
        "row": row,
        "programme": row.programme,
        "title": title,
        "submit": submit,
        "trail": pages.trail(found, title),
        "back": row.get_absolute_url(),
    }


def drawn(
    request: HttpRequest,
    found: Opened,
    form: Any,
    title: str,
    submit: str,
    *,
    refused: Any = None,
    asks: bool = False,
    back: str = "",
) -> HttpResponse:
    """A page with one form; `asks` where what it does cannot be undone."""
    context = form_context(found, form, title, submit) | {"refused": refused, "danger": asks}
    if back:
        context["back"] = back
    return render(request, "experts/engaging/form.html", context, status=422 if form.errors else 200)
