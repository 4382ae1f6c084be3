"""Who may add a stage to a call, or take one away, and until when."""

import datetime as dt
from collections.abc import Sequence

from django.utils.translation import gettext as _

from vivaio.calls import rules as calls
from vivaio.calls.models import Call
from vivaio.calls.staging import needs, queries
from vivaio.calls.states import CallState
from vivaio.kit import formats
from vivaio.people.models import Person

MOST = 6


def add(chain: Sequence[Call], person: Person | None) -> str | None:
    """A stage is added until the first one opens: from then on applicants count on how many there are."""
    return calls.edit(chain[0], person) or addable(chain)


def addable(chain: Sequence[Call]) -> str | None:
    """What keeps a stage from being added, whoever asks."""
    if refused := calls.alive(chain[0]):
        return refused
    if needs.opened(chain[0]):
        return _("“%(call)s” has opened: its stages stay those that were announced.") % {"call": chain[0]}
    if len(chain) >= MOST:
        return _("A call has %(n)d stages at most.") % {"n": MOST}
    return None


def after(before: Call, opens_at: dt.datetime) -> str | None:
    """A stage opens when the one before has closed."""
    if opens_at >= before.closes_at:
        return None
    return _("“%(stage)s” closes %(instant)s: the next stage opens then, or later.") % {
        "stage": queries.name_of(before),
        "instant": formats.instant(before.closes_at, before.time_zone),
    }


def alone_after(slug: str, follower: str | None) -> str | None:
    """One stage alone follows another."""
    if follower in (None, slug):
        return None
    return _("“%(follower)s” follows that stage already: “%(slug)s” cannot.") % {
        "follower": follower,
        "slug": slug,
    }


def no_circle(call: Call) -> str | None:
    """Stages do not lead back to where they began."""
    seen, at = {call.pk}, call.follows_id
    while at is not None:
        if at in seen:
            return _("The stages of “%(call)s” follow each other in a circle.") % {"call": call}
        seen.add(at)
        at = Call.objects.values_list("follows_id", flat=True).get(pk=at)
    return None


def named(names: Sequence[str]) -> str | None:
    """Every stage has a name that people recognise."""
    return None if all(name.strip() for name in names) else _("Give the stage a name.")


def remove(call: Call, person: Person | None) -> str | None:
    """A stage that nobody was promised is taken away; what has opened, or is public, stays."""
    return calls.edit(call, person) or removable(call)


def removable(call: Call) -> str | None:
    """What keeps a stage from being taken away, whoever asks."""
    if call.follows_id is None:
        return _("This is the first stage: the call itself.")
    if call.state != CallState.DRAFT:
        return _("This stage is public: take it back to its preparation first.")
    if needs.announced(call):
        return _("The call has opened: its stages stay those that were announced.")
    return None


def take_back(call: Call) -> str | None:
    """A stage stays public as long as a later one is."""
    following = call.leads_on
    if following is not None and following.state != CallState.DRAFT:
        return _("“%(stage)s” follows and is public: take it back first.") % {
            "stage": queries.name_of(following)
        }
    return None
