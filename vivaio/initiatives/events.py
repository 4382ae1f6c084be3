"""What initiatives announce. Sent inside the transaction: a reaction that fails undoes the action."""

from django.dispatch import Signal

born = Signal()  # initiative
moved = Signal()  # initiative, before (the state that it left)
member_joined = Signal()  # member
member_left = Signal()  # member
constituted = Signal()  # initiative: its organisation is a legal entity now
