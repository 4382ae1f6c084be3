"""What happens in the needs analysis, in words for the register."""

from django.utils.translation import gettext_lazy as _

from vivaio.journal.verbs import declare

declare("needs.set_up", _("{actor} changed the set-up of the needs analysis."))
declare("needs.dimensions_changed", _("{actor} changed the dimensions of the needs analysis."))
declare("needs.round_changed", _("{actor} changed a round of the needs analysis."))
declare("needs.round_opened", _("{actor} opened a round of the needs analysis."))
declare("needs.round_closed", _("{actor} closed a round of the needs analysis."))
declare("needs.reminded", _("{actor} reminded whoever had not answered the needs analysis."))
declare("needs.coach_gone", _("The coach of an initiative is gone: their account was erased."))
declare("needs.coach_assigned", _("{actor} gave an initiative its coach."))
declare("needs.handed_in", _("{actor} handed in the answers of a needs analysis."))
declare("needs.taken_back", _("{actor} took the answers of a needs analysis back."))
declare("needs.agreed", _("{actor} wrote down the profile of needs that was agreed."))
declare("needs.interview_recorded", _("{actor} recorded an interview about needs."))
declare("needs.interview_corrected", _("{actor} corrected an interview about needs."))
