"""Every write on what a programme publishes."""

from vivaio.publishing.actions.lifecycle import (
    publish,
    publish_due,
    release,
    remove,
    schedule,
    unpublish,
    unschedule,
    withdraw,
)
from vivaio.publishing.actions.writing import add, change

__all__ = [
    "add",
    "change",
    "publish",
    "publish_due",
    "release",
    "remove",
    "schedule",
    "unpublish",
    "unschedule",
    "withdraw",
]
