"""Confirming one's scores and discussing, as the pages do: nothing is read before, nothing in a track of conflict."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext_noop as _
from ninja import Path

from vivaio.api import scopes
from vivaio.api.v1 import marks
from vivaio.api.v1.door import PersonalToken, person_of
from vivaio.api.v1.jury import mine
from vivaio.api.v1.jury_writing import router
from vivaio.api.v1.naming import ById
from vivaio.api.v1.schemas_discussing import DiscussionOut, MessageIn
from vivaio.api.v1.schemas_public import page
from vivaio.jury.discussing import actions, pages, queries
from vivaio.jury.models import Assignment, Discussion
from vivaio.jury.queries import scoring
from vivaio.people.models import Person

WRITES = PersonalToken(scopes.JURY_WRITE)


def discussion_of(assignment: Assignment) -> Discussion:
    """The discussion that the sheet's juror takes part in, else 404."""
    rows = queries.of_juror(assignment.juror)
    return get_object_or_404(rows, application=assignment.application_id)


def told(assignment: Assignment, discussion: Discussion, person: Person) -> dict[str, Any]:
    """A discussion, ready for `DiscussionOut`."""
    call = assignment.juror.panel.call
    voices = {one.pk: one for one in queries.voices(discussion)}
    names = {pk: pages.name_of(one, call) for pk, one in voices.items()}
    by_juror = {one.juror_id: pk for pk, one in voices.items() if one.juror_id}
    found = queries.compared(discussion, scoring.criteria_of(call))
    given = [
        {
            "who": names[by_juror[juror]] if juror in by_juror else "",
            "mine": juror == assignment.juror_id,
            "scores": {row.criterion.key: row.values[at] for row in found.rows if row.values[at] is not None},
        }
        for at, juror in enumerate(found.jurors)
    ]
    messages = [
        {
            "id": one.pk,
            "who": names[one.voice_id],
            "mine": voices[one.voice_id].person_id == person.pk,
            "sent_at": one.created_at,
            "changed": one.edited_at is not None,
            "taken_back": one.removed_at is not None,
            "text": one.text,
        }
        for one in queries.remarks(discussion)
    ]
    return {
        "state": discussion.state,
        "spread": float(found.spread),
        "given": sorted(given, key=lambda one: str(one["who"])),
        "messages": messages,
        "page": page("jury:discussion", assignment.juror.panel_id, discussion.pk),
    }


def answered(request: HttpRequest, response: HttpResponse, assignment: Assignment) -> dict[str, Any]:
    """The discussion as it stands, with its mark."""
    found = told(assignment, discussion_of(assignment), person_of(request))
    marks.set_mark(response, [assignment.pk, *found.values()])
    return found


@router.post(
    "/jury/assignments/{id}/confirm",
    auth=WRITES,
    response=DiscussionOut,
    summary=_("Confirm the scores of a complete sheet, and enter the discussion"),
)
def confirm_scores(request: HttpRequest, response: HttpResponse, at: Path[ById]) -> Any:
    found = mine(request, at)
    actions.confirm(found, by=person_of(request))
    return answered(request, response, mine(request, at))


@router.get(
    "/jury/assignments/{id}/discussion",
    response=DiscussionOut,
    summary=_("The discussion of an application whose scores you have confirmed"),
)
def read_discussion(request: HttpRequest, response: HttpResponse, at: Path[ById]) -> Any:
    return answered(request, response, mine(request, at))


@router.post(
    "/jury/assignments/{id}/discussion/messages",
    auth=WRITES,
    response=DiscussionOut,
    summary=_("Send a message to the discussion"),
)
def say_in_discussion(request: HttpRequest, response: HttpResponse, at: Path[ById], given: MessageIn) -> Any:
    found = mine(request, at)
    actions.say(discussion_of(found), given.text, by=person_of(request), juror=found.juror)
    return answered(request, response, found)
