"""An act on many rows as it was prepared, carried out and taken back; kept for a month, by identifier only."""

import datetime as dt

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from vivaio.kit.models import Row
from vivaio.programmes.bulk.acts import REGISTRY
from vivaio.programmes.models.programme import Programme
from vivaio.programmes.states import BulkLineState, BulkRunState

# As long as this it can be taken back.
UNDO = dt.timedelta(hours=24)


class BulkRun(Row):
    """One act on the rows that somebody chose in a list (`back` is its address, search and filters included).

    A page that is sent twice finds the same run: what it does, it does once. `given` is what the act's form was
    answered with.
    """

    programme = models.ForeignKey(Programme, models.CASCADE, related_name="+")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    act = models.CharField(max_length=60)
    back = models.CharField(max_length=2000, blank=True)
    given = models.JSONField(default=dict, blank=True)
    state = models.CharField(max_length=12, choices=BulkRunState.choices, default=BulkRunState.PREPARED)
    carried_out_at = models.DateTimeField(null=True, editable=False)
    taken_back_at = models.DateTimeField(null=True, editable=False)
    taken_back_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )

    class Meta:
        verbose_name = _("change to many rows")
        verbose_name_plural = _("changes to many rows")
        ordering = ["-created_at"]

    def __str__(self) -> str:
        return str(REGISTRY[self.act].label) if self.act in REGISTRY else self.act

    def get_absolute_url(self) -> str:
        return reverse("programmes:bulk_run", args=[self.programme.slug, self.pk])

    @property
    def undo_until(self) -> dt.datetime | None:
        """Until when it can be taken back."""
        return self.carried_out_at and self.carried_out_at + UNDO


class BulkLine(Row):
    """One row of a run: what became of it and why; `kept` is what taking it back rests on."""

    run = models.ForeignKey(BulkRun, models.CASCADE, related_name="lines")
    position = models.PositiveSmallIntegerField()
    row = models.UUIDField(editable=False)
    state = models.CharField(max_length=12, choices=BulkLineState.choices, default=BulkLineState.WAITING)
    reason = models.TextField(blank=True)
    kept = models.JSONField(default=dict, blank=True, editable=False)

    class Meta:
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["run", "row"], name="row_once_in_a_run")]

    def __str__(self) -> str:
        return f"{self.position} {self.state}"
