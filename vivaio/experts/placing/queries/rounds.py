"""Reads about rounds, invitations to them and the tutors of universities."""

from typing import Any
from uuid import UUID

from django.db.models import OuterRef, Q, QuerySet

from vivaio.experts.models import (
    Placement,
    PlacementInvitation,
    PlacementOffer,
    PlacementRound,
    PlacementStudent,
    UniversityTutor,
)
from vivaio.experts.placing.states import (
    AT_WORK,
    STANDING,
    OfferState,
    PlacementPart,
    PlacementRoundState,
    StudentState,
)
from vivaio.kit import clock, tokens
from vivaio.kit.counting import counted
from vivaio.people.models import Organisation, Person
from vivaio.people.states import InvitationState
from vivaio.programmes import queries as programmes
from vivaio.programmes.models import Programme


def rounds() -> QuerySet[PlacementRound]:
    """Rounds with their programme."""
    return PlacementRound.objects.select_related("programme")


def of_programme(programme: Programme) -> QuerySet[Any]:
    """A programme's rounds, with how many take part in each."""
    students = PlacementStudent.objects.filter(round=OuterRef("pk")).exclude(state=StudentState.WITHDRAWN)
    offers = PlacementOffer.objects.filter(round=OuterRef("pk"))
    return (
        rounds()
        .filter(programme=programme)
        .annotate(
            students_n=counted(students),
            offers_n=counted(offers.filter(state=OfferState.PUBLISHED)),
            placed_n=counted(Placement.objects.filter(round=OuterRef("pk"), state__in=STANDING)),
        )
    )


def staffed_by(person: Person, permission: str = "experts.read") -> QuerySet[Any]:
    """The rounds of the programmes where the person has this permission, counted as the round's page tells."""
    students = PlacementStudent.objects.filter(round=OuterRef("pk"))
    offers = PlacementOffer.objects.filter(round=OuterRef("pk"))
    published = offers.filter(state=OfferState.PUBLISHED)
    vouched = students.filter(state=StudentState.VOUCHED)
    return (
        rounds()
        .filter(programme__in=programmes.programmes_where(person, permission).values("pk"))
        .annotate(
            applied_n=counted(students.filter(state=StudentState.APPLIED)),
            vouched_n=counted(vouched),
            wished_n=counted(vouched.exclude(wishes_at=None)),
            asked_n=counted(offers.filter(state=OfferState.ASKED)),
            offers_n=counted(published),
            ranked_n=counted(published.exclude(ranked_at=None)),
        )
    )


def open_to(person: Person) -> QuerySet[PlacementRound]:
    """The rounds that anybody signed in may read and apply to."""
    seen = programmes.visible_to(person).order_by().values("pk")
    own = PlacementStudent.objects.filter(person=person).values("round")
    state = Q(state__in=AT_WORK)
    return rounds().filter(state & (Q(programme__in=seen) | Q(pk__in=own)))


def taking_offers(programme: Programme) -> QuerySet[PlacementRound]:
    """The rounds of the programme that still take offers."""
    rows = rounds().filter(programme=programme, state=PlacementRoundState.OPEN)
    return rows.filter(offers_until__gt=clock.now())


def locked(round_id: UUID) -> PlacementRound:
    """The round, its row locked until the transaction ends."""
    rows: Any = PlacementRound.objects.select_for_update(of=("self",)).select_related("programme")
    found: PlacementRound = rows.get(pk=round_id)
    return found


def universities(programme: Programme) -> QuerySet[Organisation]:
    """The universities that take part: those that have a tutor in the programme."""
    tutors = UniversityTutor.objects.filter(programme=programme)
    return Organisation.objects.filter(pk__in=tutors.values("university"))


def tutors(programme: Programme) -> QuerySet[UniversityTutor]:
    """Who follows students for their universities."""
    return UniversityTutor.objects.filter(programme=programme).select_related("person", "university")


def tutors_of(student: PlacementStudent) -> QuerySet[UniversityTutor]:
    """The tutors of the student's university."""
    return tutors(student.round.programme).filter(university=student.university_id)


def is_tutor_of(person: Person, student: PlacementStudent) -> bool:
    """Whether the person follows the students of that university in that programme."""
    return tutors_of(student).filter(person_id=person.pk).exists()


def tutored_by(person: Person) -> QuerySet[UniversityTutor]:
    """For which universities, in which programmes, the person is tutor."""
    return UniversityTutor.objects.filter(person=person).select_related("programme", "university")


def invitations(programme: Programme) -> QuerySet[PlacementInvitation]:
    """Invitations that wait for an answer."""
    rows = PlacementInvitation.objects.filter(programme=programme, state=InvitationState.SENT)
    return rows.select_related("university", "round", "programme")


def invitation_for(token: str) -> PlacementInvitation | None:
    """The invitation that this letter's link opens."""
    rows = PlacementInvitation.objects.select_related("programme", "round", "university", "invited_by")
    return rows.filter(token_digest=tokens.digest(token)).first()


def invitation_locked(invitation_id: UUID) -> PlacementInvitation:
    """The invitation, its row locked until the transaction ends."""
    rows: Any = PlacementInvitation.objects.select_for_update(of=("self",))
    found: PlacementInvitation = rows.select_related("programme", "round", "university", "invited_by").get(
        pk=invitation_id
    )
    return found


def invitations_to(email: str, part: PlacementPart) -> QuerySet[PlacementInvitation]:
    """What this address was invited to be and has not answered."""
    return PlacementInvitation.objects.filter(email__iexact=email, part=part, state=InvitationState.SENT)


def to_remind(soon: Any) -> QuerySet[PlacementRound]:
    """Rounds whose preferences end before that instant, and nobody was told."""
    rows = rounds().filter(state=PlacementRoundState.OPEN, reminded_at=None)
    return rows.filter(preferences_until__gt=clock.now(), preferences_until__lte=soon)
