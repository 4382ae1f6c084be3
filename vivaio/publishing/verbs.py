"""What happened here, in words for the register."""

from django.utils.translation import gettext_lazy as _

from vivaio.journal.verbs import declare

declare("publishing.added", _("{actor} prepared {subject} for the public site."))
declare("publishing.edited", _("{actor} changed {subject} on the public site."))
declare("publishing.scheduled", _("{actor} scheduled {subject}."))
declare("publishing.unscheduled", _("{actor} took {subject} off the schedule."))
declare("publishing.published", _("{actor} put {subject} on line."))
declare("publishing.withdrawn", _("{actor} took {subject} off line."))
declare("publishing.removed", _("{actor} deleted {subject}, which was off line."))
