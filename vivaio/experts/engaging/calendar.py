"""Sessions for one's own calendar."""

from collections.abc import Iterable

from vivaio.experts.models import Engagement, EngagementSession
from vivaio.experts.states import SessionState
from vivaio.kit.calendars import Happening, calendar


def of_engagement(engagement: Engagement, sessions: Iterable[EngagementSession]) -> bytes:
    """These sessions of an engagement; what was cancelled is told as cancelled, so that it goes from calendars."""
    return calendar(str(engagement), [happening(engagement, one) for one in sessions])


def happening(engagement: Engagement, session: EngagementSession) -> Happening:
    """One session: who with whom, where, the link to the call."""
    return Happening(
        pk=session.pk,
        part="session",
        title=f"{session.topic} ({engagement.initiative} · {engagement.person})",
        path=session.get_absolute_url(),
        starts=session.starts_at,
        ends=session.ends_at,
        changed=session.updated_at,
        where=", ".join(filter(None, (session.place, session.link))),
        changes=session.changes,
        cancelled=session.state == SessionState.CANCELLED,
        tentative=session.state == SessionState.PROPOSED,
    )
