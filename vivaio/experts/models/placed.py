"""A student placed with an initiative: the learning agreement and its signatures, hours, how it went."""

from decimal import Decimal

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from vivaio.experts.models.placement import (
    PlacementMatching,
    PlacementOffer,
    PlacementRound,
    PlacementStudent,
)
from vivaio.experts.placing.states import STANDING, Grade, HoursState, PlacementState, Side
from vivaio.funding.models import Award
from vivaio.kit.models import Row

PERSON = settings.AUTH_USER_MODEL


class Placement(Row):
    """A student with an initiative. Both accept, three sign the agreement, then it runs.

    `award` is the grant, awarded to the initiative for this student; it exists only once the agreement is signed.
    """

    round = models.ForeignKey(PlacementRound, models.CASCADE, related_name="placements")
    matching = models.ForeignKey(PlacementMatching, models.SET_NULL, null=True, related_name="placements")
    student = models.ForeignKey(PlacementStudent, models.CASCADE, related_name="placements")
    offer = models.ForeignKey(PlacementOffer, models.CASCADE, related_name="placements")
    state = models.CharField(max_length=12, choices=PlacementState.choices, default=PlacementState.PROPOSED)
    wish = models.PositiveSmallIntegerField(_("choice of the student"))
    answer_by = models.DateTimeField(_("to accept by"))
    student_accepted_at = models.DateTimeField(null=True, editable=False)
    initiative_accepted_at = models.DateTimeField(null=True, editable=False)
    started_at = models.DateTimeField(null=True, editable=False)
    ended_at = models.DateTimeField(null=True, editable=False)
    reason = models.TextField(_("why it ended"), max_length=1000, blank=True)
    award = models.ForeignKey(Award, models.SET_NULL, null=True, related_name="placements")

    class Meta:
        verbose_name = _("placement")
        verbose_name_plural = _("placements")
        ordering = ["student__person__sort_name"]
        indexes = [models.Index(fields=["round", "state"]), models.Index(fields=["state", "answer_by"])]
        constraints = [
            models.UniqueConstraint(
                fields=["student"],
                condition=models.Q(state__in=[one.value for one in STANDING]),
                name="student_placed_once",
            )
        ]

    def __str__(self) -> str:
        return f"{self.student} · {self.offer}"

    def get_absolute_url(self) -> str:
        return reverse("experts:placement", args=[self.pk])

    @property
    def programme_id(self):
        return self.round.programme_id


class LearningAgreement(Row):
    """What the three sides agree on. `digest` is the SHA-256 of what is agreed: a change makes another, and signatures
    of an earlier one count no more."""

    placement = models.OneToOneField(Placement, models.CASCADE, related_name="agreement")
    goals = models.TextField(_("goals of the placement"), max_length=3000)
    activities = models.TextField(_("activities"), max_length=3000)
    hours = models.PositiveSmallIntegerField(_("hours in all"))
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("until"))
    host_tutor = models.CharField(_("tutor in the initiative"), max_length=160)
    university_tutor = models.CharField(_("university tutor"), max_length=160)
    version = models.PositiveSmallIntegerField(default=1)
    digest = models.CharField(max_length=64)
    written_by = models.ForeignKey(PERSON, models.SET_NULL, null=True, related_name="+")
    written_at = models.DateTimeField()

    class Meta:
        verbose_name = _("learning agreement")
        verbose_name_plural = _("learning agreements")

    def __str__(self) -> str:
        return f"{self.placement} ({self.version})"

    @property
    def programme_id(self):
        return self.placement.programme_id


class AgreementSignature(Row):
    """A click of one side under one text of the agreement, with the name that stood in the account."""

    agreement = models.ForeignKey(LearningAgreement, models.CASCADE, related_name="signatures")
    side = models.CharField(max_length=12, choices=Side.choices)
    person = models.ForeignKey(PERSON, models.SET_NULL, null=True, related_name="+")
    name = models.CharField(max_length=200)
    digest = models.CharField(max_length=64)
    signed_at = models.DateTimeField()

    class Meta:
        verbose_name = _("signature of a learning agreement")
        verbose_name_plural = _("signatures of learning agreements")
        ordering = ["signed_at"]
        constraints = [
            models.UniqueConstraint(fields=["agreement", "side", "digest"], name="agreement_signed_once")
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.get_side_display()})"


class PlacementHours(Row):
    """Hours of one day, written by the student, confirmed by the initiative."""

    placement = models.ForeignKey(Placement, models.CASCADE, related_name="hours")
    day = models.DateField(_("day"))
    hours = models.DecimalField(_("hours"), max_digits=4, decimal_places=2)
    what = models.CharField(_("what was done"), max_length=400)
    state = models.CharField(max_length=12, choices=HoursState.choices, default=HoursState.LOGGED)
    words = models.CharField(max_length=400, blank=True)
    confirmed_by = models.ForeignKey(PERSON, models.SET_NULL, null=True, related_name="+")
    confirmed_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        verbose_name = _("hours of a placement")
        verbose_name_plural = _("hours of placements")
        ordering = ["-day", "-created_at"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(hours__gt=0, hours__lte=Decimal(12)), name="placement_hours_of_a_day"
            )
        ]

    def __str__(self) -> str:
        return f"{self.day} · {self.hours}"

    @property
    def programme_id(self):
        return self.placement.programme_id


class PlacementEvaluation(Row):
    """How it went, in the words of one side."""

    placement = models.ForeignKey(Placement, models.CASCADE, related_name="evaluations")
    side = models.CharField(max_length=12, choices=Side.choices)
    grade = models.PositiveSmallIntegerField(_("how it went"), choices=Grade.choices)
    text = models.TextField(_("in words"), max_length=2000, blank=True)
    person = models.ForeignKey(PERSON, models.SET_NULL, null=True, related_name="+")

    class Meta:
        verbose_name = _("evaluation of a placement")
        verbose_name_plural = _("evaluations of placements")
        ordering = ["created_at"]
        constraints = [models.UniqueConstraint(fields=["placement", "side"], name="placement_evaluated_once")]

    def __str__(self) -> str:
        return f"{self.placement} ({self.get_side_display()})"

    @property
    def programme_id(self):
        return self.placement.programme_id
