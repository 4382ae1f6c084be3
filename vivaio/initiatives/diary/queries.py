"""Reads about diaries: who reads which entry, what is public, what waits for the staff."""

from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet

from vivaio.initiatives.models import (
    DiaryComment,
    DiaryEntry,
    DiaryFile,
    DiaryPhoto,
    Initiative,
    Story,
    TeamMember,
)
from vivaio.initiatives.states import DiaryState, TeamPart, Visibility
from vivaio.kit.counting import counted
from vivaio.people.models import Person
from vivaio.programmes import queries as programmes
from vivaio.programmes.models import Programme

# What stands in the diary for those who may read it.
STANDING = (DiaryState.KEPT, DiaryState.WAITING, DiaryState.TO_CHANGE, DiaryState.PUBLIC)
FOR_PROGRAMME = (Visibility.PROGRAMME, Visibility.ALL)


def entries() -> QuerySet[DiaryEntry]:
    """Entries with what every page says of them."""
    return DiaryEntry.objects.select_related("initiative__programme", "initiative__organisation", "author")


def visible_to(person: Person) -> QuerySet[DiaryEntry]:
    """Of one's own teams all but others' drafts, deleted ones as such; of programmes one reads what is for them."""
    if not person.is_authenticated:
        return entries().none()
    mine = TeamMember.objects.filter(person_id=person.pk, ended_at=None).values("initiative_id")
    read = programmes.programmes_where(person, "initiatives.read").order_by().values("pk")
    of_team = Q(initiative__in=mine) & (~Q(state=DiaryState.DRAFT) | Q(author_id=person.pk))
    of_programme = Q(initiative__programme__in=read, visibility__in=FOR_PROGRAMME, state__in=STANDING)
    return entries().filter(of_team | of_programme)


def of_initiative(initiative: Initiative, person: Person) -> QuerySet[DiaryEntry]:
    """The initiative's diary as the person reads it, the newest day first, with what hangs on each counted."""
    rows = visible_to(person).filter(initiative=initiative)
    return rows.annotate(
        photo_count=counted(DiaryPhoto.objects.filter(entry=OuterRef("pk"))),
        file_count=counted(DiaryFile.objects.filter(entry=OuterRef("pk"))),
        comment_count=counted(DiaryComment.objects.filter(entry=OuterRef("pk"))),
    ).order_by("-told_on", "-created_at")


def public() -> QuerySet[DiaryEntry]:
    """Every entry that anyone may read: it stands on the initiative's public page, and only while that is on line."""
    told = Story.objects.exclude(shown=None).filter(initiative__programme__in=programmes.public())
    return entries().filter(state=DiaryState.PUBLIC, initiative__in=told.order_by().values("initiative_id"))


def for_all(initiative: Initiative) -> QuerySet[DiaryEntry]:
    """The initiative's entries for everybody that were let through, the newest first, with their photos and files."""
    rows = public().filter(initiative=initiative).order_by("-told_on", "-created_at")
    return rows.prefetch_related(Prefetch("photos", DiaryPhoto.objects.order_by("created_at")), "files")


def months(initiative: Initiative, person: Person) -> list[Any]:
    """The months of which the diary tells, the newest first."""
    return list(visible_to(person).filter(initiative=initiative).order_by().dates("told_on", "month", "DESC"))


def waiting_in(programme: Programme) -> QuerySet[DiaryEntry]:
    """What waits for the staff of a programme, the oldest first."""
    rows = entries().filter(initiative__programme=programme, state=DiaryState.WAITING)
    return rows.order_by("declared_at", "pk")


def in_programme(programme: Programme) -> QuerySet[DiaryEntry]:
    """What the staff of a programme reads of all diaries."""
    return entries().filter(initiative__programme=programme, visibility__in=FOR_PROGRAMME, state__in=STANDING)


def photo_for(person: Person, pk: UUID) -> QuerySet[DiaryPhoto]:
    """The photo, if the person may see it: with the entry, or because everybody may."""
    return DiaryPhoto.objects.filter(_attached(person), pk=pk).select_related("entry")


def file_for(person: Person, pk: UUID) -> QuerySet[DiaryFile]:
    """The file, if the person may have it."""
    return DiaryFile.objects.filter(_attached(person), pk=pk).select_related("entry")


def _attached(person: Person) -> Q:
    """What hangs on an entry that the person may read, or that everybody may."""
    seen = Q(entry__in=public().order_by().values("pk"))
    if person.is_authenticated:
        seen |= Q(entry__in=visible_to(person).order_by().values("pk"))
    return seen


def draft_of(person: Person, initiative: Initiative) -> DiaryEntry | None:
    """What the person has begun to write there."""
    return entries().filter(initiative=initiative, author_id=person.pk, state=DiaryState.DRAFT).first()


def left_behind(entry: DiaryEntry) -> bool:
    """Whether nobody of the team is its author any more: the account is gone, or they have left."""
    return (
        entry.author_id is None
        or not TeamMember.objects.filter(
            initiative=entry.initiative_id, person_id=entry.author_id, ended_at=None
        ).exists()
    )


def looked_after_by(entry: DiaryEntry) -> list[Person]:
    """Who works on an entry: its author, or the team's leaders where the author is gone."""
    team = TeamMember.objects.filter(initiative=entry.initiative_id, ended_at=None)
    those = team.filter(part=TeamPart.LEADER) if left_behind(entry) else team.filter(person=entry.author_id)
    return list(
        Person.objects.filter(pk__in=those.order_by().values("person_id"), is_active=True).order_by("pk")
    )


def to_change_by(person: Person) -> QuerySet[DiaryEntry]:
    """What came back and waits for the person: their own entries, and those left behind in the teams that they lead."""
    team = TeamMember.objects.filter(initiative=OuterRef("initiative"), ended_at=None)
    leads = team.filter(person_id=person.pk, part=TeamPart.LEADER)
    stays = team.filter(person=OuterRef("author"))
    rows = DiaryEntry.objects.filter(state=DiaryState.TO_CHANGE)
    return rows.filter(Q(author_id=person.pk) | (Exists(leads) & ~Exists(stays)))


def locked(entry_id: UUID) -> DiaryEntry:
    """The entry, its row locked until the transaction ends."""
    rows: Any = entries().select_for_update(of=("self",))
    found: DiaryEntry = rows.get(pk=entry_id)
    return found


def comments_of(entry: DiaryEntry) -> QuerySet[DiaryComment]:
    """What was said about it, in its order."""
    return DiaryComment.objects.filter(entry=entry).select_related("person").order_by("created_at", "pk")


def taking_part(entry: DiaryEntry) -> list[Person]:
    """The author and whoever has said something, as long as their accounts stand and they may read it still."""
    said = DiaryComment.objects.filter(entry=entry).order_by().values("person_id")
    people = Person.objects.filter(Q(pk=entry.author_id) | Q(pk__in=said), is_active=True)
    return [one for one in people.order_by("pk") if visible_to(one).filter(pk=entry.pk).exists()]
