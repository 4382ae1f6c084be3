"""The decision record of a call: what is published with its ranking, so that anyone can compute it again."""

import datetime as dt
from collections.abc import Hashable, Mapping, Sequence
from typing import Any

from vivaio.calls.models import Call
from vivaio.calls.states import DRAW, EARLIER, Deciding
from vivaio.jury.models import Ranking, RankingEntry
from vivaio.jury.queries import computing, scoring
from vivaio.jury.queries import ranking as queries
from vivaio.kit import clock
from vivaio.methods import decision

Applications = list[dict[str, Any]]


def record_of(call: Call, rankings: Sequence[Ranking]) -> bytes:
    """The record in its bytes. Single scores are in it only where the call announced them. Of those whom the published
    ranking names it names the organisations alone: no person, who may ask to be erased, stands in bytes that are kept.
    """
    seed = computing.seed_of(call)
    given = [scoring.counting_in(ranking.track).order_by() for ranking in rankings]
    heard = {str(pk) for rows in given for pk in rows.values_list("assignment__juror", flat=True).distinct()}
    jurors = {juror: number for number, juror in enumerate(sorted(heard), start=1)}
    return decision.written(
        {
            "format": decision.FORMAT,
            "call": {
                "programme": call.programme.slug,
                "slug": call.slug,
                "title": call.title,
                "published_at": instant(clock.now()),
            },
            "rules": {
                "criteria": [
                    {
                        "key": one.key,
                        "title": one.title,
                        "weight": one.weight,
                        "low": one.scale_min,
                        "high": one.scale_max,
                    }
                    for one in call.criteria.all()
                ],
                "deciding": call.deciding,
                "tie_breaks": call.tie_breaks,
                "draw": {"source": call.draw_source, "seed": seed} if DRAW in call.tie_breaks else None,
            },
            "tracks": [track_of(call, ranking, jurors) for ranking in rankings],
        }
    )


def track_of(call: Call, ranking: Ranking, jurors: Mapping[str, int]) -> dict[str, Any]:
    """A track with all that its ranking was made from, and what people decided."""
    material = computing.material_of(ranking)
    entries = list(queries.entries_of(ranking))
    return {
        "key": ranking.track.key,
        "title": ranking.track.title,
        "places": ranking.places,
        "minimum": str(ranking.track.minimum_score),
        "applications": [application_of(call, material, entry, jurors) for entry in by_number(entries)],
        "decisions": {
            "order": orders_of(material, entries),
            "outcomes": {
                str(entry.application.number): str(entry.outcome)
                for entry in entries
                if entry.outcome != entry.proposed
            },
        },
    }


def by_number(entries: Sequence[RankingEntry]) -> list[RankingEntry]:
    """The lines in the order of the applications' numbers, which says nothing of the result."""
    return sorted(entries, key=lambda entry: entry.application.number or 0)


def application_of(
    call: Call, material: computing.Material, entry: RankingEntry, jurors: Mapping[str, int]
) -> dict[str, Any]:
    """What an application was given, and when it was handed in where that counts."""
    number = entry.application.number or 0
    standing = material.standings[number]
    told: dict[str, Any] = {"number": number}
    if entry.application.organisation_id and queries.is_named(entry, call):
        told["name"] = entry.application.applicant_name
    if EARLIER in call.tie_breaks and entry.application.submitted_at:
        told["submitted_at"] = instant(entry.application.submitted_at)
    if call.publish_juror_scores:
        scores: dict[str, dict[str, int]] = {}
        for given in material.sheets[number]:
            scores.setdefault(str(jurors[str(given.juror)]), {})[str(given.criterion)] = int(given.value)
        return told | {"scores": scores}
    told["total"] = str(standing.total)
    means = standing.raw_by_criterion.items()
    told["means"] = {
        str(key): str(mean) for key, mean in means if len(standing.by_juror) > 1 or counts(call, key)
    }
    told["reviews"] = len(standing.by_juror)
    if material.ranking.decided_by == Deciding.CALIBRATED:
        told["quality"] = entry.quality
    return told


def counts(call: Call, key: Hashable) -> bool:
    """Whether a criterion's mean parts equals: then the ranking cannot be computed again without it."""
    return f"criterion:{key}" in call.tie_breaks


def orders_of(material: computing.Material, entries: Sequence[RankingEntry]) -> list[list[int]]:
    """The groups of equals that people put in order, as they ordered them."""
    decided = {
        entry.application_id: entry.application.number for entry in entries if entry.tie == computing.DECISION
    }
    equal = computing.entries_of(material, computing.figures_of(material))
    groups: dict[int, set[Any]] = {}
    for line in equal:
        if line.tied and line.application_id in decided:
            groups.setdefault(line.position, set()).add(line.application_id)
    return [
        [entry.application.number or 0 for entry in entries if entry.application_id in group]
        for _position, group in sorted(groups.items())
    ]


def instant(value: dt.datetime) -> str:
    """An instant in UTC."""
    return value.astimezone(dt.UTC).isoformat(timespec="microseconds")


def says_the_same(content: bytes, rankings: Sequence[Ranking]) -> bool:
    """Whether the record computes to the very lines that were adopted."""
    told = {
        (track["key"], line["number"]): (line["position"], line["outcome"])
        for track in decision.read(content)["tracks"]
        for line in track["result"]
    }
    adopted = {
        (ranking.track.key, entry.application.number): (entry.position, entry.outcome)
        for ranking in rankings
        for entry in queries.entries_of(ranking)
    }
    return told == adopted
