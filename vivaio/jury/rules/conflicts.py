"""Who may declare, record and set aside conflicts of interest."""

from django.utils.translation import gettext as _

from vivaio.applications.models import Application
from vivaio.jury.awarding import queries as awarding
from vivaio.jury.blinding import queries as blinding
from vivaio.jury.models import Conflict, Juror, Panel
from vivaio.jury.rules import panel as panel_rules
from vivaio.jury.states import ConflictSource, ConflictState, JurorState, PanelState
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


def name(juror: Juror, person: Person | None) -> str | None:
    """Of a long list jurors name one after the other; in a blind review nobody is shown, so nobody is named."""
    if refused := declare(juror, person):
        return refused
    if blinding.is_blind(juror.panel.call):
        return _(
            "The review is blind: if you believe that you know whose an application is, say so on its score sheet."
        )
    return None


def take_back(conflict: Conflict) -> str | None:
    """A juror takes back what they said themselves, and nothing else."""
    if conflict.source != ConflictSource.DECLARED:
        return _("This conflict was found or recorded by others: if it is a mistake, tell the call's office.")
    return None


def record(panel: Panel, person: Person | None) -> str | None:
    """Staff record a conflict that nobody declared, search for some, and let one stand again."""
    return panel_rules.edit(panel, person) or stays(panel)


def stays(panel: Panel) -> str | None:
    """Once a winner was revealed on stage no conflict changes which sheets the verdict rests on, whoever asks."""
    if not panel.call.is_contest or not awarding.on_stage(panel.call):
        return None
    return _(
        "Winners were revealed on stage: the verdict stays, with the sheets that it rests on. Tell in writing whoever"
        " adopted it what you have learnt, so that it is kept with the acts of the call; if a winner was revealed by"
        " mistake, go back on the stage first."
    )


def dismiss(conflict: Conflict, person: Person | None, text: str = "") -> str | None:
    """Staff set a conflict aside with a reason; nobody does so for themselves."""
    refused = record(conflict.juror.panel, person)
    if refused:
        return refused
    if person is not None and conflict.juror.person_id == person.pk:
        return _("You cannot set aside a conflict of your own: ask somebody else of the staff.")
    if conflict.state != ConflictState.STANDING:
        return _("This conflict has been set aside already.")
    return reason(text)


def clear(application: Application, panel: Panel, person: Person | None, text: str = "") -> str | None:
    """Staff decide that an applicant nobody knows may be assigned all the same; nobody does so for their own jury."""
    refused = record(panel, person)
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
