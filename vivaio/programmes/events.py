"""What programmes announce. Sent inside the transaction: a reaction that fails undoes the action."""

from django.dispatch import Signal

# holding, by: the role is held no longer (an erasure ends all of a person's roles, everywhere, without a word here).
role_ended = Signal()
