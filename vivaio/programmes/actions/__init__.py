"""Every write of this room: a programme's life, its set-up, who holds which role."""

from vivaio.programmes.actions.lifecycle import (
    change_state,
    close,
    locked,
    public_changed,
    publish,
    take_back,
)
from vivaio.programmes.actions.roles import accept, cancel, decline, end_role, invite, resend

__all__ = [
    "accept",
    "cancel",
    "change_state",
    "close",
    "decline",
    "end_role",
    "invite",
    "locked",
    "public_changed",
    "publish",
    "resend",
    "take_back",
]
