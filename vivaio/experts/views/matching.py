"""Matching all open requests; a proposal and its answer."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from vivaio.experts import matching_pages as pages
from vivaio.experts.actions import adjusting, lapsing
from vivaio.experts.actions import matching as actions
from vivaio.experts.forms.request import AnswerForm, ChosenForm, ProposingForm, RoundForm
from vivaio.experts.models.matching import ANSWER_DAYS
from vivaio.experts.queries import bank
from vivaio.experts.queries import matching as queries
from vivaio.experts.rules import matching as rules
from vivaio.experts.views.bank import staffed
from vivaio.kit.refusals import refusals_shown

# What is done to a proposal, with the days and the last day that come along.
ADJUST: dict[str, Any] = {
    "lock": lambda proposal, days, until, by: actions.set_lock(proposal, locked=True, by=by),
    "unlock": lambda proposal, days, until, by: actions.set_lock(proposal, locked=False, by=by),
    "bar": lambda proposal, days, until, by: actions.bar(proposal, by=by),
    "send": lambda proposal, days, until, by: actions.send(proposal, days=days, by=by),
    "time": lambda proposal, days, until, by: lapsing.give_time(proposal, until=until, by=by),
    "withdraw": lambda proposal, days, until, by: actions.withdraw(proposal, by=by),
}
READY_SHOWN = 50
ON_THE_REQUEST = ("send", "time", "withdraw")


@require_http_methods(["GET", "POST"])
def matching(request: HttpRequest, programme: str) -> HttpResponse:
    """Have a matching of every open request worked out, look at it."""
    row = staffed(request, programme, "experts.match")
    found = queries.preview_of(row)
    form = RoundForm(request.POST or None, initial={"seen": found.pk if found else ""})
    if request.method == "POST" and form.is_valid():
        with refusals_shown(request):
            actions.begin(row, by=request.user, **form.cleaned_data)
        return redirect("experts:matching", row.slug)
    context = pages.of_round(found, queries.newest_of(row)) | {"programme": row, "form": form}
    context["days"] = ANSWER_DAYS
    context["waiting"] = pages.told(queries.ready_alone(queries.of_programme(row))[:READY_SHOWN])
    context["trail"] = [(_("Requests"), reverse("experts:requests", args=[row.slug])), (_("Match all"), "")]
    return render(request, "experts/matching.html", context)


@require_POST
def send_round(request: HttpRequest, programme: str) -> HttpResponse:
    """Send what is proposed, once."""
    row = staffed(request, programme, "experts.match")
    found = queries.preview_of(row)
    seen = request.POST.get("seen", "")
    if found is None or str(found.pk) != seen:
        messages.error(request, rules.adjust(None, request.user))
        return redirect("experts:matching", row.slug)
    days, _until = ProposingForm(request.POST).given
    with refusals_shown(request):
        sent, left = actions.send_round(found, days=days, by=request.user)
        words = ngettext("%(n)d expert is asked.", "%(n)d experts are asked.", sent) % {"n": sent}
        messages.success(request, words)
        for one in left:
            messages.warning(request, one)
    return redirect("experts:matching", row.slug)


@require_POST
def adjust(request: HttpRequest, pk: UUID, act: str) -> HttpResponse:
    """Lock, unlock, bar a pair; send one proposal, give more time for its answer, take it back."""
    row = get_object_or_404(queries.visible_to(request.user), pk=pk)
    if act not in ADJUST:
        raise Http404
    with refusals_shown(request, _("Done.")):
        ADJUST[act](row, *ProposingForm(request.POST).given, request.user)
    if act in ON_THE_REQUEST:
        return redirect(row.request)
    return redirect("experts:matching", row.profile.programme.slug)


@require_http_methods(["GET", "POST"])
def instead(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Another expert for a place of the round that is looked at: the next best, or anybody by name."""
    row = get_object_or_404(queries.adjustable(request.user), pk=pk)
    programme = request.frame_programme = row.request.initiative.programme  # type: ignore[attr-defined]
    back = reverse("experts:matching", args=[programme.slug])
    if request.method == "POST":
        found = get_object_or_404(ChosenForm(request.POST).chosen(bank.visible_to(request.user)))
        with refusals_shown(request, _("Chosen and locked: the matching shows what it costs.")):
            adjusting.choose(row, found, by=request.user)
        return redirect(back)
    typed = request.GET.get("q", "").strip()[:100]
    trail = [(_("Match all"), back), (_("Another expert"), "")]
    context = pages.instead(row, typed) | {"programme": programme, "trail": trail, "typed": typed}
    return render(request, "experts/instead.html", context | {"back": back})


@require_safe
def proposal(request: HttpRequest, pk: UUID) -> HttpResponse:
    """What is proposed to an expert, why, and the answer."""
    row = get_object_or_404(queries.visible_to(request.user), pk=pk)
    request.frame_programme = row.profile.programme  # type: ignore[attr-defined]
    own = row.profile.person_id == request.user.pk
    back = reverse("experts:mine") if own else row.request.get_absolute_url()
    (line,) = pages.told([row])
    context = {
        "line": line,
        "row": row,
        "own": own,
        "refused": rules.in_time(row),
        "form": AnswerForm(),
        "trail": [(_("My help as an expert") if own else row.request.title, back), (row.request.title, "")],
    }
    return render(request, "experts/proposal.html", context)


@require_POST
def answer(request: HttpRequest, pk: UUID, answer: str) -> HttpResponse:
    """Accept or decline."""
    row = get_object_or_404(queries.for_expert(request.user), pk=pk)
    with refusals_shown(request, _("Thank you: the programme and the initiative know.")):
        if answer == "accept":
            actions.accept(row, revision=request.POST.get("revision", "")[:64], by=request.user)
        elif answer == "decline":
            actions.decline(row, words=request.POST.get("words", "")[:800], by=request.user)
        else:
            raise Http404
    return redirect(row)
