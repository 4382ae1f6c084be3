"""What happens on stage, in words for the register."""

from django.utils.translation import gettext_lazy as _

from vivaio.journal.verbs import declare

declare("awarding.prepared", _("{actor} prepared the awards of a contest."))
declare("awarding.arranged", _("{actor} changed the order in which the awards are given."))
declare("awarding.revealed", _("{actor} revealed a winner on stage."))
declare("awarding.hidden", _("{actor} took a winner back from the stage."))
