"""What applications announce. Sent inside the transaction: a reaction that fails undoes the action."""

from django.dispatch import Signal

submitted = Signal()  # application
reopened = Signal()  # application
withdrawn = Signal()  # application
admitted = Signal()  # application
excluded = Signal()  # application
