"""Asking the bank for competences, refining, opening, taking back."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.db import transaction

from vivaio.experts import letters_matching as letters
from vivaio.experts.actions import proposals
from vivaio.experts.models import ExpertRequest, RequestedCompetence
from vivaio.experts.queries import requests as queries
from vivaio.experts.rules import requests as rules
from vivaio.experts.rules.bank import still_there
from vivaio.experts.states import REQUEST_MOVES, REQUEST_UNFINISHED, RequestState
from vivaio.initiatives.models import Initiative
from vivaio.initiatives.queries import initiatives
from vivaio.journal import actions as journal
from vivaio.kit import clock
from vivaio.kit.rules import require
from vivaio.kit.states import move
from vivaio.people.models import Person

KEPT = ("title", "purpose", "hours", "language", "remote", "places")
# What an expert who has been asked is told of, when it changes.
TERMS = ("hours", "needed_by", "language", "remote")


@transaction.atomic
def ask(initiative: Initiative, *, values: Mapping[str, Any], send: bool, by: Person) -> ExpertRequest:
    """Write a request, as a draft or sent to the programme."""
    initiative = initiatives.locked(initiative.pk)
    require(rules.ask, initiative, by)
    require(rules.complete, values)
    request = ExpertRequest(initiative=initiative, asked_by=by)
    _write(request, values)
    journal.record("experts.request_written", request, by=by, programme=initiative.programme_id)
    return _sent(request, by) if send else request


@transaction.atomic
def edit(request: ExpertRequest, *, values: Mapping[str, Any], send: bool, by: Person) -> ExpertRequest:
    """The team changes its draft; who matches experts refines what was sent, and the team's words are kept."""
    request = queries.locked(request.pk)
    require(rules.edit, request, by)
    require(rules.complete, values)
    if request.state != RequestState.DRAFT:
        request.as_asked = request.as_asked or _as_written(request)
        request.refined_by = by
    before = [getattr(request, name) for name in TERMS]
    _write(request, values)
    journal.record("experts.request_refined", request, by=by, programme=request.programme_id)
    proposals.settle(request, by=by)
    if before != [getattr(request, name) for name in TERMS]:
        proposals.ask_anew(request)
    return _sent(request, by) if send and request.state == RequestState.DRAFT else request


@transaction.atomic
def send(request: ExpertRequest, *, by: Person) -> ExpertRequest:
    """The draft goes to the programme."""
    request = queries.locked(request.pk)
    require(rules.send, request, by)
    return _sent(request, by)


@transaction.atomic
def open_up(request: ExpertRequest, *, by: Person) -> ExpertRequest:
    """Open for matching."""
    request = queries.locked(request.pk)
    require(rules.open_up, request, by)
    move(request, RequestState.OPEN, REQUEST_MOVES)
    request.refined_by = by
    request.save()
    journal.record("experts.request_opened", request, by=by, programme=request.programme_id, fields=["state"])
    letters.request_opened.enqueue(request, cause=f"{clock.now():%Y%m%d%H%M%S}")
    return request


@transaction.atomic
def withdraw(request: ExpertRequest, *, by: Person) -> ExpertRequest:
    """The team thinks again."""
    request = queries.locked(request.pk)
    require(rules.withdraw, request, by)
    return _ended(request, RequestState.WITHDRAWN, "experts.request_withdrawn", by)


@transaction.atomic
def close(request: ExpertRequest, *, by: Person) -> ExpertRequest:
    """Nothing more is proposed for it."""
    request = queries.locked(request.pk)
    require(rules.close, request, by)
    return _ended(request, RequestState.CLOSED, "experts.request_closed", by)


@transaction.atomic
def remind(pk: UUID) -> None:
    """An open request is needed in a few days, or was needed before today: team and programme are told once of each."""
    request = queries.locked(pk)
    if request.state == RequestState.OPEN:
        late = request.needed_by < clock.today()
        letter = letters.day_past if late else letters.day_near
        letter.enqueue(request, cause=f"{request.needed_by:%Y-%m-%d}")


@transaction.atomic
def close_all_of(initiative: Initiative) -> None:
    """The initiative has closed: nothing more is asked, and nobody need answer; drafts are taken back."""
    for pk in list(queries.unfinished_of(initiative).values_list("pk", flat=True)):
        request = queries.locked(pk)
        if request.state == RequestState.DRAFT:
            _ended(request, RequestState.WITHDRAWN, "experts.request_withdrawn", None)
        elif request.state in REQUEST_UNFINISHED:
            _ended(request, RequestState.CLOSED, "experts.request_closed", None)


def _sent(request: ExpertRequest, by: Person) -> ExpertRequest:
    move(request, RequestState.ASKED, REQUEST_MOVES)
    request.asked_at, request.asked_by = clock.now(), by
    request.save()
    journal.record("experts.request_sent", request, by=by, programme=request.programme_id, fields=["state"])
    letters.request_sent.enqueue(request)
    return request


def _ended(request: ExpertRequest, to: RequestState, verb: str, by: Person | None) -> ExpertRequest:
    """What waits for an expert's answer is taken back with the request, and the expert told."""
    move(request, to, REQUEST_MOVES)
    request.save()
    proposals.take_back(request, by=by)
    journal.record(verb, request, by=by, programme=request.programme_id, fields=["state"])
    return request


def _as_written(request: ExpertRequest) -> dict[str, Any]:
    told = {name: getattr(request, name) for name in KEPT}
    told["needed_by"] = request.needed_by.isoformat()
    told["competences"] = [str(one) for one in request.competences.select_related("competence")]
    return told


def _write(request: ExpertRequest, values: Mapping[str, Any]) -> None:
    for name, value in values.items():
        if name != "competences":
            setattr(request, name, value)
    request.save()
    wanted = dict(values["competences"])
    require(still_there, wanted)
    request.competences.exclude(competence__in=wanted).delete()
    for competence, level in wanted.items():
        RequestedCompetence.objects.update_or_create(
            request=request, competence_id=competence, defaults={"level": level}
        )
