"""Who is signed in: read with a statement that is built once, for each page of somebody signed in reads it."""

from typing import Any

from allauth.account.auth_backends import AuthenticationBackend

from vivaio.kit.statements import Statement
from vivaio.people.models import Person

_BY_KEY = Statement(lambda key: Person.objects.filter(pk=key).order_by())


class Backend(AuthenticationBackend):
    """Accounts as django-allauth knows them."""

    def get_user(self, user_id: Any) -> Person | None:
        for found in _BY_KEY.rows(key=user_id):
            return found if self.user_can_authenticate(found) else None
        return None
