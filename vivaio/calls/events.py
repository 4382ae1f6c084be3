"""What calls announce. Sent inside the transaction: a reaction that fails undoes the action."""

from django.dispatch import Signal

published = Signal()  # call
amended = Signal()  # call
concluded = Signal()  # call
withdrawn = Signal()  # call
