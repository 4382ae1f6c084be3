"""What was awarded, in the 360Giving Data Standard 1.4: as open as the call announced, for as long as it announced.

An award with an amount goes to whoever has taken a place in its track. One that exists a given number of times goes to
that many, in the order of the ranking; where tracks would have to be compared for that, it is left out.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings

from vivaio.api.v1.schemas_public import page
from vivaio.calls.models import Award, Call
from vivaio.jury.models import RankingEntry
from vivaio.jury.queries import ranking as rankings
from vivaio.jury.states import PlaceState
from vivaio.kit import markdown
from vivaio.programmes.models import Programme
from vivaio.programmes.states import PartnerPart

VERSION = "1.4"
GIVING = (PartnerPart.FUNDER, PartnerPart.PROMOTER, PartnerPart.LEAD)
LONGEST = 2_000
# The columns of the table, in the words of the standard, and where their values stand in a grant.
COLUMNS = {
    "Identifier": ("id",),
    "Title": ("title",),
    "Description": ("description",),
    "Currency": ("currency",),
    "Amount Awarded": ("amountAwarded",),
    "Award Date": ("awardDate",),
    "Recipient Org:Identifier": ("recipientOrganization", 0, "id"),
    "Recipient Org:Name": ("recipientOrganization", 0, "name"),
    "Recipient Org:City": ("recipientOrganization", 0, "addressLocality"),
    "Recipient Org:Country": ("recipientOrganization", 0, "addressCountry"),
    "Recipient Ind:Identifier": ("recipientIndividual", "id"),
    "Recipient Ind:Name": ("recipientIndividual", "name"),
    "Funding Org:Identifier": ("fundingOrganization", 0, "id"),
    "Funding Org:Name": ("fundingOrganization", 0, "name"),
    "Grant Programme:Code": ("grantProgramme", 0, "code"),
    "Grant Programme:Title": ("grantProgramme", 0, "title"),
    "Grant Programme:URL": ("grantProgramme", 0, "url"),
    "From an open call?": ("fromOpenCall",),
    "Last modified": ("dateModified",),
    "Data Source": ("dataSource",),
}


@dataclass(frozen=True)
class Given:
    """An award, and who has it."""

    award: Award
    entry: RankingEntry
    call: Call


def package(programme: Programme, address: str) -> dict[str, Any] | None:
    """All grants of a programme that are public today; none where there is nothing to tell."""
    grants = [grant(one, givers(programme)) for one in given(programme)]
    if not grants:
        return None
    return {
        "version": VERSION,
        "identifier": f"{_prefix()}-{programme.slug}",
        "title": str(programme),
        "publisher": {
            "name": givers(programme)[0]["name"],
            "website": page("desk:programme", programme.slug),
        },
        "modified": max(one["dateModified"] for one in grants),
        "accessURL": page("desk:programme", programme.slug),
        "downloadURL": address,
        "license": settings.OPEN_DATA_LICENCE,
        "grants": grants,
    }


def rows(grants: Iterable[dict[str, Any]]) -> list[list[Any]]:
    """The grants as lines of a table, one for each."""
    return [[_at(one, path) for path in COLUMNS.values()] for one in grants]


def given(programme: Programme) -> Iterator[Given]:
    """Each award with an amount, for each place that was taken in a ranking that is on line."""
    entries = list(rankings.on_line(programme).filter(place=PlaceState.ACCEPTED))
    for call in {entry.ranking.call_id: entry.ranking.call for entry in entries}.values():
        taken = [entry for entry in entries if entry.ranking.call_id == call.pk]
        for award in call.awards.all():
            for entry in _receiving(award, taken):
                yield Given(award, entry, call)


def _receiving(award: Award, taken: Sequence[RankingEntry]) -> Sequence[RankingEntry]:
    if award.amount is None:
        return ()
    if award.track_id is None:
        enough = award.quantity is None or award.quantity >= len(taken)
        return taken if enough or len({entry.ranking_id for entry in taken}) == 1 else ()
    there = [entry for entry in taken if entry.ranking.track_id == award.track_id]
    return there[: award.quantity]


def grant(one: Given, funding: list[dict[str, Any]]) -> dict[str, Any]:
    """An award as a grant of the standard."""
    named = rankings.is_named(one.entry, one.call)
    at = one.entry.answered_at or one.entry.ranking.published_at
    title = f"{one.award}: {one.entry.application.title}" if named else str(one.award)
    about = markdown.plain(one.award.description_i18n or one.call.summary_i18n or "") or str(one.award)
    return {
        "id": f"{_prefix()}-{one.entry.pk}-{one.award.key}",
        "title": title,
        "description": about[:LONGEST],
        "currency": one.award.currency,
        "amountAwarded": _number(one.award.amount or Decimal(0)),
        "awardDate": at.date().isoformat() if at else "",
        **recipient(one, named),
        "fundingOrganization": funding,
        "grantProgramme": [
            {
                "code": one.call.slug,
                "title": str(one.call),
                "url": page("calls:call", one.call.programme.slug, one.call.slug),
            }
        ],
        "fromOpenCall": "Yes",
        "dataSource": page("jury:public_ranking", one.call.programme.slug, one.call.slug),
        "dateModified": one.entry.updated_at.isoformat(timespec="seconds"),
    }


def recipient(one: Given, named: bool) -> dict[str, Any]:
    """Who received it: with a name only where the call announced it, else with the application's number."""
    application, name = one.entry.application, rankings.public_name(one.entry, one.call)
    organisation = application.organisation
    if organisation is None:
        return {"recipientIndividual": {"id": f"{_prefix()}-ind-{one.entry.pk}", "name": name}}
    if not named:
        return {"recipientOrganization": [{"id": f"{_prefix()}-org-{one.entry.pk}", "name": name}]}
    where = {"addressLocality": organisation.municipality, "addressCountry": organisation.country}
    told = {"id": f"{_prefix()}-org-{organisation.pk}", "name": name}
    return {"recipientOrganization": [told | {key: value for key, value in where.items() if value}]}


def givers(programme: Programme) -> list[dict[str, Any]]:
    """Who gives: the funders, else who promotes or leads the programme, else the programme itself."""
    partners = list(programme.partners.all())
    for part in GIVING:
        found = [partner for partner in partners if partner.part == part]
        if found:
            return [{"id": f"{_prefix()}-org-{one.key}", "name": one.name} for one in found]
    return [{"id": f"{_prefix()}-org-{programme.slug}", "name": str(programme)}]


def _prefix() -> str:
    """What makes identifiers unique in the world: a prefix of 360Giving, else this installation's own name."""
    return settings.GIVING_PREFIX or urlsplit(settings.BASE_URL).hostname or "vivaio"


def _number(amount: Decimal) -> int | float:
    """JSON has no exact decimals: whole amounts stay whole, cents are two digits that a float tells exactly."""
    return int(amount) if amount == amount.to_integral_value() else float(amount)


def _at(found: Any, path: Sequence[Any]) -> Any:
    for step in path:
        found = (found[step] if found else "") if isinstance(found, list) else found.get(step, "")
        if found == "":
            return ""
    return found
