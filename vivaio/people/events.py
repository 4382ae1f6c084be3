"""What people announce. Sent inside the transaction of whatever causes it."""

from django.dispatch import Signal

# person, into (a `gathering.Gathered`): every room adds what it holds about the person.
gathering = Signal()
