"""What a programme's competence bank is made of: fields and competences."""

from decimal import Decimal

from django.db import models
from django.utils.translation import gettext_lazy as _
from modeltrans.fields import TranslationField

from vivaio.kit.models import Row
from vivaio.programmes.models import Programme


class Bank(Row):
    """A programme's bank, with what an hour given free of charge counts for (`hour_value`)."""

    programme = models.OneToOneField(Programme, models.CASCADE, related_name="bank")
    hour_value = models.DecimalField(
        _("value of an hour given free of charge"), max_digits=8, decimal_places=2, default=Decimal("0.00")
    )
    currency = models.CharField(_("currency"), max_length=3, default="EUR")

    class Meta:
        verbose_name = _("competence bank")
        verbose_name_plural = _("competence banks")

    def __str__(self) -> str:
        return str(self.programme)


class ExpertField(Row):
    """A field of competences: technology, finance, communication and so on.

    What is retired is offered in no form any more, and stays where somebody has it.
    """

    programme = models.ForeignKey(Programme, models.CASCADE, related_name="expert_fields")
    key = models.SlugField()
    position = models.PositiveSmallIntegerField(default=0)
    title = models.CharField(_("title"), max_length=120)
    retired_at = models.DateTimeField(null=True, editable=False)
    i18n = TranslationField(fields=("title",))
    title_i18n: str

    class Meta:
        verbose_name = _("field of competences")
        verbose_name_plural = _("fields of competences")
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["programme", "key"], name="expert_field_key_once"),
        ]

    def __str__(self) -> str:
        return self.title_i18n


class Competence(Row):
    """Something that an expert can do and an initiative can ask for."""

    field = models.ForeignKey(ExpertField, models.CASCADE, related_name="competences")
    key = models.SlugField()
    position = models.PositiveSmallIntegerField(default=0)
    title = models.CharField(_("title"), max_length=160)
    retired_at = models.DateTimeField(null=True, editable=False)
    i18n = TranslationField(fields=("title",))
    title_i18n: str

    class Meta:
        verbose_name = _("competence")
        verbose_name_plural = _("competences")
        ordering = ["field__position", "position"]
        constraints = [models.UniqueConstraint(fields=["field", "key"], name="competence_key_once")]

    def __str__(self) -> str:
        return self.title_i18n

    @property
    def programme_id(self):
        return self.field.programme_id
