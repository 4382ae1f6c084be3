"""What happened to applications, in words for the register."""

from django.utils.translation import gettext_lazy as _

from vivaio.journal.verbs import declare

declare("application.started", _("{actor} began an application."))
declare("application.went_on", _("{actor} let the application {subject} go on to the next stage."))
declare("application.submitted", _("{actor} handed in the application {subject}."))
declare("application.answers_copied", _("{actor} copied answers of an earlier application to a draft."))
declare("application.aid_declared", _("{actor} signed the de minimis declaration of {subject}."))
declare(
    "application.aid_linked_copied",
    _("{actor} copied the undertakings of an earlier de minimis declaration to {subject}."),
)
declare("application.aid_verified", _("{actor} recorded a visura of the register of aid about {subject}."))
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
declare("application.paper_prepared", _("{actor} prepared the application {subject} to be signed."))
declare("application.signed_with_click", _("{actor} signed a document of {subject} with a click."))
declare("application.signed_file_added", _("{actor} uploaded the signed application {subject}."))
declare(
    "application.scan_added",
    _("{actor} sent a document of {subject} signed by hand, with an identity document."),
)
declare("application.signature_checked", _("A digital signature on a document of {subject} was checked."))
declare("application.signature_looked_at", _("{actor} looked at a signature on a document of {subject}."))
declare("application.identity_opened", _("{actor} opened an identity document that came with {subject}."))
declare("application.identity_forgotten", _("An identity document that came with {subject} was deleted."))
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
declare("application.dossier_asked", _("{actor} asked for {subject} to take them out."))
declare("application.dossier_ready", _("{subject} can be fetched by whoever asked."))
declare("application.dossier_fetched", _("{actor} fetched {subject}."))
declare("application.dossier_cancelled", _("{actor} called off taking out {subject}."))
declare("application.dossier_failed", _("{subject} could not be taken out."))
declare("application.dossier_deleted", _("The files with {subject} were deleted."))
declare("application.own_letter_prepared", _("{actor} wrote a letter in own words: {subject}."))
declare("application.own_letter_written", _("{actor} wrote a letter in own words to the team of {subject}."))
declare("application.dropped", _("{actor} deleted a draft that was never handed in."))
declare("application.emptied", _("{actor} erased the answers of {subject}."))
