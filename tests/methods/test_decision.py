import json
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vivaio.methods import decision, lots, weighted
from vivaio.methods.decision import Unreadable, differences, read, written

CRITERIA = [
    {"key": "idea", "title": "Idea", "weight": Decimal("60"), "low": 1, "high": 5},
    {"key": "team", "title": "Team", "weight": Decimal("40"), "low": 1, "high": 5},
]
START = datetime(2026, 3, 1, 12, tzinfo=UTC)


def record(sheets, *, deciding="raw_mean", tie_breaks=(), seed="", minimum="0", places=2, **decisions):
    """A record of one track; `sheets` maps an application's number to its jurors' (idea, team)."""
    return {
        "format": decision.FORMAT,
        "rules": {
            "criteria": CRITERIA,
            "deciding": deciding,
            "tie_breaks": list(tie_breaks),
            "draw": {"source": "Lotto", "seed": seed},
        },
        "tracks": [
            {
                "key": "one",
                "title": "One",
                "places": places,
                "minimum": minimum,
                "applications": [
                    {
                        "number": number,
                        "submitted_at": (START - timedelta(hours=number)).isoformat(),
                        "scores": {
                            str(juror): {"idea": given[0], "team": given[1]}
                            for juror, given in enumerate(by_juror, start=1)
                            if given
                        },
                    }
                    for number, by_juror in sheets.items()
                ],
                "decisions": {"order": [], "outcomes": {}, **decisions},
            }
        ],
    }


def result(given):
    return {line["number"]: line for line in read(written(given))["tracks"][0]["result"]}


def order(given):
    return [line["number"] for line in read(written(given))["tracks"][0]["result"]]


def without_scores(given):
    """The same record as it is published where single scores are not."""
    rules = given["rules"]
    criteria = [
        weighted.Criterion(one["key"], one["low"], one["high"], one["weight"]) for one in rules["criteria"]
    ]
    told = json.loads(json.dumps(given, default=str))
    for track in told["tracks"]:
        scores = [
            weighted.Score(one["number"], juror, key, value)
            for one in track["applications"]
            for juror, sheet in one["scores"].items()
            for key, value in sheet.items()
        ]
        standings = weighted.weighted_totals(criteria, scores)
        qualities = decision.calibrated(standings) if rules["deciding"] == "calibrated" else None
        for one in track["applications"]:
            standing = standings[one["number"]]
            del one["scores"]
            one["total"] = str(standing.total)
            one["means"] = {key: str(mean) for key, mean in standing.raw_by_criterion.items()}
            if qualities:
                one["quality"] = qualities[one["number"]]
    return told


PANELS = st.integers(3, 7).flatmap(
    lambda jurors: st.lists(
        st.lists(st.tuples(st.integers(1, 5), st.integers(1, 5)), min_size=jurors, max_size=jurors),
        min_size=2,
        max_size=8,
    )
)


@given(PANELS, st.sampled_from(["raw_mean", "calibrated"]), st.sampled_from(["0", "60", "99.5"]))
def test_what_is_computed_is_what_a_reader_computes_again(panel, deciding, minimum):
    told = record(
        dict(enumerate(panel, start=1)),
        deciding=deciding,
        minimum=minimum,
        tie_breaks=["criterion:idea", "draw"],
        seed="7 19 44",
    )
    content = written(told)
    assert differences(content) == []
    assert differences(written(without_scores(told))) == []
    lines = read(content)["tracks"][0]["result"]
    assert [line["position"] for line in lines] == list(range(1, len(panel) + 1))
    assert all(line["proposed"] != "selected" for line in lines if line["score"] < Decimal(minimum))
    assert sum(line["outcome"] == "selected" for line in lines) <= 2


@given(PANELS)
def test_the_ranking_is_the_same_with_and_without_the_single_scores(panel):
    told = record(dict(enumerate(panel, start=1)), tie_breaks=["criterion:team", "earlier_submission"])
    assert result(told) == result(without_scores(told))


def test_the_raw_mean_decides_where_the_call_says_so():
    found = result(record({1: [(5, 5), (4, 4)], 2: [(3, 3), (3, 3)], 3: [(1, 1), (2, 2)]}, minimum="50"))
    assert [(found[n]["position"], found[n]["score"], found[n]["outcome"]) for n in (1, 2, 3)] == [
        (1, 90, "selected"),
        (2, 60, "selected"),
        (3, 30, "not_selected"),
    ]


def test_where_the_calibrated_quality_decides_a_severe_juror_costs_no_place():
    """Jurors 1 and 2 agree but for 2 points a criterion; who fell to the severe one alone comes first all the same."""
    sheets = {
        1: [(5, 5), (3, 3), None],
        2: [(4, 4), (2, 2), None],
        3: [(5, 5), (3, 3), None],
        4: [(4, 4), (2, 2), (4, 4)],
        5: [None, (3, 3), None],
        6: [(4, 4), None, (4, 4)],
    }
    raw, fair = record(sheets), record(sheets, deciding="calibrated")
    assert result(raw)[5]["position"] > result(raw)[6]["position"]
    assert result(fair)[5]["position"] < result(fair)[6]["position"]
    assert result(fair)[5]["mean"] == 60  # what was given stands beside it


def test_parts_that_no_juror_connects_are_not_ranked_by_their_quality():
    sheets = {1: [(5, 4), (4, 4), None, None], 2: [(3, 2), (2, 2), None, None]}
    sheets |= {3: [None, None, (5, 4), (4, 4)], 4: [None, None, (3, 3), (3, 2)]}
    with pytest.raises(Unreadable, match="parts"):
        written(record(sheets, deciding="calibrated"))


def test_too_few_scores_to_calibrate_leave_the_raw_mean():
    told = record({1: [(5, 5)], 2: [(4, 4)]}, deciding="calibrated")
    assert [line["score"] for line in result(told).values()] == [100, 80]


def test_equals_are_parted_by_lots_that_anyone_draws_again():
    told = record({n: [(3, 3)] for n in (1, 2, 3, 4)}, tie_breaks=["draw"], seed="7 19 44 61 82")
    assert order(told) == [int(one.entrant) for one in lots.draw("7 19 44 61 82", (1, 2, 3, 4))]
    assert {line["tie"] for line in result(told).values()} == {"draw"}


def test_equals_stay_equal_until_the_seed_is_known():
    told = record({n: [(3, 3)] for n in (1, 2, 3)}, tie_breaks=["draw"])
    assert {line["proposed"] for line in result(told).values()} == {"undecided"}


def test_the_earlier_application_comes_first_where_the_call_says_so():
    assert order(record({n: [(3, 3)] for n in (1, 2, 3)}, tie_breaks=["earlier_submission"])) == [3, 2, 1]


def test_what_people_decided_is_part_of_the_record():
    told = record(
        {n: [(3, 3)] for n in (1, 2, 3)}, order=[[2, 3, 1]], outcomes={"1": "not_selected"}, places=2
    )
    found = result(told)
    assert [(n, found[n]["position"], found[n]["tie"]) for n in (2, 3, 1)] == [
        (2, 1, "decision"),
        (3, 2, "decision"),
        (1, 3, "decision"),
    ]
    assert (found[1]["proposed"], found[1]["outcome"]) == ("reserve", "not_selected")
    assert differences(written(told)) == []


def test_people_put_only_equals_in_order():
    with pytest.raises(Unreadable, match="not equal"):
        written(record({1: [(5, 5)], 2: [(3, 3)]}, order=[[2, 1]]))


def test_a_bent_result_is_told_line_by_line():
    told = read(written(record({1: [(5, 5)], 2: [(3, 3)], 3: [(1, 1)]}, places=1)))
    told["tracks"][0]["result"][1]["outcome"] = "selected"
    assert differences(decision.canonical(told)) == [
        "One, application no. 2: the file says outcome selected, the data give reserve"
    ]


def test_bent_scores_are_told():
    told = read(written(record({1: [(5, 5)], 2: [(3, 3)]}, places=1)))
    told["tracks"][0]["applications"][1]["scores"]["1"]["idea"] = 5
    assert any(
        "application no. 2" in line and "score" in line for line in differences(decision.canonical(told))
    )


def test_other_bytes_with_the_same_meaning_are_not_the_record():
    content = written(record({1: [(5, 5)]}))
    assert len(differences(json.dumps(json.loads(content), indent=1).encode())) == 1


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"\xff\xfe", "no JSON"),
        (b"[" * 100_000, "no JSON"),
        (b"[]", "no decision record"),
        (b'{"format": "vivaio-decision/1", "rules": {}}', "no tracks"),
        (b'{"format": "vivaio-decision/1", "rules": {}, "tracks": [{"applications": []}]}', "missing"),
        (b'{"format": "vivaio-decision/1", "rules": {}, "tracks": [7]}', "no sense"),
    ],
)
def test_what_is_no_record_is_refused_in_words(content, said):
    with pytest.raises(Unreadable, match=said):
        differences(content)


def test_exact_means_decide_where_decimals_would_not():
    """Thirds and their rounding differ by less than the record shows, and are equal all the same."""
    told = without_scores(record({1: [(1, 1)], 2: [(1, 1)]}))
    one, other = told["tracks"][0]["applications"]
    one["total"], other["total"] = str(Fraction(200, 3)), str(Fraction(200, 3) + Fraction(1, 10_000_000))
    assert {line["position"] for line in result(told).values()} == {1}
