"""Invitations to the team of an initiative."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from vivaio.initiatives.models.initiative import Initiative
from vivaio.initiatives.states import TeamPart
from vivaio.kit.models import Row
from vivaio.people.states import InvitationState


class TeamInvitation(Row):
    """An invitation by letter to the team of an initiative. Only the token's digest is stored."""

    initiative = models.ForeignKey(Initiative, models.CASCADE, related_name="invitations")
    email = models.EmailField(_("e-mail"))
    part = models.CharField(_("part"), max_length=12, choices=TeamPart.choices, default=TeamPart.MEMBER)
    role = models.CharField(_("what they do"), max_length=120, blank=True)
    language = models.CharField(_("language"), max_length=8, choices=settings.LANGUAGES, default="it")
    token: str  # known only to the action that makes it and to its letter
    token_digest = models.CharField(max_length=64, unique=True, editable=False)
    invited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    expires_at = models.DateTimeField()
    state = models.CharField(max_length=12, choices=InvitationState.choices, default=InvitationState.SENT)

    class Meta:
        verbose_name = _("invitation to a team")
        verbose_name_plural = _("invitations to a team")
        ordering = ["created_at"]
        constraints = [
            models.UniqueConstraint(
                "initiative", "email", condition=models.Q(state="sent"), name="team_invitation_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.email} · {self.initiative}"

    @property
    def programme_id(self):
        return self.initiative.programme_id
