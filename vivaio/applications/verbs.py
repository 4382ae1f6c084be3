"""What happened to applications, in words for the register."""

from django.utils.translation import gettext_lazy as _

from vivaio.journal.verbs import declare

declare("application.started", _("{actor} began an application."))
declare("application.went_on", _("{actor} let the application {subject} go on to the next stage."))
declare("application.submitted", _("{actor} handed in the application {subject}."))
declare("application.answers_copied", _("{actor} copied answers of an earlier application to a draft."))
declare("application.withdrawn", _("{actor} withdrew the application {subject}."))
declare("application.reopened", _("{actor} reopened the application {subject}."))
declare("application.condition_settled", _("{actor} settled a condition of the application {subject}."))
declare(
    "application.conditions_computed",
    _("{actor} had the conditions of the application {subject} computed again."),
)
declare("application.admitted", _("{actor} confirmed the application {subject} as eligible."))
declare("application.excluded", _("{actor} found the application {subject} not eligible."))
declare(
    "application.admission_proposed",
    _("{actor} proposed that the application {subject} is eligible; somebody else confirms."),
)
declare(
    "application.exclusion_proposed",
    _("{actor} proposed that the application {subject} is not eligible; somebody else confirms."),
)
declare(
    "application.proposal_sent_back",
    _("{actor} sent back the decision proposed on the application {subject}."),
)
declare(
    "application.proposal_taken_back",
    _("{actor} took back the decision that they had proposed on the application {subject}."),
)
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
declare("prospect.spotted", _("{actor} put {subject} on the longlist."))
declare("prospect.changed", _("{actor} changed what is known of {subject}."))
declare("prospect.invited", _("{actor} invited {subject} to apply."))
declare("prospect.opened", _("{subject} opened the invitation to apply."))
declare("prospect.interested", _("{subject} is interested in applying."))
declare("prospect.declined", _("{subject} declined the invitation to apply."))
declare("prospect.applying", _("{actor} began an application from the invitation to {subject}."))
declare("prospect.linked", _("{actor} recognised {subject} among the registered organisations."))
declare("prospect.set_aside", _("{actor} set {subject} aside."))
declare("prospect.brought_back", _("{actor} brought {subject} back to the longlist."))
declare("prospect.removed", _("{actor} took {subject} off the longlist."))
declare("application.dropped", _("{actor} deleted a draft that was never handed in."))
declare("application.emptied", _("{actor} erased the answers of {subject}."))
