"""What personal data are used for, and the consents that some of those purposes need."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from modeltrans.fields import TranslationField

from vivaio.kit import clock
from vivaio.kit.models import Row
from vivaio.programmes.models.notice import Notice
from vivaio.programmes.models.programme import Programme
from vivaio.programmes.states import ConsentPlace, LegalBasis


class Purpose(Row):
    """A purpose for which personal data are used, with what the register of processing says of it (GDPR art. 30).

    People are asked only where the legal basis is consent. One that somebody has answered is retired, never deleted.
    """

    programme = models.ForeignKey(Programme, models.CASCADE, null=True, blank=True, related_name="purposes")
    key = models.SlugField()
    position = models.PositiveSmallIntegerField(default=0)
    title = models.CharField(_("purpose"), max_length=160)
    text = models.TextField(_("what happens with the data"), blank=True)
    basis = models.CharField(_("legal basis"), max_length=20, choices=LegalBasis.choices)
    subjects = models.CharField(_("whose data"), max_length=300, blank=True)
    data = models.CharField(_("categories of data"), max_length=300, blank=True)
    recipients = models.CharField(_("recipients"), max_length=300, blank=True)
    transfers = models.CharField(_("transfers outside the European Union"), max_length=300, blank=True)
    asked_in_application = models.BooleanField(_("asked when an application is handed in"), default=False)
    retired = models.BooleanField(default=False, editable=False)
    i18n = TranslationField(fields=("title", "text", "subjects", "data", "recipients", "transfers"))
    title_i18n: str
    text_i18n: str
    subjects_i18n: str
    data_i18n: str
    recipients_i18n: str
    transfers_i18n: str

    class Meta:
        verbose_name = _("purpose of processing")
        verbose_name_plural = _("purposes of processing")
        ordering = ["position", "created_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["programme", "key"], nulls_distinct=False, name="purpose_key_once"
            )
        ]

    def __str__(self) -> str:
        return self.title_i18n

    @property
    def by_consent(self) -> bool:
        """Whether people are asked."""
        return self.basis == LegalBasis.CONSENT


class Consent(Row):
    """What a person answered about a purpose at one moment; the last answer counts, the others are its history."""

    purpose = models.ForeignKey(Purpose, models.CASCADE, related_name="consents")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="consents")
    given = models.BooleanField()
    at = models.DateTimeField(default=clock.now, editable=False)
    place = models.CharField(max_length=12, choices=ConsentPlace.choices)
    notice = models.ForeignKey(Notice, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        verbose_name = _("consent")
        verbose_name_plural = _("consents")
        ordering = ["-at"]
        indexes = [models.Index(fields=["person", "purpose", "-at"], name="consent_latest")]

    def __str__(self) -> str:
        return f"{self.person} · {self.purpose}: {self.given}"
