"""The outbox of a programme."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from vivaio.desk.bulk_acts import KEYS
from vivaio.desk.outbox import actions, queries, rules
from vivaio.desk.outbox.tables import TONES, HeldLetters, Letters
from vivaio.desk.outbox.tabs import tabs
from vivaio.kit import tables
from vivaio.kit.refusals import refusals_shown
from vivaio.mailroom.letters import category_of, title_of
from vivaio.mailroom.models import OutgoingLetter
from vivaio.mailroom.states import State
from vivaio.programmes.bulk import starting
from vivaio.programmes.models import Programme

# The letter's own page in the preview: its inline styles and nothing else; no script, no form, no other host.
LETTER_POLICY = "default-src 'none'; style-src 'unsafe-inline'; sandbox; frame-ancestors 'self'"


@require_http_methods(["GET", "HEAD", "POST"])
def outbox(request: HttpRequest, slug: str) -> HttpResponseBase:
    """The letters of a programme: what is held first, then all of them by state; what is done to many."""
    programme = _programme(request, slug)
    counts, state = queries.counts(programme), request.GET.get("state", "")
    rows = queries.letters(programme)
    if state in State.values:
        rows = rows.filter(state=state)
    table = Letters(rows.defer("text", "html", "secret"), request.GET, slug)
    refused = rules.handle(programme, request.user)
    starting.offer(table, programme, KEYS, refused)
    if request.method == "POST":
        return starting.start(request, table, programme)
    context = {
        "programme": programme,
        "batches": queries.held_batches([programme.pk]) if counts.get(State.HELD) else [],
        "tabs": tabs(counts, state, reverse("desk:outbox", args=[slug])),
        "refused": refused,
    }
    return tables.respond(request, table, "desk/outbox/outbox.html", context)


@require_safe
def held(request: HttpRequest, slug: str, batch: UUID) -> HttpResponseBase:
    """A batch of held letters: to whom, the first one to read, and the way out."""
    programme = _programme(request, slug)
    rows = queries.held_in(programme, batch)
    first = rows.first()
    if first is None:
        return redirect("desk:outbox", slug)
    table = HeldLetters(rows.defer("text", "html", "secret"), request.GET, slug)
    context = {
        "programme": programme,
        "trail": [*_trail(programme), (title_of(first.letter), None)],
        "batch": batch,
        "first": first,
        "title": title_of(first.letter),
        "count": rows.count(),
        "refused": rules.handle(programme, request.user),
    }
    return tables.respond(request, table, "desk/outbox/held.html", context)


@require_http_methods(["GET", "POST"])
def release(request: HttpRequest, slug: str, batch: UUID) -> HttpResponse:
    """Asks once, with the number in the button; then the letters leave."""
    programme = _programme(request, slug)
    back = reverse("desk:held", args=[slug, batch])
    if request.method == "POST":
        with refusals_shown(request, _("The letters are on their way.")) as shown:
            actions.release(programme, batch, count=_number(request.GET.get("count", "")), by=request.user)
        return redirect(back if shown.refused else reverse("desk:outbox", args=[slug]))
    count = queries.held_in(programme, batch).count()
    if not count:
        return redirect("desk:outbox", slug)
    if request.GET.get("count") != str(count):
        return redirect(f"{request.path}?count={count}")
    context = {
        "title": ngettext("Send %(n)s letter?", "Send %(n)s letters?", count) % {"n": count},
        "text": _("They leave at once, as you read them. A letter that has left cannot be called back."),
        "action": ngettext("Send %(n)s letter", "Send %(n)s letters", count) % {"n": count},
        "back_href": back,
        "trail": [*_trail(programme), (_("Release"), None)],
        "refused": rules.handle(programme, request.user),
    }
    return render(request, "kit/confirm.html", context)


@require_safe
def letter(request: HttpRequest, slug: str, pk: UUID) -> HttpResponse:
    """One letter as it was written, what became of it, and what can be done."""
    programme = _programme(request, slug)
    row = get_object_or_404(queries.letters(programme).select_related("digest"), pk=pk)
    context = {
        "programme": programme,
        "letter": row,
        "kind": title_of(row.letter),
        "category": category_of(row.letter),
        "tone": TONES[State((row.digest or row).state)],
        "trail": _letter_trail(programme, row),
        "can_cancel": row.state in (State.HELD, State.QUEUED, State.WAITING, State.FAILED),
        "refused": rules.handle(programme, request.user),
    }
    return render(request, "desk/outbox/letter.html", context)


@require_safe
@xframe_options_sameorigin
def letter_html(request: HttpRequest, slug: str, pk: UUID) -> HttpResponse:
    """The HTML of a letter by itself, for the frame of its page."""
    row = get_object_or_404(queries.letters(_programme(request, slug)), pk=pk)
    return HttpResponse(row.html_shown, headers={"Content-Security-Policy": LETTER_POLICY})


def _act(deed: Callable[..., Any], done: Any) -> Callable[..., HttpResponse]:
    """A view that carries out one act on one letter and shows the letter again."""

    @require_POST
    def view(request: HttpRequest, slug: str, pk: UUID) -> HttpResponse:
        programme = _programme(request, slug)
        row = get_object_or_404(queries.letters(programme), pk=pk)
        with refusals_shown(request, str(done())):
            deed(programme, row, by=request.user)
        return redirect("desk:letter", slug, pk)

    return view


release_one = _act(actions.release_one, lambda: _("The letter is on its way."))
retry = _act(actions.retry, lambda: _("The letter is on its way again."))
arrived = _act(actions.arrived, lambda: _("Noted: the letter arrived."))


@require_http_methods(["GET", "POST"])
def cancel(request: HttpRequest, slug: str, pk: UUID) -> HttpResponse:
    """Asks before a letter is called off for good."""
    asks = {
        "title": _("Never send this letter?"),
        "text": _("It stays in the outbox as cancelled. It cannot be taken up again."),
        "action": _("Cancel the letter"),
        "danger": True,
    }
    return _asked(request, slug, pk, actions.cancel, _("The letter will not be sent."), asks)


@require_http_methods(["GET", "POST"])
def not_arrived(request: HttpRequest, slug: str, pk: UUID) -> HttpResponse:
    """Asks before a letter that may have arrived is sent again."""
    asks = {
        "title": _("Send this letter again?"),
        "text": _("Do so only if the recipient, or the log of the mail server, says that it did not arrive."),
        "action": _("It did not arrive: send it again"),
    }
    return _asked(request, slug, pk, actions.not_arrived, _("The letter is on its way again."), asks)


def _asked(
    request: HttpRequest, slug: str, pk: UUID, deed: Callable[..., None], done: str, asks: dict[str, Any]
) -> HttpResponse:
    programme = _programme(request, slug)
    row = get_object_or_404(queries.letters(programme), pk=pk)
    if request.method == "POST":
        with refusals_shown(request, done):
            deed(programme, row, by=request.user)
        return redirect("desk:letter", slug, pk)
    back = reverse("desk:letter", args=[slug, pk])
    context = {
        "back_href": back,
        "trail": _letter_trail(programme, row),
        "refused": rules.handle(programme, request.user),
    }
    return render(request, "kit/confirm.html", asks | context)


def _programme(request: HttpRequest, slug: str) -> Programme:
    programme = get_object_or_404(queries.readable_by(request.user), slug=slug)
    request.frame_programme = programme  # type: ignore[attr-defined]
    return programme


def _trail(programme: Programme) -> list[tuple[str, str | None]]:
    return [(_("Letters"), reverse("desk:outbox", args=[programme.slug]))]


def _letter_trail(programme: Programme, row: OutgoingLetter) -> list[tuple[str, str | None]]:
    return [*_trail(programme), (row.subject, reverse("desk:letter", args=[programme.slug, row.pk]))]


def _number(text: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) < 9):
        raise Http404
    return int(text)
