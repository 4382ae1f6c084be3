"""The fit of a whole bank to many requests, column by column: the same figures as `fit`, without a row for each pair.

`kept` leaves out pairs that no best matching needs. A request that takes an expert who is not among its `places` best
(of those whom it may be proposed, with the hours for it; `places` are those of all requests) could as well take one of
these: the other places are too few to hold them all, so that one of them is free, and fits at least as well. Whether
as many places as can be are filled, the lowest fit, the requests of the busiest expert, the sum of fits: none is worse.
That holds whoever may be proposed: for those with the competence (`declares`), and then, for the places and hours that
they leave, for those who only write about it.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from vivaio.experts import reach
from vivaio.experts.fit import COMPETENCES, FAR, MEANING, NEAR_ENOUGH, PLACE, SECTORS
from vivaio.experts.models import ExpertCompetence, ExpertRequest
from vivaio.kit import clock
from vivaio.kit.arrays import np

Near = dict[UUID, tuple[float, str]]
COLUMNS = (
    *(
        "pk",
        "person_id",
        "languages",
        "sectors",
        "area",
        "remote",
        "in_person",
        "away",
        "hours_a_month",
        "free",
    ),
)


@dataclass(frozen=True)
class Bank:
    """Experts as columns, each at its place: `levels` by competence, 0 for none; `away` are spans of days and
    whose, `offered` and `free` hours a month."""

    keys: list[UUID]
    places: dict[UUID, int]
    people: dict[UUID, int]
    languages: list[Any]
    sectors: list[Any]
    areas: list[str]
    remote: np.ndarray
    in_person: np.ndarray
    away: np.ndarray
    offered: np.ndarray
    free: np.ndarray
    levels: dict[UUID, np.ndarray]


def bank_of(candidates: QuerySet[Any], requests: Sequence[ExpertRequest]) -> Bank:
    """Two statements, however many experts."""
    rows = list(candidates.order_by("person__sort_name", "pk").values_list(*COLUMNS))
    keys, people, languages, sectors, areas, remote, in_person, away, offered, free = (
        map(list, zip(*rows, strict=True)) if rows else ([] for _name in COLUMNS)
    )
    places = {key: place for place, key in enumerate(keys)}
    asked = {one.competence_id for request in requests for one in request.competences.all()}
    levels = {key: np.zeros(len(keys), int) for key in asked}
    held = ExpertCompetence.objects.filter(
        profile__in=candidates.order_by().values("pk"), competence__in=asked
    )
    for profile, competence, level in held.order_by().values_list("profile_id", "competence_id", "level"):
        if profile in places:  # whoever came in between the two statements
            levels[competence][places[profile]] = level
    return Bank(
        keys, places, {key: place for place, key in enumerate(people)}, languages, sectors, areas,
        np.array(remote, bool), np.array(in_person, bool), _spans(away), np.array(offered, int), np.array(free, int),
        levels,
    )  # fmt: skip


def _spans(away: Sequence[Any]) -> np.ndarray:
    """Whose, first day, last day (by their numbers) of every span; nobody's touch each other."""
    found = [
        (place, first.toordinal(), last.toordinal())
        for place, spans in enumerate(away)
        for first, last in reach.merged(spans)
    ]
    return np.array(found, dtype=[("whose", int), ("first", int), ("last", int)])


def enough(request: ExpertRequest, bank: Bank) -> tuple[np.ndarray, np.ndarray]:
    """Who has hours enough on the days when they are there: of those that they offer if they are away on any, of those
    that are free."""
    first, last = clock.today().toordinal(), request.needed_by.toordinal()
    days = np.minimum(last, bank.away["last"]) - np.maximum(first, bank.away["first"]) + 1
    away = np.bincount(bank.away["whose"], np.maximum(0, days), len(bank.keys)).astype(int)
    offered = (away == 0) | reach.suffices(bank.offered, away, request)
    return offered, reach.suffices(bank.free, away, request)


def scores(request: ExpertRequest, bank: Bank, near: Near) -> np.ndarray:
    """How well each expert fits: what `fit` says, before it is rounded."""
    asked = list(request.competences.all())
    met = np.zeros(len(bank.keys))
    for one in asked:
        own = bank.levels[one.competence_id]
        met += np.where(own > 0, np.minimum(1.0, own / one.level), 0.0)
    score = COMPETENCES * (met / len(asked) if asked else met)
    for key, (nearness, _passage) in near.items():
        if key in bank.places:
            score[bank.places[key]] += MEANING * max(0.0, min(1.0, nearness))
    wanted = set(request.initiative.sectors)
    score += SECTORS * np.array([not wanted.isdisjoint(one) for one in bank.sectors], bool)
    where = reach.pattern(request)
    there = {one: reach.is_near(one, where) for one in set(bank.areas)}
    near_by = np.array([there[one] for one in bank.areas], bool)
    place = (bank.remote & request.remote) | bank.in_person
    found: np.ndarray = score + PLACE * np.where(near_by, 1.0, FAR) * place
    return found


def declares(request: ExpertRequest, bank: Bank) -> np.ndarray:
    """Who has one of the competences asked for."""
    own = [bank.levels[one.competence_id] > 0 for one in request.competences.all()]
    found: np.ndarray = np.any(own or [np.zeros(len(bank.keys), bool)], axis=0)
    return found


def open_to(request: ExpertRequest, bank: Bank, near: Near, related: Collection[UUID]) -> np.ndarray:
    """Who may be proposed, by what `fit` says of each."""
    meets = declares(request, bank)
    if request.competences.all():
        meets[[bank.places[one] for one in writing(near) if one in bank.places]] = True
    found = meets & np.array([request.language in one for one in bank.languages], bool)
    if not request.remote:
        found &= bank.in_person
    found &= enough(request, bank)[0]
    found[[bank.people[one] for one in related if one in bank.people]] = False
    return found


def writing(near: Near) -> list[UUID]:
    """Who writes near enough to what is asked to be proposed for that alone."""
    return [key for key, (nearness, _passage) in near.items() if nearness >= NEAR_ENOUGH]


def kept(score: np.ndarray, allowed: np.ndarray, places: int) -> np.ndarray:
    """The `places` best of those allowed, the first of those who fit equally."""
    among = np.flatnonzero(allowed)
    best = among[np.argsort(-score[among], kind="stable")[:places]]
    found: np.ndarray = np.isin(np.arange(len(score)), best)
    return found
