"""What the mailroom announces; rooms that wrote a letter answer in their `reactions.py`."""

from django.dispatch import Signal

settled = Signal()  # letters: they were held, and now may leave or never will
