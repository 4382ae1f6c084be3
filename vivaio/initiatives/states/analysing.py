"""Lifecycles of the needs analysis: a round of it, and the profile of one initiative in a round."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class RoundState(models.TextChoices):
    PREPARED = "prepared", pgettext_lazy("round of the analysis", "In preparation")
    OPEN = "open", pgettext_lazy("round of the analysis", "Open")
    CLOSED = "closed", pgettext_lazy("round of the analysis", "Closed")


# A round that was closed too early is opened again; what was answered is still there.
ROUND_MOVES = {
    RoundState.PREPARED: {RoundState.OPEN},
    RoundState.OPEN: {RoundState.CLOSED},
    RoundState.CLOSED: {RoundState.OPEN},
}


class ProfileState(models.TextChoices):
    ANSWERING = "answering", pgettext_lazy("profile", "Being answered")
    COMPARED = "compared", pgettext_lazy("profile", "To be settled together")
    AGREED = "agreed", pgettext_lazy("profile", "Agreed")


# What was agreed stays as it was agreed: the next round shows what has changed.
PROFILE_MOVES = {
    ProfileState.ANSWERING: {ProfileState.COMPARED},
    ProfileState.COMPARED: {ProfileState.ANSWERING, ProfileState.AGREED},
    ProfileState.AGREED: set(),
}


class Side(models.TextChoices):
    """Who answers: the initiative's team, or its coach beside it."""

    TEAM = "team", _("The team")
    COACH = "coach", _("The coach")


class Level(models.TextChoices):
    """What a value on a dimension comes to, by the programme's two limits."""

    GAP = "gap", pgettext_lazy("level", "Gap")
    FAIR = "fair", pgettext_lazy("level", "On the way")
    STRENGTH = "strength", pgettext_lazy("level", "Strength")


class CompetenceField(models.TextChoices):
    """The fields of competence from which a programme begins. Other rooms meet them by their plain key."""

    TECHNOLOGY = "technology", _("Technology")
    FINANCE = "finance", _("Finance")
    COMMUNICATION = "communication", _("Communication")
    PATENTS = "patents", _("Patents and intellectual property")
    MARKETING = "marketing", _("Marketing")
    LEGAL = "legal", pgettext_lazy("field of competence", "Legal")
