"""Lifecycles and parts within a programme."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class ProgrammeState(models.TextChoices):
    DRAFT = "draft", _("In preparation")
    PUBLISHED = "published", _("Published")
    CLOSED = "closed", _("Closed")


PROGRAMME_MOVES = {
    ProgrammeState.DRAFT: {ProgrammeState.PUBLISHED},
    ProgrammeState.PUBLISHED: {ProgrammeState.DRAFT, ProgrammeState.CLOSED},
    ProgrammeState.CLOSED: {ProgrammeState.PUBLISHED},
}


class PartnerPart(models.TextChoices):
    PROMOTER = "promoter", _("Promoter")
    LEAD = "lead", _("Lead partner")
    PARTNER = "partner", _("Partner")
    ASSOCIATED = "associated", _("Associated partner")
    FUNDER = "funder", _("Funder")
    SUPPORTER = "supporter", _("With the support of")


class AmountKind(models.TextChoices):
    PROGRAMMED = "programmed", _("Programmed")
    ADMITTED = "admitted", _("Admitted to funding")
    BINDING = "binding", _("Legally binding")
    DISBURSED = "disbursed", _("Disbursed")


class ReadingOccasion(models.TextChoices):
    """When a person was shown a privacy notice."""

    SIGN_UP = "sign_up", _("When the account was created")
    APPLICATION = "application", _("When an application was handed in")
    CONSENT = "consent", _("When a consent was given")


class LegalBasis(models.TextChoices):
    """What makes a use of personal data lawful (GDPR art. 6(1)(a) to (f))."""

    CONSENT = "consent", _("Consent (art. 6(1)(a))")
    CONTRACT = "contract", _("A contract, or steps asked for before one (art. 6(1)(b))")
    LEGAL_OBLIGATION = "legal_obligation", _("A legal obligation (art. 6(1)(c))")
    VITAL_INTERESTS = "vital_interests", _("Vital interests (art. 6(1)(d))")
    PUBLIC_INTEREST = "public_interest", _("A task in the public interest (art. 6(1)(e))")
    LEGITIMATE_INTERESTS = "legitimate_interests", _("Legitimate interests (art. 6(1)(f))")


class ConsentPlace(models.TextChoices):
    """Where a consent was asked."""

    APPLICATION = "application", _("in an application")
    OWN_PAGE = "own_page", _("on the person’s own page")
    GUARDIAN = "guardian", _("by a guardian")


class BulkRunState(models.TextChoices):
    PREPARED = "prepared", pgettext_lazy("a change to many rows", "Not confirmed")
    CARRIED_OUT = "carried_out", pgettext_lazy("a change to many rows", "Carried out")
    TAKEN_BACK = "taken_back", pgettext_lazy("a change to many rows", "Undone")


BULK_RUN_MOVES = {
    BulkRunState.PREPARED: {BulkRunState.CARRIED_OUT},
    BulkRunState.CARRIED_OUT: {BulkRunState.TAKEN_BACK},
    BulkRunState.TAKEN_BACK: set(),
}


class BulkLineState(models.TextChoices):
    WAITING = "waiting", pgettext_lazy("a row among many", "Waiting")
    DONE = "done", pgettext_lazy("a row among many", "Done")
    LEFT_OUT = "left_out", pgettext_lazy("a row among many", "Left out")
    TAKEN_BACK = "taken_back", pgettext_lazy("a row among many", "Undone")
    STAYS = "stays", pgettext_lazy("a row among many", "Stays as it was changed")


BULK_LINE_MOVES = {
    BulkLineState.WAITING: {BulkLineState.DONE, BulkLineState.LEFT_OUT},
    BulkLineState.DONE: {BulkLineState.TAKEN_BACK, BulkLineState.STAYS},
    BulkLineState.LEFT_OUT: set(),
    BulkLineState.TAKEN_BACK: set(),
    BulkLineState.STAYS: set(),
}
