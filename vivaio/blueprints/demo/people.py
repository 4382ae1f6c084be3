"""Who plays in the demo, and how they sign in."""

from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml
from allauth.account.models import EmailAddress
from django.contrib.auth.hashers import make_password

from vivaio.people.models import Person
from vivaio.people.models.person import sort_key
from vivaio.programmes.models import Programme, RoleHolding
from vivaio.programmes.roles import ROLES

CAST = Path(__file__).parent / "cast.yaml"
PASSWORD = "vivaio-in-prova"  # noqa: S105 shown on the first page of the demo: it protects nothing
DOMAIN = "vivaio.example"
# For the sign-ins: who leads a team, who is in the bank, who is placed with an initiative, and for which university.
LEADER, EXPERT, STUDENT, TUTOR = "Carla Venturi", "Marco Savini", "Elisa Contarini", "Renata Corsini"
OTHERS = (
    ("initiative leader", LEADER),
    ("expert", EXPERT),
    ("student", STUDENT),
    ("university tutor", TUTOR),
)


@lru_cache
def cast() -> dict[str, Any]:
    """The cast as written in its file."""
    return yaml.safe_load(CAST.read_text(encoding="utf-8"))


def address(given: str, family: str) -> str:
    """An address that leads nowhere."""
    return f"{sort_key(given, '').strip()}.{sort_key(family, '').strip()}@{DOMAIN}".replace(" ", "")


@lru_cache
def hashed() -> str:
    """The common password, hashed once: hashing is slow on purpose, and there are forty of them."""
    return make_password(PASSWORD)


def account(given: str, family: str, *, administrator: bool = False) -> Person:
    """The person with an address that needs no confirming; made once."""
    email = address(given, family)
    person = Person.objects.filter(email=email).first()
    if person is None:
        person = Person.objects.create(
            email=email,
            password=hashed(),
            given_name=given,
            family_name=family,
            is_administrator=administrator,
        )
        EmailAddress.objects.create(user=person, email=email, verified=True, primary=True)
    return person


def staff(programme: Programme) -> dict[str, Person]:
    """The people who run the programme, by role; the administrator holds none."""
    people = {}
    for one in cast()["staff"]:
        person = account(one["given"], one["family"], administrator=one["role"] == "administrator")
        people[one["role"]] = person
        if one["role"] in ROLES:
            RoleHolding.objects.get_or_create(programme=programme, person=person, role=one["role"])
    return people


def sign_ins() -> list[tuple[str, str, str]]:
    """One sign-in for each role: its name, the address, the password. Empty where there is no demo."""
    if not Person.objects.filter(email__endswith=f"@{DOMAIN}").exists():
        return []
    roles = [(one["role"].replace("_", " "), one["given"], one["family"]) for one in cast()["staff"]]
    juror, applicant = cast()["jurors"][0], cast()["cooperatives"][0]["person"].split(" ", 1)
    roles += [("juror", juror["given"], juror["family"]), ("applicant", *applicant)]
    roles += [(role, *name.split(" ", 1)) for role, name in OTHERS]
    return [(role, address(given, family), PASSWORD) for role, given, family in roles]
