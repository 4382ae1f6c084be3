"""Who may write in own words, and when such a letter can be made."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from vivaio.applications.models import OwnLetter
from vivaio.applications.own_letters import queries
from vivaio.applications.own_letters.letters import WORDABLE
from vivaio.applications.states import OwnLetterState
from vivaio.calls.models import Call
from vivaio.kit import formats
from vivaio.kit.language_fields import language_name
from vivaio.mailroom.wording import rules as wording
from vivaio.people.models import Person
from vivaio.programmes.rules import may

MOST_A_DAY = 10


def write(call: Call, person: Person) -> Any:
    """Whoever decides on the applications of the call."""
    return may(person, "applications.decide", call.programme_id)


def change(letter: OwnLetter, person: Person) -> Any:
    """A draft is its writer's alone; what was written stays."""
    if reason := write(letter.call, person):
        return reason
    if letter.person_id != person.pk:
        return _("Only the person who wrote this draft can change it.")
    if letter.state != OwnLetterState.DRAFT:
        return _(
            "The letters are written: what they say cannot be changed. Those that are held can be cancelled."
        )
    return None


def languages(call: Call) -> list[str]:
    """The languages of the programme in which letters are written; the first has to be there."""
    return list(call.programme.languages or ["it"])


def wrong(words: Mapping[str, Mapping[str, str]], call: Call) -> dict[tuple[str, str], Any]:
    """What is wrong with subject or text, by language and part. Only the first language has to be there."""
    found: dict[tuple[str, str], Any] = {}
    for place, code in enumerate(languages(call)):
        said = words.get(code, {})
        subject, body = said.get("subject", ""), said.get("body", "")
        if place and not subject.strip() and not body.strip():
            continue
        found |= {
            (code, part): reason
            for part, reason in (
                ("subject", wording.subject(subject, WORDABLE)),
                ("body", wording.body(body, WORDABLE)),
            )
            if reason
        }
    return found


def prepare(letter: OwnLetter, person: Person, *, aware: bool) -> Any:
    """Words that can be sent, somebody to read them, not too often, and nothing given away by slip."""
    if reason := change(letter, person):
        return reason
    for (code, _part), reason in wrong(letter.words, letter.call).items():
        return f"{language_name(code)}: {reason}"
    if not queries.readers(queries.about(letter), to_all=letter.to_all).letters:
        return _("Nobody would receive this letter: there is no confirmed address to write to.")
    if queries.prepared_lately(person) >= MOST_A_DAY:
        return _("You have written %(n)s such letters within a day: go on tomorrow.") % {
            "n": formats.number(MOST_A_DAY)
        }
    if not aware and gives_away(letter):
        return _("Confirm first that this letter tells nobody what was not communicated yet.")
    return None


def gives_away(letter: OwnLetter) -> bool:
    """Whether who gets it, and who does not, could tell a decision that was not communicated."""
    return letter.narrowed or queries.untold(letter)
