"""The tokens that a person holds today: roles and memberships are read as they stand, never from the index."""

from django.db.models import CharField, F, Value

from vivaio.finder import audiences
from vivaio.people import queries as people
from vivaio.people.models import Person
from vivaio.programmes.models import RoleHolding
from vivaio.programmes.roles import ROLES


def tokens_of(person: Person) -> list[str]:
    """What the person may find by, in one query."""
    if not person.is_authenticated or not person.is_active:
        return [audiences.PUBLIC]
    found = {audiences.PUBLIC, audiences.person(person.pk)}
    if person.is_administrator:
        found.add(audiences.ADMINISTRATOR)
    roles = RoleHolding.objects.filter(person=person).order_by().values_list(F("programme_id"), F("role"))
    places = people.current_memberships().filter(person=person).order_by()
    own = [places.values_list(F("organisation_id"), _named("organisation"))]
    for name, (held, field) in audiences.HELD.items():
        own.append(held(person).order_by().values_list(F(field), _named(name)))
    for place, role in roles.union(*own, all=True):
        if role.endswith(":"):
            found.add(f"{role}{place}")
        elif not person.is_administrator and role in ROLES:
            found.add(audiences.programme(place))
            found |= {audiences.programme(place, permission) for permission in ROLES[role].permissions}
    return sorted(found)


def _named(name: str) -> Value:
    """Beside the id of what is held; no role is called so."""
    return Value(f"{name}:", output_field=CharField())
