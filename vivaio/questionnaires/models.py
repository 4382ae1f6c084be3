"""A form, its versions, and what somebody answered to one of them."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from modeltrans.fields import TranslationField

from vivaio.kit.models import Row
from vivaio.programmes.models import Programme


class Form(Row):
    """A questionnaire of a programme."""

    programme = models.ForeignKey(Programme, models.CASCADE, related_name="forms")
    key = models.SlugField(max_length=80)
    title = models.CharField(_("title"), max_length=160)
    i18n = TranslationField(fields=("title",))

    class Meta:
        constraints = [models.UniqueConstraint(fields=["programme", "key"], name="form_key_once")]

    def __str__(self) -> str:
        return self.title_i18n


class FormVersion(Row):
    """One version of a form, as data. Never changed once somebody has answered it."""

    form = models.ForeignKey(Form, models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()
    definition = models.JSONField()
    sha256 = models.CharField(max_length=64)
    published_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-number"]
        constraints = [models.UniqueConstraint(fields=["form", "number"], name="form_version_once")]

    def __str__(self) -> str:
        return f"{self.form} v{self.number}"

    @property
    def programme_id(self):
        return self.form.programme_id


class Response(Row):
    """What was answered so far. `revisions` counts the changes of each answer, by path."""

    version = models.ForeignKey(FormVersion, models.PROTECT, related_name="responses")
    answers = models.JSONField(default=dict)
    revisions = models.JSONField(default=dict)

    def __str__(self) -> str:
        return f"{self.version} · {self.pk}"

    @property
    def programme_id(self):
        return self.version.form.programme_id
