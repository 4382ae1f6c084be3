"""Invented organisations that register as real ones do."""

from vivaio.people import actions as organisations
from vivaio.people.models import Organisation, Person
from vivaio.people.states import BoardPart, OrganisationKind


def register(name: str, kind: str, person: Person, number: int) -> Organisation:
    """An organisation with an invented VAT number that passes its check, and a board."""
    values = {
        "name": name,
        "kind": kind,
        "vat_number": vat_number(number),
        "municipality": "Milano",
        "province": "MI",
        "country": "IT",
    }
    organisation = organisations.create_organisation(values, by=person)
    president = {"given_name": person.given_name, "family_name": person.family_name}
    seat = {**president, "part": BoardPart.LEGAL_REPRESENTATIVE, "email": person.email}
    return organisations.declare_board(organisation, [seat], by=person)


def group(name: str, person: Person) -> Organisation:
    """An informal group: it has no number."""
    values = {
        "name": name,
        "kind": OrganisationKind.INFORMAL_GROUP,
        "municipality": "Milano",
        "country": "IT",
    }
    return organisations.create_organisation(values, by=person)


def vat_number(number: int) -> str:
    """Eleven digits whose last is the check digit of the other ten."""
    digits = [int(sign) for sign in f"99{number:05d}015"]
    doubled = [digit if place % 2 == 0 else sum(divmod(digit * 2, 10)) for place, digit in enumerate(digits)]
    return "".join(map(str, digits)) + str(-sum(doubled) % 10)
