"""What a person's own data say of diaries: what they wrote, with its photos and files, and what they said."""

from typing import Any

from vivaio.initiatives.models import DiaryComment, DiaryEntry
from vivaio.people.gathering import Gathered
from vivaio.people.models import Person


def written(person: Person) -> list[dict[str, Any]]:
    rows = DiaryEntry.objects.filter(author=person).select_related("initiative").order_by("created_at")
    return [
        {
            "initiative": str(row.initiative),
            "day": row.told_on,
            "title": row.title,
            "text": row.text,
            "being_written": row.typed,
            "read_by": row.get_visibility_display(),
            "state": row.get_state_display(),
        }
        for row in rows
    ]


def said(person: Person) -> list[dict[str, Any]]:
    rows = DiaryComment.objects.filter(person=person).select_related("entry__initiative")
    return [{"initiative": str(row.entry.initiative), "at": row.created_at, "text": row.text} for row in rows]


def add_files(person: Person, into: Gathered) -> None:
    """The photos and files of the person's entries."""
    for entry in DiaryEntry.objects.filter(author=person).prefetch_related("photos", "files"):
        for photo in entry.photos.all():
            into.file(f"{entry.told_on} {photo.pk}.jpg", photo.large)
        for file in entry.files.all():
            into.file(file.name, file.file)
