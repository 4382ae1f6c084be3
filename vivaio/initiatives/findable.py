"""Initiatives, their stories and their diaries, as they are found. Of a team finds whoever is in it today."""

from collections.abc import Callable, Iterable
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet
from django.utils.translation import gettext_lazy as _

from vivaio.finder import audiences, sources
from vivaio.finder.sources import Entry, Source, Text
from vivaio.initiatives.diary.queries import FOR_PROGRAMME, STANDING
from vivaio.initiatives.models import DiaryEntry, Initiative, Story, TeamMember
from vivaio.initiatives.states import DiaryState
from vivaio.people.models import Person

TEAM = "initiative"


def team(initiative_id: UUID) -> str:
    """Held by whoever is of the team today."""
    return audiences.token(TEAM, initiative_id)


def teams_of(person: Person) -> QuerySet[Any]:
    """The parts that the person has in teams today."""
    return TeamMember.objects.filter(person=person, ended_at=None)


def entries_of_initiative(initiative: Initiative) -> Iterable[Entry]:
    """For its team and for who follows the programme's initiatives."""
    programme = initiative.programme
    if programme.is_rehearsal:
        return []
    said = tuple(filter(None, (initiative.summary, initiative.goals, initiative.territory)))
    owner = str(initiative.organisation or "")
    context = " · ".join(filter(None, (owner, programme.title)))
    audience = frozenset({team(initiative.pk), audiences.programme(programme.pk, "initiatives.read")})
    text = Text(initiative.language[:2], initiative.title, said, context)
    return [
        Entry(
            initiative.pk,
            (text,),
            audience,
            "initiatives:initiative",
            (str(initiative.pk),),
            programme=programme.pk,
        )
    ]


def entries_of_story(story: Story) -> Iterable[Entry]:
    """What was approved last, for anyone; in a programme in preparation for who has a part in it."""
    initiative, programme = story.initiative, story.initiative.programme
    if not story.is_public or programme.is_rehearsal:
        return []
    version = story.public_version
    texts = tuple(
        Text(text.language, story.public_title, (text.title, *text.texts), programme.title)
        for text in sources.in_each_language(version, "lead", ("text",))
    )
    return [
        Entry(
            story.pk,
            texts or (Text("it", story.public_title, (), programme.title),),
            _anyone(programme),
            "initiatives:story",
            (programme.slug, initiative.slug),
            programme=programme.pk,
        )
    ]


def entries_of_diary(entry: DiaryEntry) -> Iterable[Entry]:
    """By who reads it: the team, who follows the programme's initiatives, or anyone; a draft by nobody."""
    initiative, programme = entry.initiative, entry.initiative.programme
    if entry.state not in STANDING or programme.is_rehearsal:
        return []
    public = entry.state == DiaryState.PUBLIC and entry.told
    audience = {team(initiative.pk)}
    if entry.visibility in FOR_PROGRAMME:
        audience.add(audiences.programme(programme.pk, "initiatives.read"))
    if public:
        audience |= _anyone(programme)
    text = Text(initiative.language[:2], str(entry), (entry.text,), initiative.title)
    return [
        Entry(
            entry.pk,
            (text,),
            frozenset(audience),
            "initiatives:story" if public else "initiatives:diary_entry",
            (programme.slug, initiative.slug) if public else (str(entry.pk),),
            programme=programme.pk,
            person=entry.author_id,
        )
    ]


def diary() -> QuerySet[Any]:
    """Every entry, with whether its initiative has a public page (`told`), where alone entries are public."""
    shown = Story.objects.exclude(shown=None).filter(initiative=OuterRef("initiative_id"))
    return DiaryEntry.objects.select_related("initiative__programme").annotate(told=Exists(shown))


def _anyone(programme: Any) -> frozenset[str]:
    return frozenset({audiences.PUBLIC if programme.is_public else audiences.programme(programme.pk)})


def _source(
    kind: str,
    label: Any,
    rows: Callable[[], QuerySet[Any]],
    entries: Any,
    follows: dict[str, str],
    position: int,
) -> Source:
    return sources.register(Source(kind, label, rows, entries, follows, position))


audiences.register(TEAM, teams_of, "initiative_id")
_source(
    "initiative",
    _("Initiatives"),
    lambda: Initiative.objects.select_related("programme", "organisation"),
    entries_of_initiative,
    {
        "initiatives.initiative": "pk",
        "people.organisation": "organisation",
        "programmes.programme": "programme",
    },
    52,
)
_source(
    "story",
    _("Stories of initiatives"),
    lambda: Story.objects.select_related("initiative__programme"),
    entries_of_story,
    {
        "initiatives.story": "pk",
        "initiatives.initiative": "initiative",
        "programmes.programme": "initiative__programme",
    },
    54,
)
_source(
    "diary",
    _("Diaries"),
    diary,
    entries_of_diary,
    {
        "initiatives.diaryentry": "pk",
        "initiatives.initiative": "initiative",
        "programmes.programme": "initiative__programme",
    },
    56,
)
