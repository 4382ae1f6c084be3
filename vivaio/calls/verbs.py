"""What happened here, in words for the register."""

from django.utils.translation import gettext_lazy as _

from vivaio.journal.verbs import declare

declare("calls.created", _("{actor} began the call {subject}."))
declare("calls.published", _("{actor} published the call {subject}."))
declare("calls.taken_back", _("{actor} took the call {subject} back to its preparation."))
declare("calls.amended", _("{actor} amended the call {subject}."))
declare("calls.postponed", _("{actor} postponed the closing of the call {subject}."))
declare("calls.concluded", _("{actor} concluded the call {subject}."))
declare("calls.withdrawn", _("{actor} withdrew the call {subject}."))
declare("calls.document_added", _("{actor} added a document to the call {subject}."))
declare("calls.document_removed", _("{actor} removed a document of the call {subject}."))
