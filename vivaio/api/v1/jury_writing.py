"""Writing in one's own score sheets."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_noop as _
from ninja import Path

from vivaio.api import scopes
from vivaio.api.v1 import marks, reading
from vivaio.api.v1.door import PersonalToken, person_of
from vivaio.api.v1.jury import mine, router
from vivaio.api.v1.naming import ById
from vivaio.api.v1.problems import Problem
from vivaio.api.v1.schemas_staff import ScoresIn, SheetOut
from vivaio.calls.models import Call
from vivaio.jury.actions import scoring as actions
from vivaio.jury.commenting.queries import OVERALL
from vivaio.jury.models import Assignment
from vivaio.jury.queries import scoring
from vivaio.jury.rules import scoring as rules
from vivaio.kit.rules import require


@router.patch(
    "/jury/assignments/{id}",
    auth=PersonalToken(scopes.JURY_WRITE),
    response=SheetOut,
    summary=_(
        "Write scores, comments and note; with the last of those that the call wants the sheet is done"
    ),
)
@transaction.atomic
def save_scores(request: HttpRequest, response: HttpResponse, at: Path[ById], given: ScoresIn) -> Any:
    found = mine(request, at)
    require(rules.score, found, person_of(request))
    if "If-Match" in request.headers:
        Assignment.objects.select_for_update().get(pk=found.pk)
        found = mine(request, at)
        marks.hold(request, reading.parts_of_sheet(found))
    said = {"note": given.note, "confidence": given.confidence, "comments": comments_of(found, given)}
    values = scores_of(found.juror.panel.call, given.scores)
    actions.save(found, values, by=person_of(request), **said)
    found = mine(request, at)
    marks.set_mark(response, reading.parts_of_sheet(found))
    return reading.sheet(found)


def scores_of(call: Call, given: Mapping[str, int | None]) -> dict[Any, int | None]:
    """The scores by criterion; all of them are as they must be, or nothing is written."""
    criteria = {one.key: one for one in scoring.criteria_of(call)}
    errors, values = [], {}
    for key, value in given.items():
        criterion = criteria.get(key)
        words = rules.value(criterion, value) if criterion and value is not None else None
        if criterion is None:
            words = _t("This call has no criterion with this key.")
        if words:
            errors.append({"pointer": f"/body/scores/{key}", "detail": words})
        elif criterion:
            values[criterion.pk] = value
    if errors:
        raise Problem("refused", errors[0]["detail"], errors=errors)
    return values


def comments_of(assignment: Assignment, given: ScoresIn) -> dict[Any, str]:
    """The comments by criterion; the one on the whole application has the key “overall”."""
    call = assignment.juror.panel.call
    keys: dict[str, Any] = {one.key: one.pk for one in scoring.criteria_of(call)}
    if given.comments and not call.gives_comments:
        raise Problem("refused", _t("The call says that applicants receive no comments."))
    if unknown := [key for key in given.comments if key not in keys | {OVERALL: None}]:
        words = _t("This call has no criterion with this key.")
        errors = [{"pointer": f"/body/comments/{key}", "detail": words} for key in unknown]
        raise Problem("refused", words, errors=errors)
    return {keys.get(key): text for key, text in given.comments.items()}
