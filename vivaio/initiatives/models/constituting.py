"""The proof that a team has become a legal entity."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from vivaio.initiatives.models.initiative import Initiative
from vivaio.initiatives.states import ProofState
from vivaio.kit.models import Row
from vivaio.people.models import Organisation


class LegalProof(Row):
    """The team names the organisation that it has become and sends what proves it; the programme answers."""

    initiative = models.ForeignKey(Initiative, models.CASCADE, related_name="proofs")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    state = models.CharField(max_length=12, choices=ProofState.choices, default=ProofState.WAITING)
    file = models.FileField(upload_to="proofs", max_length=200)
    name = models.CharField(max_length=200)
    size = models.PositiveIntegerField()
    content_type = models.CharField(max_length=100)
    sha256 = models.CharField(max_length=64)
    note = models.TextField(_("note"), max_length=1000, blank=True)
    sent_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    answered_at = models.DateTimeField(null=True, blank=True)
    reason = models.TextField(_("reason"), max_length=1000, blank=True)

    class Meta:
        verbose_name = _("proof of a legal entity")
        verbose_name_plural = _("proofs of a legal entity")
        ordering = ["-created_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["initiative"], condition=models.Q(state="waiting"), name="one_proof_waits"
            )
        ]

    def __str__(self) -> str:
        return f"{self.initiative} · {self.organisation}"

    @property
    def programme_id(self):
        return self.initiative.programme_id
