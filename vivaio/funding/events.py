"""Announced to later rooms, inside the action's own transaction."""

from django.dispatch import Signal

awarded = Signal()  # award
paid = Signal()  # claim
