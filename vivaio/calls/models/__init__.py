"""A call, what people ask about it, and who follows it."""

from vivaio.calls.models.asking import AnswerCorrection, CallFollower, CallQuestion
from vivaio.calls.models.besides import CallDate, CallDocument
from vivaio.calls.models.call import (
    Award,
    Call,
    Condition,
    Criterion,
    Track,
    organisations_alone,
)
from vivaio.calls.models.notices import CallNotice

__all__ = [
    "AnswerCorrection",
    "Award",
    "Call",
    "CallDate",
    "CallDocument",
    "CallFollower",
    "CallNotice",
    "CallQuestion",
    "Condition",
    "Criterion",
    "Track",
    "organisations_alone",
]
