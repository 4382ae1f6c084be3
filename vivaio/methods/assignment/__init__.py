"""Who reviews what, who mentors whom: agents assigned to tasks within demand, capacity, conflicts and
locks.
"""

from vivaio.methods.assignment.assign import assign
from vivaio.methods.assignment.result import Assignment, Proof
from vivaio.methods.assignment.shortages import Infeasible, Kind, Shortage

__all__ = ["Assignment", "Infeasible", "Kind", "Proof", "Shortage", "assign"]
