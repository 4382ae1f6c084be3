"""The stages of a call: which they are, in which order, where one stands, who goes on."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet, prefetch_related_objects
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from vivaio.calls.models import Call
from vivaio.calls.states import CallState
from vivaio.kit import clock, formats

NEXT: Any = Call._meta.get_field("next_stage")
LONG = ("text", "who", "what", "summary")


def chain_of(call: Call) -> list[Call]:
    """The stages of the call in their order, itself among them; a call in one stage alone. Asked once of each row."""
    if call.follows_id is None and call.leads_on is None:
        return [call]
    if call.chain is None:
        staged = Q(follows__isnull=False) | Q(next_stage__isnull=False)
        rows = Call.objects.filter(staged, programme=call.programme_id).exclude(pk=call.pk)
        call.chain = linked(call, [call, *rows.select_related("programme").defer(*LONG)])
    for one in call.chain:
        one.chain = call.chain
    return call.chain


def linked(call: Call, rows: Iterable[Call]) -> list[Call]:
    """Of these calls, those that lead to this one and those that it leads to, in order."""
    known = {one.pk: one for one in rows}
    after = {one.follows_id: one for one in known.values() if one.follows_id}
    first = known.get(call.pk, call)
    while first.follows_id in known:
        first = known[first.follows_id]
    chain = [first]
    while (following := after.get(chain[-1].pk)) is not None:
        chain.append(following)
    for one, after_it in zip(chain, [*chain[1:], None], strict=True):
        NEXT.set_cached_value(one, after_it)  # known, so that nobody asks again
        if after_it is not None:
            after_it.follows = one
    return chain


def with_stages(calls: QuerySet[Call]) -> list[Call]:
    """Of these calls the first stages alone, each with `running`: in words, the later stage that runs now, if any."""
    found = list(calls)
    firsts = [one for one in found if one.follows_id is None]
    for one in firsts:
        chain = linked(one, found)
        at = present(chain)
        one.running = ""  # type: ignore[attr-defined]
        if at is not None and at is not one:
            one.running = _("Stage %(n)s, “%(stage)s”: %(dates)s") % {  # type: ignore[attr-defined]
                "n": chain.index(at) + 1,
                "stage": name_of(at),
                "dates": window_in_words(at),
            }
    return firsts


def first_of(call: Call) -> Call:
    """The stage that everybody may enter."""
    while call.follows is not None:
        call = call.follows
    return call


def to_come(call: Call) -> list[Call]:
    """The stages after this one that have not opened."""
    if call.leads_on is None:
        return []
    now, chain = clock.now(), chain_of(call)
    after = chain[[one.pk for one in chain].index(call.pk) + 1 :]
    return [one for one in after if one.opens_at > now]


def present(chain: Sequence[Call]) -> Call | None:
    """The stage that runs: the last that has opened; none before the first opens."""
    now = clock.now()
    opened = [one for one in chain if one.opens_at <= now]
    return opened[-1] if opened else None


def name_of(call: Call) -> str:
    """How the stage is called; the call's own name as long as it has none."""
    return str(call.stage_name_i18n or call.title_i18n)


def next_name(call: Call) -> str:
    """How the stage is called that this one leads to."""
    return name_of(call.leads_on) if call.leads_on else ""


def going_on_in_words(call: Call) -> str:
    """Who goes on to the next stage; nothing where there is none. The tracks are asked for."""
    if call.leads_on is None:
        return ""
    tracks, words = list(call.tracks.all()), {"next": next_name(call)}
    if call.everyone_above_goes_on:
        least = {track.minimum_score for track in tracks}
        if len(least) == 1:
            words["score"] = formats.number(next(iter(least)))
            return _("Everyone with a score of %(score)s out of 100 or more goes on to “%(next)s”.") % words
        words["list"] = ", ".join(f"{track} {formats.number(track.minimum_score)}" for track in tracks)
        return (
            _("Everyone at or above the minimum score of their track goes on to “%(next)s”: %(list)s.")
            % words
        )
    if len(tracks) > 1:
        words["list"] = ", ".join(f"{track} {track.places}" for track in tracks)
        return _("The best of each track go on to “%(next)s”: %(list)s.") % words
    n = sum(track.places for track in tracks)
    said = ngettext("The best one goes on to “%(next)s”.", "The best %(n)d go on to “%(next)s”.", n)
    return said % {**words, "n": n}


@dataclass(frozen=True)
class Stage:
    """A stage as the stem draws it; `call` and `number` are for who draws more."""

    call: Call
    number: int
    state: str
    name: Any
    dates: str
    text: str
    href: str


def told(
    chain: Sequence[Call],
    *,
    staff: bool = False,
    current: Call | None = None,
    more: Mapping[Any, Any] | None = None,
) -> list[Stage]:
    """Every stage with its window, who goes on, and its page: of the public, once it has one, or of the staff.

    `more`: what other rooms say of a stage, by its call's key.
    """
    prefetch_related_objects([one for one in chain if one.leads_on is not None], "tracks")
    running = present(chain) if chain[0].state != CallState.DRAFT else None
    at = chain.index(running) if running in chain else -1
    found = []
    for number, one in enumerate(chain, start=1):
        state = "now" if number - 1 == at else "done" if number - 1 < at else "future"
        if state == "now" and one.leads_on is None and one.ranking_published_at:
            state = "done"
        where = "calls:manage" if staff else "calls:call"
        linked_to = current != one and (staff or one.state != CallState.DRAFT)
        found.append(
            Stage(
                call=one,
                number=number,
                state=state,
                name=f"{number}. {name_of(one)}",
                dates=window_in_words(one),
                text=" ".join(filter(None, (going_on_in_words(one), str((more or {}).get(one.pk, ""))))),
                href=reverse(where, args=[one.programme.slug, one.slug]) if linked_to else "",
            )
        )
    return found


def window_in_words(call: Call) -> str:
    """From which day to which it takes applications; a closing at midnight belongs to the day before."""
    zone, last = call.time_zone, call.closes_at - dt.timedelta(seconds=1)
    return formats.period(formats.local_date(call.opens_at, zone), formats.local_date(last, zone))


def position_in_words(call: Call, chain: Sequence[Call]) -> str:
    """“Stage 2 of 3 of “Bando””, for a page of one stage."""
    number = next(n for n, one in enumerate(chain, start=1) if one.pk == call.pk)
    said = _("Stage %(n)s of %(all)s of “%(call)s”")
    return said % {"n": number, "all": len(chain), "call": chain[0].title_i18n}
