"""Vivaio runs a territory's social-innovation programme end to end."""

__version__ = "0.1.0"
