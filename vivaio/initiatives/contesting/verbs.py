"""What happens around contests, in words for the register."""

from django.utils.translation import gettext_lazy as _

from vivaio.journal.verbs import declare

declare("initiatives.contest_entered", _("{actor} entered an initiative in a contest."))
declare("initiatives.interest_marked", _("{actor} took an interest in an entrant of a contest."))
declare("initiatives.interest_accepted", _("{actor} accepted the interest of a juror."))
declare("initiatives.interest_declined", _("{actor} declined the interest of a juror."))
