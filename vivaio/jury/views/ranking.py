"""The ranking for the staff: computed, looked at, decided, adopted, published."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from vivaio.calls.models import Call
from vivaio.jury import granting
from vivaio.jury import ranking_pages as pages
from vivaio.jury.actions import places
from vivaio.jury.actions import ranking as actions
from vivaio.jury.forms.ranking import AdoptForm, DrawForm, OrderForm, OutcomeForm
from vivaio.jury.models import DecisionRecord
from vivaio.jury.queries import conflicts, tallies
from vivaio.jury.queries import ranking as queries
from vivaio.jury.ranking_rows import drawn
from vivaio.jury.ranking_tables import RankingLines, Severities
from vivaio.jury.rules import ranking as rules
from vivaio.jury.views.frame import address, may_read_scores, staff
from vivaio.kit import clock, tables
from vivaio.kit.forms import posted
from vivaio.kit.refusals import refusals_shown
from vivaio.programmes import queries as programmes


def call_of(request: HttpRequest, programme: str, call: str) -> Call:
    """The call whose scores the person may read, else 404; 403 in words to a juror, until scoring closes."""
    row: Call = queries.CALL_READ.one_or_404(person=request.user, programme=programme, slug=call)
    may_read_scores(row, request.user)
    request.frame_programme = row.programme  # type: ignore[attr-defined]
    return row


def page(call: Call, track: str = "") -> str:
    """The ranking's page, at a track."""
    return address(call, "ranking") + (f"?track={track}" if track else "")


@require_safe
def index(request: HttpRequest, programme: str, call: str) -> HttpResponse:
    """The ranking of each track, with what awaits decision."""
    row = call_of(request, programme, call)
    held = programmes.permissions_of(request.user, row.programme)
    request.frame_permissions = held  # type: ignore[attr-defined]  # the menu need not ask again
    told = pages.overview(row, request.GET.get("track", ""), request.user, held)
    if told.ranking is None:
        return render(request, "jury/ranking/none.html", staff(request, row, "ranking", told=told))
    table = RankingLines(queries.LINES.of(ranking=told.ranking), request.GET)
    if table.export:
        entries = queries.with_tie_in_words(queries.entries_of(told.ranking), row)
        table = RankingLines(entries, request.GET)
    table.keep, table.known = ("track",), told.lines
    context = staff(
        request, row, "ranking", told=told, table=table, rows=drawn(told, pages.lines(told, table))
    )
    return tables.respond(request, table, "jury/ranking/index.html", context)


@require_http_methods(["GET", "POST"])
def compute(request: HttpRequest, programme: str, call: str) -> HttpResponse:
    """Compute every track's ranking from the complete score sheets; ask first where people have decided."""
    row = call_of(request, programme, call)
    decided = queries.decided(row)
    if request.method == "GET" or (decided and request.POST.get("confirmed") != "yes"):
        return render(
            request, "kit/confirm.html", pages.computing_again(row, decided, request.user, page(row))
        )
    begun = clock.now()
    with refusals_shown(request, _("The ranking is computed.")):
        actions.compute(row, by=request.user)
        for sheet in conflicts.sheets_lost(begun, application__call=row):
            messages.warning(request, pages.left_out(sheet))
    return redirect(page(row))


@require_safe
def entry(request: HttpRequest, programme: str, call: str, pk: UUID) -> HttpResponse:
    """What a score is made of: every juror's sheet, the means, the tie rule."""
    row = call_of(request, programme, call)
    line = get_object_or_404(queries.lines_of(row), pk=pk)
    context = staff(request, row, "ranking", **pages.entry(line, request.user))
    return render(request, "jury/ranking/entry.html", context)


@require_safe
def severity(request: HttpRequest, programme: str, call: str, pk: UUID) -> HttpResponse:
    """How far from the panel each juror scores, for managers alone."""
    visible = queries.severity_visible_to(request.user)
    ranking = get_object_or_404(visible, call__programme__slug=programme, call__slug=call, pk=pk)
    may_read_scores(ranking.call, request.user)
    table = Severities(queries.severities_of(ranking), request.GET)
    context = staff(request, ranking.call, "ranking", **pages.severity(ranking), table=table)
    return tables.respond(request, table, "jury/ranking/severity.html", context)


@require_http_methods(["GET", "POST"])
def decide(request: HttpRequest, programme: str, call: str, pk: UUID) -> HttpResponse:
    """Depart from a proposed outcome, with a reason."""
    row = call_of(request, programme, call)
    line = get_object_or_404(queries.lines_of(row), pk=pk)
    initial = {"outcome": line.outcome, "reason": line.decision_reason}
    form = OutcomeForm(posted(request), initial=initial)
    if request.method == "POST" and form.is_valid():
        with refusals_shown(request, _("The outcome is decided.")) as shown:
            actions.decide(line, form.cleaned_data["outcome"], form.cleaned_data["reason"], by=request.user)
        if not shown.refused:
            return redirect(page(row, line.ranking.track.key))
    heading = _("Decide the outcome: %(application)s") % {"application": line.application}
    context = staff(request, row, "ranking", heading=heading, entry=line, form=form)
    return render(request, "jury/ranking/decide.html", context)


@require_http_methods(["GET", "POST"])
def order_tied(request: HttpRequest, programme: str, call: str, pk: UUID, position: int) -> HttpResponse:
    """Put a group of equals in order, with a reason."""
    row = call_of(request, programme, call)
    ranking = get_object_or_404(queries.rankings_of(row), pk=pk)
    entries = list(queries.entries_of(ranking).filter(position=position, tied=True))
    if not entries:
        return redirect(page(row, ranking.track.key))
    form = OrderForm(posted(request), entries=entries)
    if request.method == "POST" and form.is_valid():
        with refusals_shown(request, _("The order is decided.")) as shown:
            actions.order_tied(ranking, form.ordered, form.cleaned_data["reason"], by=request.user)
        if not shown.refused:
            return redirect(page(row, ranking.track.key))
    heading = _("Put equals in order: %(track)s") % {"track": ranking.track}
    context = {"heading": heading, "ranking": ranking, "entries": entries, "form": form}
    return render(request, "jury/ranking/order.html", staff(request, row, "ranking", **context))


@require_http_methods(["GET", "POST"])
def draw(request: HttpRequest, programme: str, call: str) -> HttpResponse:
    """The numbers of the draw: what the call laid down, the form, and the lots once they are drawn."""
    row = call_of(request, programme, call)
    told = pages.drawing(row, request.user)
    form = DrawForm(posted(request), initial={"seed": told["draw"].seed if told["draw"] else ""})
    if request.method == "POST" and form.is_valid():
        with refusals_shown(request, _("The lots are drawn, and the ranking is computed.")) as shown:
            actions.draw(row, form.cleaned_data["seed"], by=request.user)
        if not shown.refused:
            return redirect(address(row, "draw"))
    return render(request, "jury/ranking/draw.html", staff(request, row, "ranking", form=form, **told))


@require_http_methods(["GET", "POST"])
def adopt(request: HttpRequest, programme: str, call: str, pk: UUID) -> HttpResponse:
    """A person makes the verdict of a track theirs."""
    row = call_of(request, programme, call)
    ranking = get_object_or_404(queries.rankings_of(row), pk=pk)
    form = AdoptForm(posted(request))
    if request.method == "POST" and form.is_valid():
        with refusals_shown(request, _("The verdict is adopted.")) as shown:
            actions.adopt(ranking, by=request.user, note=form.cleaned_data["note"])
        if not shown.refused:
            return redirect(page(row, ranking.track.key))
    tally, held = tallies.of(ranking), programmes.permissions_of(request.user, row.programme)
    request.frame_permissions = held  # type: ignore[attr-defined]  # the menu need not ask again
    context = {
        "heading": _("Adopt the verdict: %(track)s") % {"track": ranking.track},
        "ranking": ranking,
        "form": form,
        "why_not": rules.adopt(ranking, request.user, at_a_glance=tally, held=held),
        "counts": pages.counts(ranking, tally),
        "warned": granting.warnings(ranking, request.user),
    }
    return render(request, "jury/ranking/adopt.html", staff(request, row, "ranking", **context))


@require_http_methods(["GET", "POST"])
def take_back(request: HttpRequest, programme: str, call: str, pk: UUID) -> HttpResponse:
    """Ask, then open an adopted verdict again: its minutes are thrown away."""
    row = call_of(request, programme, call)
    ranking = get_object_or_404(queries.rankings_of(row), pk=pk)
    if request.method == "GET":
        back = page(row, ranking.track.key)
        return render(request, "kit/confirm.html", pages.taking_back(ranking, request.user, back))
    with refusals_shown(request, _("The verdict is open again.")):
        actions.take_back(ranking, by=request.user)
    return redirect(page(row, ranking.track.key))


@require_http_methods(["GET", "POST"])
def publish(request: HttpRequest, programme: str, call: str) -> HttpResponse:
    """Ask once, then publish the rankings of all tracks."""
    row = call_of(request, programme, call)
    if request.method == "POST":
        with refusals_shown(
            request, _("The ranking is published. The letters wait to be read and released.")
        ):
            places.publish(row, by=request.user)
        return redirect(page(row))
    context = {"heading": _("Publish the ranking"), **pages.publication(row, request.user)}
    return render(request, "jury/ranking/publish.html", staff(request, row, "ranking", **context))


@require_safe
def minutes(request: HttpRequest, programme: str, call: str, pk: UUID) -> HttpResponse:
    """The minutes of a verdict, as they were drawn up when it was adopted."""
    row = call_of(request, programme, call)
    ranking = get_object_or_404(row.rankings.exclude(minutes=None), pk=pk)
    return attachment(bytes(ranking.minutes), f"verbale-{row.slug}-{ranking.track.key}.pdf")


@require_safe
def record(request: HttpRequest, programme: str, call: str) -> HttpResponse:
    """The decision record of a published ranking, in the bytes that were kept, whether it is public or not."""
    row = call_of(request, programme, call)
    kept = get_object_or_404(DecisionRecord, call=row)
    return attachment(bytes(kept.content), f"{row.slug}.json", "application/json")


def attachment(content: Any, name: str, content_type: str = "application/pdf") -> HttpResponse:
    """A file to take away."""
    response = HttpResponse(content, content_type=content_type)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
