"""Who may carry out what was prepared, and take it back."""

from typing import Any

from django.utils.translation import gettext as _

from vivaio.kit import clock, formats
from vivaio.people.models import Person
from vivaio.programmes.bulk import queries
from vivaio.programmes.models import BulkRun
from vivaio.programmes.rules import may
from vivaio.programmes.states import BulkRunState


def carry_out(run: BulkRun, person: Person) -> Any:
    """Whoever chose the rows and saw what would change."""
    if run.person_id != person.pk:
        return _("Only the person who chose the rows confirms this.")
    if run.state == BulkRunState.TAKEN_BACK:
        return _("This was undone: choose the rows again.")
    return None


def take_back(run: BulkRun, person: Person) -> Any:
    """Within a day, whoever did it or runs the programme; what has gone out into the world stays out."""
    if reason := queries.act_of(run).no_undo:
        return reason
    if run.state == BulkRunState.PREPARED:
        return _("Nothing was changed yet.")
    if run.undo_until is None or clock.now() >= run.undo_until:
        return _("It could be undone for a day, until %(when)s. Change the rows one by one.") % {
            "when": formats.moment(run.undo_until, run.programme.time_zone)
        }
    if run.person_id != person.pk and may(person, "programme.edit", run.programme_id):
        return _("Only who did it, or who runs the programme, can undo it.")
    return None
