"""Lifecycles are tables that can be read aloud: `MOVES = {DRAFT: {SUBMITTED}, ...}`."""

from collections.abc import Mapping, Set
from typing import Any

from django.utils.translation import gettext as _

from vivaio.kit.rules import Refused


def move(subject: Any, to: str, moves: Mapping[Any, Set[Any]], field: str = "state") -> None:
    """Set `subject.<field>` to `to` if the table has that move; the caller saves.

    Raises `Refused` otherwise: the subject is no longer where the caller thought it was.
    """
    current = getattr(subject, field)
    if to not in moves.get(current, set()):
        choices = subject._meta.get_field(field).choices or ()
        names = dict(choices)
        raise Refused(
            _("This is no longer possible: the state is now “%(state)s”. Reload the page to go on.")
            % {"state": names.get(current, current)}
        )
    setattr(subject, field, to)
