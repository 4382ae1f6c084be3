"""The preview of an act on many rows, its confirmation, what became of it, and the way back."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from django_htmx.http import HttpResponseClientRefresh

from vivaio.kit import tables
from vivaio.kit.refusals import refusals_shown
from vivaio.programmes.bulk import actions, queries, rules
from vivaio.programmes.bulk.acts import Act, Asked
from vivaio.programmes.bulk.tables import TONES, Runs
from vivaio.programmes.models import BulkLine, BulkRun
from vivaio.programmes.queries import programmes_where
from vivaio.programmes.states import BulkLineState, BulkRunState


@require_safe
def runs(request: HttpRequest, slug: str) -> HttpResponseBase:
    """What was done to many rows in the programme."""
    programme = get_object_or_404(programmes_where(request.user, "programme.read"), slug=slug)
    request.frame_programme = programme  # type: ignore[attr-defined]
    table = Runs(queries.listed(request.user).filter(programme=programme), request.GET)
    return tables.respond(request, table, "programmes/bulk/runs.html", {"programme": programme})


@require_http_methods(["GET", "HEAD", "POST"])
def run(request: HttpRequest, slug: str, pk: UUID) -> HttpResponse:
    """What the act needs to know, then what would change; once it is carried out, what became of it."""
    found = _run(request, slug, pk)
    act, asked = queries.act_of(found), Asked(found.programme, request.user)
    if found.state != BulkRunState.PREPARED:
        return _result(request, found, act, asked)
    form = act.form(asked, request.POST if request.method == "POST" else queries.typed(found))
    if form is not None and request.method == "POST" and form.is_valid():
        typed = {name: request.POST.getlist(name) for name in form.fields}
        with refusals_shown(request):
            actions.answer(found, typed, by=request.user)
        return redirect(found)
    if form is not None and ("change" in request.GET or not form.is_valid()):
        return _ask(request, found, act, form)
    asked.values = form.cleaned_data if form is not None else {}
    return _preview(request, found, act, asked)


@require_POST
def carry_out(request: HttpRequest, slug: str, pk: UUID) -> HttpResponse:
    """Do it, row by row."""
    found = _run(request, slug, pk)
    if found.state == BulkRunState.PREPARED and queries.asked(found) is None:
        return redirect(found)  # what it needs to know is asked (again)
    with refusals_shown(request):
        actions.carry_out(found, by=request.user)
    return redirect(found)


@require_http_methods(["GET", "HEAD", "POST"])
def take_back(request: HttpRequest, slug: str, pk: UUID) -> HttpResponse:
    """Asks, then takes back what can be taken back."""
    found = _run(request, slug, pk)
    act = queries.act_of(found)
    if request.method == "POST":
        with refusals_shown(request):
            actions.take_back(found, by=request.user)
        return redirect(found)
    text = _("Each row becomes again what it was. What somebody changed since stays as it is now.")
    context = {
        "title": _("Undo “%(what)s”?") % {"what": _heading(act, _count(found, BulkLineState.DONE))},
        "text": f"{text}\n\n{act.undo_note}" if act.undo_note else text,
        "action": pgettext("a change to many rows", "Undo"),
        "back_href": found.get_absolute_url(),
        "refused": rules.take_back(found, request.user),
    }
    return render(request, "kit/confirm.html", context)


def _run(request: HttpRequest, slug: str, pk: UUID) -> BulkRun:
    found = get_object_or_404(queries.visible_to(request.user), programme__slug=slug, pk=pk)
    request.frame_programme = found.programme  # type: ignore[attr-defined]
    request.frame_list = queries.act_of(found).list_key  # type: ignore[attr-defined]
    return found


def _heading(act: Act, count: int) -> str:
    return _("%(act)s: %(rows)s") % {"act": act.label, "rows": act.nouns % {"n": count}}


def _count(found: BulkRun, state: BulkLineState) -> int:
    return found.lines.filter(state=state).count()


def _frame(found: BulkRun, act: Act, **more: Any) -> dict[str, Any]:
    return {"run": found, "act": act, "programme": found.programme, **more}


def _ask(request: HttpRequest, found: BulkRun, act: Act, form: Any) -> HttpResponse:
    heading = _heading(act, found.lines.count())
    status = 422 if request.method == "POST" else 200
    return render(
        request, "programmes/bulk/ask.html", _frame(found, act, form=form, heading=heading), status=status
    )


def _preview(request: HttpRequest, found: BulkRun, act: Act, asked: Asked) -> HttpResponse:
    lines = list(found.lines.all())
    rows = queries.rows_of(act, asked, lines)
    changes, left = [], []
    for row in (rows[line.row] for line in lines if line.row in rows):
        reason = act.why_not(asked, row)
        if reason is None:
            changes.append((row, act.name(row), act.change(asked, row)))
        else:
            left.append((act.name(row), reason))
    context = _frame(
        found,
        act,
        heading=_heading(act, len(changes)),
        changes=[pair[1:] for pair in changes],
        left=left,
        gone=len(lines) - len(rows),
        rows_words=act.nouns % {"n": len(changes)},
        letter=act.specimen(asked, [row for row, *_more in changes]) if changes else None,
        asks=bool(found.given),
        refused=rules.carry_out(found, request.user),
        later=len(changes) > actions.AT_ONCE,
    )
    return render(request, "programmes/bulk/preview.html", context)


def _told(lines: list[BulkLine], names: dict[UUID, str]) -> dict[str, list[tuple[str, str]]]:
    """Each row's name and reason, by what became of it."""
    return {
        state.value: [
            (names.get(line.row) or actions.gone(), line.reason) for line in lines if line.state == state
        ]
        for state in BulkLineState
    }


def _standing(found: BulkRun, told: dict[str, list[tuple[str, str]]], total: int) -> dict[str, Any]:
    """How far it is: what is left of which rows, forwards or, once it is undone, backwards."""
    undone, unreached = found.state == BulkRunState.TAKEN_BACK, len(told[BulkLineState.WAITING])
    changed = total - unreached - len(told[BulkLineState.LEFT_OUT])
    left, total = (len(told[BulkLineState.DONE]), changed) if undone else (unreached, total)
    return {
        "left": left,
        "total": total,
        "settled": total - left,
        "unreached": unreached if undone else 0,
        "undone": undone,
        "rests": bool(left) and queries.rests(found),
        "tone": "maybe" if left else TONES[BulkRunState(found.state)],
        "heading": _heading(queries.act_of(found), total if left else changed),
    }


def _result(request: HttpRequest, found: BulkRun, act: Act, asked: Asked) -> HttpResponse:
    lines = list(found.lines.all())
    names = {pk: act.name(row) for pk, row in queries.rows_of(act, asked, lines).items()}
    told = _told(lines, names)
    standing = _standing(found, told, len(lines))
    if request.headers.get("HX-Request") and (standing["rests"] or not standing["left"]):
        return HttpResponseClientRefresh()
    context = _frame(
        found,
        act,
        **told,
        **standing,
        refused=rules.take_back(found, request.user),
        carry_refused=rules.carry_out(found, request.user),
    )
    return render(request, "programmes/bulk/result.html", context)
