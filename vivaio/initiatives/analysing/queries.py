"""Reads of the needs analysis: who sees which profile, what the cohort lacks, who has not answered."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.contrib.postgres.aggregates import ArrayAgg
from django.db.models import Avg, Count, Exists, F, OuterRef, Prefetch, Q, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce

from vivaio.initiatives.models import (
    Coach,
    Dimension,
    Initiative,
    Interview,
    NeedsRound,
    NeedsSetup,
    Profile,
    Rating,
)
from vivaio.initiatives.queries import initiatives, teaming
from vivaio.initiatives.states import ENDED, Level, ProfileState, RoundState, Side
from vivaio.kit import clock
from vivaio.kit.counting import counted
from vivaio.methods import profile as method
from vivaio.people.models import Person
from vivaio.programmes import queries as programmes
from vivaio.programmes.models import Programme
from vivaio.questionnaires import queries as questionnaires
from vivaio.questionnaires.models import Form, Response

READ, FOLLOW = "initiatives.read", "initiatives.follow"
AHEAD = dt.timedelta(days=3)


def profiles() -> QuerySet[Profile]:
    """Profiles with what every page says of them."""
    return Profile.objects.select_related(
        "round", "initiative__programme", "initiative__coach__person", "agreed_by"
    )


def answering() -> QuerySet[Profile]:
    """Profiles with the answers of both sides."""
    return profiles().select_related("team_answers__version__form", "coach_answers__version__form")


def answering_for(person: Person) -> QuerySet[Profile]:
    """The profiles of initiatives that the person may open, with both sides' answers."""
    return answering().filter(initiative__in=initiatives.visible_to(person).values("pk"))


def rated_twice() -> QuerySet[Any]:
    """What was agreed last on a dimension where something else was agreed before: `points` now, `before` at first."""
    agreed = {"profile__state": ProfileState.AGREED}
    order = ("profile__round__position", "profile__agreed_at")
    same = Rating.objects.filter(
        **agreed, profile__initiative=OuterRef("profile__initiative"), dimension=OuterRef("dimension")
    )
    first, last = same.order_by(*order), same.order_by(*(f"-{one}" for one in order))
    rows = Rating.objects.filter(**agreed).annotate(
        first=Subquery(first.values("pk")[:1]),
        before=Subquery(first.values("points")[:1]),
        last=Subquery(last.values("pk")[:1]),
    )
    return rows.filter(pk=F("last")).exclude(first=F("last")).order_by()


def changed(programme: Programme) -> QuerySet[Initiative]:
    """The initiatives that were analysed at least twice,
    each with what it `agreed`, the first profile first."""
    twice = rated_twice().filter(profile__round__programme=programme)
    rows = Initiative.objects.filter(programme=programme, pk__in=twice.values("profile__initiative"))
    agreed = Profile.objects.filter(state=ProfileState.AGREED).order_by("round__position", "agreed_at")
    return rows.select_related("organisation", "programme").prefetch_related(
        Prefetch("profiles", agreed.prefetch_related("ratings"), to_attr="agreed")
    )


def grown_in(dimension: str) -> QuerySet[Any]:
    """Where a dimension came to more than at first."""
    return rated_twice().filter(dimension=dimension, points__gt=F("before"))


def coach_of(initiative: Initiative) -> Coach | None:
    """Who of the staff accompanies the initiative."""
    return Coach.objects.filter(initiative=initiative).select_related("person").first()


def profiles_of(initiative: Initiative) -> list[Profile]:
    """The initiative's profiles in the order of the rounds, with what was agreed; two queries."""
    rows = Profile.objects.filter(initiative=initiative).select_related("round", "agreed_by")
    return list(rows.prefetch_related("ratings"))


def interviews_of(initiative: Initiative) -> list[Interview]:
    """What was recorded, the newest first."""
    rows = Interview.objects.filter(initiative=initiative)
    return list(rows.select_related("recorded_by", "corrected_by", "round"))


def locked_interview(pk: UUID) -> Interview:
    """The interview, its row locked until the transaction ends."""
    rows = Interview.objects.select_for_update(of=("self",)).select_related("initiative__programme")
    return rows.get(pk=pk)


def locked(profile_id: UUID) -> Profile:
    """The profile, its row locked until the transaction ends.

    It is read once the lock is held: what a colleague joined to it while this waited would be missing from the
    statement that locks.
    """
    Profile.objects.select_for_update().get(pk=profile_id)
    return answering().get(pk=profile_id)


def locked_round(round_id: UUID) -> NeedsRound:
    """The round, its row locked until the transaction ends."""
    rows: Any = NeedsRound.objects.select_related("programme").select_for_update(of=("self",))
    found: NeedsRound = rows.get(pk=round_id)
    return found


def locked_setup(programme: Programme) -> NeedsSetup:
    """The programme's set-up under its row lock, made if there is none yet."""
    NeedsSetup.objects.get_or_create(programme=programme)
    rows: Any = NeedsSetup.objects.select_related("form").select_for_update(of=("self",))
    found: NeedsSetup = rows.get(programme=programme)
    return found


def setup_of(programme: Programme) -> NeedsSetup:
    """The programme's set-up; the usual one where nobody has changed anything."""
    found = NeedsSetup.objects.filter(programme=programme).select_related("form").first()
    return found or NeedsSetup(programme=programme)


def dimensions_of(programme: Programme | UUID) -> list[Dimension]:
    """What the programme looks at, in its order."""
    return list(Dimension.objects.filter(programme=programme))


def dimensions_for(person: Person) -> QuerySet[Dimension]:
    """The dimensions that the person may change."""
    followed = programmes.programmes_where(person, FOLLOW).values("pk")
    return Dimension.objects.filter(programme__in=followed).select_related("programme")


def rounds_of(programme: Programme) -> QuerySet[NeedsRound]:
    """The programme's rounds, with how many take part and how far they are."""
    rows = Profile.objects.filter(round=OuterRef("pk"))
    return NeedsRound.objects.filter(programme=programme).annotate(
        taking_part=counted(rows),
        handed_in=counted(rows.exclude(team_ready_at=None)),
        agreed=counted(rows.filter(state=ProfileState.AGREED)),
    )


def rounds_for(person: Person, permission: str) -> QuerySet[NeedsRound]:
    """The rounds of the programmes in which the person has that permission."""
    followed = programmes.programmes_where(person, permission).values("pk")
    return NeedsRound.objects.filter(programme__in=followed).select_related("programme")


def forms_of(programme: Programme) -> QuerySet[Form]:
    """The programme's forms that have a version to give out."""
    return Form.objects.filter(programme=programme, versions__isnull=False).distinct()


def choosable(needs_round: NeedsRound) -> QuerySet[Initiative]:
    """The initiatives that still go on and are not in the round yet."""
    going = initiatives.of_programme(needs_round.programme).exclude(state__in=ENDED)
    return going.exclude(pk__in=Profile.objects.filter(round=needs_round).values("initiative_id"))


def coaches_of(programme: Programme) -> QuerySet[Person]:
    """Who of the staff may accompany an initiative."""
    return programmes.holders(programme.pk, FOLLOW).order_by("family_name", "given_name")


def cohort(needs_round: NeedsRound) -> QuerySet[Profile]:
    """The round's profiles with what was agreed, and the coach."""
    rows = Profile.objects.filter(round=needs_round).select_related("initiative__coach__person")
    return rows.prefetch_related("ratings")


def in_programme(programme: Programme) -> QuerySet[Profile]:
    """Every profile of the programme, of whichever round, with what was agreed."""
    rows = Profile.objects.filter(round__programme=programme).select_related("round", "initiative")
    return rows.prefetch_related("ratings__dimension")


def feeds_of(dimension: Dimension) -> list[method.Feed]:
    """The answers that a dimension feeds on, as the method takes them."""
    return [feed_of(one) for one in dimension.feeds if isinstance(one, dict)]


def feed_of(said: Mapping[str, Any]) -> method.Feed:
    """One of them, from what is stored."""
    ends = [Decimal(str(said[name])) if name in said else None for name in ("low", "high")]
    weight = int(said.get("weight", 1))
    return method.Feed(str(said["question"]), weight, dict(said.get("points", {})), ends[0], ends[1])


def points_of(dimensions: Iterable[Dimension], response: Response) -> dict[str, int]:
    """The points of a side's answers, as far as they count."""
    answers = questionnaires.counted(response)
    return method.profile({one.key: feeds_of(one) for one in dimensions}, answers)


@dataclass(frozen=True)
class FieldGap:
    """What the initiatives lack in a field of competence, by the latest profile that each agreed on.

    `gaps` counts agreed values that are a gap, `hours` what they need, `mean` is over every agreed value of the
    field, `initiatives` are those with a gap.
    """

    field: str
    gaps: int
    mean: Decimal | None
    hours: int
    initiatives: tuple[UUID, ...]


def latest_agreed(programme: Programme | UUID | OuterRef) -> QuerySet[Profile]:
    """Of each initiative that goes on, the profile that was agreed last."""
    rows = Profile.objects.filter(round__programme=programme, state=ProfileState.AGREED)
    rows = rows.exclude(initiative__state__in=ENDED)
    return rows.order_by("initiative_id", "-agreed_at").distinct("initiative_id")


def lacking(field: str) -> QuerySet[Rating]:
    """The gaps in a field of competence, by the profile that each initiative agreed on last."""
    later = Profile.objects.filter(
        initiative=OuterRef("profile__initiative"), agreed_at__gt=OuterRef("profile__agreed_at")
    )
    rows = Rating.objects.filter(field=field, level=Level.GAP, profile__state=ProfileState.AGREED).order_by()
    return rows.filter(~Exists(later.filter(state=ProfileState.AGREED))).exclude(
        profile__initiative__state__in=ENDED
    )


def gaps_by_competence(programme: Programme | UUID) -> list[FieldGap]:
    """By field of competence, what the initiatives lack; the field with most gaps first. One query."""
    gap = Q(level=Level.GAP)
    rows = (
        Rating.objects.filter(profile__in=latest_agreed(programme).values("pk"))
        .exclude(field="")
        .order_by()
        .values("field")
        .annotate(
            gaps=Count("pk", filter=gap),
            mean=Avg("points"),
            needed=Coalesce(Sum("hours"), 0),
            lacking=ArrayAgg("profile__initiative_id", filter=gap, distinct=True, default=[]),
        )
    )
    found = [
        FieldGap(
            row["field"],
            row["gaps"],
            Decimal(str(row["mean"])).quantize(Decimal("0.1")),
            row["needed"],
            tuple(row["lacking"]),
        )
        for row in rows
    ]
    return sorted(found, key=lambda one: (-one.gaps, one.mean or 0, one.field))


def reminded_for(profile: Profile, side: str) -> list[Person]:
    """Who of a side is written to: the team, or the coach."""
    if side == Side.TEAM:
        return list(teaming.people_of(profile.initiative))
    coach = getattr(profile.initiative, "coach", None)
    return [coach.person] if coach is not None and coach.person.is_active else []


def to_remind() -> list[UUID]:
    """Profiles whose term is three days away or less, of which a side is missing and nobody was reminded since."""
    now = clock.now()
    near = Profile.objects.filter(
        round__state=RoundState.OPEN,
        round__due_at__gt=now,
        round__due_at__lte=now + AHEAD,
        state=ProfileState.ANSWERING,
        reminded_at=None,
    )
    return list(near.values_list("pk", flat=True))


def awaiting_team() -> QuerySet[Profile]:
    """The profiles that their teams have not answered, while their rounds are open."""
    return Profile.objects.filter(round__state=RoundState.OPEN, team_ready_at=None).order_by("round__due_at")


def awaiting_coach(person: Person) -> QuerySet[Profile]:
    """The profiles that wait for the person as a coach: to answer, or to settle."""
    rows = Profile.objects.filter(initiative__coach__person=person.pk).exclude(state=ProfileState.AGREED)
    to_answer = Q(round__state=RoundState.OPEN, coach_ready_at=None)
    return rows.filter(to_answer | Q(state=ProfileState.COMPARED))


def interviews_before(programme: UUID | None, before: dt.datetime) -> QuerySet[Interview]:
    """Interviews with notes that were held before that day."""
    rows = Interview.objects.filter(initiative__programme=programme, emptied_at=None)
    return rows.filter(held_on__lt=before.date())


def profiles_before(programme: UUID | None, before: dt.datetime) -> QuerySet[Profile]:
    """Profiles with words that were agreed before that instant, or never were before their round closed."""
    rows = Profile.objects.filter(initiative__programme=programme, emptied_at=None)
    given_up = Q(agreed_at=None, round__state=RoundState.CLOSED, round__closed_at__lt=before)
    return rows.filter(Q(agreed_at__lt=before) | given_up)


def handed_in_by(person: Person) -> QuerySet[Profile]:
    """The profiles for which the person handed in answers, or that they agreed on."""
    part = Q(team_ready_by=person) | Q(coach_ready_by=person) | Q(agreed_by=person)
    return profiles().filter(part).order_by("created_at")


def recorded_by(person: Person) -> QuerySet[Interview]:
    """The interviews that the person wrote down."""
    rows = Interview.objects.filter(recorded_by=person).select_related("initiative__programme")
    return rows.order_by("created_at")
