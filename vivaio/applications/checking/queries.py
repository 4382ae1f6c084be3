"""Reads of the checklist and its queue: what is to be checked, what waits for somebody else, what was sent back."""

from typing import Any
from uuid import UUID

from django.db.models import Case, Count, Exists, IntegerField, OuterRef, Q, QuerySet, Subquery, When, Window

from vivaio.applications.models import Application, Proposal
from vivaio.applications.states import DECIDED, ApplicationState, ProposalState
from vivaio.calls.models import Track
from vivaio.kit import clock
from vivaio.people.models import BoardMember, Membership, Person, Relation

TO_CHECK, TO_CONFIRM, PROPOSED, SENT_BACK = "check", "confirm", "proposed", "back"


def waiting(application: Application) -> Proposal | None:
    """The proposed decision that waits for somebody else; read from what was prefetched, where it was."""
    found = [one for one in application.proposals.all() if one.state == ProposalState.WAITING]
    return found[0] if found else None


def waits(application: Application) -> bool:
    """Whether a proposed decision waits; of many at once the database has said it (`standing`)."""
    said: bool | None = getattr(application, "proposed", None)
    return waiting(application) is not None if said is None else said


def last(application: Application) -> Proposal | None:
    """The proposal made last, whatever became of it."""
    return next(iter(application.proposals.all()), None)


def confirmed(application: Application) -> Proposal | None:
    """The proposal that the decision which stands rests on."""
    found = last(application)
    return found if found and found.state == ProposalState.CONFIRMED else None


def locked(pk: UUID | str) -> Proposal:
    """A proposal under its row lock. Lock its application first."""
    return (
        Proposal.objects.select_for_update(of=("self",))
        .select_related("proposed_by", "settled_by")
        .get(pk=pk)
    )


def for_staff(applications: QuerySet[Application]) -> QuerySet[Proposal]:
    """The proposals about these applications."""
    return Proposal.objects.filter(application__in=applications).select_related(
        "application__call__programme", "application__organisation", "application__person", "proposed_by"
    )


def standing(rows: QuerySet[Any], person: Person) -> QuerySet[Any]:
    """The applications, each with what its proposal waits for: `proposed`, `mine_to_confirm`, `sent_back`."""
    proposals = Proposal.objects.filter(application=OuterRef("pk"))
    wait = proposals.filter(state=ProposalState.WAITING)
    newest = proposals.order_by("-created_at").values("state")[:1]
    found: QuerySet[Any] = rows.annotate(
        proposed=Exists(wait),
        mine_to_confirm=Exists(wait.exclude(proposed_by=person)),
        last_proposal=Subquery(newest),
    )
    return found


def narrowed(rows: QuerySet[Any], queue: str) -> QuerySet[Any]:
    """Of rows with their `standing`, those of one queue."""
    if queue == TO_CONFIRM:
        return rows.filter(mine_to_confirm=True)
    if queue == PROPOSED:
        return rows.filter(proposed=True)
    rows = rows.filter(state=ApplicationState.SUBMITTED, proposed=False)
    return rows.filter(last_proposal=ProposalState.SENT_BACK) if queue == SENT_BACK else rows


def queue_of(application: Application) -> str:
    """The queue that one works through when one has this application open."""
    return TO_CONFIRM if waiting(application) else TO_CHECK


def following(rows: QuerySet[Any], queue: str, person: Person, number: int) -> tuple[UUID | None, int]:
    """The next application of a queue after a number, round to the first; and how many are left besides.

    Those of the person's own organisations are for others to decide.
    """
    own = Membership.objects.filter(person=person, ended_at=None).values("organisation_id")
    left = narrowed(standing(rows, person), queue).exclude(number=number)
    left = left.exclude(Q(person=person) | Q(organisation_id__in=own, organisation_id__isnull=False))
    later = Case(When(number__gt=number, then=0), default=1, output_field=IntegerField())
    counted = left.annotate(left=Window(Count("pk"))).order_by(later, "number")
    found = counted.values_list("pk", "left").first()
    return found or (None, 0)


def tie(person: Person, application: Application) -> Relation | None:
    """A tie of the person to the applicant that has not ended: to the organisation, or to its people."""
    today = clock.today(application.call.time_zone)
    lasting = Q(until=None) | Q(until__gte=today)
    theirs = {application.person_id, application.created_by_id, application.submitted_by_id} - {
        None,
        person.pk,
    }
    members = Membership.objects.filter(
        organisation=application.organisation_id, organisation__isnull=False, ended_at=None
    ).exclude(person=person)
    others = Q(other_person__in=theirs) | Q(other_person__in=members.values("person_id"))
    back = Q(person__in=theirs) | Q(person__in=members.values("person_id"))
    to_applicant = Q(person=person, organisation=application.organisation_id, organisation__isnull=False)
    return Relation.objects.filter(
        lasting, to_applicant | (Q(person=person) & others) | (Q(other_person=person) & back)
    ).first()


def tied_to(person: Person, day: Any) -> QuerySet[Application]:
    """The applications to whose applicant somebody has a tie on a day (a date, or an expression): their own, those of
    an organisation that they belong to or govern, and those of a relation that has not ended, as `tie` asks of one.
    """
    lasting = Q(until=None) | Q(until__gte=day)
    own = Relation.objects.filter(lasting, person=person)
    known = Person.objects.filter(
        Q(pk__in=own.filter(other_person__isnull=False).values("other_person"))
        | Q(pk__in=Relation.objects.filter(lasting, other_person=person).values("person"))
    ).values("pk")
    members = Membership.objects.filter(ended_at=None)
    return Application.objects.filter(
        Q(person=person)
        | Q(created_by=person)
        | Q(submitted_by=person)
        | Q(organisation__in=members.filter(person=person).values("organisation"))
        | Q(organisation__in=BoardMember.objects.filter(person=person).values("organisation"))
        | Q(organisation__in=own.filter(organisation__isnull=False).values("organisation"))
        | Q(person__in=known)
        | Q(created_by__in=known)
        | Q(submitted_by__in=known)
        | Q(organisation__in=members.filter(person__in=known).values("organisation"))
    )


def confirmed_in(track: Track) -> QuerySet[Proposal]:
    """The decisions of a track that two people took and that stand, by number."""
    later = Proposal.objects.filter(
        application=OuterRef("application"), created_at__gt=OuterRef("created_at")
    )
    return (
        Proposal.objects.filter(
            ~Exists(later),
            application__track=track,
            application__state__in=DECIDED,
            state=ProposalState.CONFIRMED,
        )
        .select_related("application__organisation", "application__person", "proposed_by", "settled_by")
        .order_by("application__number")
    )
