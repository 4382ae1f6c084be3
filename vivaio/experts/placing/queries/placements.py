"""Reads about placements: who sees which, agreements, hours, evaluations."""

import datetime as dt
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db.models import DecimalField, Exists, OuterRef, Q, QuerySet, Subquery, Sum, Value
from django.db.models.functions import Coalesce

from vivaio.experts.models import (
    AgreementSignature,
    LearningAgreement,
    Placement,
    PlacementEvaluation,
    PlacementHours,
    PlacementRound,
    PlacementStudent,
    UniversityTutor,
)
from vivaio.experts.placing.states import LIVED, UNFINISHED, HoursState, PlacementState, Side
from vivaio.initiatives.models import Initiative, TeamMember
from vivaio.initiatives.states import TeamPart
from vivaio.kit import clock
from vivaio.kit.counting import counted
from vivaio.people.models import Organisation, Person
from vivaio.programmes import queries as programmes
from vivaio.programmes.models import Programme

NONE = Value(Decimal("0.00"), output_field=DecimalField(max_digits=8, decimal_places=2))

SIGNED_WITHIN = dt.timedelta(days=14)
ASKED_AFTER, ASKED_UNTIL = dt.timedelta(days=7), dt.timedelta(days=21)
TOLD_WITHIN = dt.timedelta(days=180)


def placements() -> QuerySet[Any]:
    """Placements with what every page says of them, and the hours confirmed."""
    rows = PlacementHours.objects.filter(placement=OuterRef("pk"), state=HoursState.CONFIRMED).order_by()
    total = rows.values("placement").annotate(sum=Sum("hours")).values("sum")
    return Placement.objects.select_related(
        "round__programme",
        "student__person",
        "student__university",
        "offer__initiative__organisation",
        "offer__initiative__programme",
        "offer__tutor",
        "agreement",
        "award",
    ).annotate(hours_confirmed=Coalesce(Subquery(total), NONE))


def placements_of(programme: Programme) -> QuerySet[Any]:
    """A programme's placements that were lived, at least in part, with the hours confirmed in each."""
    return placements().filter(round__programme=programme, state__in=LIVED)


def of_round(row: PlacementRound) -> QuerySet[Any]:
    """Every placement of a round."""
    return placements().filter(round=row)


def of_programme(programme: Programme) -> QuerySet[Any]:
    """Every placement of a programme, whatever became of it."""
    return placements().filter(round__programme=programme)


def universities(programme: Programme) -> QuerySet[Organisation]:
    """The universities whose students are, or were, placed in the programme."""
    rows = Placement.objects.filter(round__programme=programme)
    return Organisation.objects.filter(pk__in=rows.values("student__university"))


def of_initiative(initiative: Initiative) -> QuerySet[Any]:
    """The initiative's placements."""
    return placements().filter(offer__initiative=initiative).order_by("-created_at")


def of_student(person: Person) -> QuerySet[Any]:
    """The person's own placements, as a student."""
    return placements().filter(student__person_id=person.pk).order_by("-created_at")


def tutored(person: Person) -> Exists:
    """Whether the person is tutor of the student's university in that programme."""
    return Exists(
        UniversityTutor.objects.filter(
            person_id=person.pk,
            university=OuterRef("student__university"),
            programme=OuterRef("round__programme"),
        )
    )


def of_tutor(person: Person) -> QuerySet[Any]:
    """The placements of the students whom the person follows for their university."""
    return placements().filter(tutored(person)).order_by("-created_at")


def visible_to(person: Person) -> QuerySet[Any]:
    """One's own as a student, one's team's, one's university's, and those of the programmes whose bank one reads."""
    if not person.is_authenticated:
        return Placement.objects.none()
    staffed = programmes.programmes_where(person, "experts.read").values("pk")
    mine = TeamMember.objects.filter(
        person_id=person.pk, ended_at=None, initiative=OuterRef("offer__initiative")
    )
    rows = placements().annotate(
        of_team=Exists(mine), leads=Exists(mine.filter(part=TeamPart.LEADER)), tutors=tutored(person)
    )
    own = Q(student__person_id=person.pk) | Q(of_team=True) | Q(tutors=True)
    found: QuerySet[Any] = rows.filter(own | Q(round__programme__in=staffed))
    return found


def locked(placement_id: UUID) -> Placement:
    """The placement, its row locked until the transaction ends."""
    rows: Any = Placement.objects.select_for_update(of=("self",))
    found: Placement = rows.select_related(
        "round__programme", "student__person", "student__university", "offer__initiative__organisation",
        "offer__initiative__programme", "offer__tutor",
    ).get(pk=placement_id)  # fmt: skip
    return found


def locked_with_others(placement_id: UUID) -> Placement:
    """The placement, it and every other one of its student locked: hours of a day count over all of them."""
    person = Placement.objects.values_list("student__person_id", flat=True).get(pk=placement_id)
    rows: Any = Placement.objects.select_for_update(of=("self",)).filter(student__person_id=person)
    list(rows.order_by("pk").only("pk"))
    return locked(placement_id)


def agreement_of(placement: Placement) -> LearningAgreement | None:
    """What the three sides agree on, if somebody has written it."""
    return LearningAgreement.objects.filter(placement=placement).first()


def signatures_of(agreement: LearningAgreement) -> QuerySet[AgreementSignature]:
    """The signatures of the text as it stands; those of an earlier one count no more."""
    return AgreementSignature.objects.filter(agreement=agreement, digest=agreement.digest)


def hours_of(placement: Placement) -> QuerySet[PlacementHours]:
    """What the student wrote, the newest day first."""
    return PlacementHours.objects.filter(placement=placement).select_related("confirmed_by")


def hours_locked(entry_id: UUID) -> PlacementHours:
    """The hours of a day, their row locked until the transaction ends."""
    rows: Any = PlacementHours.objects.select_for_update(of=("self",))
    found: PlacementHours = rows.select_related(
        "placement__round__programme", "placement__student__person", "placement__offer__initiative"
    ).get(pk=entry_id)
    return found


def hours_on(person_id: UUID, day: Any, *, but: PlacementHours | None = None) -> Decimal:
    """How many hours the student has on that day already, over all their placements."""
    rows = PlacementHours.objects.filter(placement__student__person_id=person_id, day=day)
    rows = rows if but is None else rows.exclude(pk=but.pk)
    return rows.aggregate(sum=Sum("hours"))["sum"] or Decimal("0.00")


def evaluations_of(placement: Placement) -> QuerySet[PlacementEvaluation]:
    """How it went, by those who said so."""
    return PlacementEvaluation.objects.filter(placement=placement)


def unfinished_of(student: PlacementStudent) -> QuerySet[Placement]:
    """What was proposed to the student, or runs, and has not come to its end."""
    return Placement.objects.filter(student=student, state__in=UNFINISHED)


def unfinished_at(initiative: Initiative) -> QuerySet[Placement]:
    """What was proposed to the initiative, or runs there, and has not come to its end."""
    return Placement.objects.filter(offer__initiative=initiative, state__in=UNFINISHED)


def agreements_naming(person: Person) -> list[tuple[str, QuerySet[LearningAgreement]]]:
    """The agreements whose text names the person as a tutor, for each of the two.

    A name is only text there: it is theirs in what they wrote, signed or were to follow, and with their own team or
    university. Namesakes elsewhere are other people.
    """
    if not person.full_name:
        return []
    follows = UniversityTutor.objects.filter(
        person=person, university=OuterRef("placement__student__university"),
        programme=OuterRef("placement__round__programme"),
    )  # fmt: skip
    team = TeamMember.objects.filter(person=person, initiative=OuterRef("placement__offer__initiative"))
    signed = AgreementSignature.objects.filter(agreement=OuterRef("pk"), person=person)
    rows = LearningAgreement.objects.filter(
        Q(placement__offer__tutor=person) | Q(placement__student__vouched_by=person) | Q(written_by=person)
        | Q(Exists(follows)) | Q(Exists(team)) | Q(Exists(signed))
    )  # fmt: skip
    return [
        (field, rows.filter(**{f"{field}__icontains": person.full_name}))
        for field in ("host_tutor", "university_tutor")
    ]


def lapsed() -> QuerySet[Placement]:
    """Placements that were not accepted in time."""
    return Placement.objects.filter(state=PlacementState.PROPOSED, answer_by__lte=clock.now())


def unsigned_long(rows: QuerySet[Any]) -> QuerySet[Any]:
    """Of these, those both accepted two weeks ago, whose agreement is not signed by all three."""
    before = clock.now() - SIGNED_WITHIN
    return rows.filter(
        state=PlacementState.AGREEING, student_accepted_at__lt=before, initiative_accepted_at__lt=before
    )


def grant_due(rows: QuerySet[Any]) -> QuerySet[Any]:
    """Of these, those whose agreement the three have signed, and whose grant nobody has awarded."""
    return rows.filter(
        state__in=(PlacementState.RUNNING, PlacementState.DONE), award=None, offer__grant__gt=Decimal(0)
    )


def not_told(rows: QuerySet[Any], side: Side) -> QuerySet[Any]:
    """Of these, those that are over, not long since, and of which this side has not said how they went."""
    told = PlacementEvaluation.objects.filter(placement=OuterRef("pk"), side=side)
    over = rows.filter(
        ~Exists(told), state__in=(PlacementState.DONE, PlacementState.ENDED), started_at__isnull=False
    )
    return over.filter(ended_at__gte=clock.now() - TOLD_WITHIN).order_by("ended_at")


def to_finish(rows: QuerySet[Any]) -> QuerySet[Any]:
    """Of these, those that are under way though the last day agreed has passed."""
    late = {"state": PlacementState.RUNNING, "agreement__ends_on__lt": clock.today()}
    return rows.filter(**late).order_by("agreement__ends_on")


def to_ask_how_it_went() -> QuerySet[Any]:
    """The placements that ended a week ago or more, and of which the university has not said how they went."""
    now = clock.now()
    since = {"ended_at__lte": now - ASKED_AFTER, "ended_at__gt": now - ASKED_UNTIL}
    return not_told(placements(), Side.UNIVERSITY).filter(**since)


def waiting_hours(placement: str) -> Any:
    """How many entries of hours wait for the initiative, as an annotation."""
    return counted(PlacementHours.objects.filter(placement=OuterRef(placement), state=HoursState.LOGGED))
