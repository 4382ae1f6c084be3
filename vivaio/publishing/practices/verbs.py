"""What happened with good practices, in words for the register."""

from django.utils.translation import gettext_lazy as _

from vivaio.journal.verbs import declare

declare("publishing.practice_taken", _("{actor} accepted {subject} for publication."))
declare("publishing.practice_edited", _("{actor} edited {subject}."))
declare("publishing.practice_tagged", _("{actor} settled the tags of {subject}."))
declare("publishing.practice_asked", _("{actor} asked the organisation to confirm {subject}."))
declare("publishing.practice_sent_back", _("{actor} would have {subject} otherwise."))
declare("publishing.practice_taken_back", _("{actor} took {subject} back to its preparation."))
declare("publishing.practice_published", _("{actor} put {subject} on line as a good practice."))
declare("publishing.practice_contact_gone", _("Whom to ask about the good practice {subject} was erased."))
declare("publishing.practice_withdrawn", _("{actor} took the good practice {subject} off line."))
declare("publishing.practice_left_out", _("{actor} left {subject} out."))
declare("publishing.practice_marked", _("{actor} said whether {subject} is of use."))
declare("publishing.practice_introduction", _("{actor} asked for an introduction: {subject}."))
