"""Panels, conflicts of interest, assignment, scores, ranking, verdict."""
