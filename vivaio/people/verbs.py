"""What people and organisations did, in words for the register."""

from django.utils.translation import gettext_lazy as _

from vivaio.journal.verbs import declare

declare("people.profile_updated", _("{actor} updated a profile."))
declare("people.organisation_created", _("{actor} registered {subject}."))
declare("people.organisation_updated", _("{actor} updated the data of {subject}."))
declare("people.board_declared", _("{actor} put the board of {subject} on record."))
declare("people.member_invited", _("{actor} invited somebody to join an organisation."))
declare("people.invitation_declined", _("An invitation to an organisation was declined."))
declare("people.invitation_cancelled", _("{actor} called an invitation back."))
declare("people.member_joined", _("{actor} joined {subject}."))
declare("people.member_left", _("{actor} ended a membership of {subject}."))
declare("people.part_changed", _("{actor} changed a member's part in {subject}."))
declare("people.session_ended", _("{actor} signed out one of their devices."))
declare("people.sessions_ended", _("{actor} ended the sessions of {subject}."))
declare("people.second_steps_reset", _("{actor} reset the second step of {subject}."))
declare("people.second_step_added", _("{actor} added a second step of sign-in."))
declare("people.second_step_removed", _("{actor} took a second step of sign-in away."))
declare("people.spare_codes_made", _("{actor} made new spare codes."))
declare("people.gateway_joined", _("{actor} joined a gateway of identity to their account."))
declare("people.gateway_parted", _("{actor} parted a gateway of identity from their account."))
declare("people.account_dropped", _("{actor} deleted an account that was never used."))
declare("people.data_asked_for", _("{actor} asked for a copy of their own data."))
declare("people.data_ready", _("{actor} prepared a copy of a person’s own data."))
declare("people.data_expired", _("{actor} deleted a copy of a person’s own data."))
declare("people.erasure_asked", _("{actor} asked to be erased."))
declare("people.erasure_undone", _("{actor} took the request to be erased back."))
declare("people.erased", _("{actor} erased a person at their own request."))
