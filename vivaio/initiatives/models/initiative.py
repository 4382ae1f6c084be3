"""An initiative and its team."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from vivaio.applications.models import Application
from vivaio.initiatives.states import InitiativeState, Origin, TeamPart
from vivaio.kit.models import Row
from vivaio.people.models import Organisation
from vivaio.people.states import Sector
from vivaio.programmes.models import Programme


class Initiative(Row):
    """What a programme accompanies. Born from an application that was selected, come out of a lab, or founded by hand.

    `origin` says which, `origin_told` which lab and when, or what else led to it.

    `organisation` is whose it is; an informal group is an organisation of that kind. `track_title` is kept as it was
    at the birth. `enterprise` is what was founded when it spun off, `spun_off_on` the day. `slug` names it inside its
    programme. What the team writes keeps the team's own language.
    """

    programme = models.ForeignKey(Programme, models.CASCADE, related_name="initiatives")
    application = models.OneToOneField(
        Application, models.PROTECT, null=True, blank=True, related_name="initiative", editable=False
    )
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="initiatives"
    )
    slug = models.SlugField(max_length=80)
    title = models.CharField(_("title"), max_length=200)
    summary = models.TextField(_("in a few lines"), max_length=600, blank=True)
    goals = models.TextField(_("goals"), max_length=4000, blank=True)
    sectors = ArrayField(
        models.CharField(max_length=40, choices=Sector.choices),
        verbose_name=_("sectors"),
        default=list,
        blank=True,
    )
    territory = models.CharField(_("territory"), max_length=200, blank=True)
    track_title = models.CharField(_("track"), max_length=200, blank=True, editable=False)
    language = models.CharField(_("language"), max_length=7, default="it")
    origin = models.CharField(_("comes from"), max_length=12, choices=Origin.choices, default=Origin.HAND)
    origin_told = models.CharField(max_length=200, blank=True)
    state = models.CharField(max_length=12, choices=InitiativeState.choices, default=InitiativeState.ADMITTED)

    enterprise = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="spun_off_from", editable=False
    )
    spun_off_on = models.DateField(null=True, blank=True, editable=False)

    class Meta:
        verbose_name = _("initiative")
        verbose_name_plural = _("initiatives")
        ordering = ["title"]
        constraints = [
            models.UniqueConstraint(fields=["programme", "slug"], name="initiative_slug_once"),
        ]
        indexes = [models.Index(fields=["programme", "state"])]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("initiatives:initiative", args=[self.pk])


class TeamMember(Row):
    """Somebody of the team, until `ended_at`. `role` is what they do in it, in their own words."""

    initiative = models.ForeignKey(Initiative, models.CASCADE, related_name="team")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="initiative_parts")
    part = models.CharField(max_length=12, choices=TeamPart.choices, default=TeamPart.MEMBER)
    role = models.CharField(_("what they do"), max_length=120, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True, editable=False)

    class Meta:
        verbose_name = _("member of the team")
        verbose_name_plural = _("members of the team")
        ordering = ["created_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["initiative", "person"],
                condition=models.Q(ended_at=None),
                name="team_member_once",
            )
        ]

    def __str__(self) -> str:
        return str(self.person)

    @property
    def programme_id(self):
        return self.initiative.programme_id
