"""The public page of an initiative: the team's, the programme's answer, and what anyone reads."""

from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from vivaio.calls import editions
from vivaio.initiatives import sections
from vivaio.initiatives.actions import presenting as actions
from vivaio.initiatives.forms.constituting import ReasonForm
from vivaio.initiatives.forms.presenting import StoryForm
from vivaio.initiatives.models import Story
from vivaio.initiatives.models.presenting import WORDS
from vivaio.initiatives.opening import opened, page
from vivaio.initiatives.queries import presenting as queries
from vivaio.initiatives.readers import Reader
from vivaio.initiatives.rules import presenting as rules
from vivaio.initiatives.states import STORY_TONES, StoryState
from vivaio.kit import files
from vivaio.kit.frame import Card
from vivaio.kit.keeping import kept
from vivaio.kit.language_fields import language_name
from vivaio.kit.refusals import refusals_shown
from vivaio.kit.texts import text_in
from vivaio.programmes import queries as programmes

PER_PAGE = 12


@require_http_methods(["GET", "POST"])
def write(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The page as the team writes it, where it stands, and what can be done."""
    row, reader = opened(request, pk)
    story = queries.story_of(row)
    story.initiative = row
    form = StoryForm(request.POST or None, request.FILES or None, story, row.programme.languages or ["it"])
    if request.method == "POST" and form.is_valid():
        with refusals_shown(request, _("The page is saved.")) as shown:
            actions.write(row, **form.values, by=request.user)
        if not shown.refused:
            return redirect("initiatives:story_write", pk)
    open_form = form if reader.concerned and rules.write(story, request.user) is None else None
    context = {**standing(story, reader), "form": open_form, "reason_form": ReasonForm()}
    return page(request, "initiatives/presenting/write.html", row, reader, "story", context)


def standing(story: Story, reader: Reader) -> dict[str, Any]:
    """Where the page stands, and what this reader can do with it."""
    waits = story.state == StoryState.ASKED
    written = story.lead and story.text
    return {
        "story": story,
        "story_tone": STORY_TONES[story.state],
        "writes": reader.concerned,
        "waits": waits,
        "answers": waits and reader.follows,
        "askable": bool(written and story.state in (StoryState.WRITING, StoryState.SENT_BACK)),
        "enterprise_waits": story.enterprise != story.public_enterprise,
        "retitled": story.is_public and story.public_title != story.initiative.title,
        "versions": read_in(story),
    }


def read_in(story: Story) -> list[tuple[str, str, dict[str, str]]]:
    """The words as they stand in each language that has some: its code, its name, the words."""
    codes = story.initiative.programme.languages or ["it"]
    written = {code: {name: text_in(story, name, code) for name in WORDS} for code in codes}
    return [(code, language_name(code), words) for code, words in written.items() if any(words.values())]


@require_POST
def act(request: HttpRequest, pk: UUID, act: str) -> HttpResponse:
    """Ask for approval, take back, approve, send back, withdraw."""
    row, _reader = opened(request, pk)
    read = request.POST.get("revision", "")
    done: dict[str, Any] = {
        "ask": lambda: actions.ask(row, declared="declared" in request.POST, by=request.user),
        "take-back": lambda: actions.take_back(row, by=request.user),
        "approve": lambda: actions.approve(row, revision=read, by=request.user),
        "send-back": lambda: actions.send_back(
            row, revision=read, reason=request.POST.get("reason", ""), by=request.user
        ),
        "withdraw": lambda: actions.withdraw(row, by=request.user),
    }
    if act not in done:
        raise Http404
    with refusals_shown(request, _("Done: the page tells where it stands.")):
        done[act]()
    return redirect("initiatives:story_write", pk)


@login_not_required
@require_safe
@kept(editions.OF_PROGRAMME)
def stories(request: HttpRequest, programme: str) -> HttpResponse:
    """The programme's initiatives, told by their teams."""
    row = get_object_or_404(programmes.visible_to(request.user), slug=programme)
    request.frame_programme = row  # type: ignore[attr-defined]
    image = reverse("publishing:card", args=["programme", row.pk])
    request.frame_card = Card(_("Stories"), row.tagline_i18n, image)  # type: ignore[attr-defined]
    found = Paginator(queries.of_programme(row), PER_PAGE).get_page(request.GET.get("page"))
    cards = [(one, one.get_absolute_url(), one.public_version) for one in found]
    return render(
        request, "initiatives/presenting/stories.html", {"programme": row, "cards": cards, "page": found}
    )


@login_not_required
@require_safe
@kept(editions.OF_PROGRAMME)
def story(request: HttpRequest, programme: str, slug: str) -> HttpResponse:
    """What a team tells of its initiative."""
    rows = queries.shown_to(request.user).filter(initiative__programme__slug=programme)
    row = get_object_or_404(rows, initiative__slug=slug)
    initiative, told = row.initiative, row.public_version
    request.frame_programme = initiative.programme  # type: ignore[attr-defined]
    image = reverse("publishing:card", args=["story", row.pk])
    request.frame_card = Card(row.public_title, told.lead_i18n, image, "article")  # type: ignore[attr-defined]
    context = {
        "story": row,
        "told": told,
        "initiative": initiative,
        "programme": initiative.programme,
        "sections": sections.shown(initiative),
    }
    return render(request, "initiatives/presenting/story.html", context)


@login_not_required
@require_safe
def picture(request: HttpRequest, pk: UUID) -> HttpResponseBase:
    """The picture of a story: the one on line, or for the team the one that is being prepared."""
    prepared = (
        get_object_or_404(queries.prepared_for(request.user), pk=pk) if "prepared" in request.GET else None
    )
    row = prepared or get_object_or_404(queries.shown_to(request.user), pk=pk)
    told = prepared or row.public_version
    if not told.picture:
        raise Http404
    stored = sections.Picture(told.picture, f"{row.initiative.slug}.jpg")
    return files.serve(stored, inline=True)
