"""What people announce. Sent inside the transaction of whatever causes it."""

from django.dispatch import Signal

# person, into (a `gathering.Gathered`): every room adds what it holds about the person.
gathering = Signal()
# organisation: an informal group is about to be written down as another kind; a room for which that needs more than
# somebody's word raises `kit.rules.Refused` with the way to do it.
constituting = Signal()
# person: their date of birth is on record, or another one is.
birth_told = Signal()
# person: they ask to be erased; a room that cannot let go of them yet raises `kit.rules.Refused` with a way out.
erasure_asked = Signal()
# person: their days to think again are over; every room lets go of what it need not keep. They still have their name.
erasing = Signal()
