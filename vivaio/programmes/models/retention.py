"""How long a programme keeps what, what it holds back, and what went."""

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from modeltrans.fields import TranslationField

from vivaio.kit.models import Row
from vivaio.programmes.models.programme import Programme


class RetentionRule(Row):
    """The period that a programme (without one, the installation) has set for a kind of data, and why."""

    programme = models.ForeignKey(
        Programme, models.CASCADE, null=True, blank=True, related_name="retention_rules"
    )
    kind = models.SlugField()
    days = models.PositiveIntegerField(_("days"), validators=[MinValueValidator(1), MaxValueValidator(36500)])
    reason = models.CharField(_("why so long"), max_length=300, blank=True)
    i18n = TranslationField(fields=("reason",))
    reason_i18n: str

    class Meta:
        ordering = ["kind"]
        constraints = [
            models.UniqueConstraint(
                fields=["programme", "kind"], nulls_distinct=False, name="retention_rule_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind}: {self.days}"


class RetentionHold(Row):
    """Nothing of this kind goes while the hold stands: a dispute, an audit, an order of a court."""

    programme = models.ForeignKey(Programme, models.CASCADE, null=True, blank=True, related_name="+")
    kind = models.SlugField()
    reason = models.CharField(_("reason"), max_length=300)
    set_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    lifted_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("hold on retention")
        verbose_name_plural = _("holds on retention")
        ordering = ["-created_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["programme", "kind"],
                condition=models.Q(lifted_at=None),
                nulls_distinct=False,
                name="one_hold_of_a_kind",
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind}: {self.reason}"


class RetentionRun(Row):
    """How many rows of a kind went on a day."""

    programme = models.ForeignKey(Programme, models.CASCADE, null=True, blank=True, related_name="+")
    kind = models.SlugField()
    day = models.DateField()
    count = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["-day"]
        constraints = [
            models.UniqueConstraint(
                fields=["programme", "kind", "day"], nulls_distinct=False, name="retention_run_once_a_day"
            )
        ]

    def __str__(self) -> str:
        return f"{self.day} {self.kind}: {self.count}"
