"""Whom initiatives can draw on: the competence bank, requests, matching."""
