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
    UNKNOWN = "unknown", _("To be checked")


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
