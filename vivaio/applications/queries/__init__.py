"""Reads of applications. What a person can reach is what `visible_to` returns."""

from collections.abc import Callable, Collection
from typing import Any
from uuid import UUID

from django.db.models import Count, Exists, F, OuterRef, Prefetch, Q, QuerySet

from vivaio.applications import answers
from vivaio.applications.checking import queries as checking
from vivaio.applications.models import (
    Application,
    Check,
    IntegrationFile,
    IntegrationRequest,
    Proposal,
    Receipt,
)
from vivaio.applications.queries.locking import (
    EVERYTHING_ABOUT,
    locked,
    locked_call,
    locked_request,
    locked_to_write,
    locked_under,
)
from vivaio.applications.queries.teams import (
    in_team,
    language_of,
    people_of,
    team_of,
    with_hours,
    writing_now,
)
from vivaio.applications.states import (
    HANDED_IN,
    ApplicationState,
    CheckOutcome,
    IntegrationState,
    ProposalState,
)
from vivaio.applications.timeline.own import with_own
from vivaio.calls.models import Call, Track
from vivaio.calls.states import CallState
from vivaio.kit import clock
from vivaio.kit.counting import counted
from vivaio.kit.statements import Statement
from vivaio.people.models import Membership, Organisation, Person
from vivaio.programmes.queries import READ_OF_PERSON, programmes_where

__all__ = [
    "in_team",
    "language_of",
    "locked",
    "locked_call",
    "locked_request",
    "locked_to_write",
    "locked_under",
    "people_of",
    "team_of",
    "with_hours",
    "writing_now",
]


def mine(person: Person) -> QuerySet[Application]:
    """Applications of the person, and of the organisations that they belong to today.

    Who leaves an organisation leaves its papers too, also those that they began for it.
    """
    return mine_alone(person).select_related(*EVERYTHING_ABOUT).order_by("-call__closes_at", "created_at")


def mine_alone(person: Person) -> QuerySet[Application]:
    """The rows of `mine` without what is around them, for whoever only writes: joins cost more than the writing."""
    held = Membership.objects.filter(person=person, ended_at=None)
    return Application.objects.filter(
        Q(organisation_id__in=held.values("organisation_id")) | Q(person=person)
    )


def for_staff(person: Person) -> QuerySet[Application]:
    """What was handed in (also if withdrawn later) in programmes where the person reads applications.

    Drafts are private to their team, reopened ones included.
    """
    programmes = programmes_where(person, "applications.read")
    return Application.objects.filter(
        Q(state__in=HANDED_IN) | Q(state=ApplicationState.WITHDRAWN, number__isnull=False),
        call__programme__in=programmes,
    ).select_related(*EVERYTHING_ABOUT)


def visible_to(person: Person) -> QuerySet[Application]:
    """Every application that the person may open, as applicant or as staff."""
    return Application.objects.filter(
        Q(pk__in=mine(person).order_by().values("pk")) | Q(pk__in=for_staff(person).values("pk"))
    ).select_related(*EVERYTHING_ABOUT)


def draft_of(track: Track, organisation: Organisation | None, person: Person) -> Application | None:
    """The draft of this applicant in this track, if there is one."""
    applicant = {"organisation": organisation} if organisation else {"person": person}
    return Application.objects.filter(track=track, state=ApplicationState.DRAFT, **applicant).first()


def other_draft(application: Application) -> bool:
    """Whether the applicant has another draft in the same track; each that goes on from a stage before may be one."""
    if application.continues_id:
        return False
    return (
        Application.objects.filter(
            track=application.track_id,
            state=ApplicationState.DRAFT,
            organisation=application.organisation_id,
            person=application.person_id,
        )
        .exclude(pk=application.pk)
        .exists()
    )


def next_number(call: Call) -> int:
    """The next number of the call; the caller holds the call's lock."""
    last = Application.objects.filter(call=call, number__isnull=False).order_by("-number").first()
    return (last.number or 0) + 1 if last else 1


def is_frozen(application: Application) -> bool:
    return application.frozen is not None


def handed_in(call: Call) -> QuerySet[Application]:
    """Applications of the call that stand handed in, by number."""
    return (
        Application.objects.filter(call=call, state__in=HANDED_IN)
        .select_related(*EVERYTHING_ABOUT)
        .order_by("number")
    )


def admitted(track: Track) -> QuerySet[Application]:
    """Applications of the track that were found eligible, by number."""
    return (
        Application.objects.filter(track=track, state=ApplicationState.ADMITTED)
        .select_related(*EVERYTHING_ABOUT)
        .order_by("number")
    )


def reading(
    application: Application, hidden: Collection[str] = (), file_url: Callable[[str], str] | None = None
) -> list[Any]:
    """The answers that count, as blocks for `questionnaires/answers.html`; names in `hidden` are left out."""
    return answers.reading(application, hidden, file_url)


def attachments_of(application: Application, hidden: Collection[str] = ()) -> list[Any]:
    """The files named in the answers that count, then those that came with answered integrations."""
    came = IntegrationFile.objects.filter(
        request__application=application, request__state=IntegrationState.ANSWERED
    )
    return [*answers.files(application, hidden), *came]


def of_call(call: Call, person: Person) -> QuerySet[Any]:
    """The staff's list: what was handed in, each with the counts of its points and what its proposal waits for.

    Rows come without their answers and the form, which are most of what a row weighs; nor is what all share read
    once more with each.
    """
    checks = Check.objects.filter(application=OuterRef("pk"))
    found: QuerySet[Any] = (
        checking.standing(for_staff(person).filter(call=call), person)
        .select_related(None)
        .select_related("track", "organisation", "person")
        .defer("frozen")
        .annotate(
            not_met=counted(checks.filter(outcome=CheckOutcome.NOT_MET)),
            unknown=counted(checks.filter(outcome=CheckOutcome.UNKNOWN)),
            to_integrate=counted(checks.filter(outcome=CheckOutcome.INTEGRATE)),
            checked=Exists(checks),
        )
        .order_by("number")
    )
    if call.two_persons:
        proposals = Prefetch("proposals", Proposal.objects.select_related("proposed_by"))
        found = found.select_related("decided_by").prefetch_related(proposals)
    return found


def for_deciding(person: Person) -> QuerySet[Application]:
    """What `for_staff` finds, each with its conditions and its proposals."""
    rows = for_staff(person).select_related("decided_by", *EVERYTHING_ABOUT)
    return rows.prefetch_related(_CHECKS, _PROPOSALS).order_by("number")


def for_deciding_many(person: Person) -> QuerySet[Any]:
    """What `for_staff` finds, each with its conditions and whether a proposal waits."""
    rows: QuerySet[Any] = checking.standing(for_staff(person), person)
    return rows.prefetch_related(_CHECKS).order_by("number")


_CHECKS = Prefetch("checks", Check.objects.select_related("condition", "decided_by"))
_PROPOSALS = Prefetch("proposals", Proposal.objects.select_related("proposed_by", "settled_by"))


def ready_to_confirm(call: Call, person: Person) -> QuerySet[Application]:
    """Handed in, not decided, every condition met."""
    return of_call(call, person).filter(
        state=ApplicationState.SUBMITTED, not_met=0, unknown=0, to_integrate=0, proposed=False
    )


def with_history(application: Application) -> Application:
    """The application with what its page tells."""
    return opened(histories(Application.objects.filter(pk=application.pk)).get())


def histories(
    applications: QuerySet[Application], *, receipts: bool = True, staff: bool = True
) -> QuerySet[Application]:
    """What their pages tell: checks, requests with their files, receipts; proposals are for the staff."""
    handed = Prefetch("receipts", Receipt.objects.select_related("by").defer("frozen"))
    found = applications.select_related(
        *EVERYTHING_ABOUT, "call__next_stage", "submitted_by", "decided_by", "created_by"
    )
    if not staff:
        found = found.annotate(aid_signed_at=F("aid_declaration__signed_at"))
    return found.prefetch_related(
        _CHECKS,
        *([_PROPOSALS] if staff else []),
        Prefetch(
            "integration_requests",
            IntegrationRequest.objects.select_related("requested_by", "answered_by").prefetch_related(
                "files"
            ),
        ),
        *([handed] if receipts else []),
    )


def opened(found: Application) -> Application:
    """The application, each of its requests with the questions that it opens, as they are called."""
    labels = dict(answers.openable(found.response.questionnaire))
    for request in found.integration_requests.all():
        request.opened = [labels[name] for name in request.questions if name in labels]
    return found


WAITING = (ApplicationState.SUBMITTED, ApplicationState.INTEGRATION)


def decided_in(call: Call) -> QuerySet[Application]:
    """The call's applications that were admitted, excluded or asked for more, or are proposed for it."""
    states = (ApplicationState.ADMITTED, ApplicationState.EXCLUDED, ApplicationState.INTEGRATION)
    proposed = Proposal.objects.filter(application=OuterRef("pk"), state=ProposalState.WAITING)
    return Application.objects.filter(Q(state__in=states) | Exists(proposed), call=call)


def concerned_by(call: Call) -> QuerySet[Application]:
    """Drafts and what was handed in: those whom a change of the call concerns."""
    return Application.objects.filter(call=call).exclude(state=ApplicationState.WITHDRAWN)


def undecided(call: Call) -> QuerySet[Application]:
    """Handed in, and nobody has decided on it yet."""
    return handed_in(call).filter(state__in=WAITING)


def own_undecided(person: Person) -> QuerySet[Application]:
    """What the person alone handed in, and nobody has decided on yet."""
    return Application.objects.filter(person=person.pk, state__in=WAITING)


def overdue_requests() -> list[UUID]:
    """Requests for integration that are open past their deadline."""
    late = IntegrationRequest.objects.filter(state=IntegrationState.OPEN, deadline__lte=clock.now())
    return list(late.values_list("pk", flat=True))


def mine_with_requests(person: Person) -> QuerySet[Application]:
    """One's own applications with their requests for integration."""
    return mine(person).prefetch_related("integration_requests")


def open_calls() -> QuerySet[Call]:
    """Calls in which one may begin right now, those that close first in front; later stages are entered otherwise."""
    now = clock.now()
    return (
        Call.objects.filter(state=CallState.PUBLISHED, follows=None, opens_at__lte=now, closes_at__gt=now)
        .select_related("programme")
        .order_by("closes_at")
    )


def calls_read_by(person: Person) -> QuerySet[Call]:
    """Calls whose applications the person may read."""
    programmes = programmes_where(person, "applications.read")
    return Call.objects.filter(programme__in=programmes).select_related("programme")


def _states(call: Call, person: Person) -> QuerySet[Any, Any]:
    ready = Count("pk", filter=Q(pk__in=ready_to_confirm(call, person).order_by().values("pk")))
    rows = Application.objects.filter(call=call).values_list("state").annotate(n=Count("pk"), ready=ready)
    return rows.order_by()


def counts(call: Call, person: Person) -> dict[str, int]:
    """How many stand where; drafts are counted, never shown."""
    found = _STATES.rows(call=call, person=person)
    states = {state: n for state, n, _ready in found}
    return {
        "drafts": states.get(ApplicationState.DRAFT, 0),
        "handed_in": sum(states.get(state, 0) for state in HANDED_IN),
        "waiting": states.get(ApplicationState.SUBMITTED, 0),
        "integration": states.get(ApplicationState.INTEGRATION, 0),
        "admitted": states.get(ApplicationState.ADMITTED, 0),
        "excluded": states.get(ApplicationState.EXCLUDED, 0),
        "to_check": states.get(ApplicationState.SUBMITTED, 0),
        "ready": sum(ready for _state, _n, ready in found),
    }


# Built once in a process: what each page asks for, and each submission.
MINE = Statement(lambda person, pk: mine(person).filter(pk=pk))
MINE_ALONE = Statement(lambda person, pk: mine_alone(person).filter(pk=pk))
MINE_WRITTEN = Statement(
    lambda person, pk: mine_alone(person).select_related("response__version__form").filter(pk=pk)
)
MINE_TOLD = Statement(
    lambda person, pk: with_own(histories(mine(person), staff=False), person.pk).filter(pk=pk)
)
OF_BOTH = {"call": ("two_persons",), "person": READ_OF_PERSON}
_STATES = Statement(_states, reads=OF_BOTH)
CALL_READ = Statement(
    lambda person, programme, slug: calls_read_by(person).filter(programme__slug=programme, slug=slug),
    reads=OF_BOTH,
)


def files_for(application: Application, person: Person) -> list[Any]:
    """The files that this person may open: the team all, the staff those that were handed in."""
    if mine(person).filter(pk=application.pk).exists():
        own = IntegrationFile.objects.filter(request__application=application)
        return [*application.response.attachments.all(), *own]
    return attachments_of(application)


def requests_to(person: Person) -> QuerySet[IntegrationRequest]:
    """Requests for integration of one's own applications."""
    return IntegrationRequest.objects.filter(application__in=mine(person).order_by()).select_related(
        *(f"application__{name}" for name in EVERYTHING_ABOUT)
    )
