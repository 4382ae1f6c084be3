"""What people decided about conflicts of interest, one row each time."""

from uuid import UUID

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from vivaio.applications.models import Application
from vivaio.jury.models.panel import Juror, Panel
from vivaio.jury.states import Overriding
from vivaio.kit.models import Row


class ConflictDecision(Row):
    """Somebody said, set aside or reinstated a conflict, or let an applicant nobody knows be assigned (no juror).

    Only ever added: the database refuses to change a row, or to delete it while its jury and application are there.
    The conflict and the clearance hold how things stand now; these rows, how they came to stand so.
    """

    panel = models.ForeignKey(Panel, models.CASCADE, related_name="conflict_decisions")
    juror = models.ForeignKey(Juror, models.CASCADE, null=True, blank=True, related_name="conflict_decisions")
    application = models.ForeignKey(Application, models.CASCADE, related_name="conflict_decisions")
    what = models.CharField(_("what was decided"), max_length=20, choices=Overriding.choices)
    reason = models.TextField(_("reason"), blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ["created_at", "pk"]
        verbose_name = _("decision about a conflict of interest")

    def __str__(self) -> str:
        return f"{self.get_what_display()} · {self.application}"

    @property
    def programme_id(self) -> UUID:
        return self.panel.call.programme_id
