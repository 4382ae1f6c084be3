"""What the jury announces. Sent inside the transaction: a reaction that fails undoes the action."""

from django.dispatch import Signal

juror_accepted = Signal()  # juror
assignment_applied = Signal()  # panel
scoring_closed = Signal()  # panel
scoring_reopened = Signal()  # panel

verdict_adopted = Signal()  # ranking
ranking_published = Signal()  # ranking
place_offered = Signal()  # entry
place_accepted = Signal()  # entry
place_given_up = Signal()  # entry
pitch_announced = Signal()  # day
