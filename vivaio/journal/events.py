"""What the journal announces, inside the transaction of the action that it records."""

from django.dispatch import Signal

# record (a `models.Record`): it was just written.
recorded = Signal()
