"""Invented people, organisations and answers: the same for the same seed, and nobody could take them for real."""

import io
import random
from collections.abc import Iterator
from typing import Any

from django.core.files.base import ContentFile
from PIL import Image

from vivaio.applications import actions as applications
from vivaio.applications.models import Application
from vivaio.calls.models import Track
from vivaio.kit.rules import Refused
from vivaio.people import actions as organisations
from vivaio.people.models import Organisation, Person
from vivaio.people.states import BoardPart, OrganisationKind
from vivaio.questionnaires import actions as questionnaires
from vivaio.questionnaires import queries
from vivaio.questionnaires.changes import Change
from vivaio.questionnaires.engine.state import QuestionState
from vivaio.questionnaires.models import Response

GIVEN = ("Ada", "Bruno", "Carla", "Dino", "Elsa", "Furio", "Gina", "Ivo", "Lea", "Nino", "Pia", "Ugo")
FAMILY = ("Inventati", "Provetti", "Finzi", "Immaginari", "Esempi", "Ipotesi", "Fittizi", "Favola")
NAMES = (
    "Filo d’aria",
    "Sassolino",
    "Mezzaluna",
    "Girandola",
    "Lumaca",
    "Ponte di carta",
    "Quadrifoglio",
    "Nuvola",
)
WORDS = (
    "prova", "esempio", "quartiere", "orto", "bottega", "cortile", "scuola", "persone", "lavoro", "cura",
    "insieme", "tempo", "strada", "ascolto", "laboratorio", "festa",
)  # fmt: skip
# One after the other, until the form takes one: numbers, then what only looks like text.
NUMBERS = ("5", "10", "1", "100", "2", "25", "1000", "50", "18", "30", "5000", "20000", "0", "2024", "100000")
DAYS = ("2026-01-15", "2024-05-20", "1990-03-10", "2030-06-30", "2028-02-01", "2010-09-09", "1970-01-01")
MOMENTS = {"time": ("10:00", "15:30"), "dateTime": ("2026-01-15T10:00", "2030-06-30T12:00")}
TEXTS = (
    "", "prova@rehearsal.example", "https://prova.example/", "02 5550 0199", "20121", "12345678903",
    "MI", "RSSMRA80A01F205X", "2026", "IT60X0542811101000000123456", "A",
)  # fmt: skip
ROUNDS = 14


def person(number: int, name: str, chance: random.Random) -> Person:
    """Somebody invented, who cannot sign in. Each has a mail domain of their own: shared ones are looked at as ties."""
    made = Person(
        email=f"persona@{name}-{number}.example",
        given_name=chance.choice(GIVEN),
        family_name=f"{chance.choice(FAMILY)} {number} (prova)",
        language="it",
    )
    made.set_unusable_password()
    made.save()
    return made


def organisation(number: int, track: Track, by: Person, chance: random.Random) -> Organisation:
    """An invented organisation of a kind that the track takes, with a board."""
    kinds = track.organisation_kinds or [OrganisationKind.COOPERATIVE]
    values = {
        "name": f"{chance.choice(NAMES)} {number} (organizzazione inventata)",
        "kind": chance.choice(kinds),
        "municipality": "Milano",
        "province": "MI",
        "country": "IT",
    }
    made = organisations.create_organisation(values, by=by)
    names = {"given_name": by.given_name, "family_name": by.family_name, "email": by.email}
    return organisations.declare_board(made, [names | {"part": BoardPart.LEGAL_REPRESENTATIVE}], by=by)


def write(application: Application, by: Person, chance: random.Random) -> bool:
    """Answer all that has to be answered, as the form goes on asking; whether nothing is missing any more."""
    tried: dict[str, int] = {}
    for turn in range(ROUNDS):
        response = Response.objects.select_related("version__form").get(pk=application.response_id)
        found = queries.state_of(response, strict=True)
        asked = [one for page in found.pages for question in page.questions() for one in question.inside()]
        changes = [
            change
            for one in asked
            if one.relevant and not one.read_only and _wanting(one, turn)
            for change in _change(one, tried, chance)
        ]
        _attach(response, asked, by)
        if not changes:
            break
        applications.save(application, changes, by=by)
    application.refresh_from_db()
    response = Response.objects.select_related("version__form").get(pk=application.response_id)
    return not queries.problems(response)


def _wanting(one: QuestionState, turn: int) -> bool:
    """What is empty at the first look, and what is missing or wrong afterwards."""
    if one.error or one.missing:
        return True
    return turn == 0 and one.value in (None, "", []) and one.kind != "repeat"


def _change(one: QuestionState, tried: dict[str, int], chance: random.Random) -> Iterator[Change]:
    """The next thing to try for a question."""
    number = tried[one.path] = tried.get(one.path, -1) + 1
    if one.kind == "repeat":
        if one.can_add and (one.error or one.missing):
            yield Change(one.path, op="add_row")
        return
    value = _value(one, number, chance)
    if value is not None:
        yield Change(one.path, value)


def _value(one: QuestionState, number: int, chance: random.Random) -> Any:
    names = [choice.name for choice in one.choices]
    if one.kind in ("select_one", "select_multiple", "rank"):
        return _chosen(one.kind, names, number, chance)
    if one.kind == "acknowledge":
        return "yes"
    if one.kind == "range":
        return one.start
    if one.kind in ("integer", "decimal"):
        return NUMBERS[number % len(NUMBERS)]
    if one.kind == "date":
        return DAYS[number % len(DAYS)]
    if one.kind in MOMENTS:
        return MOMENTS[one.kind][number % 2]
    if one.kind == "text":
        return TEXTS[number % len(TEXTS)] or sentence(one.max_words, chance)
    return None


def _chosen(kind: str, names: list[str], number: int, chance: random.Random) -> Any:
    """One choice, another at each try; several where several may be chosen; all in some order where they are ranked."""
    if not names:
        return None
    if kind == "rank":
        return chance.sample(names, len(names))
    if kind == "select_multiple":
        return chance.sample(names, 1 + (number + chance.randrange(2)) % len(names))
    return names[(chance.randrange(len(names)) + number) % len(names)]


def sentence(most: int, chance: random.Random) -> str:
    """Words that say that they are invented, no more than the question takes."""
    count = max(1, min(most or 12, 12 + chance.randrange(12) if most > 24 else 8))
    words = ["Testo", "inventato:", *(chance.choice(WORDS) for _place in range(count))]
    return " ".join(words[: most or None])


def _attach(response: Response, asked: list[QuestionState], by: Person) -> None:
    """A file where one is missing: a picture, or a page, with nothing on it."""
    for one in asked:
        if (
            one.kind not in ("file", "image")
            or not one.relevant
            or one.files
            or not (one.required or one.missing)
        ):
            continue
        for name, form in (("inventato.pdf", "PDF"), ("inventato.png", "PNG")):
            drawn = io.BytesIO()
            Image.new("RGB", (60, 40), "#dfe8da").save(drawn, form)
            try:
                questionnaires.attach_file(
                    response, one.path, ContentFile(drawn.getvalue(), name=name), by=by
                )
            except Refused:
                continue
            break
