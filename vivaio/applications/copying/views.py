"""Choose an earlier application, see both side by side, tick, copy."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from vivaio.applications import answers, rules
from vivaio.applications import queries as applications
from vivaio.applications.copying import actions, queries
from vivaio.applications.models import Application
from vivaio.applications.views.applicant import at_home
from vivaio.kit.refusals import refusals_shown
from vivaio.questionnaires.copying import BY_WORDS, Copied, in_words, left_behind
from vivaio.questionnaires.queries import language_now

PER_PAGE = 20


@dataclass(frozen=True)
class Pair:
    """One answer on both sides, in words."""

    copied: Copied
    label: str
    was: str
    theirs: list[str]
    ours: list[str]


def draft_of(request: HttpRequest, pk: Any) -> Application:
    found = get_object_or_404(applications.mine(request.user), pk=pk)
    at_home(request, found.call)
    return found


def trail(draft: Application, *more: tuple[str, str]) -> list[tuple[str, str]]:
    return [
        (_("My applications"), reverse("applications:mine")),
        (str(draft), reverse("applications:step", args=[draft.pk, 1])),
        *more,
    ]


@require_safe
def choose(request: HttpRequest, pk: Any) -> HttpResponse:
    """From which application."""
    draft = draft_of(request, pk)
    page = Paginator(queries.sources(draft, request.user), PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "draft": draft,
        "page": page,
        "refused": rules.edit(draft, request.user),
        "trail": trail(draft, (_("Copy answers"), "")),
    }
    return render(request, "applications/copying/choose.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def copy_from(request: HttpRequest, pk: Any, source: Any) -> HttpResponse:
    """What can be copied, beside what is here."""
    draft = draft_of(request, pk)
    found = get_object_or_404(queries.sources(draft, request.user), pk=source)
    if request.method == "POST":
        wanted = None if request.POST.get("all") == "empty" else request.POST.getlist("copy")
        with refusals_shown(request) as shown:
            done = actions.copy(draft, found, wanted, by=request.user)
        if not shown.refused:
            words = ngettext("%(n)d answer was copied.", "%(n)d answers were copied.", len(done))
            messages.success(
                request, words % {"n": len(done)} + " " + _("Read it again: it is yours to change.")
            )
            return redirect("applications:step", draft.pk, 1)
    return render(request, "applications/copying/from.html", _sides(request, draft, found))


def _sides(request: HttpRequest, draft: Application, source: Application) -> dict[str, Any]:
    old, new, language = source.response.questionnaire, draft.response.questionnaire, language_now()
    offered = queries.offered(draft, source)
    count = answers.answers_that_count(source)
    here, there = draft.response.version, source.response.version
    behind = left_behind(old, count, offered)
    return {
        "draft": draft,
        "source": source,
        "pairs": [_pair(old, new, one, language) for one in offered if not one.same],
        "same": sum(one.same for one in offered),
        "behind": [old.words(one.label, language) or one.name for one in behind],
        "differs": "no" if here.pk == there.pk else "version" if here.form_id == there.form_id else "form",
        "refused": rules.edit(draft, request.user),
        "trail": trail(
            draft, (_("Copy answers"), reverse("applications:copy", args=[draft.pk])), (str(source), "")
        ),
    }


def _pair(old: Any, new: Any, one: Copied, language: str) -> Pair:
    label = new.words(one.question.label, language) or one.name
    was = old.words(one.was.label, language) or one.was.name
    return Pair(
        one,
        label,
        was if one.found == BY_WORDS or was != label else "",
        in_words(new, one.question, one.value, language),
        in_words(new, one.question, one.present, language),
    )
