"""Every write on letters and on how people want to be reached. Queuing a letter is `Letter.enqueue`."""

from vivaio.mailroom.actions.choices import choose, forget_choices, forget_refusal
from vivaio.mailroom.actions.digests import gather
from vivaio.mailroom.actions.letters import (
    begin_sending,
    cancel,
    erase,
    erase_letters_about,
    erase_letters_to,
    forget_secrets,
    mark_not_sent,
    mark_sent,
    record_refused,
    record_sent,
    record_unknown,
    release,
    retry,
    set_aside,
)

__all__ = [
    "begin_sending",
    "cancel",
    "choose",
    "erase",
    "erase_letters_about",
    "erase_letters_to",
    "forget_choices",
    "forget_refusal",
    "forget_secrets",
    "gather",
    "mark_not_sent",
    "mark_sent",
    "record_refused",
    "record_sent",
    "record_unknown",
    "release",
    "retry",
    "set_aside",
]
