"""Every write of this room: drafting and handing in, eligibility, integration."""

from vivaio.applications.actions.deciding import admit, admit_all, exclude, recheck, settle, undecide
from vivaio.applications.actions.drafting import reopen, save, save_posted, start, submit, withdraw
from vivaio.applications.actions.integrating import (
    add_integration_file,
    answer_integration,
    cancel_integration,
    expire_integration,
    keep_integration_text,
    remove_integration_file,
    request_integration,
    save_integration,
)
from vivaio.applications.actions.letting_go import drop_draft, empty
from vivaio.applications.actions.purging import purge_detached_files
from vivaio.applications.actions.reminding import remind_of_deadline

__all__ = [
    "add_integration_file",
    "admit",
    "admit_all",
    "answer_integration",
    "cancel_integration",
    "drop_draft",
    "empty",
    "exclude",
    "expire_integration",
    "keep_integration_text",
    "purge_detached_files",
    "recheck",
    "remind_of_deadline",
    "remove_integration_file",
    "reopen",
    "request_integration",
    "save",
    "save_integration",
    "save_posted",
    "settle",
    "start",
    "submit",
    "undecide",
    "withdraw",
]
