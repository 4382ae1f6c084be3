"""The letters that carry outcomes and places."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import reduce
from operator import or_
from typing import Any
from uuid import UUID

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from vivaio.calls.staging import queries as stages
from vivaio.jury import letter_fields as said
from vivaio.jury.models import RankingEntry
from vivaio.jury.states import Outcome
from vivaio.kit import formats
from vivaio.mailroom import queries as mailroom
from vivaio.mailroom.categories import PROCEDURE, STAFF
from vivaio.mailroom.letters import TOGETHER, Letter, Recipient, batch_id
from vivaio.mailroom.states import State
from vivaio.mailroom.wording.fields import Wordable
from vivaio.people import queries as people
from vivaio.programmes import queries as programmes


def team(entry: RankingEntry) -> Iterable[Recipient]:
    """Everybody of the applicant organisation, or the person who applied."""
    return next(iter(teams([entry])))[1]


def teams(entries: Iterable[RankingEntry]) -> Iterator[tuple[RankingEntry, list[Recipient]]]:
    """The entries, each with its team."""
    rows = list(entries)
    members = defaultdict(list)
    for one in people.members_of_each({row.application.organisation_id for row in rows} - {None}):
        members[one.organisation_id].append(Recipient.of(one.person))
    for row in rows:
        of = row.application
        alone = of.person if of.organisation_id is None else of.created_by
        yield row, members.get(of.organisation_id) or [Recipient.of(alone)]


def staff(entry: RankingEntry) -> Iterable[Recipient]:
    """Those who adopt the programme's verdicts."""
    return [Recipient.of(person) for person in programmes.holders(entry.programme_id, "verdict.adopt")]


def context(entry: RankingEntry, reader: Recipient) -> dict[str, Any]:
    """What every letter about an outcome may say."""
    call = entry.ranking.call
    with override(reader.language):
        outcome = reverse("jury:outcome", args=[entry.application_id])
        page = reverse("jury:public_ranking", args=[call.programme.slug, call.slug])
        return {
            "position": entry.position,
            "application": str(entry.application),
            "applicant": entry.application.applicant_name,
            "number": entry.application.number,
            "call": str(call),
            "programme": str(call.programme),
            "track": str(entry.ranking.track),
            "until": formats.instant(entry.last_moment, call.time_zone),
            "followed_by": followed_by(entry),
            **next_stage(entry),
            "staff_link": f"{settings.BASE_URL}{reverse('jury:ranking', args=[call.programme.slug, call.slug])}",
            "link": f"{settings.BASE_URL}{outcome}",
            "ranking_link": f"{settings.BASE_URL}{page}",
        }


def next_stage(entry: RankingEntry) -> dict[str, Any]:
    """Which stage whoever is selected enters, and when; nothing where there is none."""
    following = entry.ranking.call.leads_on if entry.ranking.leads_on else None
    if following is None:
        return {}
    return {
        "stage": stages.name_of(following),
        "opens": formats.instant(following.opens_at, following.time_zone),
        "closes": formats.instant(following.closes_at, following.time_zone),
    }


def followed_by(entry: RankingEntry) -> str:
    """Who has the place that was given up just now (see `actions.places.give_up`)."""
    following = getattr(entry, "followed_by", None)
    return str(following.application.applicant_name) if following else ""


def _call(entry: RankingEntry) -> UUID:
    return entry.ranking.call_id


def letter(name: str, title: Any, to: Any, wording: Wordable | None = None) -> Letter:
    """A letter about an entry: to the applicant it is an act, to the staff news of their work."""
    return Letter(
        f"jury.{name}",
        title=title,
        category=STAFF if to is staff else PROCEDURE,
        recipients=to,
        context=context,
        group=_call,
        owner=_call,
        wording=wording,
    )


selected = letter("outcome_selected", _("Outcome: selected"), team, said.SELECTED)
reserve = letter("outcome_reserve", _("Outcome: on the reserve list"), team, said.RESERVE)
not_selected = letter("outcome_not_selected", _("Outcome: not selected"), team, said.NOT_SELECTED)
place_offered = letter("place_offered", _("A place from the reserve list"), team, said.OFFERED)
place_accepted = letter("place_accepted", _("A place was accepted"), team, said.ACCEPTED)
place_declined = letter("place_declined", _("A place was given up"), staff)
place_lapsed = letter("place_lapsed", _("A place was not answered for, to the staff"), staff)
place_expired = letter("place_expired", _("A place was not answered for"), team, said.EXPIRED)


# In a stage that leads on to another nobody has a place.
goes_on = letter("outcome_goes_on", _("Outcome: goes on to the next stage"), team, said.GOES_ON)
stage_reserve = letter(
    "outcome_stage_reserve", _("Outcome: in reserve for the next stage"), team, said.STAGE_RESERVE
)


def outcome_letter(entry: RankingEntry) -> Letter:
    """The letter that fits the outcome."""
    if entry.ranking.leads_on:
        in_a_stage = {Outcome.SELECTED: goes_on, Outcome.RESERVE: stage_reserve}
        return in_a_stage.get(Outcome(entry.outcome), not_selected)
    return {Outcome.SELECTED: selected, Outcome.RESERVE: reserve}.get(Outcome(entry.outcome), not_selected)


def tell_outcomes(entries: Sequence[RankingEntry]) -> list[UUID]:
    """Write to everybody what became of their application, held to be read; whose applications nobody waits to hear of.

    `entries` with their rankings; some at a time, so that few letters are in memory at once.
    """
    nobody = []
    for start in range(0, len(entries), TOGETHER):
        some, by_letter = entries[start : start + TOGETHER], defaultdict(list)
        for entry, readers in teams(some):
            by_letter[outcome_letter(entry)].append((entry, readers))
        rows = [row for one, told in by_letter.items() for row in one.enqueue_each(told, hold=True)]
        held = {row.subject_id for row in rows if row.state == State.HELD}
        nobody += [entry.pk for entry in some if entry.pk not in held]
    return nobody


OUTCOMES = (selected, reserve, not_selected, goes_on, stage_reserve)


def outcomes_wait(entry: RankingEntry) -> bool:
    """Whether letters with outcomes of this call still wait to be released."""
    batches = [mailroom.held_in_batch(batch_id(one.name, _call(entry))) for one in OUTCOMES]
    return reduce(or_, batches).exists()
