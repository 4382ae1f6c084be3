"""The programme and what describes it."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from modeltrans.fields import TranslationField

from vivaio.kit.models import Row
from vivaio.people.models import Organisation
from vivaio.people.states import InvitationState
from vivaio.programmes.roles import name_of
from vivaio.programmes.states import AmountKind, PartnerPart, ProgrammeState


def languages() -> list[str]:
    """The languages of a programme until somebody says otherwise."""
    return ["it", "en"]


class Programme(Row):
    """A territory's programme. `public_version` rises with every change that the public can see."""

    slug = models.SlugField(unique=True)
    state = models.CharField(max_length=12, choices=ProgrammeState.choices, default=ProgrammeState.DRAFT)
    title = models.CharField(_("title"), max_length=160)
    tagline = models.CharField(_("in one line"), max_length=300, blank=True)
    description = models.TextField(_("description"), blank=True)
    context_line = models.CharField(_("context in one line"), max_length=160, blank=True)
    place = models.CharField(_("where"), max_length=200, blank=True)
    territory = models.CharField(_("territory"), max_length=200, blank=True)
    action_code = models.CharField(_("action"), max_length=80, blank=True)
    project_code = models.CharField(_("project code"), max_length=80, blank=True)
    cup = models.CharField(_("CUP"), max_length=20, blank=True)
    starts_on = models.DateField(_("starts on"), null=True, blank=True)
    ends_on = models.DateField(_("ends on"), null=True, blank=True)
    time_zone = models.CharField(_("time zone"), max_length=40, default="Europe/Rome")
    currency = models.CharField(_("currency"), max_length=3, default="EUR")
    languages = models.JSONField(_("languages"), default=languages)
    colour = models.CharField(_("colour"), max_length=7, blank=True)
    logo = models.FileField(_("logo"), upload_to="logos", blank=True)
    logo_alt = models.CharField(_("the logo in words"), max_length=160, blank=True)
    contact_email = models.EmailField(_("contact e-mail"), blank=True)
    is_demo = models.BooleanField(default=False)
    # Made to try a call out (`Rehearsal`): seen by the staff alone, its letters never leave, all of it goes.
    is_rehearsal = models.BooleanField(default=False, editable=False)
    public_version = models.PositiveIntegerField(default=1)
    # Whether its results page is on line: its menu tells of it without asking.
    shows_results = models.BooleanField(default=False, editable=False)
    blueprint_digest = models.CharField(max_length=64, blank=True)
    i18n = TranslationField(
        fields=("title", "tagline", "description", "context_line", "place", "territory", "logo_alt")
    )
    title_i18n: str
    tagline_i18n: str
    description_i18n: str
    context_line_i18n: str
    place_i18n: str
    territory_i18n: str
    logo_alt_i18n: str

    class Meta:
        verbose_name = _("programme")
        verbose_name_plural = _("programmes")
        ordering = ["title"]

    def __str__(self) -> str:
        return self.title_i18n

    @property
    def first_language(self) -> str:
        """The first of its languages that letters are written in."""
        written = dict(settings.LANGUAGES)
        return next((code for code in self.languages if code in written), settings.LANGUAGE_CODE)

    @property
    def is_public(self) -> bool:
        """Whether anyone may see it."""
        return self.state != ProgrammeState.DRAFT

    @property
    def programme_id(self):
        """A programme belongs to itself: journal and letters ask every subject for this."""
        return self.pk


class Phase(Row):
    """A stretch of the programme. `dates` replaces the two days where the source tells them in words."""

    programme = models.ForeignKey(Programme, models.CASCADE, related_name="phases")
    key = models.SlugField()
    position = models.PositiveSmallIntegerField(default=0)
    title = models.CharField(_("title"), max_length=160)
    summary = models.TextField(_("summary"), blank=True)
    dates = models.CharField(_("dates in words"), max_length=120, blank=True)
    starts_on = models.DateField(_("starts on"), null=True, blank=True)
    ends_on = models.DateField(_("ends on"), null=True, blank=True)
    i18n = TranslationField(fields=("title", "summary", "dates"))
    title_i18n: str
    summary_i18n: str
    dates_i18n: str

    class Meta:
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["programme", "key"], name="phase_key_once")]

    def __str__(self) -> str:
        return self.title_i18n


class Partner(Row):
    """An organisation's part in the programme."""

    programme = models.ForeignKey(Programme, models.CASCADE, related_name="partners")
    key = models.SlugField(max_length=80)
    position = models.PositiveSmallIntegerField(default=0)
    name = models.CharField(_("name"), max_length=200)
    part = models.CharField(_("part"), max_length=12, choices=PartnerPart.choices)
    country = models.CharField(_("country"), max_length=2, blank=True)
    website = models.URLField(_("web site"), blank=True)
    organisation = models.ForeignKey(Organisation, models.SET_NULL, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["programme", "key"], name="partner_key_once")]

    def __str__(self) -> str:
        return self.name


class Area(Row):
    """An area of intervention (childcare, housing, ...)."""

    programme = models.ForeignKey(Programme, models.CASCADE, related_name="areas")
    key = models.SlugField()
    position = models.PositiveSmallIntegerField(default=0)
    title = models.CharField(_("title"), max_length=160)
    summary = models.TextField(_("summary"), blank=True)
    i18n = TranslationField(fields=("title", "summary"))
    title_i18n: str
    summary_i18n: str

    class Meta:
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["programme", "key"], name="area_key_once")]

    def __str__(self) -> str:
        return self.title_i18n


class Amount(Row):
    """One of the four amounts of financial progress, as it stood on a day."""

    programme = models.ForeignKey(Programme, models.CASCADE, related_name="amounts")
    kind = models.CharField(_("kind"), max_length=12, choices=AmountKind.choices)
    amount = models.DecimalField(_("amount"), max_digits=14, decimal_places=2)
    currency = models.CharField(_("currency"), max_length=3, default="EUR")
    stated_on = models.DateField(_("on"), null=True, blank=True)

    class Meta:
        ordering = ["stated_on", "created_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["programme", "kind", "stated_on"], nulls_distinct=False, name="amount_once_a_day"
            ),
            models.CheckConstraint(condition=models.Q(amount__gte=0), name="amount_not_negative"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.amount} {self.currency}"


class RoleHolding(Row):
    """A person holds a role in a programme. Roles are classes in `programmes/roles.py`.

    `comes_with` names what the role came with, and goes with again; empty where people gave it.
    """

    programme = models.ForeignKey(Programme, models.CASCADE, related_name="role_holdings")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="role_holdings")
    role = models.SlugField()
    comes_with = models.SlugField(blank=True, editable=False, db_index=False)

    class Meta:
        verbose_name = _("role")
        verbose_name_plural = _("roles")
        constraints = [models.UniqueConstraint(fields=["programme", "person", "role"], name="role_held_once")]

    def __str__(self) -> str:
        return f"{self.person} · {self.role} · {self.programme}"

    @property
    def role_name(self):
        """The role by name."""
        return name_of(self.role)


class RoleInvitation(Row):
    """An invitation by e-mail to hold a role. Only the token's digest is stored."""

    programme = models.ForeignKey(Programme, models.CASCADE, related_name="role_invitations")
    email = models.EmailField(_("e-mail"))
    role = models.SlugField()
    language = models.CharField(_("language"), max_length=8, choices=settings.LANGUAGES, default="it")
    token: str  # known only to the action that makes it and to its letter
    token_digest = models.CharField(max_length=64, unique=True, editable=False)
    invited_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    expires_at = models.DateTimeField()
    state = models.CharField(max_length=12, choices=InvitationState.choices, default=InvitationState.SENT)

    class Meta:
        verbose_name = _("invitation to a role")
        verbose_name_plural = _("invitations to a role")
        constraints = [
            models.UniqueConstraint(
                "programme", "email", "role", condition=models.Q(state="sent"), name="role_invitation_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.email} · {self.role}"

    @property
    def role_name(self):
        """The role by name."""
        return name_of(self.role)
