"""What calls announce. Sent inside the transaction: a reaction that fails undoes the action."""

from django.dispatch import Signal

published = Signal()  # call
amended = Signal()  # call
# call: its terms are to be reopened after they expired; a later room raises `kit.rules.Refused` once it builds on them.
reopening = Signal()
# notice: published; later rooms tell those whom it concerns, and answer with the identifiers of the people told.
noticed = Signal()
concluded = Signal()  # call
withdrawn = Signal()  # call
# calls: stages of one call; later rooms answer with what they know of each, in words, by the call's key.
stages_asked = Signal()
# call, person: the staff's page of the call is opened; later rooms answer with what they count, as triples of words,
# count and address. What the person may not read they do not tell.
counting = Signal()
# call: its public page is opened; later rooms answer with what else stands on line about it, as pairs of words and
# address. Whatever changes them raises the programme's public version.
beside = Signal()
# call: just made out of `source`; later rooms bring along what is theirs (`jurors`: whether their people too), `by`.
cloned = Signal()
