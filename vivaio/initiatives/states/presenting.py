"""Where the public page of an initiative can stand."""

from django.db import models
from django.utils.translation import pgettext_lazy


class StoryState(models.TextChoices):
    WRITING = "writing", pgettext_lazy("story", "Being written")
    ASKED = "asked", pgettext_lazy("story", "Waits for approval")
    SENT_BACK = "sent_back", pgettext_lazy("story", "Sent back")
    APPROVED = "approved", pgettext_lazy("story", "On line")
    WITHDRAWN = "withdrawn", pgettext_lazy("story", "Withdrawn")


# What was approved stays on line, as it was, while the team writes it anew; only a withdrawal takes it away.
STORY_MOVES = {
    StoryState.WRITING: {StoryState.ASKED, StoryState.WITHDRAWN},
    StoryState.ASKED: {
        StoryState.APPROVED,
        StoryState.SENT_BACK,
        StoryState.WRITING,
        StoryState.WITHDRAWN,
    },
    StoryState.SENT_BACK: {StoryState.WRITING, StoryState.WITHDRAWN},
    StoryState.APPROVED: {StoryState.WRITING, StoryState.WITHDRAWN},
    StoryState.WITHDRAWN: {StoryState.WRITING},
}
STORY_TONES = {"writing": "maybe", "asked": "now", "sent_back": "no", "approved": "yes", "withdrawn": ""}
