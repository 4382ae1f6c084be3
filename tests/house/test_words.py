"""Every word that a person may read is translated, in every room, and no two rooms say one thing differently."""

import re
from pathlib import Path

from babel.messages import pofile

import vivaio
from tools import messages

STRAIGHT = re.compile(r"[^\W\d_]'[^\W\d_]")


def test_every_string_is_translated(capsys):
    missing = messages.main(["--check"])
    assert missing == 0, capsys.readouterr().err


def test_italian_is_set_with_its_own_apostrophe():
    straight = []
    for path in Path(vivaio.__file__).parent.glob("*/locale/it/LC_MESSAGES/django.po"):
        with path.open("rb") as file:
            for message in pofile.read_po(file, locale="it"):
                written = message.string if isinstance(message.string, list | tuple) else [message.string]
                straight += [text for text in written if message.id and STRAIGHT.search(text)]
    assert straight == []
