"""The role of an intern: it comes with the university's word, and goes when somebody is a student here no more."""

from typing import Any

from vivaio.experts.models import PlacementStudent
from vivaio.experts.placing.queries import taking_part as queries
from vivaio.programmes.models import RoleHolding
from vivaio.programmes.roles import INTERN


def settle(student: PlacementStudent) -> None:
    """Whoever is an intern holds the role, and nobody else: each action that changes who is one ends here."""
    role: dict[str, Any] = {
        "programme": student.round.programme,
        "person": student.person,
        "role": INTERN.code,
    }
    if queries.is_intern(student):
        RoleHolding.objects.get_or_create(**role)
    else:
        RoleHolding.objects.filter(**role).delete()
