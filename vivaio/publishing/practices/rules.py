"""Who takes good practices in, edits, confirms and publishes them; what a team may do with one. None, or words."""

from typing import Any

from django.utils.translation import gettext as _

from vivaio.applications.models import Application
from vivaio.applications.states import ApplicationState
from vivaio.initiatives.models import Initiative
from vivaio.initiatives.queries import initiatives as queries_of_initiatives
from vivaio.initiatives.rules import initiatives
from vivaio.kit.texts import text_in, translations_of
from vivaio.people import queries as people
from vivaio.people.models import Person
from vivaio.programmes import rules as programmes
from vivaio.programmes.models import Programme
from vivaio.publishing.models import Practice, PracticeIntroduction
from vivaio.publishing.states import PRACTICE_PLAIN, PRACTICE_TEXTS, PracticeState

NEEDED = ("title", "need", "done", "results")


def edit(programme: Programme, person: Person | None) -> str | None:
    """Who looks after the programme's public pages looks after its practices."""
    return programmes.may(person, "site.edit", programme)


def collect(programme: Programme, person: Person | None) -> str | None:
    """A collection is a call: who writes calls begins it."""
    return programmes.may(person, "calls.edit", programme)


def take(application: Application, answers: dict[str, Any], person: Person | None) -> str | None:
    """An eligible application to a collection, with its consent, once."""
    if refused := edit(application.call.programme, person):
        return refused
    if not application.call.collects:
        return _("This call collects no good practices.")
    if application.state != ApplicationState.ADMITTED:
        return _("Find the application eligible first: what is not eligible is not published.")
    if application.organisation is None:
        return _("Good practices are of organisations.")
    if answers.get("consent") not in ("yes", "OK", True):
        return _("The organisation has not agreed to the publication.")
    return None


def change(practice: Practice, person: Person | None) -> str | None:
    """The text is edited while it is in preparation: what was confirmed stays as it was confirmed."""
    if refused := edit(practice.programme, person):
        return refused
    if practice.state != PracticeState.DRAFT:
        return _("Only what is in preparation is edited: what the organisation reads stays as it is.")
    return None


def settle(practice: Practice, person: Person | None) -> str | None:
    """The tags are the staff's, whatever the state."""
    return edit(practice.programme, person)


def complete(practice: Practice) -> str | None:
    """The problem, what was done and the results: without one of them nobody learns from it."""
    if all(text_now(practice, name) for name in NEEDED):
        return None
    return _("Title, problem, what was done and results are needed: without them nobody learns from it.")


def text_now(practice: Practice, name: str) -> str:
    """A text in the language in which it was handed in."""
    return text_in(practice, name, practice.language)


def edited(practice: Practice) -> bool:
    """Whether anything differs from what was handed in: a text, a translation, an address, whether it is published."""
    written = practice.written
    if any(text_now(practice, name) != written.get(name, "") for name in PRACTICE_TEXTS):
        return True
    if any(getattr(practice, name) != written.get(name) for name in PRACTICE_PLAIN):
        return True
    return any(translations_of(practice, name, practice.language) for name in PRACTICE_TEXTS)


def ask(practice: Practice, person: Person | None) -> str | None:
    """What was edited is confirmed by the organisation before anyone reads it."""
    if practice.state != PracticeState.DRAFT:
        return edit(practice.programme, person) or _("This is not in preparation.")
    return change(practice, person) or complete(practice)


def publish(practice: Practice, person: Person | None) -> str | None:
    """As it was written it goes on line at once; what was edited waits for the organisation."""
    if refused := edit(practice.programme, person):
        return refused
    if practice.state != PracticeState.DRAFT:
        return _("This is not in preparation.")
    if edited(practice):
        return _(
            "The text was edited: ask the organisation to confirm it. Confirmed, it goes on line by itself."
        )
    if application_withdrawn(practice):
        return _(
            "The organisation has withdrawn its application: ask it to confirm the text."
            " Confirmed, it goes on line by itself."
        )
    return complete(practice)


def application_withdrawn(practice: Practice) -> bool:
    """Whether whoever handed it in took the application back: what is on line stays until they take it off."""
    handed_in = practice.application
    return handed_in is not None and handed_in.state == ApplicationState.WITHDRAWN


def take_back(practice: Practice, person: Person | None) -> str | None:
    """What waits for the organisation, what was withdrawn or left out, goes back to its preparation."""
    if refused := edit(practice.programme, person):
        return refused
    if practice.state in (PracticeState.DRAFT, PracticeState.PUBLISHED):
        return _("There is nothing to take back.")
    return None


def leave_out(practice: Practice, person: Person | None) -> str | None:
    """What is in preparation may be left out, with the reason."""
    if practice.state != PracticeState.DRAFT:
        return edit(practice.programme, person) or _("This is not in preparation.")
    return edit(practice.programme, person)


def withdraw(practice: Practice, person: Person | None) -> str | None:
    """The staff takes it off line, and so does the organisation: it is theirs."""
    if practice.state != PracticeState.PUBLISHED:
        return _("This is not on line.")
    if person is not None and people.belongs(person, practice.organisation_id):
        return None
    return edit(practice.programme, person)


def answer(practice: Practice, revision: str, person: Person | None) -> str | None:
    """The organisation says yes, or what it would have otherwise, to exactly what it has read."""
    if person is None or not people.belongs(person, practice.organisation_id):
        return _("Only people of the organisation answer for it.")
    if practice.state != PracticeState.ASKED:
        return _("There is nothing to confirm.")
    if practice.revision != revision:
        return _("The text has changed while you were reading it. Read it again, then answer.")
    return None


def with_words(words: str) -> str | None:
    """A no is said with its reason."""
    return None if words.strip() else _("Write why, or what should change: a line is enough.")


def mark(practice: Practice, initiative: Initiative, person: Person | None) -> str | None:
    """The team says what it makes of a practice that is on line in its programme."""
    if person is None or not queries_of_initiatives.is_of_team(person, initiative):
        return _("Only the team says what is of use to it.")
    if practice.state != PracticeState.PUBLISHED or practice.programme_id != initiative.programme_id:
        return _("This practice is not on line any more.")
    return None


def introduce(practice: Practice, initiative: Initiative, person: Person | None) -> str | None:
    """The team of an initiative that goes on asks for an introduction, once for each practice."""
    if refused := mark(practice, initiative, person) or initiatives.under_way(initiative):
        return refused
    if practice.organisation_id == initiative.organisation_id:
        return _("This practice is your own organisation’s.")
    if PracticeIntroduction.objects.filter(practice=practice, initiative=initiative).exists():
        return _("You have asked for this introduction already: it is among your contacts.")
    return None
