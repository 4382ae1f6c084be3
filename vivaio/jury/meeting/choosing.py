"""What whoever prepares the meeting chooses from: all applications, or of too many those that suit best."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from vivaio.applications.models import Application
from vivaio.jury.meeting import queries
from vivaio.jury.models import Meeting, Panel
from vivaio.jury.queries.assignment import judged
from vivaio.jury.states import MeetingState
from vivaio.kit.picking import MOST_CHOICES

SHORTLIST = 10  # of more than `MOST_CHOICES` these alone have boxes, and others are named by number


@dataclass(frozen=True)
class Choice:
    """The applications with a box, what is said of each, and which are ticked; `others` can be named by number."""

    shown: list[Application] = field(default_factory=list)
    boxes: list[tuple[str, str]] = field(default_factory=list)
    ticked: list[str] = field(default_factory=list)
    others: QuerySet[Application] | None = None


def choice(panel: Panel, meeting: Meeting | None, sent: Sequence[str] = ()) -> Choice:
    """Those chosen before are ticked, or else the first proposed; a box that was sent ticked keeps its place."""
    if meeting is not None and meeting.state != MeetingState.PREPARING:
        return Choice()
    pairs = queries.to_choose_from(panel)
    many = len(pairs) > MOST_CHOICES
    proposed = queries.proposed(panel, SHORTLIST if many else queries.ABOUT, pairs)
    chosen = [one.pk for one in queries.chosen(meeting)] if meeting else []
    ticked = chosen or list(proposed)[: queries.ABOUT]
    rows = judged(panel)
    if many:
        known, asked = {str(pk): pk for pk, _track in pairs}, sent[:MOST_CHOICES]
        rows = rows.filter(pk__in={*proposed, *ticked, *(known[one] for one in asked if one in known)})
    shown = sorted(rows, key=lambda one: (one.pk not in ticked, one.pk not in proposed))
    boxes = [(str(one.pk), _words(one, proposed)) for one in shown]
    return Choice(shown, boxes, [str(pk) for pk in ticked], judged(panel) if many else None)


def _words(application: Any, proposed: dict[UUID, int]) -> str:
    words = f"{application.number}. {application} ({application.track})"
    if application.pk not in proposed:
        return words
    conflicts = proposed[application.pk]
    if not conflicts:
        return _("%(application)s: proposed, no juror is in conflict") % {"application": words}
    return ngettext(
        "%(application)s: proposed, %(n)s juror in conflict",
        "%(application)s: proposed, %(n)s jurors in conflict",
        conflicts,
    ) % {"application": words, "n": conflicts}
