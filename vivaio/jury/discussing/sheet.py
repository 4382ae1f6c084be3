"""What a score sheet says of the discussion: to be confirmed, or going on."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from vivaio.jury.discussing import queries, rules
from vivaio.jury.models import Assignment
from vivaio.jury.states import AssignmentState


def told(assignment: Assignment) -> dict[str, Any]:
    """A link with its words, where the call's jurors discuss and still may; nothing where they do not."""
    juror = assignment.juror
    if not queries.held(juror.panel.call) or assignment.state != AssignmentState.DONE:
        return {}
    if assignment.application.track_id in queries.barred_tracks(juror):
        return {"discuss_words": rules.no_part()}
    found, drawn, adopted = queries.standing(assignment)
    if assignment.confirmed_at is not None:
        return {
            "discuss_words": _("You have confirmed these scores."),
            "discuss_label": _("Go to the discussion"),
            "discuss_href": reverse("jury:discussion", args=[juror.panel_id, found.pk]) if found else "",
        }
    if refused := rules.over(found) or rules.settling(drawn, adopted):
        return {"discuss_words": refused}
    return {
        "discuss_words": _(
            "The sheet is complete. Confirm it, and you read what the others who have confirmed gave."
        ),
        "discuss_label": _("Confirm and discuss"),
        "discuss_href": reverse("jury:confirm_scores", args=[juror.panel_id, assignment.pk]),
    }
