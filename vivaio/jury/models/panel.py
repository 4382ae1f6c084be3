"""Who judges a call, what stands in the way, and who is to read what."""

import datetime as dt
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from vivaio.applications.models import Application
from vivaio.calls.models import Call
from vivaio.jury.states import TONES, ConflictSource, ConflictState, JurorState, PanelState, Replacing
from vivaio.kit.models import Row


class Panel(Row):
    """The jury of one call.

    Scores are taken from the call's opening instant up to, not at, `closes_at`; that instant is the panel's own
    where the staff moved it (`scoring_closes_at`), else the call's.
    """

    call = models.OneToOneField(Call, models.CASCADE, related_name="panel")
    state = models.CharField(max_length=10, choices=PanelState.choices, default=PanelState.FORMING)
    scoring_closes_at = models.DateTimeField(_("scoring closes at"), null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    state_reason = models.TextField(_("why it was closed early or reopened"), blank=True)
    searched_at = models.DateTimeField(_("last search for conflicts"), null=True, blank=True)
    tie_years = models.PositiveSmallIntegerField(
        _("years that an ended tie counts"), null=True, blank=True, help_text=_("None: however long ago.")
    )

    asks_confidence = models.BooleanField(_("jurors say how sure they are"), default=False)
    replacing = models.CharField(
        _("when a juror steps aside"), max_length=10, choices=Replacing.choices, default=Replacing.PROPOSED
    )

    class Meta:
        verbose_name = _("jury")

    def __str__(self) -> str:
        return str(self.call)

    @property
    def programme_id(self):
        return self.call.programme_id

    @property
    def opens_at(self) -> dt.datetime | None:
        """From when scores are taken; nothing set means as soon as applications are assigned."""
        return self.call.scoring_opens_at

    @property
    def ties_since(self) -> dt.date | None:
        """Ties that ended before this day count no more; the years go back from the call's closing."""
        if self.tie_years is None:
            return None
        closed = self.call.closes_at.astimezone(ZoneInfo(self.call.time_zone)).date()
        day = 28 if (closed.month, closed.day) == (2, 29) else closed.day
        return closed.replace(year=closed.year - self.tie_years, day=day)

    @property
    def ties_until(self) -> dt.date | None:
        """Ties that began after this day take no sheet away: the day on which scoring closed, in the call's zone."""
        if self.state != PanelState.CLOSED or self.closed_at is None:
            return None
        return self.closed_at.astimezone(ZoneInfo(self.call.time_zone)).date()

    @property
    def closes_at(self) -> dt.datetime | None:
        """Until when scores are taken; nothing set means until the staff close the scoring."""
        return self.scoring_closes_at or self.call.scoring_closes_at


class Juror(Row):
    """Somebody invited to judge. `capacity` bounds how many applications they are given."""

    panel = models.ForeignKey(Panel, models.CASCADE, related_name="jurors")
    email = models.EmailField(_("e-mail"))
    given_name = models.CharField(_("first name"), max_length=80, blank=True)
    family_name = models.CharField(_("last name"), max_length=80, blank=True)
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="jury_seats"
    )
    state = models.CharField(max_length=10, choices=JurorState.choices, default=JurorState.INVITED)
    capacity = models.PositiveSmallIntegerField(_("at most"), default=15)
    minimum = models.PositiveSmallIntegerField(_("at least"), default=0)
    invited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    language = models.CharField(_("language of the invitation"), max_length=8, blank=True)
    token_digest = models.CharField(max_length=64, blank=True, editable=False, db_index=True)
    expires_at = models.DateTimeField(null=True, blank=True)
    decline_reason = models.TextField(_("why they declined"), blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    conflicts_declared_at = models.DateTimeField(null=True, blank=True)
    reminded_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("juror")
        ordering = ["family_name", "given_name", "email"]
        constraints = [models.UniqueConstraint(fields=["panel", "email"], name="juror_once")]

    @property
    def tone(self) -> str:
        return TONES.get(self.state, "")

    def __str__(self) -> str:
        if self.person:
            return str(self.person)
        return f"{self.given_name} {self.family_name}".strip() or self.email

    @property
    def programme_id(self):
        return self.panel.call.programme_id


class Conflict(Row):
    """A conflict of interest between a juror and an application. Setting one aside needs a reason.

    `reason` is what a person wrote. `grounds` is what the records say, as data
    (`[{"ground": "board", "organisation": "..", "name": ".."}]`), put into words in the reader's language by
    `rules.conflicts.in_words`. Both may stand on one conflict, whoever reported it first.
    """

    juror = models.ForeignKey(Juror, models.CASCADE, related_name="conflicts")
    application = models.ForeignKey(Application, models.CASCADE, related_name="conflicts")
    source = models.CharField(max_length=10, choices=ConflictSource.choices)
    state = models.CharField(max_length=10, choices=ConflictState.choices, default=ConflictState.STANDING)
    reason = models.CharField(_("reason"), max_length=300, blank=True)
    grounds = models.JSONField(default=list, blank=True)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    decision_reason = models.TextField(_("why it is set aside"), blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["juror", "application"], name="conflict_once")]

    def __str__(self) -> str:
        return f"{self.juror} · {self.application}"

    @property
    def programme_id(self):
        return self.juror.programme_id


class Clearance(Row):
    """Somebody decided that an applicant whose members and board are unknown may be assigned all the same."""

    panel = models.ForeignKey(Panel, models.CASCADE, related_name="clearances")
    application = models.OneToOneField(Application, models.CASCADE, related_name="clearance")
    reason = models.TextField(_("reason"))
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")

    def __str__(self) -> str:
        return str(self.application)

    @property
    def programme_id(self):
        return self.panel.call.programme_id


class AssignmentPlan(Row):
    """A computed assignment, looked at before it is applied.

    `result` is plain data: `pairs` (application and juror ids), or `shortages` where no assignment exists.
    `inputs_digest` is the SHA-256 of everything it was computed from: it is applied only while that still holds.
    """

    panel = models.ForeignKey(Panel, models.CASCADE, related_name="plans")
    objective = models.CharField(max_length=10, default="total")
    result = models.JSONField(default=dict)
    inputs_digest = models.CharField(max_length=64)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    applied_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-created_at"]

    def __str__(self) -> str:
        return f"{self.panel} · {self.created_at:%Y-%m-%d %H:%M}"

    @property
    def programme_id(self):
        return self.panel.call.programme_id
