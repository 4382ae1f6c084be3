"""A juror who stepped aside from an application, and who takes it over."""

from uuid import UUID

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from vivaio.applications.models import Application
from vivaio.jury.models.panel import Juror
from vivaio.jury.states import Aside, AsideState, Successor
from vivaio.kit.models import Row


class Recusal(Row):
    """A juror does not judge an application: for a conflict of interest, or because they cannot.

    `successor` says what became of the reading: `to` is who took it over, or who is proposed. The scores given
    before stay with the assignment and count no more.
    """

    juror = models.ForeignKey(Juror, models.CASCADE, related_name="recusals")
    application = models.ForeignKey(Application, models.CASCADE, related_name="recusals")
    why = models.CharField(_("why"), max_length=12, choices=Aside.choices)
    reason = models.CharField(_("reason"), max_length=300, blank=True)
    state = models.CharField(max_length=10, choices=AsideState.choices, default=AsideState.STANDING)
    successor = models.CharField(max_length=10, choices=Successor.choices, default=Successor.NOBODY)
    to = models.ForeignKey(Juror, models.SET_NULL, null=True, blank=True, related_name="+")
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    undo_reason = models.TextField(_("why it was undone"), blank=True)

    class Meta:
        ordering = ["-created_at"]
        verbose_name = _("juror who stepped aside")
        constraints = [
            models.UniqueConstraint(
                fields=["juror", "application"],
                condition=models.Q(state=AsideState.STANDING),
                name="recusal_stands_once",
            )
        ]

    def __str__(self) -> str:
        return f"{self.juror} · {self.application}"

    @property
    def programme_id(self) -> UUID:
        return self.juror.programme_id
