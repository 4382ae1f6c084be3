"""Lifecycles of an entry of the directory and of an introduction."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class EntryState(models.TextChoices):
    LISTED = "listed", _("In the directory")
    OUT = "out", _("Out of the directory")


ENTRY_MOVES = {EntryState.LISTED: {EntryState.OUT}, EntryState.OUT: {EntryState.LISTED}}


class IntroductionState(models.TextChoices):
    ASKED = "asked", pgettext_lazy("introduction", "Waits for an answer")
    ACCEPTED = "accepted", pgettext_lazy("introduction", "Accepted")
    DECLINED = "declined", pgettext_lazy("introduction", "Declined")
    WITHDRAWN = "withdrawn", pgettext_lazy("introduction", "Taken back")


INTRODUCTION_MOVES = {
    IntroductionState.ASKED: {
        IntroductionState.ACCEPTED,
        IntroductionState.DECLINED,
        IntroductionState.WITHDRAWN,
    },
    IntroductionState.ACCEPTED: set(),
    IntroductionState.DECLINED: set(),
    IntroductionState.WITHDRAWN: set(),
}
