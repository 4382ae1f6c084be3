"""Sessions in the database, as Django keeps them: read with a statement that is built once, for each page reads one."""

from typing import Any

from django.contrib.sessions.backends import db
from django.contrib.sessions.models import Session

from vivaio.kit import clock
from vivaio.kit.statements import Statement

_LIVE = Statement(lambda key, now: Session.objects.filter(session_key=key, expire_date__gt=now))


class SessionStore(db.SessionStore):
    """The session of one browser."""

    def _get_session_from_db(self) -> Any:
        found = _LIVE.rows(key=self.session_key, now=clock.now()) if self.session_key else []
        if not found:
            self._session_key = None
            return None
        return found[0]
