"""What happened to a programme, in words for the register."""

from django.utils.translation import gettext_lazy as _

from vivaio.journal.verbs import declare

declare("programmes.published", _("{actor} published {subject}."))
declare("programmes.taken_back", _("{actor} took {subject} back from the public."))
declare("programmes.closed", _("{actor} closed {subject}."))
declare("programmes.described", _("{actor} changed the description of {subject}."))
declare("programmes.phases_set", _("{actor} changed the phases of {subject}."))
declare("programmes.partners_set", _("{actor} changed the partners of {subject}."))
declare("programmes.areas_set", _("{actor} changed the areas of intervention of {subject}."))
declare("programmes.amount_stated", _("{actor} stated an amount of {subject}."))
declare("programmes.look_changed", _("{actor} changed the look of {subject}."))
declare("programmes.role_invited", _("{actor} invited somebody to a role."))
declare("programmes.role_invited_again", _("{actor} sent the invitation to a role again."))
declare("programmes.role_invitation_cancelled", _("{actor} called the invitation to a role back."))
declare("programmes.role_taken", _("{actor} accepted a role."))
declare("programmes.role_declined", _("{actor} declined a role."))
declare("programmes.role_ended", _("{actor} ended somebody's role."))
declare("programmes.controller_set", _("{actor} said who the data controller is."))
declare("programmes.notice_written", _("{actor} wrote a new version of a privacy notice."))
declare("programmes.notice_published", _("{actor} published a version of a privacy notice."))
declare(
    "programmes.notice_discarded",
    _("{actor} discarded a version of a privacy notice that was being written."),
)
declare("programmes.purposes_set", _("{actor} changed the purposes for which personal data are used."))
declare("programmes.consent_given", _("{actor} gave a consent."))
declare("programmes.consent_withdrawn", _("{actor} withdrew a consent."))
declare("programmes.retention_set", _("{actor} changed how long a kind of data is kept."))
declare("programmes.retention_held", _("{actor} held a kind of data back from being erased."))
declare("programmes.retention_released", _("{actor} lifted a hold on a kind of data."))
declare("programmes.retention_carried_out", _("{actor} let go of data that had outlived their period."))
declare("programmes.view_saved", _("{actor} saved a view of a list."))
declare("programmes.view_changed", _("{actor} changed a saved view of a list."))
declare("programmes.view_deleted", _("{actor} deleted a saved view of a list."))
declare("bulk.carried_out", _("{actor} changed many rows at once: {subject}."))
declare("bulk.taken_back", _("{actor} undid what was done to many rows at once: {subject}."))
