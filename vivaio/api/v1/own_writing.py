"""Writing in one's own applications: the very actions of the pages, with their rules."""

from typing import Any

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_noop as _
from ninja import Path, Status

from vivaio.api import scopes
from vivaio.api.v1 import marks, reading
from vivaio.api.v1.door import PersonalToken, person_of
from vivaio.api.v1.naming import ById
from vivaio.api.v1.own import mine, router
from vivaio.api.v1.problems import Problem
from vivaio.api.v1.schemas_applications import (
    ApplicationWhole,
    ChangesIn,
    SavedOut,
    StartIn,
    SubmitIn,
)
from vivaio.applications import actions, queries
from vivaio.applications.models import Application
from vivaio.calls import queries as calls
from vivaio.calls.models import Track
from vivaio.people import queries as people
from vivaio.people.models import Organisation, Person
from vivaio.questionnaires.changes import Change

WRITES = PersonalToken(scopes.APPLICATIONS_WRITE)


def told(request: HttpRequest, response: HttpResponse, application: Application) -> Application:
    """The application as it stands now, with its mark."""
    person = person_of(request)
    found = queries.mine(person).get(pk=application.pk)
    marks.set_mark(response, reading.parts_of(found))
    return reading.application_whole(found, person)


def held(request: HttpRequest, at: ById, *, by_call: bool = False) -> Application:
    """One of one's own, locked and in the state that the caller has read; the call first where it is locked too."""
    found = mine(request, at)
    if "If-Match" in request.headers:
        if by_call:
            queries.locked_call(found.call_id)
        found = queries.locked(found.pk)
        marks.hold(request, reading.parts_of(found))
    return found


def organisation_of(person: Person, given: StartIn) -> Organisation | None:
    """For whom one applies."""
    if given.organisation is None:
        return None
    found = people.organisations_of(person).filter(pk=given.organisation).first()
    if found is None:
        raise unknown("organisation", _t("You do not belong to an organisation with this identifier."))
    return found


def unknown(field: str, words: str) -> Problem:
    """What a body names and is not there for this person."""
    return Problem("refused", words, errors=[{"pointer": f"/body/{field}", "detail": words}])


@router.post(
    "/applications",
    auth=WRITES,
    response={201: ApplicationWhole, 200: ApplicationWhole},
    summary=_("Begin an application; the draft that is there already is given back"),
)
@transaction.atomic
def start_application(request: HttpRequest, response: HttpResponse, given: StartIn) -> Any:
    person = person_of(request)
    track = Track.objects.filter(call__in=calls.visible_to(person).values("pk"), pk=given.track).first()
    if track is None:
        raise unknown("track", _t("There is no track with this identifier that you may see."))
    organisation = organisation_of(person, given)
    known = queries.draft_of(track, organisation, person)
    made = actions.start(track, by=person, organisation=organisation)
    response["Location"] = reading.here("read_application", made.pk)
    return Status(200 if known else 201, told(request, response, made))


@router.patch(
    "/applications/{id}/answers",
    auth=WRITES,
    response=SavedOut,
    summary=_("Write answers; what a colleague changed meanwhile is not overwritten"),
)
@transaction.atomic
def save_answers(request: HttpRequest, response: HttpResponse, at: Path[ById], given: ChangesIn) -> Any:
    found = held(request, at)
    changes = [Change(one.path, one.value, one.revision, one.op) for one in given.changes]
    saved = actions.save(found, changes, by=person_of(request))
    found = queries.mine(person_of(request)).get(pk=found.pk)
    marks.set_mark(response, reading.parts_of(found))
    return {
        "revisions": saved.revisions,
        "conflicts": saved.conflicts,
        "unknown": saved.refused,
        "missing": reading.missing(found),
    }


@router.post(
    "/applications/{id}/submit",
    auth=WRITES,
    response=ApplicationWhole,
    summary=_("Hand the application in: the receipt follows"),
)
@transaction.atomic
def submit_application(request: HttpRequest, response: HttpResponse, at: Path[ById], given: SubmitIn) -> Any:
    found = held(request, at, by_call=True)
    actions.submit(
        found,
        by=person_of(request),
        declared=given.declared,
        noticed=given.noticed,
        notice=given.notice,
        consents=[str(one) for one in given.consents],
    )
    return told(request, response, found)


@router.post(
    "/applications/{id}/withdraw",
    auth=WRITES,
    response=ApplicationWhole,
    summary=_("Withdraw the application"),
)
@transaction.atomic
def withdraw_application(request: HttpRequest, response: HttpResponse, at: Path[ById]) -> Any:
    found = actions.withdraw(held(request, at), by=person_of(request))
    return told(request, response, found)


@router.post(
    "/applications/{id}/reopen",
    auth=WRITES,
    response=ApplicationWhole,
    summary=_("Make the application a draft again, while the call is open"),
)
@transaction.atomic
def reopen_application(request: HttpRequest, response: HttpResponse, at: Path[ById]) -> Any:
    found = actions.reopen(held(request, at, by_call=True), by=person_of(request))
    return told(request, response, found)
