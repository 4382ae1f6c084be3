"""How an initiative went from state to state."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from vivaio.initiatives.models.initiative import Initiative
from vivaio.initiatives.states import InitiativeState
from vivaio.kit import clock
from vivaio.kit.models import Row


class Passage(Row):
    """An initiative came into a state, its first one too: when, by whom, and why where a reason is asked."""

    initiative = models.ForeignKey(Initiative, models.CASCADE, related_name="passages")
    to = models.CharField(max_length=12, choices=InitiativeState.choices)
    at = models.DateTimeField(default=clock.now)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    reason = models.TextField(_("reason"), max_length=1000, blank=True)

    class Meta:
        verbose_name = _("change of state")
        verbose_name_plural = _("changes of state")
        ordering = ["at", "created_at"]

    def __str__(self) -> str:
        return f"{self.initiative} · {self.get_to_display()}"

    @property
    def programme_id(self):
        return self.initiative.programme_id
