"""Who may work on the draft of a form, and what a version needs before it is published."""

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext_lazy as _

from vivaio.people.models import Person
from vivaio.programmes.models import Programme
from vivaio.programmes.rules import may
from vivaio.questionnaires.models import Form, FormDraft

EDIT = "calls.edit"


def start(programme: Programme, person: Person | None) -> Any:
    """Beginning a form of a programme."""
    return may(person, EDIT, programme)


def edit(form: Form, person: Person | None) -> Any:
    """Working on the draft of a form."""
    return may(person, EDIT, form.programme_id)


def publish(draft: FormDraft, person: Person | None, problems: Sequence[Any]) -> Any:
    """A draft becomes a version once nothing stands against it, and if it says something new."""
    refused = edit(draft.form, person)
    if refused:
        return refused
    if problems:
        return _("Something is still missing: it stands in the list of what to put right.")
    if draft.basis and draft.basis.sha256 == draft.questionnaire.sha256:
        return _("Nothing has changed since version %(number)s: there is nothing to publish.") % {
            "number": draft.basis.number
        }
    return None


def undo(draft: FormDraft, person: Person | None, seen: int) -> Any:
    """Taking back the last change, if it is still the last."""
    refused = edit(draft.form, person)
    if refused:
        return refused
    if not draft.stamp or not draft.steps.exists():
        return _("There is nothing left to undo.")
    if seen != draft.stamp:
        return _("The draft has changed since this page was opened. Look at it as it is now, then undo.")
    return None
