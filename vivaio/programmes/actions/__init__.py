"""Every write of this room: a programme's life, its set-up, who holds which role."""

from vivaio.programmes.actions.consents import answer_consent, name_purpose, set_purposes
from vivaio.programmes.actions.lifecycle import (
    change_state,
    close,
    locked,
    public_changed,
    publish,
    results_shown,
    take_back,
)
from vivaio.programmes.actions.notices import (
    discard_notice,
    publish_notice,
    read_notice,
    set_controller,
    write_notice,
)
from vivaio.programmes.actions.retention import carry_out, hold_back, lift_hold, set_retention
from vivaio.programmes.actions.roles import accept, cancel, decline, end_role, forget_roles, invite, resend
from vivaio.programmes.actions.saved_views import (
    arrange_view,
    delete_view,
    forget_views,
    lasting,
    save_view,
    update_view,
)
from vivaio.programmes.actions.settings import (
    change_look,
    describe,
    set_areas,
    set_partners,
    set_phases,
    state_amount,
)

__all__ = [
    "accept",
    "answer_consent",
    "arrange_view",
    "cancel",
    "carry_out",
    "change_look",
    "change_state",
    "close",
    "decline",
    "delete_view",
    "describe",
    "discard_notice",
    "end_role",
    "forget_roles",
    "forget_views",
    "hold_back",
    "invite",
    "lasting",
    "lift_hold",
    "locked",
    "name_purpose",
    "public_changed",
    "publish",
    "publish_notice",
    "read_notice",
    "resend",
    "results_shown",
    "save_view",
    "set_areas",
    "set_controller",
    "set_partners",
    "set_phases",
    "set_purposes",
    "set_retention",
    "state_amount",
    "take_back",
    "update_view",
    "write_notice",
]
