"""A placement: accepting, the agreement and its signatures, hours, how it went, the grant, the papers."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from vivaio.experts.placing import pages, paper
from vivaio.experts.placing.actions import placements as actions
from vivaio.experts.placing.forms.placements import (
    AgreementForm,
    EvaluationForm,
    GrantForm,
    HoursForm,
    agreement_initial,
)
from vivaio.experts.placing.forms.rounds import WordsForm
from vivaio.experts.placing.queries import placements as queries
from vivaio.experts.placing.rules import placements as rules
from vivaio.experts.placing.states import Side
from vivaio.experts.placing.views.frame import framed
from vivaio.kit.forms import posted
from vivaio.kit.refusals import refusals_shown

WITH_WORDS: dict[str, Any] = {"end": actions.end}
PLAIN: dict[str, Any] = {"finish": actions.finish, "confirm-all": actions.confirm_all}
OF_HOURS: dict[str, Any] = {"confirm": actions.confirm_hours, "drop": actions.drop_hours}


def placement_of(request: HttpRequest, pk: UUID) -> tuple[Any, frozenset[str]]:
    """The placement that the person may read, and what they may do in the programme."""
    row = get_object_or_404(queries.visible_to(request.user), pk=pk)
    return row, framed(request, row.round.programme)


def side_of(word: str) -> Side:
    """The side that an address names."""
    if word not in Side.values:
        raise Http404
    return Side(word)


@require_safe
def show(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Where a placement stands, what may be done."""
    row, permissions = placement_of(request, pk)
    context = pages.of_placement(row, request.user, permissions)
    context |= {"words_form": WordsForm(), "hours_form": HoursForm()}
    return render(request, "experts/placing/placement.html", context)


@require_POST
def answer(request: HttpRequest, pk: UUID, side: str, answer: str) -> HttpResponse:
    """One side accepts or declines."""
    row, _permissions = placement_of(request, pk)
    if answer not in ("accept", "decline"):
        raise Http404
    with refusals_shown(request, _("Your answer is with the others.")):
        if answer == "accept":
            actions.accept(row, side_of(side), by=request.user)
        else:
            words = request.POST.get("words", "")[:1000]
            actions.decline(row, side_of(side), words=words, by=request.user)
    return redirect(row)


@require_POST
def act(request: HttpRequest, pk: UUID, act: str) -> HttpResponse:
    """Complete it, confirm every hour, end it early."""
    row, _permissions = placement_of(request, pk)
    if act not in WITH_WORDS | PLAIN:
        raise Http404
    with refusals_shown(request, _("Done: the page tells where the placement stands.")):
        if act in WITH_WORDS:
            WITH_WORDS[act](row, words=request.POST.get("words", "")[:1000], by=request.user)
        else:
            PLAIN[act](row, by=request.user)
    return redirect(row)


@require_http_methods(["GET", "POST"])
def agreement(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Write the learning agreement."""
    row, _permissions = placement_of(request, pk)
    held = getattr(row, "agreement", None)
    form = AgreementForm(posted(request), initial=agreement_initial(row, held))
    if request.method == "POST" and form.is_valid():
        with refusals_shown(request, _("The agreement is saved: now the three sides sign it.")) as shown:
            actions.write_agreement(row, values=form.values, by=request.user)
        if not shown.refused:
            return redirect(row)
        form.add_error(None, shown.reason)
    note = _("Whoever changes the text makes a new version: signatures under the earlier one count no more.")
    return form_page(request, row, form, {
        "title": _("Learning agreement"), "note": note, "submit": _("Save the agreement"),
        "refused": rules.write_agreement(row, request.user),
    })  # fmt: skip


def form_page(request: HttpRequest, row: Any, form: Any, told: dict[str, Any]) -> HttpResponse:
    """A form about a placement."""
    context = {
        "form": form,
        "programme": row.round.programme,
        "back": row.get_absolute_url(),
        "trail": [(str(row.student), row.get_absolute_url()), (told["title"], "")],
    }
    return render(request, "experts/placing/form.html", context | told, status=422 if form.errors else 200)


@require_POST
def sign(request: HttpRequest, pk: UUID, side: str) -> HttpResponse:
    """One side signs the text that it has read."""
    row, _permissions = placement_of(request, pk)
    with refusals_shown(request, _("You have signed.")):
        digest = request.POST.get("digest", "")[:64]
        actions.sign(row, side_of(side), digest=digest, by=request.user)
    return redirect(row)


@require_safe
def agreement_paper(request: HttpRequest, pk: UUID) -> HttpResponseBase:
    """The agreement with its signatures, as a PDF."""
    row, _permissions = placement_of(request, pk)
    held = getattr(row, "agreement", None)
    if held is None:
        raise Http404
    held.placement = row
    return pdf(paper.agreement(held, get_language() or "it"), "agreement")


@require_safe
def sheet(request: HttpRequest, pk: UUID) -> HttpResponseBase:
    """The sheet of the hours confirmed, as a PDF."""
    row, _permissions = placement_of(request, pk)
    if rules.paper(row) is not None:
        raise Http404
    return pdf(paper.hours(row, get_language() or "it"), "hours")


def pdf(content: bytes, name: str) -> HttpResponse:
    """A PDF that is read, or kept under its name."""
    heading = {"Content-Disposition": f'inline; filename="{name}.pdf"'}
    return HttpResponse(content, content_type="application/pdf", headers=heading)


@require_POST
def log(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The student writes the hours of a day; what is refused stays in the fields."""
    row, permissions = placement_of(request, pk)
    form = HoursForm(request.POST)
    if form.is_valid():
        with refusals_shown(request, _("The hours wait to be confirmed.")) as shown:
            actions.log(row, **form.cleaned_data, by=request.user)
        if not shown.refused:
            return redirect(row.get_absolute_url() + "#hours")
    context = pages.of_placement(row, request.user, permissions)
    context |= {"words_form": WordsForm(), "hours_form": form}
    return render(request, "experts/placing/placement.html", context, status=422)


@require_POST
def hours_act(request: HttpRequest, pk: UUID, entry: UUID, act: str) -> HttpResponse:
    """Confirm the hours of a day, send them back; take them back."""
    row, _permissions = placement_of(request, pk)
    found = get_object_or_404(queries.hours_of(row), pk=entry)
    if act not in (*OF_HOURS, "send-back"):
        raise Http404
    with refusals_shown(request, _("Done.")):
        if act == "send-back":
            actions.send_hours_back(found, words=request.POST.get("words", "")[:400], by=request.user)
        else:
            OF_HOURS[act](found, by=request.user)
    return redirect(row.get_absolute_url() + "#hours")


@require_http_methods(["GET", "POST"])
def correct(request: HttpRequest, pk: UUID, entry: UUID) -> HttpResponse:
    """The student corrects hours that were sent back."""
    row, _permissions = placement_of(request, pk)
    found = get_object_or_404(queries.hours_of(row), pk=entry)
    found.placement = row
    initial = {name: getattr(found, name) for name in ("day", "hours", "what")}
    form = HoursForm(posted(request), initial=initial)
    if request.method == "POST" and form.is_valid():
        with refusals_shown(request, _("The hours are corrected and wait to be confirmed.")) as shown:
            actions.correct_hours(found, **form.cleaned_data, by=request.user)
        if not shown.refused:
            return redirect(row.get_absolute_url() + "#hours")
        form.add_error(None, shown.reason)
    return form_page(request, row, form, {
        "title": _("Correct the hours"), "note": pages.back_note(found), "submit": _("Save the hours"),
        "refused": rules.correct_hours(found, request.user),
    })  # fmt: skip


@require_http_methods(["GET", "POST"])
def evaluate(request: HttpRequest, pk: UUID, side: str) -> HttpResponse:
    """One side says how it went."""
    row, _permissions = placement_of(request, pk)
    told = side_of(side)
    held = queries.evaluations_of(row).filter(side=told).first()
    initial = {"grade": held.grade, "text": held.text} if held else {}
    form = EvaluationForm(posted(request), initial=initial)
    if request.method == "POST" and form.is_valid():
        with refusals_shown(request, _("Thank you: what you say stands on the page.")) as shown:
            actions.evaluate(row, told, **form.cleaned_data, by=request.user)
        if not shown.refused:
            return redirect(row)
        form.add_error(None, shown.reason)
    return form_page(request, row, form, {
        "title": _("How did it go?"), "submit": _("Save the evaluation"),
        "refused": rules.evaluate(row, told, request.user),
    })  # fmt: skip


@require_http_methods(["GET", "POST"])
def grant(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Award the grant to the initiative, for this student."""
    row, permissions = placement_of(request, pk)
    if "funding.read" not in permissions:
        raise Http404
    form = GrantForm(posted(request))
    if request.method == "POST" and form.is_valid():
        with refusals_shown(request, _("The grant is awarded: the initiative can claim it.")) as shown:
            actions.grant(row, document=form.cleaned_data["document"], by=request.user)
        if not shown.refused:
            return redirect(row)
        form.add_error(None, shown.reason)
    return form_page(request, row, form, {
        "title": _("Award the grant"), "note": pages.grant_note(row), "submit": _("Award the grant"),
        "refused": rules.grant(row, request.user),
    })  # fmt: skip
