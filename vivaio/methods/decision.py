"""A decision as a record from which anyone computes it again: what was given, the rules, and what came out.

The record is canonical JSON (`methods.canonical`). `rules` holds what the call announced: criteria with weight and
scale, the figure that decides, what counts among equals, the seed of the draw. Each track holds its applications with
what they were given, what people decided, and the `result`, which `computed` makes from all the rest. Where the call
announced that single scores would be published an application has `scores` by juror; elsewhere its exact `total` and
`means` (fractions written "a/b"; of one review alone only those that the tie rule counts, for they are that juror's
scores), and its calibrated `quality` where that decides. Methods: `weighted`, `calibration`,
`lots`.
"""

import json
from collections.abc import Hashable, Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from fractions import Fraction
from typing import Any

from vivaio.methods import calibration, lots, weighted
from vivaio.methods.canonical import canonical

FORMAT = "vivaio-decision/1"
RAW, CALIBRATED = "raw_mean", "calibrated"
EARLIER, DRAW, PEOPLE = "earlier_submission", "draw", "decision"

Record = Mapping[str, Any]
Standings = Mapping[Any, weighted.Standing]


class Unreadable(ValueError):
    """The file is no decision record, or a part of it makes no sense; the message says which."""


def written(record: Record) -> bytes:
    """The record with every track's `result` computed, as canonical JSON. Raises `Unreadable`."""
    tracks = [{**track, "result": computed(record["rules"], track)} for track in record["tracks"]]
    return canonical({**record, "tracks": tracks})


def differences(content: bytes) -> list[str]:
    """Where the record does not say what its own data and rules give; nothing where it does, to the byte.

    Raises `Unreadable` for what is no decision record.
    """
    record = read(content)
    try:
        again = written(record)
    except Unreadable:
        raise
    except (LookupError, TypeError, ValueError, AttributeError, ArithmeticError) as error:
        raise Unreadable(f"a part of the record is missing or makes no sense: {error!r}") from error
    if again == content:
        return []
    fresh = read(again)
    found = [
        line
        for before, after in zip(record["tracks"], fresh["tracks"], strict=True)
        for line in _apart(before, after)
    ]
    return found or [
        "the ranking is the same, but the file is not written as the record was (its bytes differ)"
    ]


def read(content: bytes) -> dict[str, Any]:
    """The record that a file holds, numbers exact. Raises `Unreadable`."""
    try:
        record = json.loads(content.decode(), parse_float=Decimal)
    except (UnicodeDecodeError, ValueError, RecursionError) as error:
        raise Unreadable(f"this is no JSON text: {error}") from error
    if not isinstance(record, dict) or record.get("format") != FORMAT:
        raise Unreadable(f"this is no decision record ({FORMAT})")
    if not isinstance(record.get("tracks"), list) or not isinstance(record.get("rules"), dict):
        raise Unreadable("the record has no tracks or no rules")
    return record


def computed(rules: Record, track: Record) -> list[dict[str, Any]]:
    """The ranking of a track, best first: for each application its number, position, the score that decides, the mean
    of its jurors' totals, what settled the order among equals, what the rules propose and what was decided.

    Raises `Unreadable` where the calibrated quality decides and parts of the track cannot be compared.
    """
    applications = {int(one["number"]): one for one in track["applications"]}
    if len(applications) != len(track["applications"]):
        raise Unreadable("an application is there twice")
    standings = _standings(rules, applications)
    figures = _figures(rules, applications, standings)
    minimum = Fraction(str(track["minimum"]))
    positions = weighted.rank(
        figures,
        tie_breaks=_chain(rules, applications, standings),
        places=int(track["places"]),
        minimum=minimum,
    )
    lines = [
        {
            "number": place.application,
            "position": place.position,
            "score": _millionths(place.total),
            "mean": _millionths(standings[int(str(place.application))].total),
            "tie": place.settled_by[-1] if place.settled_by else "",
            "proposed": "undecided" if place.undecided else place.outcome.value,
        }
        for place in positions
    ]
    return _decided(lines, track, minimum)


def calibrated(standings: Standings) -> dict[int, Decimal] | None:
    """Each application's quality without its jurors' severity, to 1e-6; None where the scores are too few to tell.

    Raises `calibration.NotComparable` where the applications fall into parts that no juror connects.
    """
    try:
        found = fitted(standings)
    except calibration.NotCalibrable:
        return None
    parts = int(found.component.max()) + 1
    if parts > 1:
        raise calibration.NotComparable(parts, calibration.bridges(found))
    return {
        int(number): Decimal(f"{quality:.6f}")
        for number, quality in zip(found.items, found.quality, strict=True)
    }


def fitted(standings: Standings) -> calibration.Calibration:
    """The calibration of the jurors' totals. Raises `calibration.NotCalibrable`."""
    given = sorted(
        (number, juror, float(total))
        for number, standing in standings.items()
        for juror, total in standing.by_juror.items()
    )
    if not given:
        raise calibration.NotCalibrable
    return calibration.calibrate(*zip(*given, strict=True))


def tie_breaks(
    rules: Sequence[str], standings: Standings, instants: Mapping[Hashable, datetime], seed: str
) -> list[weighted.TieBreak]:
    """A call's tie rule as `weighted.rank` takes it; a draw whose seed is not there yet parts nobody."""
    chain = []
    for rule in rules:
        if rule == EARLIER:
            chain.append(weighted.earlier(instants, rule))
        elif rule == DRAW:
            if seed:
                drawn: dict[Hashable, Any] = {number: lots.lot(seed, number).number for number in standings}
                chain.append(weighted.TieBreak(rule, drawn, higher_first=False))
        else:
            chain.append(weighted.by_criterion(standings, rule.removeprefix("criterion:"), rule))
    return chain


def _standings(rules: Record, applications: Mapping[int, Record]) -> dict[int, weighted.Standing]:
    criteria = [
        weighted.Criterion(one["key"], one["low"], one["high"], Decimal(str(one["weight"])))
        for one in rules["criteria"]
    ]
    if all("scores" in one for one in applications.values()):
        scores = [
            weighted.Score(number, int(juror), key, value)
            for number, one in applications.items()
            for juror, sheet in one["scores"].items()
            for key, value in sheet.items()
        ]
        found = weighted.weighted_totals(criteria, scores)
        if missing := applications.keys() - found.keys():
            raise Unreadable(f"application {min(missing)} has no scores")
        return {number: found[number] for number in applications}
    return {number: _told(number, one, criteria) for number, one in applications.items()}


def _told(number: int, application: Record, criteria: Sequence[weighted.Criterion]) -> weighted.Standing:
    """A standing without the single scores that it was made of."""
    told = application["means"]
    criteria = [one for one in criteria if str(one.key) in told]
    means = {one.key: Fraction(told[str(one.key)]) for one in criteria}
    return weighted.Standing(
        application=number,
        total=Fraction(application["total"]),
        by_juror={},
        by_criterion={one.key: means[one.key] * 100 / Fraction(one.high) for one in criteria},
        raw_by_criterion=means,
    )


def _figures(
    rules: Record, applications: Mapping[int, Record], standings: Standings
) -> Mapping[Hashable, weighted.Number]:
    """What each application is ranked by."""
    raw: dict[Hashable, weighted.Number] = {number: one.total for number, one in standings.items()}
    if rules["deciding"] != CALIBRATED:
        return raw
    if all(one.by_juror for one in standings.values()):
        try:
            found = calibrated(standings)
        except calibration.NotComparable as refused:
            raise Unreadable("the applications fall into parts that no juror connects") from refused
        return raw if found is None else {number: found[number] for number in standings}
    if any(one.get("quality") is None for one in applications.values()):
        return raw
    return {number: Fraction(str(applications[number]["quality"])) for number in standings}


def _chain(
    rules: Record, applications: Mapping[int, Record], standings: Standings
) -> list[weighted.TieBreak]:
    steps = rules["tie_breaks"]
    instants: dict[Hashable, datetime] = {}
    if EARLIER in steps:
        instants = {
            number: datetime.fromisoformat(one["submitted_at"]) for number, one in applications.items()
        }
    return tie_breaks(steps, standings, instants, (rules.get("draw") or {}).get("seed") or "")


def _decided(lines: list[dict[str, Any]], track: Record, minimum: Fraction) -> list[dict[str, Any]]:
    """The lines after what people decided: the order among equals first, then single outcomes."""
    places, decisions = int(track["places"]), track["decisions"]
    for group in decisions["order"]:
        at = [index for index, line in enumerate(lines) if line["number"] in group]
        if len(at) != len(group) or at != list(range(at[0], at[0] + len(group))):
            raise Unreadable(f"people put in order what does not stand together: {group}")
        by_number = {lines[index]["number"]: lines[index] for index in at}
        if len({line["position"] for line in by_number.values()}) > 1:
            raise Unreadable(f"people put in order what was not equal: {group}")
        for index, number in zip(at, group, strict=True):
            reaches = minimum - Fraction(by_number[number]["score"]) < weighted.TOLERANCE
            ranked = "selected" if index < places else "reserve"
            proposed = ranked if reaches else "not_selected"
            lines[index] = {
                **by_number[number], "position": index + 1, "tie": PEOPLE, "proposed": proposed,
            }  # fmt: skip
    outcomes = {int(number): outcome for number, outcome in decisions["outcomes"].items()}
    return [{**line, "outcome": outcomes.get(line["number"], line["proposed"])} for line in lines]


def _millionths(value: weighted.Number) -> Decimal:
    return weighted.shown(value, 6)


def _apart(before: Record, after: Record) -> list[str]:
    """Where two results of a track differ, in words."""
    told = {line.get("number"): line for line in before.get("result", []) if isinstance(line, dict)}
    found = []
    for line in after["result"]:
        stands = told.pop(line["number"], None)
        where = f"{before.get('title') or before.get('key')}, application no. {line['number']}"
        if stands is None:
            found.append(f"{where}: missing in the result")
            continue
        found += [
            f"{where}: the file says {name} {stands.get(name)}, the data give {value}"
            for name, value in line.items()
            if stands.get(name) != value
        ]
    return found + [
        f"{before.get('key')}: application no. {number} is in the result alone" for number in told
    ]
