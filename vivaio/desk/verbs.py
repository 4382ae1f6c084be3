"""What happened here, in words for the register."""

from django.utils.translation import gettext_lazy as _

from vivaio.journal.verbs import declare

declare("rehearsals.started", _("{actor} started a rehearsal of the call {subject}."))
declare("rehearsals.closed", _("{actor} closed the applications of a rehearsal."))
declare("rehearsals.ended", _("A rehearsal of the call {subject} ended, and all that was in it went."))
