"""Figures of a call's applications: by day, track, state, area, sector and by what they chose; charts with tables."""
