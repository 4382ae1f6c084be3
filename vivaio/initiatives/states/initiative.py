"""Where an initiative can stand, and the parts of its team."""

from django.db import models
from django.utils.translation import pgettext_lazy


class InitiativeState(models.TextChoices):
    ADMITTED = "admitted", pgettext_lazy("initiative", "Admitted")
    ACTIVE = "active", pgettext_lazy("initiative", "Accompanied")
    INDEPENDENT = "independent", pgettext_lazy("initiative", "Independent")
    SPUN_OFF = "spun_off", pgettext_lazy("initiative", "Spun off")
    CLOSED = "closed", pgettext_lazy("initiative", "Closed")


# An initiative that goes on by itself may still be taken up again, or end; what is closed by mistake is reopened.
INITIATIVE_MOVES = {
    InitiativeState.ADMITTED: {InitiativeState.ACTIVE, InitiativeState.CLOSED},
    InitiativeState.ACTIVE: {InitiativeState.INDEPENDENT, InitiativeState.SPUN_OFF, InitiativeState.CLOSED},
    InitiativeState.INDEPENDENT: {InitiativeState.ACTIVE, InitiativeState.SPUN_OFF, InitiativeState.CLOSED},
    InitiativeState.SPUN_OFF: {InitiativeState.ACTIVE},
    InitiativeState.CLOSED: {InitiativeState.ACTIVE},
}

TONES = {"admitted": "now", "active": "yes", "independent": "yes", "spun_off": "yes", "closed": "no"}

ENDED = (InitiativeState.SPUN_OFF, InitiativeState.CLOSED)


class Origin(models.TextChoices):
    """Where an initiative comes from."""

    APPLICATION = "application", pgettext_lazy("initiative", "A selected application")
    LAB = "lab", pgettext_lazy("initiative", "A co-design lab")
    HAND = "hand", pgettext_lazy("initiative", "Founded by hand")


class TeamPart(models.TextChoices):
    LEADER = "leader", pgettext_lazy("team", "Leader")
    MEMBER = "member", pgettext_lazy("team", "Member")
