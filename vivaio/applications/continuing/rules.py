"""Who enters a later stage of a call, and until when."""

from typing import Any

from django.utils.translation import gettext as _

from vivaio.calls.models import Call
from vivaio.calls.staging import queries as stages
from vivaio.calls.states import CallState, Window
from vivaio.kit import formats

Answer = Any  # None, or words


def entered_from_before(call: Call) -> Answer:
    """Nobody begins in a later stage: whoever was selected in the stage before finds their application there."""
    if call.follows is None:
        return None
    return _(
        "Only those who were selected in “%(before)s” take part in “%(stage)s”: their application is among theirs."
    ) % {"before": stages.name_of(call.follows), "stage": stages.name_of(call)}


def enter(call: Call) -> Answer:
    """A stage is entered once it is public, with its questions, and until it closes."""
    words = {"stage": stages.name_of(call)}
    if call.state == CallState.DRAFT:
        return _("“%(stage)s” is still being prepared: publish it first.") % words
    if call.state != CallState.PUBLISHED:
        return _("“%(stage)s” is over: nobody enters it any more.") % words
    if call.window == Window.SHUT:
        when = formats.instant(call.closes_at, call.time_zone)
        return _("“%(stage)s” closed %(when)s: nobody enters it any more.") % {**words, "when": when}
    if call.form_id is None:
        return _("“%(stage)s” has no questions yet.") % words
    return None


def form_stays(call: Call, drafts: bool) -> Answer:
    """The questions of a stage stay once somebody answers them."""
    if not drafts:
        return None
    return _("Applications have gone on to “%(stage)s” and answer its form: it stays as it is.") % {
        "stage": stages.name_of(call)
    }
