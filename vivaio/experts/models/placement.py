"""Placements of students: the round, who takes part, what is offered, preferences, the matching."""

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from vivaio.experts.placing.states import (
    OfferState,
    PlacementMatchingState,
    PlacementPart,
    PlacementRoundState,
    StudentState,
    WorkPlace,
)
from vivaio.experts.states import LanguageLevel
from vivaio.initiatives.models import Initiative
from vivaio.kit.models import Row
from vivaio.kit.money import CurrencyField, MoneyField
from vivaio.people.models import Organisation
from vivaio.people.states import InvitationState, Language
from vivaio.programmes.models import Programme

PERSON = settings.AUTH_USER_MODEL


class PlacementRound(Row):
    """A round: offers, then students, then the preferences of both, each until its instant; then it is matched.

    `seed` draws the lots that put in order whom an initiative has not ranked; it is public. `answer_days` is how long
    students and initiatives have to accept.
    """

    programme = models.ForeignKey(Programme, models.CASCADE, related_name="placement_rounds")
    title = models.CharField(_("title"), max_length=160)
    presentation = models.TextField(
        _("what students and initiatives should know"), max_length=3000, blank=True
    )
    offers_until = models.DateTimeField(_("offers until"))
    students_until = models.DateTimeField(_("students until"))
    preferences_until = models.DateTimeField(_("preferences until"))
    answer_days = models.PositiveSmallIntegerField(_("days to accept"), default=7)
    seed = models.CharField(_("seed of the lots"), max_length=80)
    state = models.CharField(
        max_length=12, choices=PlacementRoundState.choices, default=PlacementRoundState.DRAFT
    )
    reminded_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        verbose_name = _("placement round")
        verbose_name_plural = _("placement rounds")
        ordering = ["-created_at"]
        indexes = [models.Index(fields=["programme", "state"])]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("experts:placement_round", args=[self.pk])


class PlacementInvitation(Row):
    """A personal invitation, as a student to a round or as a university's tutor. Only the token's digest is stored."""

    programme = models.ForeignKey(Programme, models.CASCADE, related_name="placement_invitations")
    round = models.ForeignKey(PlacementRound, models.CASCADE, null=True, related_name="invitations")
    part = models.CharField(max_length=8, choices=PlacementPart.choices, default=PlacementPart.STUDENT)
    university = models.ForeignKey(Organisation, models.CASCADE, null=True, blank=True, related_name="+")
    email = models.EmailField(_("e-mail"))
    language = models.CharField(_("language"), max_length=8, choices=settings.LANGUAGES, default="it")
    message = models.TextField(_("message"), max_length=1500, blank=True)
    token: str  # known only to the action that makes it and to its letter
    token_digest = models.CharField(max_length=64, unique=True, editable=False)
    invited_by = models.ForeignKey(PERSON, models.SET_NULL, null=True, related_name="+")
    expires_at = models.DateTimeField()
    state = models.CharField(max_length=12, choices=InvitationState.choices, default=InvitationState.SENT)

    class Meta:
        verbose_name = _("invitation to placements")
        verbose_name_plural = _("invitations to placements")
        ordering = ["-created_at"]
        constraints = [
            models.UniqueConstraint(
                "round", "part", "email", condition=models.Q(state="sent"), name="placement_invitation_once"
            )
        ]

    def __str__(self) -> str:
        return self.email


class UniversityTutor(Row):
    """Who follows the students of a university in a programme."""

    programme = models.ForeignKey(Programme, models.CASCADE, related_name="university_tutors")
    university = models.ForeignKey(Organisation, models.PROTECT, related_name="placement_tutors")
    person = models.ForeignKey(PERSON, models.CASCADE, related_name="tutor_of")

    class Meta:
        verbose_name = _("university tutor")
        verbose_name_plural = _("university tutors")
        ordering = ["person__sort_name"]
        constraints = [
            models.UniqueConstraint(fields=["programme", "university", "person"], name="tutor_once")
        ]

    def __str__(self) -> str:
        return f"{self.person} · {self.university}"


class PlacementStudent(Row):
    """A student of a round. The curriculum is served to those who may read the student, and goes with the person.

    `words` are those of the tutor who vouched, or did not.
    """

    round = models.ForeignKey(PlacementRound, models.CASCADE, related_name="students")
    person = models.ForeignKey(PERSON, models.CASCADE, related_name="placement_students", editable=False)
    university = models.ForeignKey(Organisation, models.PROTECT, related_name="placement_students")
    course = models.CharField(_("course of study"), max_length=160)
    languages = models.JSONField(_("languages"), default=dict)
    presentation = models.TextField(_("presentation"), max_length=3000)
    available_from = models.DateField(_("available from"))
    available_until = models.DateField(_("available until"))
    hours_a_week = models.PositiveSmallIntegerField(_("hours a week"))
    file = models.FileField(upload_to="curricula", max_length=200, blank=True)
    name = models.CharField(max_length=200, blank=True)
    size = models.PositiveIntegerField(default=0)
    content_type = models.CharField(max_length=100, blank=True)
    sha256 = models.CharField(max_length=64, blank=True)
    state = models.CharField(max_length=12, choices=StudentState.choices, default=StudentState.APPLIED)
    words = models.TextField(max_length=1500, blank=True)
    vouched_by = models.ForeignKey(PERSON, models.SET_NULL, null=True, related_name="+")
    vouched_at = models.DateTimeField(null=True, editable=False)
    wishes_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        verbose_name = _("student")
        verbose_name_plural = _("students")
        ordering = ["person__sort_name"]
        indexes = [models.Index(fields=["round", "state"])]
        constraints = [models.UniqueConstraint(fields=["round", "person"], name="placement_student_once")]

    def __str__(self) -> str:
        return str(self.person)

    def get_absolute_url(self) -> str:
        return reverse("experts:placement_student", args=[self.pk])

    @property
    def programme_id(self):
        return self.round.programme_id

    @property
    def language_names(self) -> str:
        """The languages with their levels, in words."""
        names, levels = dict(Language.choices), dict(LanguageLevel.choices)
        return ", ".join(
            f"{names.get(code, code)} ({levels.get(level, level)})" for code, level in self.languages.items()
        )


class PlacementOffer(Row):
    """What an initiative offers to students; seen once the programme has checked it. `tutor` follows them there."""

    round = models.ForeignKey(PlacementRound, models.CASCADE, related_name="offers")
    initiative = models.ForeignKey(Initiative, models.CASCADE, related_name="placement_offers")
    title = models.CharField(_("title"), max_length=160)
    tasks = models.TextField(_("what the student will do"), max_length=3000)
    learning = models.TextField(_("what the student will learn"), max_length=2000)
    places = models.PositiveSmallIntegerField(_("places"), default=1)
    hours = models.PositiveSmallIntegerField(_("hours in all"), default=150)
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("until"))
    work_place = models.CharField(
        _("where one works"), max_length=12, choices=WorkPlace.choices, default=WorkPlace.IN_PERSON
    )
    address = models.CharField(pgettext_lazy("placement", "place"), max_length=200, blank=True)
    tutor = models.ForeignKey(PERSON, models.SET_NULL, null=True, related_name="+")
    grant = MoneyField(_("grant for each student"), null=True, blank=True)
    currency = CurrencyField()
    state = models.CharField(max_length=12, choices=OfferState.choices, default=OfferState.DRAFT)
    words = models.TextField(max_length=1500, blank=True)
    written_by = models.ForeignKey(PERSON, models.SET_NULL, null=True, related_name="+")
    checked_by = models.ForeignKey(PERSON, models.SET_NULL, null=True, related_name="+")
    checked_at = models.DateTimeField(null=True, editable=False)
    ranked_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        verbose_name = _("placement offer")
        verbose_name_plural = _("placement offers")
        ordering = ["initiative__title", "title"]
        indexes = [models.Index(fields=["round", "state"])]
        constraints = [
            models.CheckConstraint(condition=models.Q(places__gt=0), name="placement_offer_has_places"),
            models.CheckConstraint(
                condition=models.Q(ends_on__gte=models.F("starts_on")), name="placement_offer_ends_later"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("experts:placement_offer", args=[self.pk])

    @property
    def programme_id(self):
        return self.round.programme_id


class StudentWish(Row):
    """An offer that a student would take; the first is the dearest."""

    student = models.ForeignKey(PlacementStudent, models.CASCADE, related_name="wishes")
    offer = models.ForeignKey(PlacementOffer, models.CASCADE, related_name="wishes")
    position = models.PositiveSmallIntegerField()

    class Meta:
        verbose_name = _("wish of a student")
        verbose_name_plural = _("wishes of students")
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["student", "offer"], name="student_wish_once"),
            models.UniqueConstraint(fields=["student", "position"], name="student_wish_in_order"),
        ]

    def __str__(self) -> str:
        return f"{self.position}. {self.offer}"


class OfferRank(Row):
    """Where an initiative puts a student for one of its offers; without a place, it would not have them."""

    offer = models.ForeignKey(PlacementOffer, models.CASCADE, related_name="ranks")
    student = models.ForeignKey(PlacementStudent, models.CASCADE, related_name="ranks")
    position = models.PositiveSmallIntegerField(null=True)

    class Meta:
        verbose_name = _("student ranked by an initiative")
        verbose_name_plural = _("students ranked by initiatives")
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["offer", "student"], name="offer_rank_once"),
            models.UniqueConstraint(fields=["offer", "position"], name="offer_rank_in_order"),
        ]

    def __str__(self) -> str:
        return f"{self.position}. {self.student}"


class PlacementMatching(Row):
    """A matching of a round. `inputs` are what it was computed from, `digest` their SHA-256: anybody who holds them
    computes the same again."""

    round = models.ForeignKey(PlacementRound, models.CASCADE, related_name="matchings")
    state = models.CharField(
        max_length=12, choices=PlacementMatchingState.choices, default=PlacementMatchingState.PREVIEW
    )
    inputs = models.JSONField()
    digest = models.CharField(max_length=64)
    made_by = models.ForeignKey(PERSON, models.SET_NULL, null=True, related_name="+")
    sent_by = models.ForeignKey(PERSON, models.SET_NULL, null=True, related_name="+")
    sent_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        verbose_name = _("matching of students")
        verbose_name_plural = _("matchings of students")
        ordering = ["-created_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["round"], condition=models.Q(state="preview"), name="one_placement_matching_looked_at"
            )
        ]

    def __str__(self) -> str:
        return f"{self.round} · {self.created_at:%Y-%m-%d}"

    @property
    def programme_id(self):
        return self.round.programme_id
