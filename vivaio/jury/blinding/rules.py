"""Who decides what jurors see of a file."""

from django.utils.translation import gettext as _

from vivaio.applications.models import Application
from vivaio.jury.blinding import queries
from vivaio.jury.models import Panel
from vivaio.jury.rules import panel as panel_rules
from vivaio.people.models import Person


def decide(panel: Panel, application: Application, person: Person | None) -> str | None:
    """Staff decide about the files of a blind review, and of no other."""
    if refused := panel_rules.edit(panel, person):
        return refused
    if application.call_id != panel.call_id:
        return _("This application belongs to another call.")
    if not queries.is_blind(panel.call):
        return _("The review of this call is not blind: jurors read every file.")
    return None


def copy_needed() -> str:
    """Said where a copy without names was announced and none was sent."""
    return _("Choose the copy without names that jurors are to read.")


def withheld() -> str:
    """Said to a juror who asks for a file that they may not open."""
    return _("This file is withheld: it would tell who applies, and the review is blind.")


def not_his() -> str:
    """Said when a form names a file that the application does not have."""
    return _("This application has no such file any more. Reload the page.")
