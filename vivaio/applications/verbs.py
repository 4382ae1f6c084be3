"""What happened to applications, in words for the register."""

from django.utils.translation import gettext_lazy as _

from vivaio.journal.verbs import declare

declare("application.started", _("{actor} began an application."))
declare("application.submitted", _("{actor} handed in the application {subject}."))
declare("application.withdrawn", _("{actor} withdrew the application {subject}."))
declare("application.reopened", _("{actor} reopened the application {subject}."))
declare("application.condition_settled", _("{actor} settled a condition of the application {subject}."))
declare(
    "application.conditions_computed",
    _("{actor} had the conditions of the application {subject} computed again."),
)
declare("application.admitted", _("{actor} confirmed the application {subject} as eligible."))
declare("application.excluded", _("{actor} found the application {subject} not eligible."))
declare("application.decision_taken_back", _("{actor} took back the decision on the application {subject}."))
declare(
    "application.integration_requested", _("{actor} asked for an integration of the application {subject}.")
)
declare("application.integration_answered", _("{actor} answered the request for integration of {subject}."))
declare("application.integration_cancelled", _("{actor} took back the request for integration of {subject}."))
declare(
    "application.integration_expired", _("The time for the integration of {subject} ended without an answer.")
)
declare(
    "application.detached_files_purged",
    _("Files that had been taken out of the application {subject} were deleted."),
)
