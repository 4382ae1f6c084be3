"""Who must confirm a sign-in with a second step, and why.

Each room that knows a reason says so in its `reactions.py`:

    @second_step.required_when
    def runs_a_programme(person): ...  # why, in words, or None
"""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from vivaio.people import queries
from vivaio.people.models import Person

Reason = Callable[[Person], Any]
REASONS: list[Reason] = []


def required_when(known: Reason) -> Reason:
    """Register a reason: a function of the person that answers words, or nothing."""
    REASONS.append(known)
    return known


def reason(person: Person) -> str | None:
    """Why a password alone is not enough for this person's account; nothing for most people."""
    return next((str(words) for known in REASONS if (words := known(person))), None)


def why_required(person: Person) -> str | None:
    """Why this person needs a second step; nothing if they may do without, or the installation waives it."""
    return reason(person) if settings.STAFF_SECOND_STEP else None


def missing(person: Person) -> str | None:
    """Why this person must set up a second step before anything else; nothing once they have one."""
    why = why_required(person)
    return why if why and not queries.has_second_step(person) else None


def keep_last(person: Person) -> str | None:
    """Why the person's only second step may not be taken away."""
    why = why_required(person)
    if why is None or queries.second_steps(person).count() > 1:
        return None
    return _("%(why)s Add another one before you take this away.") % {"why": why}


@required_when
def administers_the_installation(person: Person) -> str | None:
    """The administrator can read and change everything."""
    if not person.is_administrator:
        return None
    return _("You administer this installation, so a password alone must not be enough to sign in as you.")
