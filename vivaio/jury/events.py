"""What the jury announces. Sent inside the transaction: a reaction that fails undoes the action."""

from django.dispatch import Signal

verdict_adopted = Signal()  # ranking
ranking_published = Signal()  # ranking
place_offered = Signal()  # entry
place_accepted = Signal()  # entry
place_given_up = Signal()  # entry
