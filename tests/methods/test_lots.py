import itertools
import subprocess

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vivaio.methods.lots import draw, lot

SEEDS = st.text(min_size=1).filter(str.strip)


@given(SEEDS, st.sets(st.integers(1, 500), min_size=1, max_size=20), st.randoms())
def test_the_order_is_everybodys_and_does_not_depend_on_who_is_named_first(seed, numbers, chance):
    shuffled = list(numbers)
    chance.shuffle(shuffled)
    drawn = draw(seed, shuffled)
    assert drawn == draw(seed, sorted(numbers))
    assert sorted(int(one.entrant) for one in drawn) == sorted(numbers)


@given(SEEDS, st.sets(st.integers(1, 500), min_size=2, max_size=20))
def test_who_withdraws_changes_nothing_among_the_others(seed, numbers):
    gone = max(numbers)
    everybody = [one.entrant for one in draw(seed, numbers)]
    assert [one.entrant for one in draw(seed, numbers - {gone})] == [
        one for one in everybody if one != str(gone)
    ]


def test_anybody_draws_the_same_lot_on_a_command_line():
    told = subprocess.run(["sha256sum"], input=b"7 19 44 61 82 12", capture_output=True, check=True).stdout
    assert lot("7 19 44 61 82", 12).digest == told.decode().split()[0]


def test_white_space_and_the_form_of_accents_do_not_matter():
    assert lot("  7\t19 Forl\u00ec ", 3) == lot("7 19 Forli\u0300", 3)


def test_every_order_is_about_as_frequent():
    orders = dict.fromkeys(itertools.permutations("123"), 0)
    for seed in range(6000):
        orders[tuple(one.entrant for one in draw(f"seed {seed}", "123"))] += 1
    assert all(900 < times < 1100 for times in orders.values())


@pytest.mark.parametrize(
    ("seed", "entrants", "said"), [(" ", [1], "seed"), ("x", [1, "1"], "twice"), ("x", [""], "name")]
)
def test_what_cannot_be_drawn_is_refused(seed, entrants, said):
    with pytest.raises(ValueError, match=said):
        draw(seed, entrants)
