"""The programme, what describes it, its roles, what it owes to whose data it holds, and work on its lists."""

from vivaio.programmes.models.bulk import BulkLine, BulkRun
from vivaio.programmes.models.consent import Consent, Purpose
from vivaio.programmes.models.notice import Controller, Notice, NoticeReading
from vivaio.programmes.models.programme import (
    Amount,
    Area,
    Partner,
    Phase,
    Programme,
    RoleHolding,
    RoleInvitation,
    languages,
)
from vivaio.programmes.models.rehearsal import Rehearsal
from vivaio.programmes.models.retention import RetentionHold, RetentionRule, RetentionRun
from vivaio.programmes.models.saved_view import SavedView, UsualView

__all__ = [
    "Amount",
    "Area",
    "BulkLine",
    "BulkRun",
    "Consent",
    "Controller",
    "Notice",
    "NoticeReading",
    "Partner",
    "Phase",
    "Programme",
    "Purpose",
    "Rehearsal",
    "RetentionHold",
    "RetentionRule",
    "RetentionRun",
    "RoleHolding",
    "RoleInvitation",
    "SavedView",
    "UsualView",
    "languages",
]
