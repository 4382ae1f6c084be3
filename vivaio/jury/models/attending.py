"""The audience of a pitch day: how many fit in, who has registered, how they open their own page."""

from uuid import UUID

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from vivaio.jury.models.pitching import PitchDay
from vivaio.jury.states import TONES, GuestState, Way
from vivaio.kit.models import Row

LONGEST_NEEDS = 500


class Audience(Row):
    """Registration for a pitch day. Without a number of places everybody fits in.

    `answer_hours`: how long a place that became free waits for whoever is next. `past_registered` and `past_came` go
    on counting those whose names were erased.
    """

    day = models.OneToOneField(PitchDay, models.CASCADE, related_name="audience")
    is_open = models.BooleanField(_("registration is open"), default=False)
    places = models.PositiveIntegerField(
        _("places in the room"), null=True, blank=True, validators=[MaxValueValidator(100_000)]
    )
    online = models.BooleanField(_("it can be followed from elsewhere"), default=False)
    answer_hours = models.PositiveSmallIntegerField(
        _("hours to take a place that became free"),
        default=24,
        validators=[MinValueValidator(1), MaxValueValidator(336)],
    )
    past_registered = models.PositiveIntegerField(default=0, editable=False)
    past_came = models.PositiveIntegerField(default=0, editable=False)

    class Meta:
        verbose_name = _("audience of a pitch day")

    def __str__(self) -> str:
        return str(self.day)

    @property
    def programme_id(self) -> UUID:
        return self.day.programme_id


class Guest(Row):
    """Somebody of the audience. `needs` are read by who looks after the jury alone, and go after the day.

    `notice` names the version of the privacy notice that was shown; `consented_at`: they agreed that their needs be
    read. `queued_at` orders the waiting list.
    """

    audience = models.ForeignKey(Audience, models.CASCADE, related_name="guests")
    state = models.CharField(_("state"), max_length=10, choices=GuestState.choices, default=GuestState.ASKED)
    name = models.CharField(_("name"), max_length=120)
    email = models.EmailField(_("e-mail"))
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="pitch_days_attended"
    )
    language = models.CharField(_("language"), max_length=8, choices=settings.LANGUAGES, default="it")
    way = models.CharField(_("how"), max_length=8, choices=Way.choices, default=Way.ROOM)
    needs = models.TextField(_("accessibility needs"), max_length=LONGEST_NEEDS, blank=True)
    notice = models.CharField(max_length=20)
    consented_at = models.DateTimeField(null=True, blank=True, editable=False)
    queued_at = models.DateTimeField(null=True, blank=True, editable=False)
    answer_by = models.DateTimeField(null=True, blank=True, editable=False)
    reminded_at = models.DateTimeField(null=True, blank=True, editable=False)
    came_at = models.DateTimeField(_("came at"), null=True, blank=True, editable=False)

    class Meta:
        verbose_name = _("person of the audience")
        ordering = ["name", "created_at"]
        indexes = [models.Index(fields=["audience", "state"], name="guest_state")]
        constraints = [
            models.UniqueConstraint(fields=["audience", "email"], name="guest_once"),
            models.CheckConstraint(
                condition=models.Q(needs="") | models.Q(consented_at__isnull=False),
                name="guest_needs_with_consent",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def programme_id(self) -> UUID:
        return self.audience.programme_id

    @property
    def tone(self) -> str:
        return TONES.get(self.state, "")


class GuestKey(Row):
    """The digest of a link in a letter: each letter has its own."""

    guest = models.ForeignKey(Guest, models.CASCADE, related_name="keys")
    digest = models.CharField(max_length=64, unique=True)

    class Meta:
        verbose_name = _("link of a person of the audience")

    def __str__(self) -> str:
        return str(self.guest)
