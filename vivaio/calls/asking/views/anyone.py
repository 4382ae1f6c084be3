"""What anyone reads and asks; following a call."""

from uuid import UUID

from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from vivaio.calls import editions
from vivaio.calls import queries as calls
from vivaio.calls.asking import actions, queries, rules
from vivaio.calls.asking.forms import AskForm
from vivaio.calls.asking.passages import passages
from vivaio.calls.models import Call
from vivaio.kit.forms import posted
from vivaio.kit.keeping import kept
from vivaio.kit.refusals import refusals_shown

PER_PAGE = 20
LONGEST_SEARCH = 100


def call_of(request: HttpRequest, programme: str, slug: str) -> Call:
    """The call that the person may read, else 404."""
    row: Call = get_object_or_404(calls.visible_to(request.user), programme__slug=programme, slug=slug)
    request.frame_programme = row.programme  # type: ignore[attr-defined]
    return row


def address(call: Call, name: str) -> str:
    return reverse(f"calls:{name}", args=[call.programme.slug, call.slug])


@login_not_required
@require_safe
@kept(editions.OF_PROGRAMME)
def questions(request: HttpRequest, programme: str, slug: str) -> HttpResponse:
    """Every published question with its answer: searched, narrowed to a passage; one's own beside them."""
    call = call_of(request, programme, slug)
    typed = request.GET.get("q", "").replace("\0", "")[:LONGEST_SEARCH]
    known = dict(passages(call))
    passage = request.GET.get("passage", "")
    passage = passage if passage in known else ""
    rows = queries.searched(queries.published(call), typed, passage)
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    for row in page.object_list:
        row.about_words = known.get(row.about, "")
    context = {
        "call": call,
        "programme": call.programme,
        "page": page,
        "typed": typed,
        "passage": passage,
        "passages": known.items(),
        "why_shut": rules.taken(call),
        "own": queries.of_asker(call, request.user)[:30] if request.user.is_authenticated else [],
    }
    return render(request, "calls/asking/questions.html", context)


@require_http_methods(["GET", "POST"])
def ask(request: HttpRequest, programme: str, slug: str) -> HttpResponse:
    """Ask about the call, or about one of its passages."""
    call = call_of(request, programme, slug)
    form = AskForm(posted(request), call=call, passage=request.GET.get("passage", ""))
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        done = _("Your question is with those who run the call. A letter brings you the answer.")
        with refusals_shown(request, done) as shown:
            actions.ask(call, text=said["text"], passage=said["passage"], by=request.user)
        if not shown.refused:
            return redirect(address(call, "questions") + "#own")
    context = {
        "call": call,
        "form": form,
        "refused": rules.ask(call, request.user),
        "back": address(call, "questions"),
        "zone": call.time_zone,
    }
    return render(request, "calls/asking/ask.html", context)


@require_POST
def take_back(request: HttpRequest, programme: str, slug: str, pk: UUID) -> HttpResponse:
    """One's own question, taken back before it is answered."""
    call = call_of(request, programme, slug)
    row = get_object_or_404(queries.of_asker(call, request.user), pk=pk)
    with refusals_shown(request, _("The question is taken back.")):
        actions.take_back(row, by=request.user)
    return redirect(address(call, "questions") + "#own")


@require_http_methods(["GET", "POST"])
def follow(request: HttpRequest, programme: str, slug: str) -> HttpResponse:
    """Ask, then follow the call, or no longer."""
    call = call_of(request, programme, slug)
    follows = queries.follows(call, request.user)
    if request.method == "POST":
        done = _("You no longer follow this call.") if follows else _("You follow this call.")
        with refusals_shown(request, done):
            (actions.unfollow if follows else actions.follow)(call, by=request.user)
        return redirect(address(call, "call"))
    context = {
        "title": _("No longer follow this call?") if follows else _("Follow this call?"),
        "text": _("No more letters about its answers and changes.")
        if follows
        else _("A letter tells you when a question is answered or the call changes. Stop whenever you like."),
        "action": _("No longer follow it") if follows else _("Follow it"),
        "back_href": address(call, "call"),
        "trail": [(call.title_i18n, address(call, "call")), (_("Follow the call"), "")],
        "refused": None if follows else rules.follow(call),
    }
    return render(request, "kit/confirm.html", context)
