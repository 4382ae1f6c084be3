"""What somebody on a contest's jury may be interested in, and what the team answers."""

from django.db import models
from django.utils.translation import pgettext_lazy


class InterestKind(models.TextChoices):
    INVEST = "invest", pgettext_lazy("interest", "To invest")
    BUY = "buy", pgettext_lazy("interest", "To buy")
    PARTNER = "partner", pgettext_lazy("interest", "To be partners")
    MENTOR = "mentor", pgettext_lazy("interest", "To advise")


class InterestState(models.TextChoices):
    MARKED = "marked", pgettext_lazy("interest", "Waits for the team")
    ACCEPTED = "accepted", pgettext_lazy("interest", "Accepted")
    DECLINED = "declined", pgettext_lazy("interest", "Declined")


INTEREST_MOVES: dict[InterestState, set[InterestState]] = {
    InterestState.MARKED: {InterestState.ACCEPTED, InterestState.DECLINED},
    InterestState.ACCEPTED: set(),
    InterestState.DECLINED: set(),
}

INTEREST_TONES = {InterestState.MARKED: "now", InterestState.ACCEPTED: "yes", InterestState.DECLINED: "no"}
