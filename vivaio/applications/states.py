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
