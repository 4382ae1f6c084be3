"""A guardian signs for somebody under 18."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from vivaio.kit import clock
from vivaio.kit.models import Row
from vivaio.people.states import GuardianRelation, GuardianshipState


class Guardianship(Row):
    """A holder of parental responsibility is asked to agree that a person under 18 takes part in one matter.

    `matter` is what is asked for, told by the room that asks (a call's identifier), in a programme. Only the digest
    of the link's secret is stored; a link that has been used is known by `spent_digest`, and opens nothing.
    """

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="guardianships")
    matter = models.UUIDField(db_index=True, editable=False)
    programme_id = models.UUIDField(null=True, db_index=True, editable=False)
    name = models.CharField(_("first and last name"), max_length=160, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    relation = models.CharField(_("relation"), max_length=12, choices=GuardianRelation.choices)
    language = models.CharField(_("language"), max_length=8, choices=settings.LANGUAGES, default="it")
    state = models.CharField(
        max_length=12, choices=GuardianshipState.choices, default=GuardianshipState.ASKED
    )
    token: str  # known only to the action that makes it and to its letter
    token_digest = models.CharField(max_length=64, unique=True, editable=False)
    spent_digest = models.CharField(max_length=64, blank=True, db_index=True, editable=False)
    asked_at = models.DateTimeField(default=clock.now, editable=False)
    expires_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True, blank=True, editable=False)
    withdrawn_at = models.DateTimeField(null=True, blank=True, editable=False)
    notice_version = models.CharField(max_length=20, blank=True, editable=False)
    account = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )

    class Meta:
        verbose_name = _("signature of a guardian")
        verbose_name_plural = _("signatures of guardians")
        ordering = ["-created_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "matter"],
                condition=models.Q(state__in=["asked", "signed"]),
                name="one_guardian_at_a_time",
            )
        ]

    @property
    def expired(self) -> bool:
        """Whether the link is too old to be answered."""
        return clock.now() >= self.expires_at

    def __str__(self) -> str:
        return f"{self.person} · {self.name or _('guardian')}"
