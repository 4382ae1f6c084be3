"""Organisations, their members, their boards, and the invitations to join them."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from vivaio.kit.models import Row
from vivaio.people.states import BoardPart, InvitationState, MemberPart, OrganisationKind, Sector


class Organisation(Row):
    """A body, or an informal group of citizens, that takes part in programmes."""

    name = models.CharField(_("name"), max_length=200)
    kind = models.CharField(_("kind"), max_length=20, choices=OrganisationKind.choices)
    tax_code = models.CharField(_("tax code (codice fiscale)"), max_length=20, blank=True)
    vat_number = models.CharField(_("VAT number (partita IVA)"), max_length=20, blank=True)
    address = models.CharField(_("address"), max_length=200, blank=True)
    postcode = models.CharField(_("postcode"), max_length=12, blank=True)
    municipality = models.CharField(_("municipality"), max_length=100, blank=True)
    province = models.CharField(_("province"), max_length=40, blank=True)
    country = models.CharField(_("country"), max_length=2, default="IT")
    website = models.URLField(_("web site"), blank=True)
    description = models.TextField(_("what it does"), blank=True)
    founded_on = models.DateField(_("founded on"), null=True, blank=True)
    sectors = ArrayField(
        models.CharField(max_length=40, choices=Sector.choices),
        verbose_name=_("sectors"),
        default=list,
        blank=True,
    )
    board_declared_at = models.DateTimeField(null=True, blank=True, editable=False)

    class Meta:
        verbose_name = _("organisation")
        verbose_name_plural = _("organisations")
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(
                fields=["country", "tax_code"],
                condition=~models.Q(tax_code=""),
                name="organisation_tax_code_once",
            ),
            models.UniqueConstraint(
                fields=["country", "vat_number"],
                condition=~models.Q(vat_number=""),
                name="organisation_vat_once",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Membership(Row):
    """A person belongs to an organisation, from a day to a day."""

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="memberships")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="memberships")
    part = models.CharField(max_length=20, choices=MemberPart.choices, default=MemberPart.MEMBER)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "person"], condition=models.Q(ended_at=None), name="membership_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.person} · {self.organisation}"


class Seat(Row):
    """A seat in whatever governs an organisation, by whom it is or was held."""

    given_name = models.CharField(_("first name"), max_length=80)
    family_name = models.CharField(_("last name"), max_length=80)
    part = models.CharField(_("part"), max_length=30, choices=BoardPart.choices)
    email = models.EmailField(_("e-mail"), blank=True)

    class Meta:
        abstract = True
        ordering = ["family_name", "given_name"]

    def __str__(self) -> str:
        return f"{self.given_name} {self.family_name}"


class BoardMember(Seat):
    """Somebody who governs or represents the organisation, with or without an account."""

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="board")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="board_seats"
    )


class PastBoardMember(Seat):
    """Somebody who did, until a day: juries weigh it as they weigh other ties that ended."""

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="past_board")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="past_board_seats"
    )
    ended_on = models.DateField(_("until"))


class OrganisationInvitation(Row):
    """An invitation by e-mail to join an organisation. Only the token's digest is stored."""

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="invitations")
    email = models.EmailField(_("e-mail"))
    part = models.CharField(_("part"), max_length=20, choices=MemberPart.choices, default=MemberPart.MEMBER)
    language = models.CharField(_("language"), max_length=8, choices=settings.LANGUAGES, default="it")
    token: str  # known only to the action that makes it and to its letter
    token_digest = models.CharField(max_length=64, unique=True, editable=False)
    invited_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    expires_at = models.DateTimeField()
    state = models.CharField(max_length=12, choices=InvitationState.choices, default=InvitationState.SENT)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                "organisation", "email", condition=models.Q(state="sent"), name="organisation_invitation_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.email} · {self.organisation}"
