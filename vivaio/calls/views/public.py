"""What anyone may read of a call."""

from collections import Counter
from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from vivaio.calls import editions, events, full_text, queries
from vivaio.calls.asking import queries as asking
from vivaio.calls.asking import rules as asking_rules
from vivaio.calls.models import Call
from vivaio.calls.notices import changes
from vivaio.calls.notices import queries as notices
from vivaio.calls.staging import queries as staging
from vivaio.calls.states import Window
from vivaio.kit import files
from vivaio.kit.frame import Card
from vivaio.kit.keeping import kept
from vivaio.programmes import queries as programmes

NEWEST = 3


def readable(request: HttpRequest, programme: str, slug: str) -> Call:
    """The call that the person may read, with all that it tells, else 404."""
    rows = asking.with_questions(queries.readable(request.user))
    row = get_object_or_404(rows, programme__slug=programme, slug=slug)
    request.frame_programme = row.programme  # type: ignore[attr-defined]
    return row


@login_not_required
@require_safe
@kept(editions.OF_PROGRAMME)
def call_list(request: HttpRequest, programme: str) -> HttpResponse:
    """The programme's calls: open, about to open, closed."""
    row = get_object_or_404(programmes.visible_to(request.user), slug=programme)
    request.frame_programme = row  # type: ignore[attr-defined]
    calls = staging.with_stages(queries.public_of(row))
    order = (Window.OPEN, Window.AHEAD, Window.SHUT)
    groups = [(window, [call for call in calls if call.window == window]) for window in order]
    context = {"programme": row, "groups": [group for group in groups if group[1]]}
    return render(request, "calls/public/list.html", context)


@login_not_required
@require_safe
@kept(editions.OF_PROGRAMME)
def call(request: HttpRequest, programme: str, slug: str) -> HttpResponse:
    """A call: what it is for, who may apply, what it gives, by when, how it is decided."""
    row = readable(request, programme, slug)
    image = reverse("publishing:card", args=["call", row.pk])
    request.frame_card = Card(row.title_i18n, row.summary_i18n, image, "article")  # type: ignore[attr-defined]
    permissions = programmes.permissions_of(request.user, row.programme)
    request.frame_permissions = permissions  # type: ignore[attr-defined]  # the menu need not ask again
    answered = asking.briefs(row)
    asked = asked_about(row, answered)
    context = {
        "call": row,
        "told": queries.told(row, asked),
        "asked": asked,
        "notices": [(one, changes.told(one)) for one in notices.of_call(row)],
        "answered": answered,
        "newest": answered[:NEWEST],
        "why_not_ask": asking_rules.taken(row),
        "asks": bool(answered or row.questions_until),
        "follows": row.followed,
        "manages": "calls.read" in permissions,
        "beside": beside(row),
        **stages_of(row),
    }
    return render(request, "calls/public/call.html", context)


def asked_about(row: Call, answered: list[asking.Brief]) -> Counter[str]:
    """How many published questions each passage has; conditions and awards are told their own."""
    asked = asking.by_passage(answered)
    for part in (*row.conditions.all(), *row.awards.all()):
        part.asked = asked[part.passage]
    return asked


def beside(row: Call) -> list[tuple[Any, str]]:
    """What other rooms have on line about the call: words and address."""
    told = events.beside.send(Call, call=row)
    return [link for _receiver, answer in told for link in answer or ()]


def stages_of(row: Call) -> dict[str, Any]:
    """The stages of the call, which of them the page is about, and the size of the full text, which tells them too."""
    chain = staging.chain_of(row)
    told = {"full_text_size": len(full_text.pdf(row, chain=chain))}
    if len(chain) == 1:
        return told
    place = staging.position_in_words(row, chain)
    return {**told, "chain": chain, "stages": staging.told(chain, current=row), "place": place}


@login_not_required
@require_safe
def full_text_pdf(request: HttpRequest, programme: str, slug: str) -> HttpResponse:
    """The full call as PDF/UA, in the language of the address."""
    row = readable(request, programme, slug)
    response = HttpResponse(full_text.pdf(row), content_type="application/pdf")
    name = f"{row.programme.slug}-{row.slug}.pdf"
    response["Content-Disposition"] = f'inline; filename="{name}"'
    response["X-Content-Type-Options"] = "nosniff"
    return response


@login_not_required
@require_safe
def document(request: HttpRequest, pk: UUID) -> HttpResponseBase:
    """A document of a call that the person may read."""
    row = get_object_or_404(queries.documents_visible_to(request.user), pk=pk)
    return files.serve(row, inline=True)
