"""Who may declare, record and set aside conflicts of interest."""

from django.utils.translation import gettext as _

from vivaio.applications.models import Application
from vivaio.jury.models import Conflict, Juror, Panel
from vivaio.jury.rules import panel as panel_rules
from vivaio.jury.states import ConflictState, JurorState, PanelState
from vivaio.people.models import Person

SHORTEST = 10
SEATED = (JurorState.INVITED, JurorState.ACCEPTED)


def reason(text: str) -> str | None:
    """A decision that others will read needs words."""
    if len(text.strip()) < SHORTEST:
        return _("Write the reason in a sentence: whoever reads the minutes must understand it.")
    return None


def declare(juror: Juror, person: Person | None) -> str | None:
    """Jurors declare their own conflicts, until the scoring is closed."""
    if person is None or juror.person_id != person.pk or juror.state != JurorState.ACCEPTED:
        return _("Only the juror can declare their own conflicts of interest.")
    if juror.panel.state == PanelState.CLOSED:
        return _("Scoring is closed. Tell the call's office about a conflict that you found only now.")
    return None


def record(panel: Panel, person: Person | None) -> str | None:
    """Staff record a conflict that nobody declared."""
    return panel_rules.edit(panel, person)


def dismiss(conflict: Conflict, person: Person | None, text: str = "") -> str | None:
    """Staff set a conflict aside with a reason; nobody does so for themselves."""
    refused = panel_rules.edit(conflict.juror.panel, person)
    if refused:
        return refused
    if person is not None and conflict.juror.person_id == person.pk:
        return _("You cannot set aside a conflict of your own: ask somebody else of the staff.")
    if conflict.state != ConflictState.STANDING:
        return _("This conflict has been set aside already.")
    return reason(text)


def clear(application: Application, panel: Panel, person: Person | None, text: str = "") -> str | None:
    """Staff decide that an applicant nobody knows may be assigned all the same; nobody does so for their own jury."""
    refused = panel_rules.edit(panel, person)
    if refused:
        return refused
    if person is not None and panel.jurors.filter(person=person, state__in=SEATED).exists():
        return _(
            "You sit on this jury, and may be tied to an applicant nobody knows: ask somebody else of the staff."
        )
    if application.call_id != panel.call_id:
        return _("This application belongs to another call.")
    return reason(text)


def unknown_application() -> str:
    """Said when a form names an application that is not before this jury."""
    return _("One of these applications is no longer before this jury. Reload the page and look again.")


def left(juror: Juror) -> str:
    """Said about somebody who does not sit on the jury any more."""
    return _("%(name)s no longer sits on this jury.") % {"name": juror}


def gone() -> str:
    """Said when the records no longer tell of the conflict."""
    return _("This conflict is no longer there: the records have changed. Reload the page.")
