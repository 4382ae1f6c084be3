"""What jurors say to each other about an application once their own scores are confirmed."""

from uuid import UUID

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from vivaio.applications.models import Application
from vivaio.calls.models import Criterion
from vivaio.jury.models.panel import Juror
from vivaio.jury.models.scoring import Assignment
from vivaio.jury.states import TONES, DiscussionState
from vivaio.kit.models import Row


class Discussion(Row):
    """The discussion of one application; it begins when the first of its jurors confirms their scores."""

    application = models.OneToOneField(Application, models.CASCADE, related_name="discussion")
    state = models.CharField(max_length=10, choices=DiscussionState.choices, default=DiscussionState.OPEN)
    closed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("discussion")

    def __str__(self) -> str:
        return str(self.application)

    @property
    def tone(self) -> str:
        return TONES.get(self.state, "")

    @property
    def programme_id(self) -> UUID:
        return self.application.programme_id


class Voice(Row):
    """Somebody who takes part in a discussion, or reads along for the staff (then `juror` is none).

    `number` is what a juror is called where nobody is named (1 is “Juror A”); it is drawn, so that it tells neither
    the order of the jury nor who came first. `draft` is what they have not sent yet, for nobody else to read.
    """

    discussion = models.ForeignKey(Discussion, models.CASCADE, related_name="voices")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    juror = models.ForeignKey(Juror, models.CASCADE, null=True, blank=True, related_name="voices")
    number = models.PositiveSmallIntegerField(null=True, blank=True)
    read_at = models.DateTimeField(null=True, blank=True)
    told_at = models.DateTimeField(null=True, blank=True)
    draft = models.TextField(blank=True)

    class Meta:
        verbose_name = _("voice in a discussion")
        constraints = [
            models.UniqueConstraint(fields=["discussion", "person"], name="voice_once"),
            models.UniqueConstraint(fields=["discussion", "number"], name="voice_number_once"),
        ]

    def __str__(self) -> str:
        return f"{self.person} · {self.discussion}"

    @property
    def programme_id(self) -> UUID:
        return self.discussion.programme_id


class Remark(Row):
    """A message. Taken back, its words are gone and its place stays."""

    voice = models.ForeignKey(Voice, models.CASCADE, related_name="remarks")
    discussion = models.ForeignKey(Discussion, models.CASCADE, related_name="remarks")
    text = models.TextField(_("message"), blank=True)
    edited_at = models.DateTimeField(null=True, blank=True)
    removed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["created_at", "pk"]
        verbose_name = _("message of a discussion")

    def __str__(self) -> str:
        return str(self.discussion)

    @property
    def programme_id(self) -> UUID:
        return self.discussion.programme_id


class Revision(Row):
    """A score changed after discussing: what it was, what it became, and why."""

    assignment = models.ForeignKey(Assignment, models.CASCADE, related_name="revisions")
    criterion = models.ForeignKey(Criterion, models.PROTECT, related_name="+")
    before = models.SmallIntegerField()
    after = models.SmallIntegerField()
    reason = models.CharField(_("reason"), max_length=500)

    class Meta:
        ordering = ["created_at", "pk"]
        verbose_name = _("score changed after discussing")

    def __str__(self) -> str:
        return f"{self.criterion}: {self.before} → {self.after}"

    @property
    def programme_id(self) -> UUID:
        return self.assignment.programme_id
