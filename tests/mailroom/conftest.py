"""A letter of a room that exists only here: the mailroom knows no stage."""

import uuid
from pathlib import Path
from types import SimpleNamespace

import pytest

from vivaio.mailroom import letters, rendering
from vivaio.mailroom.categories import INVITATIONS, PROCEDURE
from vivaio.mailroom.letters import Letter, Recipient

TEMPLATES = Path(__file__).parent / "templates"


@pytest.fixture(autouse=True)
def _templates_of_the_tests(settings):
    engine = dict(settings.TEMPLATES[0])
    settings.TEMPLATES = [engine | {"DIRS": [*engine["DIRS"], TEMPLATES]}]
    rendering.template_of.cache_clear()
    yield
    rendering.template_of.cache_clear()


@pytest.fixture
def subject():
    """Stands for a row of any stage."""
    return SimpleNamespace(
        pk=uuid.uuid4(),
        programme_id=uuid.uuid4(),
        _meta=SimpleNamespace(label_lower="mailroomtests.thing"),
        title="Orto Pensile",
        before=None,
        readers=[
            Recipient("anna@example.org", "Anna Rossi", "it"),
            Recipient("bob@example.org", "Bob", "en"),
        ],
    )


@pytest.fixture
def receipt():
    letter = Letter(
        "mailroomtests.receipt",
        title="Receipt",
        category=PROCEDURE,
        recipients=lambda subject: subject.readers,
        context=lambda subject, recipient: {
            "title": subject.title,
            "url": f"https://x.example/{subject.pk}/a_b_c",
        },
    )
    yield letter
    del letters.REGISTRY[letter.name]


@pytest.fixture
def invitation():
    """A letter by choice, with a personal link."""
    letter = Letter(
        "mailroomtests.invitation",
        title="Invitation",
        category=INVITATIONS,
        recipients=lambda subject: subject.readers,
        context=lambda subject, recipient: {
            "title": subject.title,
            "link": f"https://x.example/{subject.title}?for={subject.pk}&yes",
        },
        before=lambda subject: subject.before,
        personal="link",
    )
    yield letter
    del letters.REGISTRY[letter.name]
