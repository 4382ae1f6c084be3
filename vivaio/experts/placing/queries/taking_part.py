"""Reads about students, offers and the preferences of both."""

import datetime as dt
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet

from vivaio.experts.models import (
    AgreementSignature,
    OfferRank,
    Placement,
    PlacementMatching,
    PlacementOffer,
    PlacementRound,
    PlacementStudent,
    StudentWish,
    UniversityTutor,
)
from vivaio.experts.placing.queries import rounds
from vivaio.experts.placing.states import (
    STANDING,
    OfferState,
    PlacementMatchingState,
    PlacementRoundState,
    Side,
    StudentState,
)
from vivaio.experts.queries import matching
from vivaio.initiatives.models import Initiative, TeamMember
from vivaio.initiatives.states import InitiativeState, TeamPart
from vivaio.kit import clock
from vivaio.people.models import Person
from vivaio.programmes import queries as programmes
from vivaio.programmes.models import Programme


def students() -> QuerySet[Any]:
    """Students with what every page says of them."""
    return PlacementStudent.objects.select_related("round__programme", "person", "university", "vouched_by")


def of_round(row: PlacementRound) -> QuerySet[Any]:
    """The students of a round, and where they are placed, if they are."""
    standing = Placement.objects.filter(state__in=STANDING).select_related("offer__initiative")
    rows = students().filter(round=row)
    return rows.prefetch_related(Prefetch("placements", standing, to_attr="standing"))


def of_tutor(person: Person) -> QuerySet[Any]:
    """The students of the universities that the person is tutor of, in those programmes."""
    return students().filter(_tutored(person)).order_by("-round__created_at", "person__sort_name")


def _tutored(person: Person) -> Exists:
    return Exists(
        UniversityTutor.objects.filter(
            person_id=person.pk,
            university=OuterRef("university"),
            programme=OuterRef("round__programme"),
        )
    )


def visible_to(person: Person) -> QuerySet[Any]:
    """Oneself; who runs the placements; one's university's; for a team, its candidates, then its own.

    While preferences are open that is who was vouched for in the round; afterwards, who is placed with the team.
    """
    if not person.is_authenticated:
        return PlacementStudent.objects.none()
    staffed = programmes.programmes_where(person, "experts.read").values("pk")
    teams = TeamMember.objects.filter(person_id=person.pk, ended_at=None).values("initiative_id")
    offered = PlacementOffer.objects.filter(initiative__in=teams, state=OfferState.PUBLISHED)
    choosing = offered.filter(
        round__state=PlacementRoundState.OPEN, round__preferences_until__gt=clock.now()
    ).values("round")
    candidate = Q(round__in=choosing, state=StudentState.VOUCHED)
    with_team = Placement.objects.filter(
        student=OuterRef("pk"), offer__initiative__in=teams, state__in=STANDING
    )
    return students().filter(
        Q(person_id=person.pk)
        | Q(round__programme__in=staffed)
        | Q(_tutored(person))
        | candidate
        | Q(Exists(with_team))
    )


def own(person: Person) -> QuerySet[Any]:
    """Where the person takes part as a student."""
    return students().filter(person_id=person.pk).order_by("-created_at")


def own_in(person: Person, row: PlacementRound) -> PlacementStudent | None:
    """The person as a student of this round."""
    return own(person).filter(round=row).first()


def is_intern(student: PlacementStudent) -> bool:
    """Whether the person is an intern in that programme: vouched for, and placed, once somebody placed them."""
    rows = PlacementStudent.objects.filter(
        round__programme=student.round.programme_id, person=student.person_id, state=StudentState.VOUCHED
    )
    standing = Placement.objects.filter(student=OuterRef("pk"), state__in=STANDING)
    return rows.filter(Q(placements=None) | Q(Exists(standing))).exists()


def student_locked(student_id: UUID) -> PlacementStudent:
    """The student, the round's row and their own locked, in that order, until the transaction ends."""
    rounds.locked(PlacementStudent.objects.values_list("round_id", flat=True).get(pk=student_id))
    rows: Any = PlacementStudent.objects.select_for_update(of=("self",))
    found: PlacementStudent = rows.select_related("round__programme", "person", "university").get(
        pk=student_id
    )
    return found


def offers() -> QuerySet[Any]:
    """Offers with what every page says of them."""
    return PlacementOffer.objects.select_related(
        "round__programme", "initiative__programme", "initiative__organisation", "tutor"
    )


def offers_of_round(row: PlacementRound) -> QuerySet[Any]:
    """Every offer that the programme reads; drafts are the teams' own."""
    return offers().filter(round=row).exclude(state=OfferState.DRAFT)


def offers_of_programme(programme: Programme) -> QuerySet[Any]:
    """The same, of whichever round."""
    return offers().filter(round__programme=programme).exclude(state=OfferState.DRAFT)


def published(row: PlacementRound) -> QuerySet[Any]:
    """What students choose from."""
    rows = offers().filter(round=row, state=OfferState.PUBLISHED)
    return rows.exclude(initiative__state=InitiativeState.CLOSED)


def standing_of(initiative: Initiative) -> QuerySet[PlacementOffer]:
    """The initiative's offers that were not withdrawn."""
    return PlacementOffer.objects.filter(initiative=initiative).exclude(state=OfferState.WITHDRAWN)


def wishes_for(offer: PlacementOffer) -> QuerySet[StudentWish]:
    """The wishes for this offer of students who take part and are placed nowhere yet."""
    placed = Placement.objects.filter(student=OuterRef("student"), state__in=STANDING)
    rows = StudentWish.objects.filter(
        offer=offer, student__state__in=(StudentState.APPLIED, StudentState.VOUCHED)
    )
    return rows.exclude(Exists(placed)).select_related("student__person", "student__round__programme")


def of_initiative(initiative: Initiative, *, team: bool) -> QuerySet[Any]:
    """The initiative's offers; drafts are the team's own."""
    rows = offers().filter(initiative=initiative).order_by("-created_at")
    return rows if team else rows.exclude(state=OfferState.DRAFT)


def offers_visible_to(person: Person) -> QuerySet[Any]:
    """One's team's; all that were sent, for who runs placements; what students and tutors choose from."""
    if not person.is_authenticated:
        return PlacementOffer.objects.none()
    staffed = programmes.programmes_where(person, "experts.read").values("pk")
    mine = TeamMember.objects.filter(person_id=person.pk, ended_at=None)
    own_round = PlacementStudent.objects.filter(person_id=person.pk).exclude(state=StudentState.WITHDRAWN)
    tutored = UniversityTutor.objects.filter(person_id=person.pk).values("programme")
    seen = Q(round__in=own_round.values("round")) | Q(round__programme__in=tutored)
    rows = offers().annotate(
        of_team=Exists(mine.filter(initiative=OuterRef("initiative"))),
        leads=Exists(mine.filter(initiative=OuterRef("initiative"), part=TeamPart.LEADER)),
    )
    found: QuerySet[Any] = rows.filter(
        Q(of_team=True)
        | (Q(round__programme__in=staffed) & ~Q(state=OfferState.DRAFT))
        | (seen & Q(state=OfferState.PUBLISHED))
    )
    return found


def offer_locked(offer_id: UUID) -> PlacementOffer:
    """The offer, the round's row and its own locked, in that order, until the transaction ends."""
    rounds.locked(PlacementOffer.objects.values_list("round_id", flat=True).get(pk=offer_id))
    rows: Any = PlacementOffer.objects.select_for_update(of=("self",))
    found: PlacementOffer = rows.select_related(
        "round__programme", "initiative__programme", "initiative__organisation"
    ).get(pk=offer_id)
    return found


def related(rows: list[PlacementOffer]) -> dict[UUID, set[UUID]]:
    """For each offer, the people tied to its initiative: the rule by which experts are matched."""
    found: dict[UUID, set[UUID]] = matching.related(rows)
    return found


def candidates(offer: PlacementOffer) -> list[Any]:
    """The students whom the initiative may rank: vouched for, not tied to it, not placed elsewhere."""
    tied = related([offer])[offer.pk]
    placed = Placement.objects.filter(round=offer.round_id, state__in=STANDING).values("student")
    rows = students().filter(round=offer.round_id, state=StudentState.VOUCHED).exclude(pk__in=placed)
    return [one for one in rows.order_by("person__sort_name") if one.person_id not in tied]


def choices(student: PlacementStudent) -> list[Any]:
    """The offers that the student may wish: those published, of initiatives they are not tied to."""
    rows = list(published(student.round))
    tied = related(rows)
    return [one for one in rows if student.person_id not in tied[one.pk]]


def wishes_of(student: PlacementStudent) -> QuerySet[StudentWish]:
    """What the student wishes, the dearest first."""
    rows = StudentWish.objects.filter(student=student).select_related("offer__initiative")
    return rows.order_by("position")


def ranks_of(offer: PlacementOffer) -> QuerySet[OfferRank]:
    """Whom the initiative would have, in its order, and whom it would not."""
    return OfferRank.objects.filter(offer=offer).select_related("student__person").order_by("position")


def preview_of(row: PlacementRound) -> PlacementMatching | None:
    """The matching that is being looked at."""
    rows = PlacementMatching.objects.filter(round=row, state=PlacementMatchingState.PREVIEW)
    return rows.select_related("round__programme", "made_by").first()


def sent_of(row: PlacementRound) -> QuerySet[PlacementMatching]:
    """The matchings that were sent, the newest first."""
    rows = PlacementMatching.objects.filter(round=row, state=PlacementMatchingState.SENT)
    return rows.select_related("sent_by").order_by("-sent_at")


def left_behind(programme: UUID | None, before: dt.datetime) -> QuerySet[PlacementStudent]:
    """Students of rounds that closed before that instant of whom nothing is kept, or whose words or curriculum are
    still here."""
    rows = PlacementStudent.objects.filter(
        round__programme=programme, round__state=PlacementRoundState.CLOSED, round__updated_at__lt=before
    )
    kept = Exists(_kept().filter(student=OuterRef("pk")))
    return rows.filter(~Q(kept) | ~Q(file="", presentation="", words=""))


def _kept() -> QuerySet[Placement]:
    """Placements that began, and those whose agreement somebody besides the student has signed."""
    others = AgreementSignature.objects.filter(agreement__placement=OuterRef("pk")).exclude(side=Side.STUDENT)
    return Placement.objects.filter(Q(started_at__isnull=False) | Q(Exists(others)))


def is_kept(student: PlacementStudent) -> bool:
    """Whether initiative and university must keep a placement of theirs."""
    return _kept().filter(student=student).exists()


def leaders_without_ranking(row: PlacementRound) -> QuerySet[Any]:
    """Published offers that rank nobody yet."""
    return published(row).filter(ranked_at=None)


def students_without_wishes(row: PlacementRound) -> QuerySet[Any]:
    """Students vouched for who wish nothing yet."""
    return students().filter(round=row, state=StudentState.VOUCHED, wishes_at=None)
