"""Placements of university students with initiatives: rounds, offers, preferences, matching, agreements, hours."""
