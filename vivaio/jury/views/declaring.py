"""A juror's declaration: with whom they have a conflict of interest, or with nobody."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from vivaio.jury.actions import conflicts as actions
from vivaio.jury.blinding import queries as blinding
from vivaio.jury.models import Juror
from vivaio.jury.queries import declaring as queries
from vivaio.jury.rules import conflicts as rules
from vivaio.jury.states import ConflictSource
from vivaio.jury.tables import Applicants
from vivaio.jury.views.desk import frame
from vivaio.jury.views.frame import seat_of
from vivaio.kit.refusals import refusals_shown

NOTHING = UUID(int=0)  # what is no identifier becomes one that nothing has, and is refused in words


def conflicts(request: HttpRequest, panel: UUID) -> HttpResponse:
    """All applicants on one page, to tick; of more than fit there the juror names those they know."""
    juror = seat_of(request, panel)
    if request.method == "POST":
        with refusals_shown(request) as shown:
            messages.success(request, _act(juror, request.POST, request.user))
        if not shown.refused:
            return redirect(_onward(request, juror))
    context = {**frame(juror), "refused": rules.declare(juror, request.user)}
    if blinding.is_blind(juror.panel.call):
        return render(request, "jury/blinding/declaration.html", context)
    rows = queries.applicants(juror)
    total = rows.count()
    standing = queries.standing(juror)[: queries.MOST_AT_ONCE + 1]
    if total > queries.MOST_AT_ONCE:
        return render(request, "jury/naming.html", context | _named(request, juror, total, list(standing)))
    context |= {
        "applications": rows,
        "named": {one.application_id for one in standing if one.source == ConflictSource.DECLARED},
        "known": {one.application_id for one in standing if one.source != ConflictSource.DECLARED},
    }
    return render(request, "jury/declaration.html", context)


def _act(juror: Juror, sent: QueryDict, by: Any) -> str:
    """What the pressed button asks for; returns what is said when it is done."""
    if "name" in sent:
        conflict = actions.name(juror, _uuid(sent["name"]), by=by)
        words = _("You have named %(applicant)s: their application is not given to you.")
        return words % {"applicant": conflict.application.applicant_name}
    if "take_back" in sent:
        actions.take_back(juror, _uuid(sent["take_back"]), by=by)
        return _("Taken back: you no longer declare a conflict of interest there.")
    if "rest" in sent:
        actions.declare_the_rest(juror, by=by)
    else:
        actions.declare_all(juror, {_uuid(one) for one in sent.getlist("conflict")}, by=by)
    return _("Your declaration is saved.")


def _onward(request: HttpRequest, juror: Juror) -> str:
    """The same page of the list while the juror names; the desk once they have declared."""
    if "name" in request.POST or "take_back" in request.POST:
        return request.get_full_path()
    return reverse("jury:desk", args=[juror.panel_id])


def _named(request: HttpRequest, juror: Juror, total: int, standing: list[Any]) -> dict[str, Any]:
    refused = rules.name(juror, request.user)
    table = Applicants(queries.applicants_by_name(juror), request.GET, context={"refused": refused})
    table.known = total
    return {
        "table": table,
        "total": total,
        "standing": standing[: queries.MOST_AT_ONCE],
        "more": len(standing) > queries.MOST_AT_ONCE,
    }


def _uuid(value: str) -> UUID:
    try:
        return UUID(value)
    except ValueError:
        return NOTHING
