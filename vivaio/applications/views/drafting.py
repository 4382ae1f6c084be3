"""Where the team writes: step by step, saved as one types, read again and handed in."""

import datetime as dt
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from vivaio.applications import actions, answers, eligibility, queries, rules
from vivaio.applications.copying import queries as copying
from vivaio.applications.deminimis import telling as deminimis
from vivaio.applications.forms import SubmitForm
from vivaio.applications.guarding import rules as guarding
from vivaio.applications.models import Application
from vivaio.applications.notice import notice_of
from vivaio.applications.signing import pages
from vivaio.applications.signing import queries as signing
from vivaio.applications.signing import rules as signatures
from vivaio.applications.states import ApplicationState
from vivaio.applications.views.applicant import at_home, trail
from vivaio.calls.states import Window
from vivaio.kit import clock
from vivaio.kit.forms import posted
from vivaio.kit.refusals import refusals_shown
from vivaio.kit.rules import Refused
from vivaio.programmes import queries as programmes
from vivaio.questionnaires import queries as questionnaires
from vivaio.questionnaires.changes import Posted, Saved
from vivaio.questionnaires.engine.posted import Malformed

WRITING = dt.timedelta(minutes=5)


def urls_of(application: Application, step: int) -> questionnaires.Urls:
    """Where the form's pages lead."""
    own = [application.pk]
    return questionnaires.Urls(
        page=lambda number: reverse("applications:step", args=[application.pk, number]),
        autosave=f"{reverse('applications:save', args=own)}?step={step}",
        review=reverse("applications:review", args=own),
        file=lambda file: reverse("applications:file", args=[application.pk, file]),
    )


def note_for(application: Application, person: Any) -> str:
    """What stands under the list of what is missing: the last minute counts, and who else is writing."""
    words = [_("You can hand in up to the last minute: our clock counts, and a receipt comes at once.")]
    for writer in queries.writing_now(application, person, clock.now() - WRITING):
        words.append(_("%(who)s is writing step %(step)s.") % {"who": writer.person, "step": writer.step})
    return " ".join(words)


@require_http_methods(["GET", "POST"])
def step(request: HttpRequest, pk: Any, step: int) -> HttpResponse:
    """One step of the questionnaire."""
    if request.method == "POST":
        return _posted(request, pk, step)
    found = queries.MINE.one_or_404(person=request.user, pk=pk)
    if found.state != ApplicationState.DRAFT:
        return redirect(found)
    return _page(request, found, step)


def _posted(request: HttpRequest, pk: Any, step: int) -> HttpResponse:
    """A page sent without script, or with a button: keep it, then go where the button says."""
    found = queries.MINE_WRITTEN.one_or_404(person=request.user, pk=pk)
    posted = questionnaires.read_post(found.response, step, request.POST, request.FILES)
    try:
        saved = actions.save_posted(found, posted, by=request.user, step=step)
    except Refused as refusal:
        return not_saved(request, found, posted, refusal)
    found.response = saved.response
    if not saved.clean:
        return _page(request, found, step, saved)
    return redirect(_next(found, step, posted))


def not_saved(request: HttpRequest, found: Application, posted: Posted, refusal: Refused) -> HttpResponse:
    """What was typed is shown, so that it can be copied: nothing is lost by a refusal."""
    at_home(request, found.call)
    definition = found.response.questionnaire
    language = questionnaires.language_now()
    typed = []
    for change in posted.changes:
        question = definition.by_name.get(change.path.rpartition("/")[2])
        words = change.value if isinstance(change.value, str) else ", ".join(map(str, change.value or []))
        typed.append((definition.words(question.label, language) if question else change.path, words))
    context = {"application": found, "reason": refusal.reason, "typed": typed, "trail": trail(found)}
    return render(request, "applications/not_saved.html", context, status=409)


def _next(found: Application, step: int, posted: Posted) -> str:
    own = reverse("applications:step", args=[found.pk, step])
    before, after = questionnaires.state_of(found.response).neighbours(step)
    if posted.wish == "leave":
        return reverse("applications:mine")
    if posted.wish == "next":
        return (
            reverse("applications:step", args=[found.pk, after.number])
            if after
            else reverse("applications:review", args=[found.pk])
        )
    if posted.wish == "back" and before:
        return reverse("applications:step", args=[found.pk, before.number])
    return f"{own}#box-{posted.anchor.replace('/', '-')}" if posted.anchor else own


def _page(request: HttpRequest, found: Application, step: int, saved: Saved | None = None) -> HttpResponse:
    at_home(request, found.call)
    drawn = questionnaires.frame(
        found.response,
        step,
        urls_of(found, step),
        saved=saved,
        note=note_for(found, request.user),
        key=f"{found.response_id}:{request.user.pk}",
    )
    if drawn is None:
        return redirect("applications:step", found.pk, questionnaires.first_page(found.response))
    context = {
        **_about(request, found),
        "drawn": drawn,
        "earlier": copying.any_source(found, request.user),
    }
    return render(request, "applications/step.html", context)


def _about(request: HttpRequest, found: Application) -> dict[str, Any]:
    return {
        "application": found,
        "call": found.call,
        "title": found.title or _("Your application"),
        "shut": rules.submit(found, request.user, in_team=True),  # `queries.mine` found it
        "early": found.call.window == Window.AHEAD,
        "waits": guarding.hand_in(found, request.user),  # type: ignore[arg-type]
        "de_minimis": deminimis.line(found),
        "signs": bool(signing.wants(found)),
        "too_young_or_old": eligibility.age_not_met(found),
        "saved_text": questionnaires.saved_text(found.response, found.call.time_zone),
        "trail": [
            (_("My applications"), reverse("applications:mine")),
            (found.title or _("Your application"), ""),
        ],
    }


@require_POST
def save(request: HttpRequest, pk: Any) -> JsonResponse:
    """What autosave.js sends. A refusal keeps what was typed in the browser."""
    found = queries.MINE_WRITTEN.one_or_404(person=request.user, pk=pk)
    step = request.GET.get("step", "1")
    number = int(step) if step.isascii() and step.isdigit() and len(step) < 4 else 1
    try:
        changes = questionnaires.read_json(request.body)
        saved = actions.save(found, changes, by=request.user, step=number)
    except Malformed as wrong:
        return JsonResponse({"error": str(wrong)}, status=400)
    except Refused as refusal:
        return JsonResponse({"refused": str(refusal.reason)}, status=403)
    note = note_for(found, request.user)
    reply = questionnaires.autosave_reply(
        found.response, saved, changes, number, urls_of(found, number), note=note
    )
    queries.with_hours(found, reply["conflicts"])
    return JsonResponse(reply)


@require_http_methods(["GET", "POST"])
def review(request: HttpRequest, pk: Any) -> HttpResponse:
    """Read everything again, see what is missing, declare, hand in."""
    form = SubmitForm(posted(request))
    if request.method == "POST" and form.is_valid():
        found = queries.MINE_ALONE.one_or_404(person=request.user, pk=pk)
        if found.state == ApplicationState.DRAFT and _handed_in(request, found, form.cleaned_data):
            return redirect(found)
    found = queries.MINE.one_or_404(person=request.user, pk=pk)
    if found.state != ApplicationState.DRAFT:
        return redirect(found)
    return render(request, "applications/review.html", _review(request, found, form))


def _handed_in(request: HttpRequest, found: Application, given: dict[str, Any]) -> bool:
    """Whether it was handed in; if not, the page says why."""
    with refusals_shown(request):
        actions.submit(
            found,
            by=request.user,
            notice=request.POST.get("notice", ""),
            consents=request.POST.getlist("consent"),
            **given,
        )
        messages.success(request, _("Handed in. The receipt is below, and on its way by e-mail."))
        return True
    return False


def _missing(drawn: Any, urls: questionnaires.Urls) -> list[tuple[str, str]]:
    """What is still to be answered, and where."""
    left = drawn.state.missing if drawn else ()
    return [(item.heading, f"{urls.page(item.page)}#{item.element}") for item in left]


def _review(request: HttpRequest, found: Application, form: SubmitForm) -> dict[str, Any]:
    at_home(request, found.call)
    number = questionnaires.first_page(found.response)
    urls = urls_of(found, number)
    drawn = questionnaires.frame(found.response, number, urls, strict=True)
    steps = [{**one, "current": one["href"] == urls.review} for one in drawn.steps] if drawn else []
    missing = _missing(drawn, urls)
    about = _about(request, found)
    missing += deminimis.missing(found, about["de_minimis"])
    needs = signing.needs(found)
    refused = about["shut"] or about["waits"] or rules.complete(len(missing))
    return {
        **about,
        "drawn": drawn,
        "steps": steps,
        "missing": missing,
        "blocks": answers.reading(found, file_url=urls.file),
        "form": form,
        "signatures": pages.cards(found, needs),
        "refused": refused or signatures.why_not(needs, found),
        "note": note_for(found, request.user),
        "notice": notice_of(found.call),
        "consents": programmes.asked_in_applications(found.call.programme_id, request.user),
        "ticked": request.POST.getlist("consent"),
    }
