"""What happened in engagements, in words for the register."""

from django.utils.translation import gettext_lazy as _

from vivaio.journal.verbs import declare

declare("experts.engagement_drafted", _("An engagement was drafted from a request that an expert accepted."))
declare("experts.engagement_changed", _("{actor} changed goal, hours or dates of an engagement."))
declare("experts.engagement_agreed", _("{actor} agreed to goal and hours of an engagement."))
declare("experts.engagement_begun", _("An engagement began: both sides agreed."))
declare("experts.engagement_dropped", _("{actor} called an engagement off before it began."))
declare("experts.engagement_closing", _("{actor} proposed to end an engagement."))
declare("experts.engagement_ended", _("{actor} ended an engagement."))
declare("experts.engagement_evaluated", _("{actor} evaluated an engagement."))
declare("experts.engagement_noted", _("{actor} wrote about an engagement."))
declare("experts.extension_asked", _("{actor} asked for an extension of an engagement."))
declare("experts.extension_answered", _("{actor} answered an extension of an engagement."))
declare("experts.session_proposed", _("{actor} proposed a session."))
declare("experts.session_fixed", _("{actor} accepted a session."))
declare("experts.session_moved", _("{actor} moved a session."))
declare("experts.session_cancelled", _("{actor} cancelled a session."))
declare("experts.hours_told", _("{actor} told the hours of a session."))
declare("experts.hours_confirmed", _("{actor} confirmed the hours of a session."))
declare("experts.hour_value_set", _("{actor} set what an hour of an expert counts for."))
declare(
    "experts.request_reopened",
    _("A request for experts is open again: its engagement ended before the work was done."),
)
