"""Who may change a form, and why not. Who may answer one is asked in the room that gave it out."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from vivaio.people.models import Person
from vivaio.programmes import queries as programmes
from vivaio.questionnaires.models import Form

EDIT = "calls.edit"


def publish(form: Form, person: Person) -> Any:
    """Giving a form its next version."""
    if not programmes.can(person, EDIT, form.programme_id):
        return _("Only who looks after the calls of this programme may change its forms.")
    return None
