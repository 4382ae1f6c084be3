"""What a programme can cover of the needs found: told by the room that knows, which lies above this one.

    offers.tell(hours_on_offer)     # a function of the programme that gives an `Offer` by key of the field

    offers.name(titles_of_fields)   # a function of the programme that gives the titles of its own fields by key

Several may tell; what they offer adds up. Where nobody tells, the pages say nothing of cover.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from vivaio.initiatives.states import CompetenceField
from vivaio.programmes.models import Programme


@dataclass(frozen=True)
class Offer:
    """Hours a month that are free in a field (or in one competence of it, `parts`), of how many experts, and what open
    requests ask for a month. `shared` are those of the experts who stand in another field too; the addresses lead to
    these experts, and to inviting one more."""

    free: int
    experts: int
    shared: int = 0
    asked: int = 0
    requests: int = 0
    title: Any = ""
    listed_at: str = ""
    invite_at: str = ""
    parts: tuple["Offer", ...] = ()

    def __add__(self, more: "Offer") -> "Offer":
        return Offer(
            self.free + more.free, self.experts + more.experts, self.shared + more.shared,
            self.asked + more.asked, self.requests + more.requests, self.title or more.title,
            self.listed_at or more.listed_at, self.invite_at or more.invite_at, self.parts + more.parts,
        )  # fmt: skip


NOTHING = Offer(0, 0)
Teller = Callable[[Programme], Mapping[str, Offer]]
TELLERS: list[Teller] = []


def tell(teller: Teller) -> Teller:
    """Register who knows what is on offer; once, however often it is imported."""
    if teller not in TELLERS:
        TELLERS.append(teller)
    return teller


def on_offer(programme: Programme) -> dict[str, Offer] | None:
    """By field, what is on offer; None where nobody knows."""
    if not TELLERS:
        return None
    found: dict[str, Offer] = {}
    for teller in TELLERS:
        for field, more in teller(programme).items():
            found[field] = found[field] + more if field in found else more
    return found


Namer = Callable[[Programme], Mapping[str, Any]]
NAMERS: list[Namer] = []


def name(namer: Namer) -> Namer:
    """Register who knows the programme's own fields of competence; once, however often it is imported."""
    if namer not in NAMERS:
        NAMERS.append(namer)
    return namer


def fields_of(programme: Programme) -> dict[str, Any]:
    """The fields that a dimension can be set beside, with their titles: the programme's own, else the usual six."""
    told = {key: title for namer in NAMERS for key, title in namer(programme).items()}
    return told or dict(CompetenceField.choices)
