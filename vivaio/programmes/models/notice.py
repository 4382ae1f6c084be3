"""Who answers for personal data, and the versions of the notice that says so.

A row without a programme speaks for the installation itself: for accounts, which belong to no programme.
"""

from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _
from modeltrans.fields import TranslationField

from vivaio.kit import clock
from vivaio.kit.models import Row
from vivaio.programmes.models.programme import Programme
from vivaio.programmes.states import ReadingOccasion


class Controller(Row):
    """The data controller (GDPR art. 4(7)) and, where there is one, the data protection officer (art. 37)."""

    programme = models.OneToOneField(
        Programme, models.CASCADE, null=True, blank=True, related_name="controller"
    )
    name = models.CharField(_("data controller"), max_length=200)
    address = models.CharField(_("address"), max_length=300, blank=True)
    email = models.EmailField(_("e-mail for questions about personal data"), blank=True)
    certified_email = models.EmailField(_("certified e-mail (PEC)"), blank=True)
    phone = models.CharField(_("telephone"), max_length=30, blank=True)
    officer_name = models.CharField(_("data protection officer (DPO)"), max_length=200, blank=True)
    officer_email = models.EmailField(_("e-mail of the DPO"), blank=True)
    measures = models.TextField(_("security measures"), blank=True)
    i18n = TranslationField(fields=("measures",))
    measures_i18n: str

    class Meta:
        verbose_name = _("data controller")
        verbose_name_plural = _("data controllers")
        constraints = [
            models.UniqueConstraint(fields=["programme"], nulls_distinct=False, name="controller_once")
        ]

    def __str__(self) -> str:
        return self.name


class Notice(Row):
    """One version of a privacy notice (GDPR art. 13). The one without a number is being written.

    What was published never changes and stays readable: who read it must be able to find it again.
    """

    programme = models.ForeignKey(Programme, models.CASCADE, null=True, blank=True, related_name="notices")
    number = models.PositiveIntegerField(_("version"), null=True, blank=True, editable=False)
    text = models.TextField(_("text of the notice"))
    changes = models.CharField(_("what is new in this version"), max_length=300, blank=True)
    published_at = models.DateTimeField(null=True, blank=True, editable=False)
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    i18n = TranslationField(fields=("text", "changes"))
    text_i18n: str
    changes_i18n: str

    class Meta:
        verbose_name = _("privacy notice")
        verbose_name_plural = _("privacy notices")
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(
                fields=["programme", "number"],
                condition=models.Q(number__isnull=False),
                nulls_distinct=False,
                name="notice_number_once",
            ),
            models.UniqueConstraint(
                fields=["programme"],
                condition=models.Q(number__isnull=True),
                nulls_distinct=False,
                name="one_notice_being_written",
            ),
        ]

    def __str__(self) -> str:
        if self.number is None:
            return _t("Version being written")
        return _t("Version %(number)s") % {"number": self.number}

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Store the notice; raises `TypeError` for one whose published words would change."""
        if not self._state.adding and Notice.objects.filter(pk=self.pk, number__isnull=False).exists():
            raise TypeError("A published notice is never changed: write a new version.")
        super().save(*args, **kwargs)


class NoticeReading(Row):
    """Which version of a notice a person was shown, when, and on what occasion."""

    notice = models.ForeignKey(Notice, models.PROTECT, related_name="readings")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="notice_readings")
    occasion = models.CharField(max_length=12, choices=ReadingOccasion.choices)
    at = models.DateTimeField(default=clock.now, editable=False)

    class Meta:
        ordering = ["-at"]
        constraints = [
            models.UniqueConstraint(fields=["notice", "person", "occasion"], name="notice_read_once")
        ]

    def __str__(self) -> str:
        return f"{self.person} · {self.notice}"
