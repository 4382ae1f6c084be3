"""Lifecycles of the competence bank: profiles, requests, proposals, rounds of matching, engagements."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from vivaio.experts.placing.states import (
    HOURS_MOVES,
    OFFER_MOVES,
    PLACEMENT_MATCHING_MOVES,
    PLACEMENT_MOVES,
    PLACEMENT_ROUND_MOVES,
    STUDENT_MOVES,
)

PLACING = (
    *(HOURS_MOVES, OFFER_MOVES, PLACEMENT_MATCHING_MOVES),
    *(PLACEMENT_MOVES, PLACEMENT_ROUND_MOVES, STUDENT_MOVES),
)


class ProfileState(models.TextChoices):
    APPLIED = "applied", pgettext_lazy("expert", "To be checked")
    CHECKED = "checked", pgettext_lazy("expert", "In the bank")
    SENT_BACK = "sent_back", pgettext_lazy("expert", "Sent back")
    DECLINED = "declined", pgettext_lazy("expert", "Not admitted")
    PAUSED = "paused", pgettext_lazy("expert", "On pause")
    EXPIRED = "expired", pgettext_lazy("expert", "To be renewed")


PROFILE_MOVES = {
    ProfileState.APPLIED: {ProfileState.CHECKED, ProfileState.SENT_BACK, ProfileState.DECLINED},
    ProfileState.SENT_BACK: {ProfileState.APPLIED, ProfileState.DECLINED},
    ProfileState.CHECKED: {ProfileState.PAUSED, ProfileState.EXPIRED, ProfileState.DECLINED},
    ProfileState.PAUSED: {ProfileState.CHECKED, ProfileState.EXPIRED, ProfileState.DECLINED},
    ProfileState.EXPIRED: {ProfileState.CHECKED, ProfileState.DECLINED},
    ProfileState.DECLINED: {ProfileState.APPLIED},
}
# Whose year runs, and whose profile is one of the bank's, at work or not at this moment.
IN_FORCE = (ProfileState.CHECKED, ProfileState.PAUSED)
ADMITTED = (*IN_FORCE, ProfileState.EXPIRED)


class Level(models.IntegerChoices):
    """How well one masters a competence."""

    SOME = 1, pgettext_lazy("competence", "Some experience")
    SOLID = 2, pgettext_lazy("competence", "Solid experience")
    MASTERY = 3, pgettext_lazy("competence", "Mastery")


class LanguageLevel(models.TextChoices):
    """Levels of the Common European Framework from which one can work in a language."""

    B1 = "B1", "B1"
    B2 = "B2", "B2"
    C1 = "C1", "C1"
    C2 = "C2", "C2"
    NATIVE = "native", _("Mother tongue")


class RequestState(models.TextChoices):
    DRAFT = "draft", pgettext_lazy("request", "Draft")
    ASKED = "asked", pgettext_lazy("request", "Sent to the programme")
    OPEN = "open", pgettext_lazy("request", "Open")
    MATCHED = "matched", pgettext_lazy("request", "Matched")
    WITHDRAWN = "withdrawn", pgettext_lazy("request", "Taken back")
    CLOSED = "closed", pgettext_lazy("request", "Closed")


REQUEST_MOVES = {
    RequestState.DRAFT: {RequestState.ASKED, RequestState.WITHDRAWN},
    RequestState.ASKED: {RequestState.OPEN, RequestState.WITHDRAWN, RequestState.CLOSED},
    RequestState.OPEN: {RequestState.MATCHED, RequestState.WITHDRAWN, RequestState.CLOSED},
    RequestState.MATCHED: {RequestState.OPEN, RequestState.CLOSED},
    RequestState.WITHDRAWN: set(),
    RequestState.CLOSED: {RequestState.OPEN},
}
# What the closing of its initiative ends: a request that is matched closes with its last engagement.
REQUEST_UNFINISHED = (RequestState.DRAFT, RequestState.ASKED, RequestState.OPEN, RequestState.MATCHED)


class ProposalState(models.TextChoices):
    READY = "ready", pgettext_lazy("proposal", "Ready to be sent")
    SENT = "sent", pgettext_lazy("proposal", "Waits for the expert")
    ACCEPTED = "accepted", pgettext_lazy("proposal", "Accepted")
    DECLINED = "declined", pgettext_lazy("proposal", "Declined")
    LAPSED = "lapsed", pgettext_lazy("proposal", "Not answered in time")
    WITHDRAWN = "withdrawn", pgettext_lazy("proposal", "Withdrawn")
    OVER = "over", pgettext_lazy("proposal", "Engagement over")


PROPOSAL_MOVES = {
    ProposalState.READY: {ProposalState.SENT, ProposalState.WITHDRAWN},
    ProposalState.SENT: {
        ProposalState.ACCEPTED,
        ProposalState.DECLINED,
        ProposalState.LAPSED,
        ProposalState.WITHDRAWN,
    },
    ProposalState.ACCEPTED: {ProposalState.OVER},
    ProposalState.DECLINED: set(),
    ProposalState.LAPSED: set(),
    ProposalState.WITHDRAWN: set(),
    ProposalState.OVER: set(),
}
WAITING = (ProposalState.READY, ProposalState.SENT)
PROMISED = (ProposalState.SENT, ProposalState.ACCEPTED)


class RoundState(models.TextChoices):
    COMPUTING = "computing", pgettext_lazy("matching", "Being worked out")
    PREVIEW = "preview", pgettext_lazy("matching", "Being looked at")
    SENT = "sent", pgettext_lazy("matching", "Sent")
    DROPPED = "dropped", pgettext_lazy("matching", "Dropped")
    FAILED = "failed", pgettext_lazy("matching", "Failed")


ROUND_MOVES = {
    RoundState.COMPUTING: {RoundState.PREVIEW, RoundState.FAILED},
    RoundState.FAILED: set(),
    RoundState.PREVIEW: {RoundState.SENT, RoundState.DROPPED},
    RoundState.SENT: set(),
    RoundState.DROPPED: set(),
}


class Objective(models.TextChoices):
    TOTAL = "total", pgettext_lazy("matching", "The best fit overall")
    FAIR = "fair", pgettext_lazy("matching", "Nobody left with a poor fit, work spread among experts")


class EngagementState(models.TextChoices):
    """An expert at work for an initiative: first both sides agree, then it runs, then it has ended."""

    TO_AGREE = "to_agree", pgettext_lazy("engagement", "To be agreed")
    UNDER_WAY = "under_way", pgettext_lazy("engagement", "Under way")
    ENDED = "ended", pgettext_lazy("engagement", "Ended")
    DROPPED = "dropped", pgettext_lazy("engagement", "Called off")


ENGAGEMENT_MOVES = {
    EngagementState.TO_AGREE: {EngagementState.UNDER_WAY, EngagementState.DROPPED},
    EngagementState.UNDER_WAY: {EngagementState.ENDED},
    EngagementState.ENDED: set(),
    EngagementState.DROPPED: set(),
}
ENGAGEMENT_OPEN = (EngagementState.TO_AGREE, EngagementState.UNDER_WAY)


class EndedHow(models.TextChoices):
    DONE = "done", pgettext_lazy("engagement", "Brought to its end")
    EARLY = "early", pgettext_lazy("engagement", "Ended early")


class Side(models.TextChoices):
    """Who speaks in an engagement."""

    EXPERT = "expert", pgettext_lazy("side", "The expert")
    TEAM = "team", pgettext_lazy("side", "The initiative")
    PROGRAMME = "programme", pgettext_lazy("side", "The programme")

    @property
    def other(self) -> "Side":
        """The side that answers this one."""
        return Side.TEAM if self == Side.EXPERT else Side.EXPERT


class SessionState(models.TextChoices):
    PROPOSED = "proposed", pgettext_lazy("session", "Proposed")
    FIXED = "fixed", pgettext_lazy("session", "Fixed")
    TOLD = "told", pgettext_lazy("session", "Hours to be confirmed")
    CONFIRMED = "confirmed", pgettext_lazy("session", "Hours confirmed")
    CANCELLED = "cancelled", pgettext_lazy("session", "Cancelled")


SESSION_MOVES = {
    SessionState.PROPOSED: {SessionState.FIXED, SessionState.TOLD, SessionState.CANCELLED},
    SessionState.FIXED: {SessionState.PROPOSED, SessionState.TOLD, SessionState.CANCELLED},
    SessionState.TOLD: {SessionState.CONFIRMED, SessionState.CANCELLED},
    SessionState.CONFIRMED: {SessionState.TOLD},
    SessionState.CANCELLED: set(),
}
SESSION_AHEAD = (SessionState.PROPOSED, SessionState.FIXED)


class ExtensionState(models.TextChoices):
    ASKED = "asked", pgettext_lazy("extension", "Asked for")
    GRANTED = "granted", pgettext_lazy("extension", "Agreed")
    DECLINED = "declined", pgettext_lazy("extension", "Not agreed")


EXTENSION_MOVES = {
    ExtensionState.ASKED: {ExtensionState.GRANTED, ExtensionState.DECLINED},
    ExtensionState.GRANTED: set(),
    ExtensionState.DECLINED: set(),
}


class StepKind(models.TextChoices):
    """What happened in an engagement, as its history tells it."""

    TERMS = "terms", pgettext_lazy("engagement", "Changed goal, hours or dates")
    DROPPED = "dropped", pgettext_lazy("engagement", "Called it off")
    CLOSING = "closing", pgettext_lazy("engagement", "Proposed to end it here")
    ENDED = "ended", pgettext_lazy("engagement", "Ended it")
    EXTENSION = "extension", pgettext_lazy("engagement", "Asked for more")
    ANSWERED = "answered", pgettext_lazy("engagement", "Answered")
    NOTE = "note", pgettext_lazy("session", "Wrote")
    MOVED = "moved", pgettext_lazy("session", "Moved it")
    CANCELLED = "cancelled", pgettext_lazy("session", "Cancelled it")
    TOLD = "told", pgettext_lazy("session", "Told the hours")
    CORRECTED = "corrected", pgettext_lazy("session", "Corrected the hours")
    CONFIRMED = "confirmed", pgettext_lazy("session", "Confirmed the hours")


class Mark(models.IntegerChoices):
    """How far a sentence of an evaluation holds."""

    NOT = 1, pgettext_lazy("evaluation", "Not at all")
    LITTLE = 2, pgettext_lazy("evaluation", "A little")
    MOSTLY = 3, pgettext_lazy("evaluation", "Mostly")
    FULLY = 4, pgettext_lazy("evaluation", "Fully")
