"""What the stages of a call still lack, and what of them is fixed once the first has opened."""

from collections.abc import Collection, Sequence
from itertools import pairwise

from django.db.models import prefetch_related_objects
from django.utils.translation import gettext as _

from vivaio.calls.models import Call
from vivaio.calls.staging import queries
from vivaio.calls.states import CallState, Window

ANNOUNCED = {"opens_at", "closes_at", "stage_name", "going_on", "follows"}


def opened(call: Call) -> bool:
    """Whether applicants rely on what this call says."""
    return call.state != CallState.DRAFT and call.window != Window.AHEAD


def announced(call: Call) -> str | None:
    """A later stage's name, window, places and who goes on are fixed when the first stage opens."""
    first = queries.first_of(call)
    if first.pk == call.pk or not opened(first):
        return None
    return _(
        "“%(first)s” has opened, and applicants know the name, the dates and the places of every stage. Dates change"
        " by a notice of the stage that runs, which everybody reads. Form, criteria and texts of this stage can still"
        " be written until it opens."
    ) % {"first": first}


def fixed(call: Call, changed: Collection[str]) -> str | None:
    """Whether a change of the call's own fields touches what was announced."""
    return announced(call) if call.follows_id and ANNOUNCED & set(changed) else None


def missing(call: Call) -> list[str]:
    """What stands between the call and its publication because it has stages, in words."""
    if call.follows_id is None and call.leads_on is None:
        return []
    chain = queries.chain_of(call)
    prefetch_related_objects(chain, "tracks")
    found = []
    if any(not one.stage_name for one in chain):
        found.append(_("a name for every stage"))
    for before, after in pairwise(chain):
        found += _between(before, after)
    for one in chain:
        if one.everyone_above_goes_on and any(not track.minimum_score for track in one.tracks.all()):
            words = _("a minimum score on every track of “%(stage)s”, since all above it go on")
            found.append(words % {"stage": queries.name_of(one)})
    return [*found, *_earlier(call, chain)]


def _between(before: Call, after: Call) -> list[str]:
    names = {"before": queries.name_of(before), "after": queries.name_of(after)}
    found = []
    if after.opens_at < before.closes_at:
        found.append(_("dates by which “%(after)s” opens when “%(before)s” has closed") % names)
    if {one.key for one in before.tracks.all()} != {one.key for one in after.tracks.all()}:
        found.append(_("the same tracks in “%(after)s” as in “%(before)s”") % names)
    return found


def _earlier(call: Call, chain: Sequence[Call]) -> list[str]:
    """A stage is not public before the one that leads to it."""
    if call.follows_id is None:
        return []
    before = next(one for one in chain if one.pk == call.follows_id)
    if before.state != CallState.DRAFT:
        return []
    return [_("the publication of “%(stage)s”, which comes before") % {"stage": queries.name_of(before)}]
