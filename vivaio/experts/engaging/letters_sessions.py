"""The letters of sessions: proposed, fixed, cancelled, tomorrow; hours that wait to be confirmed."""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from vivaio.experts.engaging.letters import expert
from vivaio.experts.hours import in_words
from vivaio.experts.models import EngagementSession
from vivaio.experts.states import Side
from vivaio.initiatives.queries import initiatives
from vivaio.kit.formats import instant
from vivaio.mailroom.categories import PROCEDURE, REMINDERS
from vivaio.mailroom.letters import Letter, Recipient


def side(session: EngagementSession, of: str) -> Iterable[Recipient]:
    """Everybody of that side: whoever was or will be there."""
    engagement = session.engagement
    if of == Side.EXPERT:
        return expert(engagement)
    team = initiatives.team_of(engagement.initiative)
    return [Recipient.of(one.person) for one in team if one.person_id != engagement.person_id]


def both(session: EngagementSession) -> Iterable[Recipient]:
    """The expert and the team."""
    return [*side(session, Side.EXPERT), *side(session, Side.TEAM)]


def other_than_last(session: EngagementSession) -> Iterable[Recipient]:
    """Those who did not take the last step."""
    last = session.steps.order_by("-created_at").first()
    return side(session, Side(last.side).other) if last and last.side != Side.PROGRAMME else both(session)


def context(session: EngagementSession, recipient: Recipient) -> dict[str, Any]:
    """What about, when, where, how long, and the page of the session."""
    engagement = session.engagement
    last = session.steps.order_by("-created_at").first()
    with override(recipient.language):
        return {
            "session": session,
            "topic": session.topic,
            "expert": str(engagement.person),
            "initiative": str(engagement.initiative),
            "programme": str(engagement.programme),
            "when": instant(session.starts_at, engagement.programme.time_zone),
            "long": in_words(session.planned_minutes),
            "told": in_words(session.told_minutes) if session.told_minutes else "",
            "by_expert": (session.told_side or session.side) == Side.EXPERT,
            "words": last.text if last else "",
            "calendar": f"{settings.BASE_URL}{reverse('experts:session_ics', args=[session.pk])}",
            "link": f"{settings.BASE_URL}{session.get_absolute_url()}",
        }


def starts(session: EngagementSession) -> dt.datetime:
    """A reminder is of use before it begins."""
    return session.starts_at


proposed = Letter(
    "experts.session_proposed",
    title=_("A session is proposed or moved"),
    category=PROCEDURE,
    recipients=lambda session: side(session, Side(session.side).other),
    context=context,
)
fixed = Letter(
    "experts.session_fixed",
    title=_("A session is fixed"),
    category=PROCEDURE,
    recipients=lambda session: side(session, session.side),
    context=context,
)
cancelled = Letter(
    "experts.session_cancelled",
    title=_("A session is cancelled"),
    category=PROCEDURE,
    recipients=other_than_last,
    context=context,
)
tomorrow = Letter(
    "experts.session_tomorrow",
    title=_("A session is tomorrow"),
    category=REMINDERS,
    recipients=both,
    context=context,
    before=starts,
)
hours_told = Letter(
    "experts.hours_told",
    title=_("Hours of a session wait for your word"),
    category=PROCEDURE,
    recipients=lambda session: side(session, Side(session.told_side).other),
    context=context,
)
hours_wait = Letter(
    "experts.hours_wait",
    title=_("Hours of a session still wait"),
    category=REMINDERS,
    recipients=lambda session: side(session, Side(session.told_side).other),
    context=context,
)
