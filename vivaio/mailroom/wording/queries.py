"""What is read of own words."""

from collections.abc import Iterable
from uuid import UUID

from django.db.models import Count, QuerySet

from vivaio.journal.models import Record
from vivaio.mailroom.models import OutgoingLetter, Wording

VERBS = ("letters.worded", "letters.unworded")


def of_owner(owner: UUID) -> QuerySet[Wording]:
    """Every letter that the owner words itself."""
    return Wording.objects.filter(owner=owner)


def of_letter(owner: UUID, letter: str) -> dict[str, Wording]:
    """The owner's own words for a letter, by language."""
    return {row.language: row for row in of_owner(owner).filter(letter=letter)}


def locked(owner: UUID, letter: str, language: str) -> Wording | None:
    """The own words in one language, locked until the transaction ends."""
    rows = of_owner(owner).filter(letter=letter, language=language)
    return rows.select_for_update().first()


def letters_of(owner: UUID) -> QuerySet[OutgoingLetter]:
    """What was written for an owner, the newest first."""
    return OutgoingLetter.objects.filter(owner=owner)


def counts(owner: UUID) -> dict[str, dict[str, int]]:
    """How many letters of each name stand in each state."""
    found: dict[str, dict[str, int]] = {}
    rows = letters_of(owner).order_by().values("letter", "state").annotate(count=Count("pk"))
    for row in rows:
        found.setdefault(row["letter"], {})[row["state"]] = row["count"]
    return found


def mark(letter: str, language: str) -> str:
    """How the journal names a letter in a language."""
    return f"{letter}.{language}"


def history(owner: UUID, letter: str, languages: Iterable[str]) -> QuerySet[Record]:
    """Who changed the words of a letter, and when; the newest first."""
    marks = [mark(letter, language) for language in languages]
    rows = Record.objects.filter(verb__in=VERBS, subject_id=owner, fields__overlap=marks)
    return rows.order_by("-number")
