"""Who may send letters on their way, and why not."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from vivaio.people.models import Person
from vivaio.programmes import rules as programmes
from vivaio.programmes.models import Programme


def handle(programme: Programme, person: Person | None) -> Any:
    """Release, cancel, retry, settle: for those who look after the programme's letters."""
    return programmes.may(person, "letters.release", programme)


def same_count(read: int, held: int) -> Any:
    """What is released is what was read: not one letter more, and at least one."""
    if not held:
        return _("No letter waits here any more: nothing was sent.")
    if read == held:
        return None
    return ngettext(
        "Nothing was sent: there is now %(held)s held letter, not %(read)s. Read it again, then release it.",
        "Nothing was sent: there are now %(held)s held letters, not %(read)s. Read them again, then release them.",
        held,
    ) % {"held": held, "read": read}
