"""Lifecycles of a jury's work, as tables."""

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class PanelState(models.TextChoices):
    FORMING = "forming", _("Being formed")
    SCORING = "scoring", _("Scoring")
    CLOSED = "closed", _("Scoring closed")


PANEL_MOVES = {
    PanelState.FORMING: {PanelState.SCORING},
    PanelState.SCORING: {PanelState.FORMING, PanelState.CLOSED},
    PanelState.CLOSED: {PanelState.SCORING},
}


class JurorState(models.TextChoices):
    INVITED = "invited", _("Invited")
    ACCEPTED = "accepted", _("Accepted")
    DECLINED = "declined", _("Declined")
    REMOVED = "removed", _("Removed")


JUROR_MOVES = {
    JurorState.INVITED: {JurorState.ACCEPTED, JurorState.DECLINED, JurorState.REMOVED},
    JurorState.ACCEPTED: {JurorState.REMOVED},
    JurorState.DECLINED: {JurorState.INVITED},
    JurorState.REMOVED: {JurorState.INVITED},
}


class ConflictSource(models.TextChoices):
    DECLARED = "declared", _("Declared by the juror")
    FOUND = "found", _("Found in the records")
    RECORDED = "recorded", _("Recorded by the staff")


class ConflictState(models.TextChoices):
    STANDING = "standing", _("In conflict")
    DISMISSED = "dismissed", _("Set aside")


CONFLICT_MOVES = {
    ConflictState.STANDING: {ConflictState.DISMISSED},
    ConflictState.DISMISSED: {ConflictState.STANDING},
}


class Overriding(models.TextChoices):
    """What was done about a conflict of interest, or about an applicant nobody knows; each is kept with its reason."""

    DECLARED = "declared", _("Declared by the juror")
    TAKEN_BACK = "taken_back", _("Taken back by the juror")
    RECORDED = "recorded", _("Recorded by the staff")
    DISMISSED = "dismissed", _("Set aside, the conflict does not count")
    REINSTATED = "reinstated", _("Stands again")
    FOUND_ANEW = "found_anew", _("Stands again: the records say something new")
    CLEARED = "cleared", _("May be assigned although nobody knows the applicant")
    WITHDRAWN = "withdrawn", _("May be assigned no more: the decision is taken back")


class AssignmentState(models.TextChoices):
    TO_SCORE = "to_score", _("To score")
    STARTED = "started", _("Started")
    DONE = "done", _("Scored")
    RECUSED = "recused", _("Passed on")


ASSIGNMENT_MOVES = {
    AssignmentState.TO_SCORE: {AssignmentState.STARTED, AssignmentState.DONE, AssignmentState.RECUSED},
    AssignmentState.STARTED: {AssignmentState.TO_SCORE, AssignmentState.DONE, AssignmentState.RECUSED},
    AssignmentState.DONE: {AssignmentState.STARTED, AssignmentState.RECUSED},
    AssignmentState.RECUSED: {AssignmentState.TO_SCORE},
}


class Confidence(models.TextChoices):
    """How sure a juror is of a score. It is shown, and enters no computation."""

    LOW = "low", pgettext_lazy("confidence", "Low")
    MEDIUM = "medium", pgettext_lazy("confidence", "Medium")
    HIGH = "high", pgettext_lazy("confidence", "High")


class CommentState(models.TextChoices):
    """What became of a juror's comment for the applicants."""

    MISSING = "missing", pgettext_lazy("comment", "Missing")
    WRITTEN = "written", pgettext_lazy("comment", "To be read")
    ASKED = "asked", pgettext_lazy("comment", "To be rewritten by the juror")
    REVISED = "revised", pgettext_lazy("comment", "Rewritten, to be read")
    READY = "ready", pgettext_lazy("comment", "Ready to go")
    WITHHELD = "withheld", pgettext_lazy("comment", "Withheld")
    RELEASED = "released", pgettext_lazy("comment", "Released")


_READ = {CommentState.ASKED, CommentState.READY, CommentState.WITHHELD}
COMMENT_MOVES: dict[CommentState, set[CommentState]] = {
    CommentState.MISSING: {CommentState.WRITTEN, CommentState.ASKED},
    CommentState.WRITTEN: {CommentState.MISSING, *_READ},
    CommentState.ASKED: {
        CommentState.MISSING,
        CommentState.REVISED,
        CommentState.READY,
        CommentState.WITHHELD,
    },
    CommentState.REVISED: {CommentState.MISSING, *_READ},
    CommentState.READY: {
        CommentState.MISSING,
        CommentState.WRITTEN,
        CommentState.ASKED,
        CommentState.WITHHELD,
        CommentState.RELEASED,
    },
    CommentState.WITHHELD: {CommentState.MISSING, CommentState.WRITTEN, CommentState.READY},
    CommentState.RELEASED: set(),
}


class Replacing(models.TextChoices):
    """Who takes over when a juror steps aside."""

    PROPOSED = "proposed", _("The best free juror is proposed, and somebody of the staff decides")
    AUTOMATIC = "automatic", _("The best free juror gets the application at once")


class Aside(models.TextChoices):
    """Why a juror does not judge an application."""

    CONFLICT = "conflict", _("Conflict of interest")
    COMPETENCE = "competence", _("Too little knowledge of the subject")
    TIME = "time", _("Lack of time")
    OTHER = "other", _("Another reason")


class AsideState(models.TextChoices):
    STANDING = "standing", _("Stepped aside")
    UNDONE = "undone", _("Undone")


ASIDE_MOVES: dict[AsideState, set[AsideState]] = {
    AsideState.STANDING: {AsideState.UNDONE},
    AsideState.UNDONE: set(),
}


class Successor(models.TextChoices):
    """What became of the reading that a juror gave up."""

    TAKEN = "taken", _("Taken over")
    PROPOSED = "proposed", pgettext_lazy("another juror", "Proposed")
    NOBODY = "nobody", _("Nobody is free")
    ENOUGH = "enough", _("Enough read it")


SUCCESSOR_MOVES = {
    Successor.NOBODY: {Successor.TAKEN, Successor.PROPOSED, Successor.ENOUGH},
    Successor.PROPOSED: {Successor.TAKEN, Successor.NOBODY, Successor.ENOUGH},
    Successor.TAKEN: set(),
    Successor.ENOUGH: set(),
}


class DiscussionState(models.TextChoices):
    OPEN = "open", pgettext_lazy("a discussion", "Open")
    CLOSED = "closed", pgettext_lazy("a discussion", "Closed")


DISCUSSION_MOVES = {
    DiscussionState.OPEN: {DiscussionState.CLOSED},
    DiscussionState.CLOSED: {DiscussionState.OPEN},
}


class MeetingState(models.TextChoices):
    PREPARING = "preparing", pgettext_lazy("a calibration meeting", "Being prepared")
    PRACTISING = "practising", pgettext_lazy("a calibration meeting", "Jurors practise")
    OPEN = "open", pgettext_lazy("a calibration meeting", "Scores on the table")
    CONCLUDED = "concluded", pgettext_lazy("a calibration meeting", "Concluded")


MEETING_MOVES: dict[MeetingState, set[MeetingState]] = {
    MeetingState.PREPARING: {MeetingState.PRACTISING},
    MeetingState.PRACTISING: {MeetingState.OPEN},
    MeetingState.OPEN: {MeetingState.CONCLUDED},
    MeetingState.CONCLUDED: set(),
}


class PitchState(models.TextChoices):
    PREPARING = "preparing", pgettext_lazy("a pitch day", "Being prepared")
    ANNOUNCED = "announced", pgettext_lazy("a pitch day", "Announced")
    HELD = "held", pgettext_lazy("a pitch day", "Held")


PITCH_MOVES: dict[PitchState, set[PitchState]] = {
    PitchState.PREPARING: {PitchState.ANNOUNCED},
    PitchState.ANNOUNCED: {PitchState.PREPARING, PitchState.HELD},
    PitchState.HELD: {PitchState.ANNOUNCED},
}


class Way(models.TextChoices):
    """How somebody of the audience follows the pitch day."""

    ROOM = "room", pgettext_lazy("a pitch day", "In the room")
    ONLINE = "online", pgettext_lazy("a pitch day", "From elsewhere, by the link")


class GuestState(models.TextChoices):
    """How somebody of the audience stands; a place that is offered is kept free until it is answered for."""

    ASKED = "asked", pgettext_lazy("audience", "Address to be confirmed")
    COMING = "coming", pgettext_lazy("audience", "Has a place")
    WAITING = "waiting", pgettext_lazy("audience", "On the waiting list")
    OFFERED = "offered", pgettext_lazy("audience", "Offered a place")
    LAPSED = "lapsed", pgettext_lazy("audience", "Did not answer in time")
    CANCELLED = "cancelled", pgettext_lazy("audience", "Not coming")


GUEST_MOVES: dict[GuestState, set[GuestState]] = {
    GuestState.ASKED: {GuestState.COMING, GuestState.WAITING, GuestState.CANCELLED},
    GuestState.COMING: {GuestState.CANCELLED},
    GuestState.WAITING: {GuestState.OFFERED, GuestState.CANCELLED},
    GuestState.OFFERED: {GuestState.COMING, GuestState.LAPSED, GuestState.CANCELLED},
    GuestState.LAPSED: {GuestState.ASKED},
    GuestState.CANCELLED: {GuestState.ASKED},
}
# Whose place in the room is taken.
SEATED = (GuestState.COMING, GuestState.OFFERED)
GONE = (GuestState.LAPSED, GuestState.CANCELLED)


class AwardingState(models.TextChoices):
    PREPARING = "preparing", pgettext_lazy("awarding", "Being prepared")
    UNDER_WAY = "under_way", pgettext_lazy("awarding", "On stage")
    DONE = "done", pgettext_lazy("awarding", "All revealed")


AWARDING_MOVES: dict[AwardingState, set[AwardingState]] = {
    AwardingState.PREPARING: {AwardingState.UNDER_WAY},
    AwardingState.UNDER_WAY: {AwardingState.PREPARING, AwardingState.DONE},
    AwardingState.DONE: {AwardingState.UNDER_WAY},
}


class Coming(models.TextChoices):
    """What a juror answers to the invitation."""

    UNKNOWN = "", _("No answer yet")
    YES = "yes", _("Comes")
    NO = "no", _("Cannot come")


class Showing(models.TextChoices):
    """What jurors see of a file in a blind review."""

    SHOWN = "shown", _("Jurors read it as it is")
    WITHHELD = "withheld", _("Jurors do not read it")
    COPY = "copy", _("Jurors read a copy without names")


class RankingState(models.TextChoices):
    PROVISIONAL = "provisional", _("Provisional")
    ADOPTED = "adopted", _("Adopted")
    PUBLISHED = "published", _("On line")
    EXPIRED = "expired", _("No longer on line")


RANKING_MOVES = {
    RankingState.PROVISIONAL: {RankingState.ADOPTED},
    RankingState.ADOPTED: {RankingState.PROVISIONAL, RankingState.PUBLISHED},
    RankingState.PUBLISHED: {RankingState.EXPIRED},
    RankingState.EXPIRED: set(),
}


class CalibrationState(models.TextChoices):
    """Whether severity could be taken out of a track's scores, or what was missing."""

    NONE = "none", _("Not calibrated")
    DONE = "done", _("Calibrated")
    FEW = "few", _("Too few scores to calibrate")
    PARTS = "parts", _("Parts that no juror connects")


class Outcome(models.TextChoices):
    SELECTED = "selected", _("Selected")
    RESERVE = "reserve", _("Reserve")
    NOT_SELECTED = "not_selected", _("Not selected")
    UNDECIDED = "undecided", _("To be decided")


# What the same outcomes are called in a stage that leads on to another: nobody has a place there.
IN_A_STAGE: dict[str, Any] = {
    Outcome.SELECTED: pgettext_lazy("an application", "Goes on"),
    Outcome.RESERVE: pgettext_lazy("an application", "Reserve"),
    Outcome.NOT_SELECTED: pgettext_lazy("an application", "Does not go on"),
    Outcome.UNDECIDED: Outcome.UNDECIDED.label,
}


class PlaceState(models.TextChoices):
    """What became of a place: none offered, waiting for an answer, taken, given up, let lapse."""

    NONE = "none", _("No place offered")
    OFFERED = "offered", _("Waiting for an answer")
    ACCEPTED = "accepted", _("Accepted")
    DECLINED = "declined", _("Declined")
    EXPIRED = "expired", _("Not answered in time")


PLACE_MOVES = {
    PlaceState.NONE: {PlaceState.OFFERED},
    PlaceState.OFFERED: {PlaceState.ACCEPTED, PlaceState.DECLINED, PlaceState.EXPIRED},
    PlaceState.ACCEPTED: {PlaceState.DECLINED},
    PlaceState.DECLINED: set(),
    PlaceState.EXPIRED: set(),
}


# How a state is coloured wherever it is shown; the word always stands beside it.
TONES: dict[str, str] = {
    PanelState.SCORING: "now",
    PanelState.CLOSED: "yes",
    JurorState.INVITED: "maybe",
    JurorState.ACCEPTED: "yes",
    JurorState.DECLINED: "no",
    DiscussionState.OPEN: "now",
    PitchState.ANNOUNCED: "now",
    PitchState.HELD: "yes",
    GuestState.COMING: "yes",
    GuestState.WAITING: "maybe",
    GuestState.OFFERED: "now",
    AwardingState.UNDER_WAY: "now",
    AwardingState.DONE: "yes",
    MeetingState.PRACTISING: "maybe",
    MeetingState.CONCLUDED: "yes",
    AssignmentState.STARTED: "maybe",
    AssignmentState.DONE: "yes",
    AssignmentState.RECUSED: "no",
    # "withheld" and "released" are states of other things too.
    "comment-written": "maybe",
    "comment-asked": "now",
    "comment-revised": "maybe",
    "comment-ready": "yes",
    "comment-withheld": "no",
    "comment-released": "yes",
}
