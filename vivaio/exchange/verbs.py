"""What happened here, in words for the register."""

from django.utils.translation import gettext_lazy as _

from vivaio.journal.verbs import declare

declare("exchange.joined", _("{actor} entered the directory."))
declare("exchange.edited", _("{actor} changed an entry of the directory."))
declare("exchange.taken_out", _("{actor} took an entry out of the directory."))
declare("exchange.put_back", _("{actor} put an entry back in the directory."))
declare("exchange.introduction_asked", _("{actor} asked for an introduction."))
declare("exchange.introduction_accepted", _("{actor} accepted an introduction."))
declare("exchange.introduction_declined", _("{actor} declined an introduction."))
declare("exchange.introduction_taken_back", _("{actor} took back what they had asked for: an introduction."))
declare("exchange.introduction_reminded", _("{actor} reminded whoever was asked for an introduction."))
