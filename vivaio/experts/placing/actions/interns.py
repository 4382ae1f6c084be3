"""The role of an intern: it comes with the university's word, and goes when somebody is a student here no more."""

from typing import Any

from vivaio.experts.models import PlacementStudent
from vivaio.experts.placing.queries import taking_part as queries
from vivaio.journal import actions as journal
from vivaio.programmes.models import RoleHolding
from vivaio.programmes.roles import INTERN

PLACEMENTS = "placements"


def settle(student: PlacementStudent) -> None:
    """Whoever is an intern holds the role: each action that changes who is one ends here.

    Nobody else holds it by a placement; who was given it by hand keeps it, whatever becomes of the placement.
    """
    role: dict[str, Any] = {
        "programme": student.round.programme,
        "person": student.person,
        "role": INTERN.code,
    }
    if queries.is_intern(student):
        held, new = RoleHolding.objects.get_or_create(**role, defaults={"comes_with": PLACEMENTS})
        if new:
            journal.record("experts.intern_began", held, programme=student.round.programme_id)
        return
    # Under its lock: an invitation accepted at this moment makes the role one given by hand.
    for held in RoleHolding.objects.select_for_update().filter(**role, comes_with=PLACEMENTS):
        journal.record("experts.intern_over", held, programme=student.round.programme_id)
        held.delete()
