"""The accessibility statement of the installation, and the reports that people make about it."""

import datetime as dt

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _
from modeltrans.fields import TranslationField

from vivaio.kit import clock, formats
from vivaio.kit.models import Row
from vivaio.publishing.states import Assessment, Compliance, Mended, ReportKind, ReportState

LONGEST_TEXT = 4_000


class AccessibilityStatement(Row):
    """What law 4/2004 (art. 3-quater) and directive (EU) 2016/2102 (art. 7) ask the body to declare. There is one."""

    only = models.BooleanField(default=True, unique=True, editable=False)
    body = models.CharField(_("name of the body"), max_length=200, blank=True)
    email = models.EmailField(_("e-mail for accessibility"), blank=True)
    phone = models.CharField(_("telephone"), max_length=30, blank=True)
    status = models.CharField(
        _("compliance"), max_length=10, choices=Compliance.choices, default=Compliance.PARTIAL
    )
    method = models.CharField(
        _("how it was assessed"), max_length=12, choices=Assessment.choices, default=Assessment.MAKERS
    )
    assessed_on = models.DateField(_("date of the assessment"), null=True, blank=True)
    online_since = models.DateField(_("date on which the site went on line"), null=True, blank=True)
    official_url = models.URLField(_("address of the statement at AgID"), blank=True)
    method_note = models.TextField(_("how it was assessed, in words"), blank=True)
    nonconforming = models.TextField(_("what does not comply yet"), blank=True)
    burden = models.TextField(_("what would be a disproportionate burden"), blank=True)
    outside = models.TextField(_("what the law does not cover"), blank=True)
    alternatives = models.TextField(_("what can be used instead"), blank=True)
    enforcement = models.TextField(_("where to turn to after the answer"), blank=True)
    prepared_on = models.DateField(null=True, blank=True, editable=False)
    reviewed_on = models.DateField(null=True, blank=True, editable=False)
    i18n = TranslationField(
        fields=("method_note", "nonconforming", "burden", "outside", "alternatives", "enforcement")
    )
    method_note_i18n: str
    nonconforming_i18n: str
    burden_i18n: str
    outside_i18n: str
    alternatives_i18n: str
    enforcement_i18n: str

    class Meta:
        verbose_name = _("accessibility statement")
        verbose_name_plural = _("accessibility statements")

    def __str__(self) -> str:
        return str(_("Accessibility statement"))


class AccessibilityReport(Row):
    """A barrier that somebody met, or content that they ask for in another form, and where its answer stands.

    `due_on` is the legal term of the first answer and never moves; `waits_until` is the one that runs now, and is
    empty when nothing is awaited from the body.
    """

    number = models.PositiveIntegerField(_("number"), unique=True, editable=False)
    kind = models.CharField(_("kind"), max_length=10, choices=ReportKind.choices, default=ReportKind.BARRIER)
    barrier = models.TextField(_("what happened"), max_length=LONGEST_TEXT)
    page = models.CharField(_("page"), max_length=500, blank=True)
    tools = models.CharField(_("browser and assistive technology"), max_length=300, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="accessibility_reports"
    )
    language = models.CharField(max_length=8, choices=settings.LANGUAGES, default="it")
    state = models.CharField(
        _("state"), max_length=10, choices=ReportState.choices, default=ReportState.RECEIVED
    )
    outcome = models.CharField(_("outcome"), max_length=12, choices=Mended.choices, blank=True)
    due_on = models.DateField(_("answer due by"))
    waits_until = models.DateField(null=True, blank=True)
    answered_on = models.DateField(_("first answered on"), null=True, blank=True)
    settled_at = models.DateTimeField(null=True, blank=True)
    warned_for = models.DateField(null=True, blank=True)
    told_late_for = models.DateField(null=True, blank=True)
    press = models.CharField(max_length=64, unique=True, editable=False)
    source = models.CharField(max_length=64, blank=True, editable=False)

    class Meta:
        verbose_name = _("accessibility report")
        verbose_name_plural = _("accessibility reports")
        ordering = ["-number"]
        indexes = [
            models.Index(fields=["waits_until"], name="report_waits"),
            models.Index(fields=["source", "created_at"], name="report_source"),
        ]

    def __str__(self) -> str:
        return _t("Report no. %(number)s") % {"number": self.number}

    def get_absolute_url(self) -> str:
        """The page of those who answer."""
        return reverse("publishing:accessibility_report", args=[self.pk])

    @property
    def local_page(self) -> str:
        """The page as an address of this installation; empty where something else was written."""
        path = self.page.removeprefix(settings.BASE_URL)
        inside = path.startswith("/") and url_has_allowed_host_and_scheme(path, allowed_hosts=None)
        return path if inside else ""

    @property
    def days_left(self) -> int | None:
        """Days until the running term ends, less than none once it has passed; None when nothing is awaited."""
        return None if self.waits_until is None else (self.waits_until - clock.today()).days

    @property
    def in_time(self) -> bool:
        """Whether the first answer came within the legal term."""
        return self.answered_on is not None and self.answered_on <= self.due_on

    @property
    def received_on(self) -> dt.date:
        return formats.local_date(self.created_at)


class AccessibilityEntry(Row):
    """One line of a report's thread: words of who wrote it, or of the body; or a state that it came to."""

    report = models.ForeignKey(AccessibilityReport, models.CASCADE, related_name="entries")
    by_body = models.BooleanField()
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    text = models.TextField(_("message"), max_length=LONGEST_TEXT, blank=True)
    led_to = models.CharField(_("led to"), max_length=10, choices=ReportState.choices, blank=True)
    outcome = models.CharField(max_length=12, choices=Mended.choices, blank=True)

    class Meta:
        verbose_name = _("message about accessibility")
        verbose_name_plural = _("messages about accessibility")
        ordering = ["created_at"]

    def __str__(self) -> str:
        return f"{self.report}: {self.get_led_to_display()}"


class AccessibilityKey(Row):
    """What opens a report's own page without an account: each address that was given out has one."""

    report = models.ForeignKey(AccessibilityReport, models.CASCADE, related_name="keys")
    digest = models.CharField(max_length=64, unique=True)

    class Meta:
        verbose_name = _("address of a report")
        verbose_name_plural = _("addresses of reports")

    def __str__(self) -> str:
        return str(self.report)
