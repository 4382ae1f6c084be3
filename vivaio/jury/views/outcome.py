"""The outcome for the applicant, and the ranking for anyone."""

from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from vivaio.calls import editions
from vivaio.calls import queries as calls
from vivaio.calls.models import Call
from vivaio.jury import publication
from vivaio.jury.actions import places
from vivaio.jury.advancing import queries as advancing
from vivaio.jury.commenting import queries as commenting
from vivaio.jury.queries import ranking as queries
from vivaio.jury.ranking_tables import tone
from vivaio.jury.rules import ranking as rules
from vivaio.jury.views.ranking import attachment
from vivaio.kit.keeping import kept
from vivaio.kit.refusals import refusals_shown


def context_of(entry: Any, person: Any) -> dict[str, Any]:
    """The outcome and what can be done about it."""
    criteria = list(entry.ranking.call.criteria.all())
    comments = commenting.released(entry.application)
    return {
        "entry": entry,
        "call": entry.ranking.call,
        "programme": entry.ranking.call.programme,
        "tone": tone(entry),
        "note": queries.place_in_words(entry),
        **advancing.onward(entry),
        "comments": comments,
        "comments_due": not comments and commenting.due(entry),
        "means": queries.means_of(entry, criteria),
        "why_not_accept": rules.accept_place(entry, person),
        "why_not_decline": rules.decline_place(entry, person),
    }


@require_safe
def outcome(request: HttpRequest, application: UUID) -> HttpResponse:
    """Where the application ended, why, and whether to accept the place."""
    entry = get_object_or_404(queries.entry_visible_to(request.user), application_id=application)
    return render(request, "jury/outcome/outcome.html", context_of(entry, request.user))


@require_POST
def accept(request: HttpRequest, application: UUID) -> HttpResponse:
    """Take the place."""
    entry = get_object_or_404(queries.entry_visible_to(request.user), application_id=application)
    with refusals_shown(request, _("The place is yours.")):
        places.accept(entry, by=request.user)
    return redirect("jury:outcome", application)


@require_http_methods(["GET", "POST"])
def decline(request: HttpRequest, application: UUID) -> HttpResponse:
    """Ask, then give the place up: it passes on at once and cannot be had back."""
    entry = get_object_or_404(queries.entry_visible_to(request.user), application_id=application)
    if request.method == "POST":
        with refusals_shown(request, _("You have given the place up. It has passed to the reserve list.")):
            places.decline(entry, by=request.user)
        return redirect("jury:outcome", application)
    return render(request, "jury/outcome/decline.html", context_of(entry, request.user))


def published(request: HttpRequest, programme: str, call: str) -> tuple[Call, list[Any]]:
    """The call and its rankings on line today, else 404."""
    row = get_object_or_404(
        calls.visible_to(request.user).prefetch_related("tracks", "criteria"),
        programme__slug=programme,
        slug=call,
    )
    rankings = queries.public(row)
    if not rankings:
        raise Http404(_("This call has no ranking on line."))
    return row, rankings


@login_not_required
@require_safe
@kept(editions.OF_PROGRAMME)
def public_ranking(request: HttpRequest, programme: str, call: str) -> HttpResponse:
    """The published ranking: names only whom the call announced; search engines are asked to stay out."""
    row, rankings = published(request, programme, call)
    request.frame_programme = row.programme  # type: ignore[attr-defined]
    context = {
        "call": row,
        "programme": row.programme,
        "rankings": publication.told(rankings, row, request.GET),
        **publication.how_decided(row),
    }
    response = render(request, "jury/outcome/ranking.html", context)
    response["X-Robots-Tag"] = "noindex, noarchive"
    return response


@login_not_required
@require_safe
def public_file(request: HttpRequest, programme: str, call: str, kind: str) -> HttpResponseBase:
    """The published ranking as PDF/UA or CSV, as long as it is on line."""
    row, rankings = published(request, programme, call)
    response: HttpResponseBase
    if kind == "csv":
        response = publication.as_csv(rankings, row)
    else:
        response = attachment(publication.as_pdf(rankings, row, get_language() or "it"), f"{row.slug}.pdf")
    response["X-Robots-Tag"] = "noindex, noarchive"
    return response


@login_not_required
@require_safe
def public_record(request: HttpRequest, programme: str, call: str) -> HttpResponse:
    """The decision record, in the bytes that were kept, as long as the ranking is on line."""
    row, _rankings = published(request, programme, call)
    record = queries.record_on_line(row)
    if record is None:
        raise Http404(_("This ranking was published without a record."))
    response = attachment(bytes(record.content), f"{row.slug}.json", "application/json")
    response["X-Robots-Tag"] = "noindex, noarchive"
    return response
