"""What happened to plans, in words for the register."""

from django.utils.translation import gettext_lazy as _

from vivaio.journal.verbs import declare

declare("initiatives.milestone_added", _("{actor} added a milestone to a plan."))
declare("initiatives.milestone_changed", _("{actor} changed a milestone of a plan."))
declare("initiatives.milestone_started", _("{actor} began to work on a milestone."))
declare("initiatives.milestone_reached", _("{actor} noted that a milestone is reached."))
declare("initiatives.milestone_dropped", _("{actor} dropped a milestone."))
declare("initiatives.milestone_reopened", _("{actor} took a milestone up again."))
declare("initiatives.milestones_ordered", _("{actor} changed the order of a plan."))
declare("initiatives.milestones_taken_over", _("{actor} took the programme's milestones over into a plan."))
declare("initiatives.shared_milestone_added", _("{actor} added a milestone that all initiatives share."))
declare("initiatives.shared_milestone_changed", _("{actor} changed a milestone that all initiatives share."))
declare("initiatives.shared_milestone_removed", _("{actor} removed a milestone that all initiatives share."))
