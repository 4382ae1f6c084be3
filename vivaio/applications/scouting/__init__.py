"""Scouting: organisations are spotted before a call opens, invited by name, and followed until they apply."""
