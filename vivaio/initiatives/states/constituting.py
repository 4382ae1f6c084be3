"""Where the proof that a team became a legal entity can stand."""

from django.db import models
from django.utils.translation import pgettext_lazy


class ProofState(models.TextChoices):
    WAITING = "waiting", pgettext_lazy("proof", "To be checked")
    ACCEPTED = "accepted", pgettext_lazy("proof", "Accepted")
    SENT_BACK = "sent_back", pgettext_lazy("proof", "Sent back")


# Another try is another proof: what was answered stays as it is.
PROOF_MOVES = {
    ProofState.WAITING: {ProofState.ACCEPTED, ProofState.SENT_BACK},
    ProofState.ACCEPTED: set(),
    ProofState.SENT_BACK: set(),
}
PROOF_TONES = {"waiting": "now", "accepted": "yes", "sent_back": "no"}
