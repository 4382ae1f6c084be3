"""Who sits on a jury, and who may look at it."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from uuid import UUID

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Subquery

from vivaio.applications.models import Application
from vivaio.applications.states import ApplicationState
from vivaio.calls.models import Call
from vivaio.journal import queries as journal
from vivaio.jury.models import AwardStep, Juror, Panel
from vivaio.jury.states import AssignmentState, JurorState
from vivaio.kit import clock, tokens
from vivaio.kit.statements import Statement
from vivaio.people import queries as people
from vivaio.people.models import Membership, Person
from vivaio.programmes.queries import READ_OF_PERSON, programmes_where

# Applications that are or may still come before a jury.
BEFORE_THE_JURY = (ApplicationState.SUBMITTED, ApplicationState.INTEGRATION, ApplicationState.ADMITTED)


def calls_for(person: Person, permission: str = "jury.read") -> QuerySet[Call]:
    """The calls whose jury `person` may see as staff (or more, with another permission)."""
    return Call.objects.filter(programme__in=programmes_where(person, permission)).select_related(
        "programme", "panel"
    )


def visible_to(person: Person, permission: str = "jury.read") -> QuerySet[Panel]:
    """The juries that `person` may see as staff."""
    return Panel.objects.filter(call__programme__in=programmes_where(person, permission)).select_related(
        "call__programme"
    )


PANEL_READ = Statement(
    lambda person, programme, call: (
        visible_to(person)
        .filter(call__programme__slug=programme, call__slug=call)
        .annotate(newest_record=Subquery(journal.newest_of(OuterRef("call__programme_id"))))
    ),
    reads={"person": READ_OF_PERSON},
)


def concerned(people: Sequence[UUID], organisation: UUID | None) -> QuerySet[Panel]:
    """The juries on which one of these people sits, or which judge them or an organisation of theirs, until the
    ranking is published or a winner revealed on stage.
    """
    houses = Q(organisation__in=Membership.objects.filter(person__in=people).values("organisation"))
    if organisation is not None:
        houses |= Q(organisation=organisation)
    themselves = Q(person__in=people) | Q(created_by__in=people) | Q(submitted_by__in=people)
    judged = Application.objects.filter(houses | themselves, call=OuterRef("call"), state__in=BEFORE_THE_JURY)
    seated = Juror.objects.filter(panel=OuterRef("pk"), person__in=people)
    shown = AwardStep.objects.filter(awarding__day__panel=OuterRef("pk"), revealed_at__isnull=False)
    return Panel.objects.filter(
        Exists(judged) | Exists(seated), ~Exists(shown), call__ranking_published_at=None
    ).select_related("call__programme")


def of(call: Call) -> Panel | None:
    """The jury of a call, if somebody has begun to form it."""
    panel: Panel | None = _OF.first(call=call)
    if panel is not None:
        panel.call = call
    return panel


_OF = Statement(lambda call: Panel.objects.filter(call=call))


def locked(panel_id: UUID) -> Panel:
    """The jury under its row lock: whoever changes seats, conflicts or assignments takes it first."""
    panel = Panel.objects.select_for_update(of=("self",)).get(pk=panel_id)
    panel.call = Call.objects.select_related("programme").get(pk=panel.call_id)
    return panel


def seats_of(person: Person) -> QuerySet[Juror]:
    """Where `person` sits as a juror, by seat and by role: losing either shuts the desk."""
    if not person.is_authenticated:
        return Juror.objects.none()
    return Juror.objects.filter(
        person=person,
        state=JurorState.ACCEPTED,
        panel__call__programme__in=programmes_where(person, "jury.score"),
    ).select_related("panel__call__programme", "person")


def invited_with(token: str) -> Juror | None:
    """The invitation that a letter's link belongs to, whatever has become of it."""
    return (
        Juror.objects.select_related("panel__call__programme", "person")
        .filter(token_digest=tokens.digest(token))
        .first()
    )


def invitations_of(person: Person) -> QuerySet[Juror]:
    """The invitations that wait for the answer of `person`: those sent to the address they sign in with.

    An address that nobody has confirmed could be anybody's: it opens nothing here, only the letter does.
    """
    if not person.is_authenticated:
        return Juror.objects.none()
    return Juror.objects.filter(
        Exists(people.proof_of(person)),
        email__iexact=person.email,
        state=JurorState.INVITED,
        expires_at__gt=clock.now(),
    ).select_related("panel__call__programme", "person")


def own_invitation(person: Person, identifier: str) -> Juror | None:
    """One of them by its identifier; what is no identifier finds nothing."""
    try:
        return invitations_of(person).filter(pk=UUID(identifier)).first()
    except ValueError:
        return None


def jurors_of(panel: Panel) -> QuerySet[Juror]:
    """Everybody ever invited, with `load` (applications to read, conflicts left out) and `scored`."""
    return with_loads(panel.jurors.all()).select_related(None).select_related("person")


def with_loads(jurors: QuerySet[Juror]) -> QuerySet[Juror]:
    """Jurors with `load` and `scored`, by name."""
    judged = Q(assignments__application__state=ApplicationState.ADMITTED)
    return (
        jurors.select_related("person", "panel__call__programme")
        .annotate(
            load=Count("assignments", filter=judged & ~Q(assignments__state=AssignmentState.RECUSED)),
            scored=Count("assignments", filter=judged & Q(assignments__state=AssignmentState.DONE)),
        )
        .order_by("family_name", "given_name", "email")
    )


def jurors_at_work(panel: Panel) -> QuerySet[Juror]:
    """Those who accepted, with `load`, `scored` and what is `left`."""
    jurors = with_loads(Juror.objects.filter(panel=panel, state=JurorState.ACCEPTED))
    jurors = jurors.select_related(None).select_related("person")
    return jurors.annotate(left=F("load") - F("scored"))


AT_WORK = Statement(jurors_at_work)


@dataclass(frozen=True)
class Summary:
    """A jury in figures: seats by state, places offered and asked for."""

    by_state: dict[str, int] = field(default_factory=dict)
    capacity: int = 0
    wanted: int = 0
    undeclared: int = 0

    @property
    def accepted(self) -> int:
        return self.by_state.get(JurorState.ACCEPTED, 0)

    @property
    def invited(self) -> int:
        return self.by_state.get(JurorState.INVITED, 0)

    @property
    def missing(self) -> int:
        """How many readings nobody has room for."""
        return max(self.wanted - self.capacity, 0)


def summary(panel: Panel) -> Summary:
    """The figures at the head of the jury's page, in two queries."""
    by_state: dict[str, int] = {}
    capacity = undeclared = 0
    for state, most, declared in panel.jurors.values_list("state", "capacity", "conflicts_declared_at"):
        by_state[state] = by_state.get(state, 0) + 1
        if state == JurorState.ACCEPTED:
            capacity += most
            undeclared += declared is None
    admitted = panel.call.applications.filter(state=ApplicationState.ADMITTED).count()
    return Summary(by_state, capacity, admitted * panel.call.reviews_each, undeclared)


def addresses(panel: Panel | None) -> list[str]:
    """Addresses that cannot be invited again: they sit on the jury or have not answered yet."""
    if panel is None:
        return []
    waiting = panel.jurors.filter(state__in=(JurorState.INVITED, JurorState.ACCEPTED))
    return list(waiting.values_list("email", flat=True))
