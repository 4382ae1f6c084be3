"""The jury of a stage sits in the next one too, by one press."""

from django.db import transaction

from vivaio.calls.models import Call
from vivaio.journal import actions as journal
from vivaio.jury.actions import panel as panels
from vivaio.jury.advancing import rules
from vivaio.jury.models import Juror
from vivaio.jury.queries import panel as queries
from vivaio.jury.states import JurorState
from vivaio.kit.rules import Refused, require
from vivaio.people.models import Person


@transaction.atomic
def copy_jury(call: Call, *, by: Person | None) -> list[Juror]:
    """Invite to this stage's jury whoever accepted to sit in that of the stage before, and was not asked yet.

    Each accepts anew: they have not promised to read more. Raises `Refused` where no juror is left to invite.
    """
    before = queries.of(call.follows) if call.follows else None
    panel = queries.locked(panels.ensure(call, by=by).pk)
    require(rules.copy_panel, before)
    if before is None:
        raise Refused(rules.copy_panel(before))
    asked = set(panel.jurors.values_list("email", flat=True))
    invited = [
        panels.invite(
            panel,
            email=one.email,
            given_name=one.given_name,
            family_name=one.family_name,
            capacity=one.capacity,
            minimum=one.minimum,
            language=one.language,
            by=by,
        )
        for one in before.jurors.filter(state=JurorState.ACCEPTED)
        if one.email not in asked
    ]
    require(rules.somebody_new, invited)
    journal.record("jury.panel_copied", panel, by=by)
    return invited
