"""What happened here, in words for the register."""

from django.utils.translation import gettext_lazy as _

from vivaio.journal.verbs import declare
from vivaio.publishing.practices import verbs as practices

__all__ = ["practices"]

declare("publishing.added", _("{actor} prepared {subject} for the public site."))
declare("publishing.edited", _("{actor} changed {subject} on the public site."))
declare("publishing.scheduled", _("{actor} scheduled {subject}."))
declare("publishing.unscheduled", _("{actor} took {subject} off the schedule."))
declare("publishing.published", _("{actor} put {subject} on line."))
declare("publishing.withdrawn", _("{actor} took {subject} off line."))
declare("publishing.removed", _("{actor} deleted {subject}, which was off line."))
declare("accessibility.declared", _("{actor} wrote or reviewed the accessibility statement."))
declare("accessibility.reported", _("{actor} received a report about accessibility."))
declare("accessibility.written", _("{actor} received a further message about accessibility."))
declare("accessibility.taken", _("{actor} took a report about accessibility in hand."))
declare("accessibility.answered", _("{actor} answered a report about accessibility."))
declare("accessibility.closed", _("{actor} answered and closed a report about accessibility."))
declare("accessibility.reminded", _("{actor} reminded the administrators of a report about accessibility."))
declare("accessibility.removed", _("{actor} deleted a report about accessibility."))
declare("results.taken", _("{actor} took the figures of the results."))
declare("results.edited", _("{actor} changed the results page."))
declare("results.published", _("{actor} published the results."))
declare("results.withdrawn", _("{actor} took the results off line."))
declare("results.told", _("{actor} had the letters about the results written."))
