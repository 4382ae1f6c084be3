"""Where an application can stand, as a table."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class ApplicationState(models.TextChoices):
    DRAFT = "draft", _("Draft")
    SUBMITTED = "submitted", _("Submitted")
    INTEGRATION = "integration", _("Integration requested")
    ADMITTED = "admitted", _("Eligible")
    EXCLUDED = "excluded", _("Not eligible")
    WITHDRAWN = "withdrawn", _("Withdrawn")


# DRAFT from SUBMITTED is "reopening", possible until the call closes; back to SUBMITTED from a decision
# is its withdrawal by the staff, before the jury starts. WITHDRAWN from EXCLUDED: by a team that has not been told.
MOVES = {
    ApplicationState.DRAFT: {ApplicationState.SUBMITTED, ApplicationState.WITHDRAWN},
    ApplicationState.SUBMITTED: {
        ApplicationState.DRAFT,
        ApplicationState.INTEGRATION,
        ApplicationState.ADMITTED,
        ApplicationState.EXCLUDED,
        ApplicationState.WITHDRAWN,
    },
    ApplicationState.INTEGRATION: {
        ApplicationState.SUBMITTED,
        ApplicationState.ADMITTED,
        ApplicationState.EXCLUDED,
        ApplicationState.WITHDRAWN,
    },
    ApplicationState.ADMITTED: {
        ApplicationState.SUBMITTED,
        ApplicationState.EXCLUDED,
        ApplicationState.WITHDRAWN,
    },
    ApplicationState.EXCLUDED: {
        ApplicationState.SUBMITTED,
        ApplicationState.ADMITTED,
        ApplicationState.WITHDRAWN,
    },
    ApplicationState.WITHDRAWN: {ApplicationState.DRAFT},
}

DECIDED = (ApplicationState.ADMITTED, ApplicationState.EXCLUDED)

HANDED_IN = (
    ApplicationState.SUBMITTED,
    ApplicationState.INTEGRATION,
    ApplicationState.ADMITTED,
    ApplicationState.EXCLUDED,
)


class ReceiptKind(models.TextChoices):
    SUBMISSION = "submission", _("Submission")
    INTEGRATION = "integration", _("Integration")


class CheckOutcome(models.TextChoices):
    MET = "met", _("Met")
    NOT_MET = "not_met", _("Not met")
    INTEGRATE = "integrate", _("To be integrated")
    NOT_APPLICABLE = "na", _("Not applicable")
    UNKNOWN = "unknown", _("To be checked")


STILL_OPEN = (CheckOutcome.UNKNOWN, CheckOutcome.INTEGRATE)


class ProposalState(models.TextChoices):
    """What became of a decision that one person proposed and another has to confirm."""

    WAITING = "waiting", pgettext_lazy("proposed decision", "Waiting for confirmation")
    CONFIRMED = "confirmed", pgettext_lazy("proposed decision", "Confirmed")
    SENT_BACK = "sent_back", pgettext_lazy("proposed decision", "Sent back")
    TAKEN_BACK = "taken_back", pgettext_lazy("proposed decision", "Taken back")
    VOID = "void", pgettext_lazy("proposed decision", "Lapsed")


# VOID: its application was withdrawn or reopened by the team meanwhile.
PROPOSAL_MOVES = {
    ProposalState.WAITING: {
        ProposalState.CONFIRMED,
        ProposalState.SENT_BACK,
        ProposalState.TAKEN_BACK,
        ProposalState.VOID,
    },
    ProposalState.CONFIRMED: set(),
    ProposalState.SENT_BACK: set(),
    ProposalState.TAKEN_BACK: set(),
    ProposalState.VOID: set(),
}


class IntegrationState(models.TextChoices):
    OPEN = "open", _("Waiting for the applicant")
    ANSWERED = "answered", _("Answered")
    EXPIRED = "expired", pgettext_lazy("a request", "Expired")
    CANCELLED = "cancelled", _("Cancelled")


INTEGRATION_MOVES = {
    IntegrationState.OPEN: {IntegrationState.ANSWERED, IntegrationState.EXPIRED, IntegrationState.CANCELLED},
    IntegrationState.ANSWERED: set(),
    IntegrationState.EXPIRED: set(),
    IntegrationState.CANCELLED: set(),
}


class SignatureState(models.TextChoices):
    """What is known of a signature. A click signs at once; a digital one is checked; a scan is looked at."""

    CHECKING = "checking", pgettext_lazy("signature", "Being checked")
    SIGNED = "signed", pgettext_lazy("signature", "Confirmed with a click")
    VALID = "valid", pgettext_lazy("signature", "Valid")
    UNKNOWN_ISSUER = "unknown_issuer", pgettext_lazy("signature", "Issuer not among those trusted")
    EXPIRED = "expired", pgettext_lazy("signature", "Certificate expired")
    REVOKED = "revoked", pgettext_lazy("signature", "Certificate revoked")
    ALTERED = "altered", pgettext_lazy("signature", "Altered after signing")
    OTHER_DOCUMENT = "other_document", pgettext_lazy("signature", "Signs another document")
    UNSIGNED = "unsigned", pgettext_lazy("signature", "Not signed")
    UNREADABLE = "unreadable", pgettext_lazy("signature", "Cannot be read")
    ENCRYPTED = "encrypted", pgettext_lazy("signature", "Protected by a password")
    TO_LOOK_AT = "to_look_at", pgettext_lazy("signature", "To be looked at by the staff")
    CONFIRMED = "confirmed", pgettext_lazy("signature", "Found in order by the staff")
    REJECTED = "rejected", pgettext_lazy("signature", "Not found in order by the staff")


SOUND_SIGNATURES = (SignatureState.SIGNED, SignatureState.VALID, SignatureState.CONFIRMED)
DOUBTFUL_SIGNATURES = (
    SignatureState.CHECKING,
    SignatureState.UNKNOWN_ISSUER,
    SignatureState.EXPIRED,
    SignatureState.REVOKED,
    SignatureState.TO_LOOK_AT,
)
# With these nothing can be handed in.
BROKEN_SIGNATURES = (
    SignatureState.ALTERED,
    SignatureState.OTHER_DOCUMENT,
    SignatureState.UNSIGNED,
    SignatureState.UNREADABLE,
    SignatureState.ENCRYPTED,
    SignatureState.REJECTED,
)
_LOOKED_AT = {SignatureState.CONFIRMED, SignatureState.REJECTED}
SIGNATURE_MOVES = {
    SignatureState.CHECKING: set(SignatureState) - {SignatureState.CHECKING, *_LOOKED_AT},
    SignatureState.SIGNED: set(),
    SignatureState.VALID: set(),
    SignatureState.UNKNOWN_ISSUER: set(_LOOKED_AT),
    SignatureState.EXPIRED: set(_LOOKED_AT),
    SignatureState.REVOKED: set(_LOOKED_AT),
    SignatureState.ALTERED: set(),
    SignatureState.OTHER_DOCUMENT: set(),
    SignatureState.UNSIGNED: set(),
    SignatureState.UNREADABLE: set(),
    SignatureState.ENCRYPTED: set(),
    SignatureState.TO_LOOK_AT: set(_LOOKED_AT),
    SignatureState.CONFIRMED: {SignatureState.REJECTED},
    SignatureState.REJECTED: {SignatureState.CONFIRMED},
}


class ProspectState(models.TextChoices):
    """How far a spotted organisation has come towards applying."""

    SPOTTED = "spotted", pgettext_lazy("an organisation", "Spotted")
    INVITED = "invited", pgettext_lazy("an organisation", "Invited")
    OPENED = "opened", _("Has read the invitation")
    INTERESTED = "interested", pgettext_lazy("an organisation", "Interested")
    APPLYING = "applying", _("Has begun an application")
    DECLINED = "declined", pgettext_lazy("an organisation", "Not interested")
    SET_ASIDE = "set_aside", pgettext_lazy("an organisation", "Set aside")


# INVITED from anywhere but SET_ASIDE: to another call; again to the same one while nobody has answered.
PROSPECT_MOVES = {
    ProspectState.SPOTTED: {ProspectState.INVITED, ProspectState.APPLYING, ProspectState.SET_ASIDE},
    ProspectState.INVITED: {
        ProspectState.OPENED,
        ProspectState.INTERESTED,
        ProspectState.APPLYING,
        ProspectState.DECLINED,
        ProspectState.SET_ASIDE,
    },
    ProspectState.OPENED: {
        ProspectState.INVITED,
        ProspectState.INTERESTED,
        ProspectState.APPLYING,
        ProspectState.DECLINED,
        ProspectState.SET_ASIDE,
    },
    ProspectState.INTERESTED: {
        ProspectState.INVITED,
        ProspectState.APPLYING,
        ProspectState.DECLINED,
        ProspectState.SET_ASIDE,
    },
    ProspectState.APPLYING: {ProspectState.INVITED, ProspectState.SET_ASIDE},
    ProspectState.DECLINED: {
        ProspectState.INVITED,
        ProspectState.INTERESTED,
        ProspectState.APPLYING,
        ProspectState.SET_ASIDE,
    },
    ProspectState.SET_ASIDE: {ProspectState.SPOTTED},
}


class Answer(models.TextChoices):
    """What an invited organisation said."""

    INTERESTED = "interested", pgettext_lazy("an organisation", "Interested")
    DECLINED = "declined", pgettext_lazy("an organisation", "Not interested")


class DossierKind(models.TextChoices):
    """How applications are taken out."""

    PDF = "pdf", _("One document (PDF), with a table of contents")
    ZIP = "zip", _("One folder for each application, with its document and its files (ZIP)")


class DossierState(models.TextChoices):
    """Where applications stand that somebody takes out."""

    CHOSEN = "chosen", pgettext_lazy("dossiers", "Chosen")
    UNDER_WAY = "under_way", pgettext_lazy("dossiers", "Being prepared")
    READY = "ready", pgettext_lazy("dossiers", "Ready")
    CANCELLED = "cancelled", pgettext_lazy("dossiers", "Called off")
    FAILED = "failed", pgettext_lazy("dossiers", "Not made")
    DELETED = "deleted", pgettext_lazy("dossiers", "Deleted")


DOSSIER_MOVES = {
    DossierState.CHOSEN: {DossierState.UNDER_WAY},
    DossierState.UNDER_WAY: {DossierState.READY, DossierState.CANCELLED, DossierState.FAILED},
    DossierState.READY: {DossierState.DELETED},
    DossierState.CANCELLED: set(),
    DossierState.FAILED: set(),
    DossierState.DELETED: set(),
}


class DossierFailure(models.TextChoices):
    """Why applications could not be taken out."""

    NO_ROOM = (
        "no_room",
        _("There was no room left on the server, so nothing was kept. Choose fewer applications."),
    )
    NOTHING = "nothing", _("None of the chosen applications can be read by you any more.")
    STOPPED = "stopped", _("The work stopped before it was done, so nothing was kept. Choose them again.")


class OwnLetterState(models.TextChoices):
    """Where a letter in own words stands."""

    DRAFT = "draft", pgettext_lazy("letter in own words", "Draft")
    WRITING = "writing", pgettext_lazy("letter in own words", "Being written")
    WRITTEN = "written", pgettext_lazy("letter in own words", "Written")


OWN_LETTER_MOVES = {
    OwnLetterState.DRAFT: {OwnLetterState.WRITING},
    OwnLetterState.WRITING: {OwnLetterState.WRITTEN},
    OwnLetterState.WRITTEN: set(),
}


class AidActivity(models.TextChoices):
    """Whether whoever applies is an undertaking: de minimis aid concerns no other."""

    UNDERTAKING = "undertaking", _("It carries out an economic activity")
    NONE = "none", _("It carries out no economic activity")


class SingleUndertaking(models.TextChoices):
    """Art. 2(2) of Regulation (EU) 2023/2831."""

    ALONE = "alone", _("It has no relation with other undertakings")
    LINKED = "linked", _("It forms a single undertaking with those written below")


class AidReceived(models.TextChoices):
    """Whether there is aid to write down."""

    NONE = "none", _("No de minimis aid was received in this period")
    SOME = "some", _("The aid written below was granted in this period")


class AidRelation(models.TextChoices):
    """What makes two enterprises a single undertaking, or brings one's aid to the other (art. 2(2), 3(8), 3(9))."""

    VOTES = "a", _("a) majority of the voting rights")
    BOARD = "b", _("b) right to appoint or remove the majority of the board")
    CONTRACT = "c", _("c) dominant influence by contract or statute")
    AGREEMENT = "d", _("d) control of the voting rights by agreement with other members")
    MERGED = "merged", _("merged into it, or acquired by it")
    SPLIT = "split", _("it comes from a division of this one")
