"""The longlist: organisations that somebody spotted for a programme, and the invitations they were sent."""

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from vivaio.applications.states import Answer, ProspectState
from vivaio.calls.models import Call
from vivaio.kit.models import Row
from vivaio.people.models import Organisation
from vivaio.people.states import OrganisationKind, Sector
from vivaio.programmes.models import Programme


class Prospect(Row):
    """An organisation worth inviting, as the staff knows it; `organisation` once it is registered here.

    What is on the line comes from the staff, not from the organisation: whoever asks not to be written to again
    keeps a line without a name and an address to write to (`silent`).
    """

    programme = models.ForeignKey(Programme, models.CASCADE, related_name="prospects")
    name = models.CharField(_("name"), max_length=200)
    kind = models.CharField(_("kind"), max_length=20, choices=OrganisationKind.choices, blank=True)
    sector = models.CharField(_("sector"), max_length=40, choices=Sector.choices, blank=True)
    area = models.CharField(_("area"), max_length=100, blank=True)
    website = models.URLField(_("web site"), blank=True)
    contact_name = models.CharField(_("person to write to"), max_length=160, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    source = models.CharField(_("source"), max_length=160)
    reason = models.TextField(_("why it is worth inviting"), max_length=2000, blank=True)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="prospects"
    )
    state = models.CharField(max_length=10, choices=ProspectState.choices, default=ProspectState.SPOTTED)
    state_reason = models.CharField(_("why it was set aside"), max_length=300, blank=True)
    silent = models.BooleanField(_("not to be written to again"), default=False)
    organisation = models.ForeignKey(
        Organisation, models.SET_NULL, null=True, blank=True, related_name="prospects"
    )
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")

    class Meta:
        verbose_name = _("spotted organisation")
        verbose_name_plural = _("spotted organisations")
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint("programme", models.functions.Lower("name"), name="prospect_once")
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("applications:prospect", args=[self.programme.slug, self.pk])


class ProspectInvitation(Row):
    """One invitation to apply to a call. Only the digest of its link's secret is stored."""

    prospect = models.ForeignKey(Prospect, models.CASCADE, related_name="invitations")
    call = models.ForeignKey(Call, models.CASCADE, related_name="scouting_invitations")
    email = models.EmailField(_("e-mail"))
    contact_name = models.CharField(max_length=160, blank=True)
    language = models.CharField(_("language of the letter"), max_length=8, default="it")
    words = models.TextField(_("your words to them"), max_length=1500, blank=True)
    token: str  # known only to the action that makes it and to its letter
    token_digest = models.CharField(max_length=64, unique=True, editable=False)
    invited_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    sent_at = models.DateTimeField()
    opened_at = models.DateTimeField(null=True, blank=True)
    answer = models.CharField(max_length=10, choices=Answer.choices, blank=True)
    answer_reason = models.CharField(_("why not"), max_length=500, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )

    class Meta:
        ordering = ["-sent_at"]
        constraints = [models.UniqueConstraint(fields=["prospect", "call"], name="prospect_invited_once")]

    def __str__(self) -> str:
        return f"{self.prospect} · {self.call}"

    @property
    def programme_id(self):
        return self.prospect.programme_id
