"""What happened here, in words for the register."""

from django.utils.translation import gettext_lazy as _

from vivaio.initiatives.analysing import verbs as analysing
from vivaio.initiatives.contacting import verbs as contacting
from vivaio.initiatives.contesting import verbs as contesting
from vivaio.initiatives.diary import verbs as diary
from vivaio.initiatives.planning import verbs as planning
from vivaio.journal.verbs import declare

__all__ = ["analysing", "contacting", "contesting", "diary", "planning"]

declare("initiatives.born", _("The initiative {subject} was born from an application."))
declare("initiatives.founded", _("{actor} founded the initiative {subject}."))
declare("initiatives.edited", _("{actor} changed what the initiative {subject} says of itself."))
declare("initiatives.moved", _("{actor} changed the state of the initiative {subject}."))
declare("initiatives.member_invited", _("{actor} invited somebody to the team of {subject}."))
declare("initiatives.invitation_cancelled", _("{actor} called back an invitation to the team of {subject}."))
declare("initiatives.invitation_declined", _("An invitation to the team of {subject} was declined."))
declare("initiatives.member_joined", _("{actor} joined the team of {subject}."))
declare("initiatives.member_left", _("{actor} recorded that somebody left the team of {subject}."))
declare("initiatives.part_changed", _("{actor} changed a part in the team of {subject}."))
declare("initiatives.proof_sent", _("{actor} sent the proof of a legal entity for {subject}."))
declare("initiatives.proof_accepted", _("{actor} accepted the legal entity of {subject}."))
declare("initiatives.proof_sent_back", _("{actor} sent back the proof of a legal entity of {subject}."))
declare("initiatives.story_written", _("{actor} wrote the public page of {subject}."))
declare("initiatives.story_asked", _("{actor} asked for approval of the public page of {subject}."))
declare("initiatives.story_taken_back", _("{actor} took the public page of {subject} back."))
declare("initiatives.story_approved", _("{actor} approved the public page of {subject}."))
declare("initiatives.story_sent_back", _("{actor} sent back the public page of {subject}."))
declare("initiatives.story_withdrawn", _("{actor} took the public page of {subject} off line."))
