"""How far an act on many rows is, and what became of each row."""

from django.db import models
from django.utils.translation import pgettext_lazy


class RunState(models.TextChoices):
    PREPARED = "prepared", pgettext_lazy("a change to many rows", "Not confirmed")
    CARRIED_OUT = "carried_out", pgettext_lazy("a change to many rows", "Carried out")
    TAKEN_BACK = "taken_back", pgettext_lazy("a change to many rows", "Undone")


RUN_MOVES = {
    RunState.PREPARED: {RunState.CARRIED_OUT},
    RunState.CARRIED_OUT: {RunState.TAKEN_BACK},
    RunState.TAKEN_BACK: set(),
}


class LineState(models.TextChoices):
    WAITING = "waiting", pgettext_lazy("a row among many", "Waiting")
    DONE = "done", pgettext_lazy("a row among many", "Done")
    LEFT_OUT = "left_out", pgettext_lazy("a row among many", "Left out")
    TAKEN_BACK = "taken_back", pgettext_lazy("a row among many", "Undone")
    STAYS = "stays", pgettext_lazy("a row among many", "Stays as it was changed")


LINE_MOVES = {
    LineState.WAITING: {LineState.DONE, LineState.LEFT_OUT},
    LineState.DONE: {LineState.TAKEN_BACK, LineState.STAYS},
    LineState.LEFT_OUT: set(),
    LineState.TAKEN_BACK: set(),
    LineState.STAYS: set(),
}
