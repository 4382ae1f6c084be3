"""Whom initiatives can draw on: the competence bank, requests, matching, engagements and their hours."""
