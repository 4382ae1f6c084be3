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


class Country(models.TextChoices):
    """The member states of the European Union, and Switzerland."""

    IT = "IT", _("Italy")
    AT = "AT", _("Austria")
    BE = "BE", _("Belgium")
    BG = "BG", _("Bulgaria")
    HR = "HR", _("Croatia")
    CY = "CY", _("Cyprus")
    CZ = "CZ", _("Czechia")
    DK = "DK", _("Denmark")
    EE = "EE", _("Estonia")
    FI = "FI", _("Finland")
    FR = "FR", _("France")
    DE = "DE", _("Germany")
    GR = "GR", _("Greece")
    HU = "HU", _("Hungary")
    IE = "IE", _("Ireland")
    LV = "LV", _("Latvia")
    LT = "LT", _("Lithuania")
    LU = "LU", _("Luxembourg")
    MT = "MT", _("Malta")
    NL = "NL", _("Netherlands")
    PL = "PL", _("Poland")
    PT = "PT", _("Portugal")
    RO = "RO", _("Romania")
    SK = "SK", _("Slovakia")
    SI = "SI", _("Slovenia")
    ES = "ES", _("Spain")
    SE = "SE", _("Sweden")
    CH = "CH", _("Switzerland")

    @classmethod
    def by_name(cls) -> list[tuple[str, str]]:
        """Italy first, the others in the order of the reader's language."""
        first, *others = ((one.value, str(one.label)) for one in cls)
        return [first, *sorted(others, key=lambda one: one[1])]


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


class Language(models.TextChoices):
    """The languages that people write and work in: more than those that the pages speak."""

    IT = "it", _("Italian")
    EN = "en", _("English")
    DE = "de", _("German")
    FR = "fr", _("French")
    ES = "es", _("Spanish")
    SK = "sk", _("Slovak")
    PL = "pl", _("Polish")
    HU = "hu", _("Hungarian")
    SL = "sl", _("Slovene")
    AR = "ar", _("Arabic")
    ZH = "zh", _("Chinese")


class MemberPart(models.TextChoices):
    ADMINISTRATOR = "administrator", _("Administrator")
    MEMBER = "member", _("Member")


class BoardPart(models.TextChoices):
    LEGAL_REPRESENTATIVE = "legal_representative", _("Legal representative")
    PRESIDENT = "president", _("President")
    DIRECTOR = "director", _("Board member")
    AUDITOR = "auditor", _("Auditor")


class GuardianRelation(models.TextChoices):
    """Who holds parental responsibility."""

    PARENT = "parent", _("Parent")
    GUARDIAN = "guardian", _("Legal guardian")
    OTHER = "other", _("Another holder of parental responsibility")


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


class GuardianshipState(models.TextChoices):
    """A guardian is asked, signs or declines, may withdraw; at 18 it ends by itself."""

    ASKED = "asked", _("Waiting for the signature")
    SIGNED = "signed", _("Signed")
    DECLINED = "declined", _("Declined")
    WITHDRAWN = "withdrawn", _("Signature withdrawn")
    REPLACED = "replaced", _("Somebody else was asked")
    ENDED = "ended", _("Ended: of age")


GUARDIANSHIP_MOVES = {
    GuardianshipState.ASKED: {
        GuardianshipState.SIGNED,
        GuardianshipState.DECLINED,
        GuardianshipState.REPLACED,
        GuardianshipState.ENDED,
    },
    GuardianshipState.SIGNED: {GuardianshipState.WITHDRAWN, GuardianshipState.ENDED},
    GuardianshipState.DECLINED: set(),
    GuardianshipState.WITHDRAWN: set(),
    GuardianshipState.REPLACED: set(),
    GuardianshipState.ENDED: set(),
}


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
