"""What happens around the audience, in words for the register."""

from django.utils.translation import gettext_lazy as _

from vivaio.journal.verbs import declare

declare("audience.set_up", _("{actor} set up the registration for a pitch day."))
declare("audience.asked", _("Somebody asked for a place at a pitch day."))
declare("audience.confirmed", _("Somebody has a place at a pitch day."))
declare("audience.queued", _("Somebody joined the waiting list of a pitch day."))
declare("audience.offered", _("A place at a pitch day was offered to whoever was next."))
declare("audience.lapsed", _("A place offered at a pitch day was not taken in time."))
declare("audience.cancelled", _("Somebody gave up a place at a pitch day."))
declare("audience.came", _("{actor} let somebody in to a pitch day."))
declare("audience.came_undone", _("{actor} corrected who came to a pitch day."))
declare("audience.removed", _("{actor} erased somebody from the audience of a pitch day."))
declare("audience.reminded", _("Somebody was reminded of a pitch day."))
declare("audience.needs_cleared", _("The accessibility needs told for a pitch day were erased."))
declare("audience.dropped", _("A name in the audience of a pitch day was erased."))
