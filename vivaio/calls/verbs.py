"""What happened here, in words for the register."""

from django.utils.translation import gettext_lazy as _

from vivaio.journal.verbs import declare

declare("calls.created", _("{actor} began the call {subject}."))
declare("calls.cloned", _("{actor} began the call {subject} on the basis of another."))
declare("calls.published", _("{actor} published the call {subject}."))
declare("calls.taken_back", _("{actor} took the call {subject} back to its preparation."))
declare("calls.amended", _("{actor} amended the call {subject}."))
# Told by registers of before closings were moved on by notices.
declare("calls.postponed", _("{actor} postponed the closing of the call {subject}."))
declare("calls.stage_added", _("{actor} added the stage {subject} to a call."))
declare("calls.stage_removed", _("{actor} removed the stage {subject} from a call."))
declare("calls.concluded", _("{actor} concluded the call {subject}."))
declare("calls.withdrawn", _("{actor} withdrew the call {subject}."))
declare("calls.rectified", _("{actor} published an amendment of the call: {subject}."))
declare("calls.extended", _("{actor} published an extension of the call: {subject}."))
declare("calls.reopened", _("{actor} reopened the terms of the call: {subject}."))
declare("calls.question_asked", _("A question was asked on a call."))
declare("calls.question_taken_back", _("A question on a call was taken back."))
declare("calls.answer_drafted", _("{actor} worked on the answer to a question on a call."))
declare("calls.answer_published", _("{actor} published the answer “{subject}” of a call."))
declare("calls.answer_corrected", _("{actor} corrected the answer “{subject}” of a call."))
declare("calls.question_merged", _("{actor} answered a question on a call with another one."))
declare("calls.question_replied", _("{actor} answered a question on a call to who asked."))
declare("calls.question_declined", _("{actor} left a question on a call without an answer."))
declare("calls.followed", _("Somebody follows the call {subject}."))
declare("calls.unfollowed", _("Somebody no longer follows the call {subject}."))
declare("calls.document_added", _("{actor} added a document to the call {subject}."))
declare("calls.document_removed", _("{actor} removed a document of the call {subject}."))
