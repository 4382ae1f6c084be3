"""Kinds, parts and lifecycles that people and organisations go through."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class OrganisationKind(models.TextChoices):
    COOPERATIVE = "cooperative", _("Cooperative")
    STARTUP = "startup", _("Start-up")
    SPINOFF = "spinoff", _("Spin-off")
    ASSOCIATION = "association", _("Association")
    INFORMAL_GROUP = "informal_group", _("Informal group")
    COMPANY = "company", _("Company")
    PUBLIC_BODY = "public_body", _("Public body")
    UNIVERSITY = "university", _("University")
    RESEARCH_CENTRE = "research_centre", _("Research centre")
    FOUNDATION = "foundation", _("Foundation")
    INVESTOR = "investor", _("Investor")


class Sector(models.TextChoices):
    COMMUNITY_SERVICES = "community_services", _("Community services")
    CONSUMER_COOPERATIVES = "consumer_cooperatives", _("Consumer cooperatives")
    HOUSING = "housing", _("Housing")
    CULTURE = "culture", _("Culture")
    SUSTAINABLE_TOURISM = "sustainable_tourism", _("Sustainable tourism")
    HEALTH_AND_CARE = "health_and_care", _("Social and health care")
    URBAN_FLOWS = "urban_flows", _("Urban flows")
    MOBILITY = "mobility", _("Mobility")
    TIMES_OF_THE_CITY = "times_of_the_city", _("Times of the city")
    CHILDCARE = "childcare", _("Childcare")
    EDUCATION = "education", _("Education and training")
    EMPLOYMENT = "employment", _("Employment and inclusion at work")
    TECHNOLOGY = "technology", _("Technology")
    ENVIRONMENT = "environment", _("Environment")
    FINANCE = "finance", _("Social finance")
    OTHER = "other", _("Other")


class MemberPart(models.TextChoices):
    ADMINISTRATOR = "administrator", _("Administrator")
    MEMBER = "member", _("Member")


class BoardPart(models.TextChoices):
    LEGAL_REPRESENTATIVE = "legal_representative", _("Legal representative")
    PRESIDENT = "president", _("President")
    DIRECTOR = "director", _("Board member")
    AUDITOR = "auditor", _("Auditor")


class RelationKind(models.TextChoices):
    EMPLOYMENT = "employment", _("Employment")
    MEMBERSHIP = "membership", _("Membership")
    BOARD = "board", _("Board")
    OWNERSHIP = "ownership", _("Ownership")
    FAMILY = "family", _("Family")
    MENTORING = "mentoring", _("Mentoring")
    PARTNERSHIP = "partnership", _("Partnership")


class RelationSource(models.TextChoices):
    DECLARED = "declared", _("Declared")
    FOUND = "found", _("Found")


class InvitationState(models.TextChoices):
    SENT = "sent", _("Sent")
    ACCEPTED = "accepted", _("Accepted")
    DECLINED = "declined", _("Declined")
    CANCELLED = "cancelled", _("Cancelled")


INVITATION_MOVES = {
    InvitationState.SENT: {InvitationState.ACCEPTED, InvitationState.DECLINED, InvitationState.CANCELLED},
    InvitationState.ACCEPTED: set(),
    InvitationState.DECLINED: set(),
    InvitationState.CANCELLED: set(),
}


class ExportState(models.TextChoices):
    """A copy of one's own data is prepared in the background, waits for a while, goes."""

    PREPARING = "preparing", _("Being prepared")
    READY = "ready", _("Ready")
    EXPIRED = "expired", _("No longer there")


EXPORT_MOVES = {
    ExportState.PREPARING: {ExportState.READY},
    ExportState.READY: {ExportState.EXPIRED},
    ExportState.EXPIRED: set(),
}


class ErasureState(models.TextChoices):
    """A person asks to be erased, may think again for some days, is erased."""

    ASKED = "asked", _("Asked for")
    UNDONE = "undone", _("Taken back")
    DONE = "done", _("Carried out")


ERASURE_MOVES = {
    ErasureState.ASKED: {ErasureState.UNDONE, ErasureState.DONE},
    ErasureState.UNDONE: set(),
    ErasureState.DONE: set(),
}
