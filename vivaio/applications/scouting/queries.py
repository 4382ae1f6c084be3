"""Reads about the longlist: who may see it, where each organisation stands, what became of it."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import CharField, Count, DateTimeField, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Lower

from vivaio.applications.models import Application, Prospect, ProspectInvitation
from vivaio.applications.states import HANDED_IN, ApplicationState, ProspectState
from vivaio.calls.models import Call
from vivaio.calls.states import CallState
from vivaio.kit import clock, tokens
from vivaio.people.models import Organisation, Person
from vivaio.programmes.models import Programme
from vivaio.programmes.queries import holders, programmes_where


def programmes_of(person: Person) -> QuerySet[Programme]:
    """The programmes whose longlist the person may read."""
    return programmes_where(person, "scouting.read")


def visible_to(person: Person) -> QuerySet[Prospect]:
    """The lines of those longlists."""
    return Prospect.objects.filter(programme__in=programmes_of(person).values("pk")).select_related(
        "programme", "owner", "organisation", "added_by"
    )


def longlist(programme: Programme) -> QuerySet[Prospect]:
    """The programme's lines with the last invitation and the last application of each."""
    last = ProspectInvitation.objects.filter(prospect=OuterRef("pk")).order_by("-sent_at")
    applied = (
        Application.objects.filter(
            organisation=OuterRef("organisation"), call__programme=OuterRef("programme")
        )
        .exclude(state=ApplicationState.DRAFT)
        .order_by("-submitted_at")
    )
    return (
        Prospect.objects.filter(programme=programme)
        .select_related("programme", "owner", "organisation")
        .annotate(
            invited_at=Subquery(last.values("sent_at")[:1], output_field=DateTimeField()),
            opened_at=Subquery(last.values("opened_at")[:1], output_field=DateTimeField()),
            answered_at=Subquery(last.values("answered_at")[:1], output_field=DateTimeField()),
            became=Subquery(applied.values("state")[:1], output_field=CharField()),
        )
    )


@dataclass(frozen=True)
class Figures:
    """How many organisations came how far."""

    spotted: int
    invited: int
    opened: int
    answered: int
    applied: int


def figures(programme: Programme) -> Figures:
    """The longlist in figures, in two queries. Each counts organisations, not letters."""
    invitations = ProspectInvitation.objects.filter(prospect__programme=programme).aggregate(
        invited=Count("prospect", distinct=True),
        opened=Count("prospect", distinct=True, filter=Q(opened_at__isnull=False)),
        answered=Count("prospect", distinct=True, filter=Q(answered_at__isnull=False)),
    )
    lines = Prospect.objects.filter(programme=programme).aggregate(
        spotted=Count("pk", distinct=True),
        applied=Count(
            "pk",
            distinct=True,
            filter=Q(
                organisation__applications__call__programme=programme,
                organisation__applications__state__in=HANDED_IN,
            ),
        ),
    )
    return Figures(**invitations, **lines)


def locked(prospect_id: UUID) -> Prospect:
    """The line, its row locked until the transaction ends."""
    return Prospect.objects.select_for_update(of=("self",)).select_related("programme").get(pk=prospect_id)


def owners(programme: Programme) -> QuerySet[Person]:
    """Those who may look after a line."""
    return holders(programme.pk, "scouting.edit").order_by("sort_name", "email")


def names(programme: Programme) -> dict[str, UUID]:
    """The names on the longlist in lower case, so that none is written twice."""
    found = Prospect.objects.filter(programme=programme).annotate(lower=Lower("name"))
    return dict(found.values_list("lower", "pk"))


def inviting_calls(programme: Programme) -> QuerySet[Call]:
    """Calls to which one can be invited: published, and still to close."""
    return (
        Call.objects.filter(
            programme=programme, follows=None, state=CallState.PUBLISHED, closes_at__gt=clock.now()
        )
        .select_related("programme")
        .order_by("closes_at")
    )


def ready_for(programme: Programme, call: Call) -> QuerySet[Prospect]:
    """Organisations that a letter about the call can reach and has not reached yet."""
    asked = ProspectInvitation.objects.filter(call=call).values("prospect_id")
    return (
        Prospect.objects.filter(programme=programme, silent=False)
        .exclude(Q(email="") | Q(state=ProspectState.SET_ASIDE) | Q(pk__in=asked))
        .select_related("owner", "programme")
        .order_by("name")
    )


def invitations_of(prospect: Prospect) -> QuerySet[ProspectInvitation]:
    """What the organisation was sent, the newest first."""
    return prospect.invitations.select_related("call__programme", "invited_by", "answered_by")


def invited_with(token: str) -> ProspectInvitation | None:
    """The invitation that a letter's secret opens."""
    return (
        ProspectInvitation.objects.filter(token_digest=tokens.digest(token))
        .select_related("call__programme", "prospect__organisation", "invited_by")
        .first()
    )


def applications_of(prospect: Prospect) -> QuerySet[Application]:
    """What the organisation handed in or began in the programme."""
    if prospect.organisation_id is None:
        return Application.objects.none()
    return (
        Application.objects.filter(
            organisation=prospect.organisation_id, call__programme=prospect.programme_id
        )
        .select_related("call__programme", "track", "organisation", "person")
        .order_by("-created_at")
    )


def likely(prospect: Prospect) -> list[Organisation]:
    """Registered organisations that may be this one: same name or site, and active in the programme."""
    if prospect.organisation_id:
        return []
    same = Q(name__iexact=prospect.name)
    if prospect.website:
        same |= Q(website__iexact=prospect.website)
    active: Any = Application.objects.filter(call__programme=prospect.programme_id).values("organisation_id")
    return list(Organisation.objects.filter(same, pk__in=active)[:3])


def written_to(email: str) -> QuerySet[Prospect]:
    """Lines on which somebody with this address is the one to write to."""
    return Prospect.objects.filter(email__iexact=email).exclude(email="").select_related("programme")


def forgotten(programme: UUID | None, before: Any) -> QuerySet[Prospect]:
    """Lines that nobody was invited from since, nor put on the list since, and that led to no application."""
    later = ProspectInvitation.objects.filter(sent_at__gte=before).values("prospect_id")
    return Prospect.objects.filter(programme=programme, created_at__lt=before, organisation=None).exclude(
        pk__in=later
    )
