"""The programme, what describes it, who holds which role, and what it owes to those whose data it holds."""

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
from vivaio.programmes.models.retention import RetentionHold, RetentionRule, RetentionRun
from vivaio.programmes.models.saved_view import SavedView, UsualView

__all__ = [
    "Amount",
    "Area",
    "Consent",
    "Controller",
    "Notice",
    "NoticeReading",
    "Partner",
    "Phase",
    "Programme",
    "Purpose",
    "RetentionHold",
    "RetentionRule",
    "RetentionRun",
    "RoleHolding",
    "RoleInvitation",
    "SavedView",
    "UsualView",
    "languages",
]
