"""What applications announce. Sent inside the transaction: a reaction that fails undoes the action.

A later room may refuse by raising `kit.rules.Refused` with its words: so `jury` keeps a decision from being
taken back, or an application from being withdrawn, once its own work stands against it.
"""

from django.dispatch import Signal

submitted = Signal()  # application
reopened = Signal()  # application
withdrawn = Signal()  # application
admitted = Signal()  # application
excluded = Signal()  # application
undecided = Signal()  # application: the staff took its decision back
continued = Signal()  # application: it goes on from its stage before
# application, staff: a timeline is made; later rooms answer with their entries and the rows that letters are about.
# What the team was not told, they tell to the staff alone.
telling = Signal()
emptied = Signal()  # application: its answers and files were erased, who applied and what became of it stay
integrated = Signal()  # application: a request for integration was answered
