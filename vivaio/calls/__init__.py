"""Calls for applications: tracks and places, eligibility, criteria, awards, windows, documents."""
