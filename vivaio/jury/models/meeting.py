"""The calibration meeting: a few applications that all jurors score for practice, and what they agree on."""

from uuid import UUID

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from vivaio.applications.models import Application
from vivaio.calls.models import Criterion
from vivaio.jury.models.panel import Juror, Panel
from vivaio.jury.states import TONES, Coming, MeetingState
from vivaio.kit.models import Row


class Meeting(Row):
    """The calibration meeting of a jury. Practice scores are rows of their own: no ranking ever reads them.

    Where the call lets them count (`Call.practice_counts`), concluding the meeting writes them into real sheets.
    """

    panel = models.OneToOneField(Panel, models.CASCADE, related_name="meeting")
    state = models.CharField(max_length=10, choices=MeetingState.choices, default=MeetingState.PREPARING)
    at = models.DateTimeField(_("when"), null=True, blank=True)
    place = models.CharField(_("where"), max_length=200, blank=True)
    link = models.URLField(_("link to join"), max_length=400, blank=True)
    named = models.BooleanField(_("scores are shown with names"), default=False)
    opened_at = models.DateTimeField(null=True, blank=True)
    concluded_at = models.DateTimeField(null=True, blank=True)
    notes = models.TextField(_("notes of the meeting"), blank=True)
    applications = models.ManyToManyField(Application, through="MeetingApplication", related_name="meetings")

    class Meta:
        verbose_name = _("calibration meeting")

    def __str__(self) -> str:
        return str(self.panel)

    @property
    def tone(self) -> str:
        return TONES.get(self.state, "")

    @property
    def programme_id(self) -> UUID:
        return self.panel.call.programme_id


class MeetingApplication(Row):
    """An application that jurors practise on."""

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="chosen")
    application = models.ForeignKey(Application, models.CASCADE, related_name="+")
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position", "pk"]
        verbose_name = _("application to practise on")
        constraints = [models.UniqueConstraint(fields=["meeting", "application"], name="practised_once")]

    def __str__(self) -> str:
        return str(self.application)

    @property
    def programme_id(self) -> UUID:
        return self.meeting.programme_id


class Attendance(Row):
    """A juror of the meeting: whether they come, whether they were there, and their number where nobody is named."""

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="attendances")
    juror = models.ForeignKey(Juror, models.CASCADE, related_name="attendances")
    number = models.PositiveSmallIntegerField()
    coming = models.CharField(max_length=10, choices=Coming.choices, default=Coming.UNKNOWN)
    present = models.BooleanField(_("was there"), default=False)

    class Meta:
        ordering = ["number"]
        verbose_name = _("juror at a meeting")
        constraints = [
            models.UniqueConstraint(fields=["meeting", "juror"], name="attendance_once"),
            models.UniqueConstraint(fields=["meeting", "number"], name="attendance_number_once"),
        ]

    def __str__(self) -> str:
        return str(self.juror)

    @property
    def programme_id(self) -> UUID:
        return self.meeting.programme_id


class PracticeScore(Row):
    """What a juror gave for practice. `first` is what it was when the meeting opened."""

    attendance = models.ForeignKey(Attendance, models.CASCADE, related_name="scores")
    application = models.ForeignKey(Application, models.CASCADE, related_name="practice_scores")
    criterion = models.ForeignKey(Criterion, models.PROTECT, related_name="+")
    value = models.SmallIntegerField()
    first = models.SmallIntegerField(null=True, blank=True)

    class Meta:
        verbose_name = _("practice score")
        constraints = [
            models.UniqueConstraint(
                fields=["attendance", "application", "criterion"], name="practice_score_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.criterion}: {self.value}"

    @property
    def programme_id(self) -> UUID:
        return self.attendance.programme_id


class Anchor(Row):
    """What the jury agreed that a criterion means; it stands beside the criterion on every score sheet."""

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="anchors")
    criterion = models.ForeignKey(Criterion, models.CASCADE, related_name="anchors")
    text = models.CharField(_("what it means to us"), max_length=600)
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")

    class Meta:
        verbose_name = _("shared understanding of a criterion")
        constraints = [models.UniqueConstraint(fields=["meeting", "criterion"], name="anchor_once")]

    def __str__(self) -> str:
        return str(self.criterion)

    @property
    def programme_id(self) -> UUID:
        return self.meeting.programme_id
