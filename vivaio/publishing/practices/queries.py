"""Reads of good practices: who sees which, what waits, which of them meet an initiative's gaps."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet, Subquery

from vivaio.applications import queries as applications
from vivaio.applications.models import Application
from vivaio.applications.states import ApplicationState
from vivaio.calls.states import CallKind
from vivaio.experts.models import ExpertRequest
from vivaio.experts.states import RequestState
from vivaio.finder import audiences
from vivaio.finder.queries import nearest
from vivaio.finder.queries.searching import NEAR, SHARE
from vivaio.initiatives.analysing import offers
from vivaio.initiatives.models import Dimension, Initiative, Profile, Rating
from vivaio.initiatives.states import Level, ProfileState
from vivaio.kit.counting import counted
from vivaio.people import queries as people
from vivaio.people.models import Membership, Organisation, Person
from vivaio.programmes import queries as programmes
from vivaio.programmes.models import Programme
from vivaio.publishing.models import Practice, PracticeIntroduction, PracticeMark
from vivaio.publishing.states import PracticeState, Verdict

KIND = "practice"
MOST_WEIGHED, MOST_SUGGESTED, MOST_NEAR = 200, 8, 3


def practices() -> QuerySet[Practice]:
    """Practices with what every page says of them."""
    return Practice.objects.select_related("programme", "organisation")


def public() -> QuerySet[Practice]:
    """What anyone may read: on line, of public programmes."""
    return practices().filter(state=PracticeState.PUBLISHED, programme__in=programmes.public())


def visible_to(person: Person) -> QuerySet[Practice]:
    """What anyone may read, and all that the programmes prepare on whose staff the person is."""
    if not person.is_authenticated:
        return public()
    staffed = programmes.programmes_where(person, "programme.read").values("pk")
    anyone = Q(state=PracticeState.PUBLISHED, programme__in=programmes.public())
    return practices().filter(anyone | Q(programme__in=staffed))


def on_line(programme: Programme) -> QuerySet[Practice]:
    """The practices of the programme that are on line, with their tags."""
    return (
        practices().filter(programme=programme, state=PracticeState.PUBLISHED).prefetch_related("dimensions")
    )


def of_programme(programme: Programme) -> QuerySet[Practice]:
    """Every practice of the programme, whatever its state: for its staff."""
    return practices().filter(programme=programme)


def listed(programme: Programme) -> QuerySet[Any]:
    """The same with their tags and with how many teams found each of use."""
    useful = PracticeMark.objects.filter(practice=OuterRef("pk"), verdict=Verdict.USEFUL)
    return of_programme(programme).prefetch_related("dimensions").annotate(useful=counted(useful))


def for_staff(person: Person, permission: str) -> QuerySet[Practice]:
    """The practices of the programmes in which the person has that permission."""
    rows = practices().select_related("application").defer("application__frozen")
    return rows.filter(programme__in=programmes.programmes_where(person, permission).values("pk"))


def own(person: Person) -> QuerySet[Practice]:
    """The practices of the organisations to which the person belongs today."""
    held = Membership.objects.filter(person_id=person.pk, ended_at=None)
    rows = practices().filter(organisation_id__in=held.values("organisation_id"))
    return rows.exclude(state=PracticeState.LEFT_OUT)


def locked(pk: UUID) -> Practice:
    """The practice, its row locked until the transaction ends."""
    rows: Any = practices().select_for_update(of=("self",))
    found: Practice = rows.get(pk=pk)
    return found


def to_take(programme: Programme, person: Person) -> QuerySet[Application]:
    """Eligible applications to collections that nobody has taken yet, as far as the person reads them."""
    return takeable(programme, person).filter(state=ApplicationState.ADMITTED, practice=None)


def takeable(programme: Programme, person: Person) -> QuerySet[Application]:
    """Applications to the programme's collections that the person reads."""
    rows = applications.for_staff(person).filter(call__programme=programme, call__kind=CallKind.PRACTICES)
    return rows.filter(organisation__isnull=False)


def slugs_like(programme: Programme, stem: str) -> set[str]:
    """The addresses in the programme that begin like this one."""
    rows = Practice.objects.filter(programme=programme, slug__startswith=stem)
    return set(rows.values_list("slug", flat=True))


def tags_of(programme: Programme, *kept: str) -> tuple[list[Dimension], dict[str, str]]:
    """What a practice can be tagged with: the needs that the programme looks at, and the fields of competence; of those
    that are retired, the ones that it has already."""
    fields = {key: str(title) for key, title in offers.offered(programme, *kept).items()}
    return list(Dimension.objects.filter(programme=programme)), fields


@offers.use
def speaks_of(programme: Programme, field: str) -> bool:
    """Whether a practice of the programme is tagged with the field."""
    return Practice.objects.filter(programme=programme, fields__contains=[field]).exists()


def fields_of(programme: Programme) -> dict[str, str]:
    """The programme's fields of competence, their titles in the language of the moment."""
    return {key: str(title) for key, title in offers.fields_of(programme).items()}


def whoever_did_it(practice: Practice) -> list[Person]:
    """Whom letters about a practice go to: who wrote of it, or the people of its organisation."""
    team = applications.team_of(practice.application) if practice.application is not None else ()
    return list(team) or members(practice.organisation)


def members(organisation: Organisation) -> list[Person]:
    """Who belongs to the organisation today."""
    held = Membership.objects.filter(organisation=organisation, ended_at=None).values("person_id")
    return list(Person.objects.filter(pk__in=held, is_active=True))


def naming(person: Person) -> list[Practice]:
    """The practices that give a person as whom to ask, now or as they were handed in: by an address of theirs or, where
    they are of an organisation of the person's, by their whole name. Each once, however it tells of them."""
    own = Membership.objects.filter(person=person).values("organisation")
    found = _telling(Practice.objects.filter(organisation__in=own), person.full_name)
    for address in people.shown_addresses(person):
        found += _telling(Practice.objects.all(), address)
    return list({one.pk: one for one in found}.values())


def _telling(rows: QuerySet[Practice], words: str) -> list[Practice]:
    if not words:
        return []
    rows = rows.filter(Q(contact__icontains=words) | Q(written__contact__icontains=words))
    whole = re.compile(rf"(?<![\w.+-]){re.escape(words)}(?![\w-]|\.\w)", re.IGNORECASE)
    told = [(one, f"{one.contact}\n{one.written.get('contact', '')}") for one in rows.select_for_update()]
    return [one for one, contacts in told if whole.search(contacts)]


def editors(programme: UUID) -> list[Person]:
    """Who of the staff looks after the practices."""
    return list(programmes.holders(programme, "site.edit"))


def followers(programme: UUID) -> list[Person]:
    """Who of the staff accompanies the initiatives."""
    return list(programmes.holders(programme, "initiatives.follow"))


@dataclass(frozen=True)
class Suggestion:
    """A practice for an initiative, with why: the gaps that it meets, or the passage that is near to its words."""

    practice: Any
    gaps: tuple[Rating, ...] = ()
    passage: str = ""

    @property
    def worth(self) -> int:
        """The larger the gaps that it meets, the more."""
        return sum(100 - one.points for one in self.gaps)


def gaps_of(initiative: Initiative) -> list[Rating]:
    """What the initiative lacks, by the profile that was agreed last; the largest gap first. One query."""
    last = Profile.objects.filter(initiative=initiative, state=ProfileState.AGREED).order_by("-agreed_at")
    rows = Rating.objects.filter(profile=Subquery(last.values("pk")[:1]), level=Level.GAP)
    return list(rows.select_related("dimension").order_by("points", "dimension__position"))


def for_initiative(initiative: Initiative) -> QuerySet[Any]:
    """The programme's practices on line, with what the team said of each (`verdict`, `asked`)."""
    mine = {"practice": OuterRef("pk"), "initiative": initiative}
    rows = practices().filter(programme=initiative.programme_id, state=PracticeState.PUBLISHED)
    if initiative.organisation_id:
        rows = rows.exclude(organisation=initiative.organisation_id)
    return rows.annotate(
        verdict=Subquery(PracticeMark.objects.filter(**mine).values("verdict")[:1]),
        asked=Exists(PracticeIntroduction.objects.filter(**mine)),
    )


def suggested(initiative: Initiative) -> list[Suggestion]:
    """The practices that meet the initiative's gaps, the largest gap first, then what is near to its words."""
    gaps = gaps_of(initiative)
    meeting = Q(dimensions__in=[one.dimension_id for one in gaps])
    meeting |= Q(fields__overlap=[one.field for one in gaps if one.field])
    near = near_to(initiative)
    wanted = Q(pk__in=list(near))
    if gaps:
        wanted |= Q(pk__in=on_line(initiative.programme).filter(meeting).order_by().values("pk"))
    rows = (
        for_initiative(initiative)
        .filter(wanted)
        .prefetch_related(Prefetch("dimensions", Dimension.objects.order_by("position")))
    )
    found = [explained(row, gaps, near) for row in rows[:MOST_WEIGHED]]
    found = [one for one in found if one.gaps or one.passage]
    return sorted(found, key=by_worth)[:MOST_SUGGESTED]


def by_worth(one: Suggestion) -> tuple[bool, int]:
    """What is not for them comes last, else the larger the gap the earlier."""
    return one.practice.verdict == Verdict.NOT_FOR_US, -one.worth


def explained(practice: Any, gaps: Iterable[Rating], near: dict[UUID, str]) -> Suggestion:
    """Which of the gaps the practice meets."""
    tagged = {one.pk for one in practice.dimensions.all()}
    met = [one for one in gaps if one.dimension_id in tagged or (one.field and one.field in practice.fields)]
    return Suggestion(practice, tuple(met), "" if met else near.get(practice.pk, ""))


def near_to(initiative: Initiative) -> dict[UUID, str]:
    """Practices near in meaning to what the initiative asks for, or to what it is, each with the passage that met.

    What the search would call a weak match is no reason.
    """
    open_states = (RequestState.ASKED, RequestState.OPEN)
    asked = ExpertRequest.objects.filter(initiative=initiative, state__in=open_states).order_by("-created_at")
    texts = [f"{title}. {purpose}" for title, purpose in asked.values_list("title", "purpose")[:3]]
    if not texts and initiative.summary:
        texts = [f"{initiative.title}. {initiative.summary}"]
    found = nearest(
        texts,
        kinds=[KIND],
        tokens=[audiences.PUBLIC],
        programme=initiative.programme_id,
        language=initiative.language,
        limit=MOST_NEAR,
    )
    least = max(NEAR, SHARE * found[0].score) if found else NEAR
    return {one.subject: one.passage for one in found if one.by_words or one.score >= least}


def introductions_of(person: Person) -> QuerySet[PracticeIntroduction]:
    """The introductions that the person asked for."""
    return PracticeIntroduction.objects.filter(person=person).select_related("initiative", "practice")


def marks_of(person: Person) -> QuerySet[PracticeMark]:
    """What the person said of practices for their team."""
    return PracticeMark.objects.filter(person=person).select_related("initiative", "practice")


def confirmed_by(person: Person) -> QuerySet[Practice]:
    """The practices whose text the person confirmed."""
    return Practice.objects.filter(confirmed_by=person).select_related("programme", "organisation")
