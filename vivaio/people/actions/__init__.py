"""Every write on people and organisations."""

from vivaio.people.actions.erasing import DAYS_TO_THINK, erase, request_erasure, undo_erasure
from vivaio.people.actions.guardians import (
    decline_as_guardian,
    end_guardianships,
    forget_guardian,
    name_guardian,
    renew_guardianship,
    sign_as_guardian,
    tell_birth,
    withdraw_as_guardian,
)
from vivaio.people.actions.letting_go import drop_unused
from vivaio.people.actions.members import (
    accept_invitation,
    cancel_invitation,
    change_part,
    decline_invitation,
    end_membership,
    invite_member,
    join,
)
from vivaio.people.actions.notifications import choose_letters, resume_letters, stop_letters
from vivaio.people.actions.organisations import (
    create_organisation,
    declare_board,
    record_organisation,
    update_organisation,
)
from vivaio.people.actions.own_data import expire_exports, prepare_export, request_export
from vivaio.people.actions.profile import update_profile
from vivaio.people.actions.relations import declare_relation, end_relations, find_relation
from vivaio.people.actions.signing import (
    end_session,
    end_sessions,
    forget_sessions,
    part_gateway,
    reset_second_steps,
)

__all__ = [
    "DAYS_TO_THINK",
    "accept_invitation",
    "cancel_invitation",
    "change_part",
    "choose_letters",
    "create_organisation",
    "declare_board",
    "declare_relation",
    "decline_as_guardian",
    "decline_invitation",
    "drop_unused",
    "end_guardianships",
    "end_membership",
    "end_relations",
    "end_session",
    "end_sessions",
    "erase",
    "expire_exports",
    "find_relation",
    "forget_guardian",
    "forget_sessions",
    "invite_member",
    "join",
    "name_guardian",
    "part_gateway",
    "prepare_export",
    "record_organisation",
    "renew_guardianship",
    "request_erasure",
    "request_export",
    "reset_second_steps",
    "resume_letters",
    "sign_as_guardian",
    "stop_letters",
    "tell_birth",
    "undo_erasure",
    "update_organisation",
    "update_profile",
    "withdraw_as_guardian",
]
