"""What somebody did or wrote, kept as a step of the engagement's history."""

from vivaio.experts.engaging.queries.engagements import Who
from vivaio.experts.models import Engagement, EngagementSession, EngagementStep
from vivaio.experts.states import Side, StepKind


def step(
    engagement: Engagement,
    kind: StepKind,
    who: Who | None,
    *,
    words: str = "",
    session: EngagementSession | None = None,
    minutes: int | None = None,
) -> EngagementStep:
    """Write a step down; without anybody, the programme took it by itself."""
    return EngagementStep.objects.create(
        engagement=engagement,
        session=session,
        person=who.person if who else None,
        side=who.speaks if who else Side.PROGRAMME,
        kind=kind,
        minutes=minutes,
        text=words.replace("\r\n", "\n").replace("\0", "").strip()[:2000],
    )
