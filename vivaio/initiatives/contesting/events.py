"""What a contest announces of its entrants. Sent inside the transaction."""

from django.dispatch import Signal

# interest: a `models.Interest` that the team has accepted, by: who did; it goes on as a contact of the initiative.
interest_accepted = Signal()
