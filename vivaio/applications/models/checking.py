"""Decisions on eligibility that one person proposed, where the call wants two."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from vivaio.applications.models.application import Application
from vivaio.applications.states import ApplicationState, ProposalState
from vivaio.kit.models import Row


class Proposal(Row):
    """Eligible or not, as somebody proposed it, and what somebody else said to it.

    `reason` is what the applicant will read of an exclusion; `answer` is why it was sent back, for the staff alone.
    """

    application = models.ForeignKey(Application, models.CASCADE, related_name="proposals")
    outcome = models.CharField(
        max_length=12,
        choices=[(one.value, one.label) for one in (ApplicationState.ADMITTED, ApplicationState.EXCLUDED)],
    )
    reason = models.TextField(_("reason"), blank=True)
    state = models.CharField(max_length=12, choices=ProposalState.choices, default=ProposalState.WAITING)
    proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="proposals_made"
    )
    answer = models.TextField(_("why it was sent back"), blank=True)
    settled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    settled_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("proposed decision")
        verbose_name_plural = _("proposed decisions")
        ordering = ["-created_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["application"], condition=models.Q(state="waiting"), name="one_waiting_proposal"
            )
        ]

    def __str__(self) -> str:
        return f"{self.application} · {self.get_outcome_display()}"

    @property
    def programme_id(self):
        return self.application.programme_id
