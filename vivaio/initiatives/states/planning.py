"""Where a milestone of a plan can stand."""

from django.db import models
from django.utils.translation import pgettext_lazy


class MilestoneState(models.TextChoices):
    PLANNED = "planned", pgettext_lazy("milestone", "Planned")
    UNDER_WAY = "under_way", pgettext_lazy("milestone", "Under way")
    REACHED = "reached", pgettext_lazy("milestone", "Reached")
    DROPPED = "dropped", pgettext_lazy("milestone", "Dropped")


# What was reached or dropped by mistake is taken up again, with the reason.
MILESTONE_MOVES = {
    MilestoneState.PLANNED: {
        MilestoneState.UNDER_WAY,
        MilestoneState.REACHED,
        MilestoneState.DROPPED,
    },
    MilestoneState.UNDER_WAY: {MilestoneState.REACHED, MilestoneState.DROPPED},
    MilestoneState.REACHED: {MilestoneState.UNDER_WAY},
    MilestoneState.DROPPED: {MilestoneState.UNDER_WAY},
}

MILESTONE_OPEN = (MilestoneState.PLANNED, MilestoneState.UNDER_WAY)
