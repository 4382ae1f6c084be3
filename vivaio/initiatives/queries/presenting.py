"""Reads about the public pages of initiatives."""

from typing import Any

from django.db.models import QuerySet

from vivaio.initiatives.models import Initiative, Story
from vivaio.initiatives.queries import initiatives
from vivaio.people.models import Person
from vivaio.programmes import queries as programmes
from vivaio.programmes.models import Programme


def story_of(initiative: Initiative) -> Story:
    """The initiative's page as the team writes it; an empty one that is not stored where it was never begun."""
    found = Story.objects.filter(initiative=initiative).select_related("answered_by").first()
    return found or Story(initiative=initiative)


def shown() -> QuerySet[Story]:
    """What anyone may read."""
    rows = Story.objects.exclude(shown=None).filter(initiative__programme__in=programmes.public())
    return rows.select_related("initiative__programme", "initiative__organisation")


def shown_to(person: Person) -> QuerySet[Story]:
    """What anyone may read, and what is on line of programmes in preparation that the person sees."""
    if not person.is_authenticated:
        return shown()
    seen = programmes.visible_to(person).values("pk")
    rows = Story.objects.exclude(shown=None).filter(initiative__programme__in=seen)
    return rows.select_related("initiative__programme", "initiative__organisation")


def prepared_for(person: Person) -> QuerySet[Story]:
    """The stories that the person may read as they are being prepared: of their teams, of programmes they follow."""
    seen = initiatives.visible_to(person).order_by().values("pk")
    return Story.objects.filter(initiative__in=seen).select_related("initiative__programme")


def of_programme(programme: Programme) -> QuerySet[Story]:
    """The programme's stories on line, the newest first."""
    rows = Story.objects.exclude(shown=None).filter(initiative__programme=programme)
    return rows.select_related("initiative__programme", "initiative__organisation").order_by("-published_at")


def locked(initiative: Initiative) -> Story:
    """The initiative's story, its row locked; the initiative is locked already."""
    rows: Any = Story.objects.select_for_update(of=("self",)).select_related("initiative__programme")
    found: Story | None = rows.filter(initiative=initiative).first()
    return found or Story(initiative=initiative)
