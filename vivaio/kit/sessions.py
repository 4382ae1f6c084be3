"""Django's sessions in the database, read with a statement that is built once: every page of somebody signed in reads
one.
"""

from django.contrib.sessions.backends import db
from django.contrib.sessions.models import Session
from django.db.models.functions import Now

from vivaio.kit.statements import Statement

_LIVING = Statement(
    lambda key: Session.objects.filter(session_key=key, expire_date__gt=Now()).order_by("session_key")
)


class SessionStore(db.SessionStore):
    """A session as Django keeps it."""

    def _get_session_from_db(self) -> Session | None:
        found: Session | None = _LIVING.first(key=self.session_key)
        if found is None:
            self._session_key = None
        return found
