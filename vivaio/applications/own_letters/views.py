"""Writing in own words to the teams of chosen applications."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from vivaio.applications import letter_fields
from vivaio.applications.models import Application, OwnLetter
from vivaio.applications.own_letters import actions, letters, queries, rules
from vivaio.applications.own_letters.forms import OwnLetterForm
from vivaio.applications.own_letters.tables import TONES, OwnLetters
from vivaio.applications.states import OwnLetterState
from vivaio.applications.views.applicant import framed
from vivaio.calls.models import Call
from vivaio.kit import tables
from vivaio.kit.forms import posted
from vivaio.kit.refusals import refusals_shown
from vivaio.kit.tables import bulk
from vivaio.mailroom.posting import batch_id
from vivaio.mailroom.states import State
from vivaio.programmes.bulk.starting import way_back

TELLING = ("state", "conditions", "queue")  # filters by how an application stands
MOST_NAMED = 20


def choose(request: HttpRequest, table: tables.Table, call: Call) -> HttpResponse:
    """From the list to a draft about the chosen applications."""
    with refusals_shown(request):
        narrowed = any(key in table.chosen for key in TELLING)
        rows = bulk.chosen(table, request.POST)
        return redirect(
            actions.choose(call, rows, narrowed=narrowed, back=way_back(request), by=request.user)
        )
    return redirect(request.get_full_path())


@require_safe
def own_letters(request: HttpRequest, programme: str, slug: str) -> HttpResponseBase:
    """The letters in own words of a call, one's own drafts among them."""
    calls = queries.calls_written_for(request.user)
    call = get_object_or_404(calls, programme__slug=programme, slug=slug)
    framed(request, call)
    table = OwnLetters(queries.visible_to(request.user).filter(call=call), request.GET)
    context = {"call": call, "trail": _trail(call)}
    return tables.respond(request, table, "applications/own_letters/index.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def own_letter(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The draft with its words, its readers and how it reads; once it is written, what became of it."""
    found = _one(request, pk)
    if found.state != OwnLetterState.DRAFT:
        return redirect(found) if request.method == "POST" else _result(request, found)
    form = OwnLetterForm(found, posted(request))
    if request.method == "POST":
        with refusals_shown(request) as shown:
            found = actions.keep(found, form.typed(), to_all=form.to_all, by=request.user)
        if "prepare" in request.POST and not shown.refused and form.is_valid():
            with refusals_shown(request, _("The letters are being written. Nothing has left yet.")):
                actions.prepare(found, aware="aware" in request.POST, by=request.user)
            return redirect(found)
        if "keep" in request.POST and not shown.refused:
            return redirect(found)
    return _draft(request, found, form)


def _draft(request: HttpRequest, found: OwnLetter, form: OwnLetterForm) -> HttpResponse:
    rows = list(queries.about(found))
    readers = queries.readers(rows, to_all=found.to_all)
    chosen = request.POST.get("about", "")
    about = next((row for row in rows if str(row.pk) == chosen), rows[0] if rows else None)
    context = {
        "letter": found,
        "form": form,
        "rows": [(row, letter_fields.label(row)) for row in rows],
        "about": about,
        "looked_at": _looked_at(found, about, readers) if "look" in request.POST and about else [],
        "readers": readers,
        "left": readers.left[:MOST_NAMED],
        "unverified": readers.unverified[:MOST_NAMED],
        "gone": len(found.rows) - len(rows),
        "fields": letters.FIELDS,
        "gives_away": rules.gives_away(found),
        "contact": found.call.programme.contact_email,
        "trail": _trail(found.call),
    }
    return render(request, "applications/own_letters/draft.html", context)


def _looked_at(found: OwnLetter, row: Application, readers: queries.Readers) -> list[tuple[Any, Any]]:
    """The letter as each of its readers would have it, where it can be written at all."""
    if rules.wrong(found.words, found.call):
        return []
    about = letters.About(found, row)
    people = [letters.recipient(found, one) for one in readers.of[row.pk]]
    return [(one, letters.own_letter.preview(about, recipient=one)) for one in people]


def _result(request: HttpRequest, found: OwnLetter) -> HttpResponse:
    standing = queries.standing(found)
    slug = found.call.programme.slug
    held = reverse("desk:held", args=[slug, batch_id(queries.LETTER, found.pk)])
    sent = reverse("desk:call_sent", args=[slug, found.call.slug]) + f"?letter={queries.LETTER}"
    context = {
        "letter": found,
        "words": [(code, said) for code, said in found.words.items() if said.get("body", "").strip()],
        "standing": [(State(state).label, count) for state, count in standing.items()],
        "held_href": held if standing.get(State.HELD) else "",
        "sent_href": sent,
        "tone": TONES[OwnLetterState(found.state)],
        "trail": _trail(found.call),
    }
    return render(request, "applications/own_letters/letter.html", context)


@require_POST
def discard(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Throw a draft away."""
    found = _one(request, pk)
    with refusals_shown(request, _("The draft is thrown away.")):
        actions.discard(found, by=request.user)
        return redirect("applications:own_letters", found.call.programme.slug, found.call.slug)
    return redirect(found)


def _one(request: HttpRequest, pk: UUID) -> OwnLetter:
    found = get_object_or_404(queries.visible_to(request.user), pk=pk)
    framed(request, found.call)
    return found


def _trail(call: Call) -> list[tuple[Any, str]]:
    here = [call.programme.slug, call.slug]
    return [
        (str(call), reverse("calls:call", args=here)),
        (_("Applications"), reverse("applications:received", args=here)),
        (_("Letters in own words"), ""),
    ]
