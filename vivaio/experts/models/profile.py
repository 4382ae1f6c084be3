"""An expert in a programme's bank, and invitations to it."""

import datetime as dt

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from vivaio.experts.models.bank import Competence
from vivaio.experts.states import LanguageLevel, Level, ProfileState
from vivaio.kit import clock
from vivaio.kit.models import Row
from vivaio.people.states import InvitationState, Language, Sector
from vivaio.programmes.models import Partner, Programme


class ExpertProfile(Row):
    """What somebody offers to a programme's initiatives, checked by the programme, renewed every year.

    `languages` maps a language's code to its level, `written_in` is the one in which the profile is written; `away`
    holds pairs of days (ISO), first and last. `words` are those of the last check; `as_checked` keeps what was checked
    once the expert changes it, until somebody looks.
    """

    programme = models.ForeignKey(Programme, models.CASCADE, related_name="expert_profiles")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="expert_profiles", editable=False
    )
    state = models.CharField(max_length=12, choices=ProfileState.choices, default=ProfileState.APPLIED)
    headline = models.CharField(_("in one line"), max_length=160)
    presentation = models.TextField(_("presentation"), max_length=3000)
    written_in = models.CharField(
        _("language of these words"), max_length=7, choices=Language.choices, default=Language.IT
    )
    languages = models.JSONField(_("languages"), default=dict)
    sectors = ArrayField(
        models.CharField(max_length=40, choices=Sector.choices),
        verbose_name=_("sectors"),
        default=list,
        blank=True,
    )
    area = models.CharField(_("area"), max_length=200, blank=True)
    remote = models.BooleanField(_("at a distance"), default=True)
    in_person = models.BooleanField(_("in person"), default=True)
    hours_a_month = models.PositiveSmallIntegerField(_("hours a month"), default=0)
    away = models.JSONField(_("days away"), default=list, blank=True)
    pro_bono = models.BooleanField(_("free of charge"), default=True)
    rate = models.DecimalField(_("rate per hour"), max_digits=8, decimal_places=2, null=True, blank=True)
    partner = models.ForeignKey(
        Partner, models.SET_NULL, null=True, blank=True, related_name="expert_profiles"
    )
    words = models.TextField(max_length=1500, blank=True)
    checked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    checked_at = models.DateTimeField(null=True, editable=False)
    as_checked = models.JSONField(default=dict, blank=True, editable=False)
    changed_at = models.DateTimeField(null=True, editable=False)
    expires_on = models.DateField(null=True, editable=False)
    reminded_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        verbose_name = _("expert")
        verbose_name_plural = _("experts")
        ordering = ["person__sort_name"]
        indexes = [models.Index(fields=["programme", "state"]), models.Index(fields=["state", "expires_on"])]
        constraints = [
            models.UniqueConstraint(fields=["programme", "person"], name="expert_profile_once"),
        ]

    def __str__(self) -> str:
        return str(self.person)

    def get_absolute_url(self) -> str:
        return reverse("experts:profile", args=[self.pk])

    @property
    def sector_names(self) -> str:
        """The sectors in words."""
        names = dict(Sector.choices)
        return ", ".join(str(names.get(code, code)) for code in self.sectors)

    @property
    def language_names(self) -> str:
        """The languages with their levels, in words."""
        names, levels = dict(Language.choices), dict(LanguageLevel.choices)
        return ", ".join(
            f"{names.get(code, code)} ({levels.get(level, level)})" for code, level in self.languages.items()
        )

    @property
    def days_away(self) -> list[tuple[dt.date, dt.date]]:
        """The spans of days away that are not over yet."""
        spans = [(dt.date.fromisoformat(one), dt.date.fromisoformat(other)) for one, other in self.away]
        return [span for span in spans if span[1] >= clock.today()]


class ExpertCompetence(Row):
    """A competence of an expert: how well, and what shows it."""

    profile = models.ForeignKey(ExpertProfile, models.CASCADE, related_name="competences")
    competence = models.ForeignKey(Competence, models.CASCADE, related_name="experts")
    level = models.PositiveSmallIntegerField(_("level"), choices=Level.choices, default=Level.SOLID)
    evidence = models.CharField(_("what shows it"), max_length=400, blank=True)

    class Meta:
        verbose_name = _("competence of an expert")
        verbose_name_plural = _("competences of experts")
        ordering = ["-level", "created_at"]
        constraints = [
            models.UniqueConstraint(fields=["profile", "competence"], name="expert_competence_once")
        ]

    def __str__(self) -> str:
        return str(self.competence)


class ExpertInvitation(Row):
    """An invitation by e-mail to join the bank. Only the token's digest is stored."""

    programme = models.ForeignKey(Programme, models.CASCADE, related_name="expert_invitations")
    email = models.EmailField(_("e-mail"))
    language = models.CharField(_("language"), max_length=8, choices=settings.LANGUAGES, default="it")
    message = models.TextField(_("message"), max_length=1500, blank=True)
    token: str  # known only to the action that makes it and to its letter
    token_digest = models.CharField(max_length=64, unique=True, editable=False)
    invited_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    expires_at = models.DateTimeField()
    state = models.CharField(max_length=12, choices=InvitationState.choices, default=InvitationState.SENT)

    class Meta:
        verbose_name = _("invitation to the competence bank")
        verbose_name_plural = _("invitations to the competence bank")
        ordering = ["-created_at"]
        constraints = [
            models.UniqueConstraint(
                "programme", "email", condition=models.Q(state="sent"), name="expert_invitation_once"
            )
        ]

    def __str__(self) -> str:
        return self.email
