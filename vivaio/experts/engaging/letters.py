"""The letters of engagements: what awaits one's agreement, answer or evaluation."""

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from vivaio.experts.hours import in_words
from vivaio.experts.letters import matchers
from vivaio.experts.models import Engagement, Extension
from vivaio.experts.states import EndedHow, Side
from vivaio.initiatives.queries import initiatives
from vivaio.initiatives.states import TeamPart
from vivaio.kit.formats import day
from vivaio.mailroom.categories import PROCEDURE, STAFF
from vivaio.mailroom.letters import Letter, Recipient


def leaders(engagement: Engagement) -> list[Recipient]:
    """Who binds the initiative."""
    rows = initiatives.team_of(engagement.initiative).filter(part=TeamPart.LEADER)
    return [Recipient.of(one.person) for one in rows if one.person_id != engagement.person_id]


def expert(engagement: Engagement) -> list[Recipient]:
    """Who helps."""
    return [Recipient.of(engagement.person)] if engagement.person.is_active else []


def both(engagement: Engagement) -> Iterable[Recipient]:
    """The expert and the team's leaders."""
    return [*expert(engagement), *leaders(engagement)]


def side(engagement: Engagement, of: str) -> Iterable[Recipient]:
    """Those who decide on that side."""
    return expert(engagement) if of == Side.EXPERT else leaders(engagement)


def who_must_agree(engagement: Engagement) -> Iterable[Recipient]:
    """The side that has not agreed yet."""
    return side(engagement, Side.TEAM if engagement.expert_agreed_at else Side.EXPERT)


def words_of(engagement: Engagement) -> str:
    """The last words that were written with a step."""
    last = engagement.steps.filter(session=None).order_by("-created_at").first()
    return last.text if last else ""


def context(engagement: Engagement, recipient: Recipient) -> dict[str, Any]:
    """Which engagement, of whom, with which hours, by when, and its page."""
    with override(recipient.language):
        return {
            "engagement": engagement,
            "expert": str(engagement.person),
            "initiative": str(engagement.initiative),
            "programme": str(engagement.programme),
            "hours": in_words(engagement.agreed_minutes),
            "starts_on": day(engagement.starts_on),
            "ends_on": day(engagement.ends_on),
            "words": words_of(engagement),
            "early": engagement.ended_how == EndedHow.EARLY,
            "evaluate_until": day(engagement.evaluate_until) if engagement.evaluate_until else "",
            "link": f"{settings.BASE_URL}{engagement.get_absolute_url()}",
        }


def extension_context(asked: Extension, recipient: Recipient) -> dict[str, Any]:
    """Which engagement, how many hours more, until when."""
    with override(recipient.language):
        return context(asked.engagement, recipient) | {
            "more": in_words(asked.minutes) if asked.minutes else "",
            "until": day(asked.ends_on),
            "granted": asked.state == "granted",
        }


to_agree = Letter(
    "experts.engagement_to_agree",
    title=_("An engagement waits for your agreement"),
    category=PROCEDURE,
    recipients=who_must_agree,
    context=context,
)
begun = Letter(
    "experts.engagement_begun",
    title=_("An engagement begins"),
    category=PROCEDURE,
    recipients=both,
    context=context,
)
dropped = Letter(
    "experts.engagement_dropped",
    title=_("An engagement is called off"),
    category=PROCEDURE,
    recipients=both,
    context=context,
)
closing = Letter(
    "experts.engagement_closing",
    title=_("The other side proposes to end an engagement"),
    category=PROCEDURE,
    recipients=lambda engagement: side(engagement, Side(engagement.closing_side).other),
    context=context,
)
ended = Letter(
    "experts.engagement_ended",
    title=_("An engagement has ended: say how it went"),
    category=PROCEDURE,
    recipients=both,
    context=context,
)
both_evaluated = Letter(
    "experts.engagement_evaluated",
    title=_("Both sides have evaluated an engagement"),
    category=PROCEDURE,
    recipients=both,
    context=context,
)
needs_another = Letter(
    "experts.engagement_needs_another",
    title=_("A request of experts is open again"),
    category=STAFF,
    recipients=lambda engagement: matchers(engagement.programme_id),
    context=context,
)
extension_asked = Letter(
    "experts.extension_asked",
    title=_("An extension of an engagement is asked for"),
    category=PROCEDURE,
    recipients=lambda asked: side(asked.engagement, Side(asked.side).other),
    context=extension_context,
)
extension_answered = Letter(
    "experts.extension_answered",
    title=_("An extension of an engagement is answered"),
    category=PROCEDURE,
    recipients=lambda asked: side(asked.engagement, asked.side),
    context=extension_context,
)
