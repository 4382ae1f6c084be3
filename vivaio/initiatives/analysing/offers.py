"""What a programme can cover of the needs found: told by the room that knows, which lies above this one.

    offers.tell(hours_on_offer)     # a function of the programme that gives an `Offer` by key of the field

    offers.name(titles_of_fields)   # a function of the programme that gives the titles of its own fields by key
    offers.use(speaks_of)           # a function of the programme and a key that says whether that field is spoken of

Several may tell; what they offer adds up. Where nobody tells, the pages say nothing of cover.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from vivaio.initiatives.models import Dimension
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


Namer = Callable[[Programme], Mapping[str, tuple[Any, bool]]]
NAMERS: list[Namer] = []


def name(namer: Namer) -> Namer:
    """Register who knows the programme's own fields of competence: by key the title, and whether it is still offered;
    once, however often it is imported."""
    if namer not in NAMERS:
        NAMERS.append(namer)
    return namer


def _named(programme: Programme) -> dict[str, tuple[Any, bool]]:
    told = {key: one for namer in NAMERS for key, one in namer(programme).items()}
    return told or {key: (title, True) for key, title in CompetenceField.choices}


def fields_of(programme: Programme) -> dict[str, Any]:
    """The fields that a dimension can stand beside, with their titles: the programme's own, else the usual six; with
    those that are retired, for whatever speaks of them already."""
    return {key: title for key, (title, _offered) in _named(programme).items()}


def offered(programme: Programme, *kept: str) -> dict[str, Any]:
    """Of these, what forms offer: nothing that is retired, but for what the row (`kept`) has already."""
    return {key: title for key, (title, offered) in _named(programme).items() if offered or key in kept}


User = Callable[[Programme, str], bool]
USERS: list[User] = []


def use(user: User) -> User:
    """Register who keeps keys of fields, and knows whether it speaks of this one; once, as above."""
    if user not in USERS:
        USERS.append(user)
    return user


def in_use(programme: Programme, key: str) -> bool:
    """Whether anything speaks of the field: a dimension, or what a room above keeps."""
    beside = Dimension.objects.filter(programme=programme, field=key)
    return beside.exists() or any(user(programme, key) for user in USERS)
