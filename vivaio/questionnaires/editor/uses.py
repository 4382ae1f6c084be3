"""Where a form is used: other rooms say so by answering `events.uses_asked` (a call gives out one version)."""

from vivaio.questionnaires import events
from vivaio.questionnaires.events import Use
from vivaio.questionnaires.models import Form


def of(form: Form) -> list[Use]:
    """Every use of the form's versions, newest version first."""
    answers = events.uses_asked.send(Form, form=form)
    found = [use for _room, uses in answers for use in uses]
    return sorted(found, key=lambda use: -use.version)
