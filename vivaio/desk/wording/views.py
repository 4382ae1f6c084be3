"""The letters of a call: the list, the page of one, and what was sent."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_http_methods, require_safe

from vivaio.calls.models import Call
from vivaio.desk.bulk_acts import KEYS
from vivaio.desk.outbox import rules as outbox
from vivaio.desk.outbox.views import LETTER_POLICY
from vivaio.desk.wording import actions, queries, rules
from vivaio.desk.wording.forms import WordsForm
from vivaio.desk.wording.page import Page
from vivaio.desk.wording.tables import CallLetters
from vivaio.kit import tables
from vivaio.kit.forms import posted
from vivaio.kit.refusals import refusals_shown
from vivaio.mailroom.letters import REGISTRY
from vivaio.programmes.bulk import starting


def call_of(request: HttpRequest, slug: str, call: str) -> Call:
    """The call whose letters the person may read, else 404."""
    found: Call = get_object_or_404(queries.calls(request.user), programme__slug=slug, slug=call)
    request.frame_programme = found.programme  # type: ignore[attr-defined]
    return found


def page_of(request: HttpRequest, slug: str, call: str, letter: str, language: str) -> Page:
    """The letter in one of the programme's languages, else 404."""
    row = call_of(request, slug, call)
    found = REGISTRY.get(letter)
    if found is None or found.wording is None or language not in queries.languages_of(row):
        raise Http404
    return Page(row, found, found.wording, language)


@require_safe
def letters(request: HttpRequest, slug: str, call: str) -> HttpResponse:
    """Every letter that the call sends: what makes it leave, to whom, in whose words, how many left or wait."""
    row = call_of(request, slug, call)
    context = {"lines": queries.lines(row), "refused": rules.word(row, request.user)}
    return render(request, "desk/wording/letters.html", framed(row, "texts", context))


@require_http_methods(["GET", "POST"])
def letter(request: HttpRequest, slug: str, call: str, letter: str, language: str) -> HttpResponse:
    """The text of one letter, looked at about anybody, then kept."""
    page = page_of(request, slug, call, letter, language)
    form = WordsForm(posted(request), wordable=page.wordable, language=language, words=page.words)
    given = request.POST if request.method == "POST" else request.GET
    key, typed = given.get("about", ""), None
    if request.method == "POST" and form.is_valid():
        typed = form.words
        if "keep" in request.POST:
            with refusals_shown(
                request, _("The letter is kept: from now on it is written like this.")
            ) as said:
                words = dict(zip(("subject", "body"), typed, strict=True))
                actions.word(page.call, letter, language, **words, by=request.user)
            if not said.refused:
                return redirect(f"{request.path}?about={key}" if key else request.path)
    context = letter_context(page, form, key, given.get("q", "").replace("\0", ""), typed)
    context |= {"refused": rules.word(page.call, request.user), "typed": typed}
    return render(request, "desk/wording/letter.html", framed(page.call, "texts", context, page.letter.title))


def letter_context(page: Page, form: WordsForm, key: str, words: str, typed: Any) -> dict[str, Any]:
    """What the page of a letter shows besides its frame."""
    shown, why_not = page.looked_at(key, typed)
    specimens = page.specimens(words, key)
    return {
        "page": page,
        "form": form,
        "shown": shown,
        "why_not": why_not,
        "about": key,
        "words": words,
        "specimens": specimens,
        "searchable": bool(words) or len(specimens) >= 50,
        "comparison": page.comparison(),
        "history": queries.history(page.call, page.letter.name, page.language),
        "held": queries.held_of(page.call, page.letter.name),
        "html_href": reverse("desk:call_letter_html", args=address_of(page)),
        "standard_href": reverse("desk:call_letter_standard", args=address_of(page)),
    }


def address_of(page: Page) -> list[str]:
    return [*queries.place(page.call), page.letter.name, page.language]


@require_safe
@xframe_options_sameorigin
def letter_html(request: HttpRequest, slug: str, call: str, letter: str, language: str) -> HttpResponse:
    """The letter by itself, as a mail program draws it, for the frame of its page."""
    page = page_of(request, slug, call, letter, language)
    shown, _why_not = page.looked_at(request.GET.get("about", ""))
    if shown is None:
        raise Http404
    return HttpResponse(shown.html, headers={"Content-Security-Policy": LETTER_POLICY})


@require_http_methods(["GET", "POST"])
def standard(request: HttpRequest, slug: str, call: str, letter: str, language: str) -> HttpResponse:
    """Asks, then goes back to the standard text."""
    page = page_of(request, slug, call, letter, language)
    back = queries.address(page.call, letter, language)
    if request.method == "POST":
        with refusals_shown(request, _("The letter has its standard text again.")):
            actions.unword(page.call, letter, language, by=request.user)
        return redirect(back)
    context = {
        "title": _("Go back to the standard text?"),
        "text": _(
            "The call’s own text of this letter goes. What is already written, held or sent stays as it is."
        ),
        "action": _("Use the standard text"),
        "danger": True,
        "back_href": back,
        "trail": trail(page.call, page.letter.title),
        "refused": rules.word(page.call, request.user),
    }
    return render(request, "kit/confirm.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def sent(request: HttpRequest, slug: str, call: str) -> HttpResponseBase:
    """What was written for the call, to whom, when, and what became of it; what is held is released here too."""
    row = call_of(request, slug, call)
    found = queries.letters(row)
    names = set(found.order_by().values_list("letter", flat=True).distinct())
    table = CallLetters(found.defer("text", "html", "secret"), request.GET, slug, names)
    refused = outbox.handle(row.programme, request.user)
    starting.offer(table, row.programme, KEYS, refused)
    if request.method == "POST":
        return starting.start(request, table, row.programme)
    context = framed(row, "sent", {"batches": queries.batches(row), "table": table})
    return tables.respond(request, table, "desk/wording/sent.html", context)


def framed(call: Call, tab: str, context: dict[str, Any], last: Any = "") -> dict[str, Any]:
    """What every page of the call's letters shows."""
    return {
        "call": call,
        "programme": call.programme,
        "tabs": queries.tabs(call, tab),
        "trail": trail(call, last),
        **context,
    }


def trail(call: Call, last: Any = "") -> list[tuple[Any, str]]:
    found = [
        (_("Calls"), reverse("calls:staff_list", args=[call.programme.slug])),
        (call, reverse("calls:manage", args=queries.place(call))),
        (_("Letters of the call"), reverse("desk:call_letters", args=queries.place(call)) if last else ""),
    ]
    return [*found, (last, "")] if last else found
