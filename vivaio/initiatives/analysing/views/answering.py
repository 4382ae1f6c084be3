"""Where a side answers: step by step, saved as one types, read again and handed in."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from vivaio.initiatives.analysing import actions, rules
from vivaio.initiatives.analysing.views.initiative import profile_of
from vivaio.initiatives.models import Profile
from vivaio.initiatives.opening import opened, page
from vivaio.initiatives.states import ProfileState, Side
from vivaio.kit.refusals import refusals_shown
from vivaio.kit.rules import Refused
from vivaio.questionnaires import queries as questionnaires
from vivaio.questionnaires.changes import Saved
from vivaio.questionnaires.engine.posted import Malformed


def taken(request: HttpRequest, pk: UUID, side: str) -> Profile:
    """A profile on whose side the person answers; else 404."""
    found = profile_of(request, pk)
    if side not in Side.values or rules.takes_side(found, side, request.user) is not None:
        raise Http404("This side is answered by others.")
    return found


def urls_of(found: Profile, side: str, step: int) -> questionnaires.Urls:
    """Where the form's pages lead."""
    own = [found.pk, side]
    return questionnaires.Urls(
        page=lambda number: reverse("initiatives:profile_step", args=[*own, number]),
        autosave=f"{reverse('initiatives:profile_save', args=own)}?step={step}",
        review=reverse("initiatives:profile_review", args=own),
    )


@require_POST
def begin(request: HttpRequest, pk: UUID, side: str) -> HttpResponse:
    """Open the answers of a side."""
    found = taken(request, pk, side)
    with refusals_shown(request) as shown:
        actions.start(found, side, by=request.user)
    if shown.refused:
        return redirect("initiatives:needs", found.initiative_id)
    return redirect("initiatives:profile_step", pk, side, 1)


@require_http_methods(["GET", "POST"])
def step(request: HttpRequest, pk: UUID, side: str, step: int) -> HttpResponse:
    """One step of the questionnaire; whoever comes when nothing can be answered reads instead."""
    found = taken(request, pk, side)
    answers = found.answers_of(side)
    if answers is None or rules.goes_on(found, side):
        return redirect("initiatives:profile_review", pk, side)
    if request.method == "GET":
        return drawn(request, found, side, step)
    posted = questionnaires.read_post(answers, step, request.POST, request.FILES)
    with refusals_shown(request) as shown:
        saved = actions.save_posted(found, side, posted, by=request.user)
    if shown.refused:
        return redirect("initiatives:profile_review", pk, side)
    setattr(found, f"{side}_answers", saved.response)
    if not saved.clean:
        return drawn(request, found, side, step, saved)
    return redirect(following(found, side, step, posted))


def following(found: Profile, side: str, step: int, posted: Any) -> str:
    """Where the button leads."""
    answers = found.answers_of(side)
    before, after = questionnaires.state_of(answers).neighbours(step) if answers else (None, None)
    if posted.wish == "leave":
        return found.get_absolute_url()
    urls = urls_of(found, side, step)
    if posted.wish == "next":
        return urls.page(after.number) if after else urls.review
    if posted.wish == "back" and before:
        return urls.page(before.number)
    return urls.page(step) + posted.fragment


def drawn(
    request: HttpRequest, found: Profile, side: str, step: int, saved: Saved | None = None
) -> HttpResponse:
    """The step as a page."""
    answers: Any = found.answers_of(side)
    form = questionnaires.frame(
        answers,
        step,
        urls_of(found, side, step),
        saved=saved,
        key=f"{answers.pk}:{request.user.pk}",
        review_title=_("Read again and hand in"),
    )
    if form is None:
        return redirect("initiatives:profile_step", found.pk, side, questionnaires.first_page(answers))
    row, reader = opened(request, found.initiative_id)
    zone = row.programme.time_zone
    context = {
        "profile": found,
        "drawn": form,
        "zone": zone,
        "saved_text": questionnaires.saved_text(answers, zone),
    }
    return page(request, "initiatives/analysing/step.html", row, reader, "needs", context)


@require_POST
def save(request: HttpRequest, pk: UUID, side: str) -> JsonResponse:
    """What autosave.js sends. A refusal keeps what was typed in the browser."""
    found = taken(request, pk, side)
    given = request.GET.get("step", "1")
    number = int(given) if given.isascii() and given.isdigit() and len(given) < 4 else 1
    before: Any = found.answers_of(side)
    try:
        changes = questionnaires.read_json(request.body)
        saved = actions.save(found, side, changes, by=request.user)
    except Malformed as wrong:
        return JsonResponse({"error": str(wrong)}, status=400)
    except Refused as refusal:
        return JsonResponse({"refused": str(refusal.reason)}, status=403)
    return JsonResponse(
        questionnaires.autosave_reply(before, saved, changes, number, urls_of(found, side, number))
    )


@require_safe
def review(request: HttpRequest, pk: UUID, side: str) -> HttpResponse:
    """The answers to be read: one's own side's always, the other's once both have handed in."""
    found = profile_of(request, pk)
    if side not in Side.values:
        raise Http404("There are two sides.")
    own = rules.takes_side(found, side, request.user) is None
    if not own and found.state == ProfileState.ANSWERING:
        raise Http404("The other side's answers are shown once both have handed in.")
    row, reader = opened(request, found.initiative_id)
    answers = found.answers_of(side)
    blocks = questionnaires.answer_blocks(answers.version, answers.answers) if answers else []
    number = questionnaires.first_page(answers) if answers else 1
    context = {
        "profile": found,
        "side": side,
        "side_name": Side(side).label,
        "own": own,
        "blocks": blocks,
        "ready": found.ready(side),
        **handing_in(found, side, number, own=own),
    }
    return page(request, "initiatives/analysing/review.html", row, reader, "needs", context)


def handing_in(found: Profile, side: str, number: int, *, own: bool) -> dict[str, Any]:
    """What is missing, and why the buttons cannot be pressed."""
    answers = found.answers_of(side)
    if not own or answers is None:
        return {"missing": [], "shut": rules.not_begun()}
    urls = urls_of(found, side, number)
    left = [] if found.ready(side) else questionnaires.state_of(answers).missing
    return {
        "missing": [(item.heading, f"{urls.page(item.page)}#{item.element}") for item in left],
        "shut": rules.goes_on(found, side),
        "first": urls.page(number),
    }


@require_POST
def hand_in(request: HttpRequest, pk: UUID, side: str) -> HttpResponse:
    """The side has answered."""
    found = taken(request, pk, side)
    with refusals_shown(
        request, _("Handed in. Once both sides have answered, you settle the profile together.")
    ):
        actions.hand_in(found, side, by=request.user)
    return redirect("initiatives:profile_review", pk, side)


@require_POST
def take_back(request: HttpRequest, pk: UUID, side: str) -> HttpResponse:
    """Think again."""
    found = taken(request, pk, side)
    with refusals_shown(request, _("The answers can be changed again. Do not forget to hand them in.")):
        actions.take_back(found, side, by=request.user)
    return redirect("initiatives:profile_review", pk, side)
