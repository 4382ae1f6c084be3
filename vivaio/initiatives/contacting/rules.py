"""Who records contacts, and what an outcome asks for."""

import datetime as dt
from decimal import Decimal

from django.utils.translation import gettext as _

from vivaio.initiatives.models import Contact, Initiative
from vivaio.initiatives.rules import initiatives as rules
from vivaio.initiatives.states import ContactState, InitiativeState
from vivaio.kit import clock
from vivaio.people.models import Person


def write(initiative: Initiative, person: Person | None) -> str | None:
    """The team, and who accompanies it; an enterprise that was born goes on with whom it met, a closed one does not."""
    return writes(initiative, person is None or rules.concerned(initiative, person))


def writes(initiative: Initiative, concerned: bool) -> str | None:
    """The same, for a page that knows already whether they are of the team or accompany it."""
    if initiative.state == InitiativeState.CLOSED:
        return _("This initiative has closed: its contacts stay as they were.")
    return None if concerned else _("Only the team, and who accompanies it, records contacts.")


def change(contact: Contact, person: Person | None) -> str | None:
    return write(contact.initiative, person)


def who(name: str) -> str | None:
    """A contact has a name."""
    return None if name.strip() else _("Write who it is: an organisation or a person.")


def begun(contact_day: dt.date, zone: str) -> str | None:
    """Nobody was met tomorrow."""
    return None if contact_day <= clock.today(zone) else _("The day of the first contact has not come yet.")


def end(to: str, outcome: str, amount: Decimal | None) -> str | None:
    """What came of it is told in words; money only where something came of it."""
    if not outcome.strip():
        return _("Write what came of it: a line is enough.")
    if amount is not None and to != ContactState.WON:
        return _("An amount belongs to a contact that came to good.")
    return None


def with_reason(reason: str) -> str | None:
    """What is taken up again says why."""
    return None if reason.strip() else _("Write why it is taken up again.")


def words(text: str) -> str | None:
    return None if text.strip() else _("Write what happened: a line is enough.")
