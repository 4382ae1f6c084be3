"""The jury's panel and its work, then the ranking and its verdict."""

from vivaio.jury.models.blinding import BlindFile
from vivaio.jury.models.panel import AssignmentPlan, Clearance, Conflict, Juror, Panel
from vivaio.jury.models.ranking import DecisionRecord, Draw, Ranking, RankingEntry
from vivaio.jury.models.recusing import Recusal
from vivaio.jury.models.scoring import Assignment, Score

__all__ = [
    "Assignment",
    "AssignmentPlan",
    "BlindFile",
    "Clearance",
    "Conflict",
    "DecisionRecord",
    "Draw",
    "Juror",
    "Panel",
    "Ranking",
    "RankingEntry",
    "Recusal",
    "Score",
]
