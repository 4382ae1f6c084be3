"""The jury's panel and its work, then the ranking and its verdict."""

from vivaio.jury.models.attending import Audience, Guest, GuestKey
from vivaio.jury.models.awarding import Awarding, AwardStep
from vivaio.jury.models.blinding import BlindFile
from vivaio.jury.models.commenting import Comment
from vivaio.jury.models.discussing import Discussion, Remark, Revision, Voice
from vivaio.jury.models.meeting import Anchor, Attendance, Meeting, MeetingApplication, PracticeScore
from vivaio.jury.models.overriding import ConflictDecision
from vivaio.jury.models.panel import AssignmentPlan, Clearance, Conflict, Juror, Panel
from vivaio.jury.models.pitching import PitchDay, PitchSlot
from vivaio.jury.models.ranking import DecisionRecord, Draw, Ranking, RankingEntry
from vivaio.jury.models.recusing import Recusal
from vivaio.jury.models.scoring import Assignment, Score

__all__ = [
    "Anchor",
    "Assignment",
    "AssignmentPlan",
    "Attendance",
    "Audience",
    "AwardStep",
    "Awarding",
    "BlindFile",
    "Clearance",
    "Comment",
    "Conflict",
    "ConflictDecision",
    "DecisionRecord",
    "Discussion",
    "Draw",
    "Guest",
    "GuestKey",
    "Juror",
    "Meeting",
    "MeetingApplication",
    "Panel",
    "PitchDay",
    "PitchSlot",
    "PracticeScore",
    "Ranking",
    "RankingEntry",
    "Recusal",
    "Remark",
    "Revision",
    "Score",
    "Voice",
]
