"""Reads about how initiatives went from state to state."""

from django.db.models import QuerySet

from vivaio.initiatives.models import Initiative, Passage
from vivaio.people.models import Organisation


def history(initiative: Initiative) -> QuerySet[Passage]:
    """The states that it came into, the first one first."""
    return Passage.objects.filter(initiative=initiative).order_by("at", "created_at")


def numbered(country: str, tax_code: str, vat_number: str) -> Organisation | None:
    """The organisation on record with one of these numbers."""
    rows = Organisation.objects.filter(country=country)
    for name, value in (("tax_code", tax_code), ("vat_number", vat_number)):
        found = rows.filter(**{name: value}).first() if value else None
        if found is not None:
            return found
    return None
