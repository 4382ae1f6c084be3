"""De minimis aid: the rolling window to the day, the ceilings, cents."""

import datetime as dt
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vivaio.methods.deminimis import CEILINGS, Aid, Span, ceiling_on, first_day, standing

DAYS = st.dates(dt.date(2024, 1, 1), dt.date(2060, 12, 31))
AMOUNTS = st.decimals(0, 2_000_000, places=2)
AIDS = st.lists(
    st.builds(Aid, st.dates(dt.date(2020, 1, 1), dt.date(2063, 12, 31)),
              st.sampled_from([one.regime for one in CEILINGS]), AMOUNTS),
    max_size=12,
)  # fmt: skip


@pytest.mark.parametrize(
    ("day", "first"),
    [
        ("2026-03-15", "2023-03-16"),  # the very same date three years before lies outside
        ("2027-02-28", "2024-02-29"),  # 28 February 2024 is three years ago, the 29 is not yet
        ("2027-03-01", "2024-03-02"),
        ("2028-02-29", "2025-03-01"),  # 2025 has no 29 February: its 28 is taken
        ("2028-03-01", "2025-03-02"),
        ("2026-01-01", "2023-01-02"),
        ("2026-12-31", "2024-01-01"),
    ],
)
def test_the_window_is_right_to_the_day(day, first):
    assert first_day(dt.date.fromisoformat(day)) == dt.date.fromisoformat(first)


def test_fishery_counts_fiscal_years():
    assert first_day(dt.date(2026, 11, 22), Span.FISCAL_YEARS) == dt.date(2024, 1, 1)


@given(DAYS)
def test_a_window_never_moves_back_and_holds_three_years(day):
    first, next_first = first_day(day), first_day(day + dt.timedelta(days=1))
    assert next_first >= first
    assert (day - first).days in (1094, 1095)  # three years, with or without a leap day
    assert first.replace(year=first.year + 3) > day if (first.month, first.day) != (2, 29) else True


@given(AIDS, DAYS, AMOUNTS, st.sampled_from([one.regime for one in CEILINGS]))
def test_what_is_granted_never_exceeds_the_ceiling(aids, day, asked, regime):
    found = standing(aids, regime, day, asked)
    assert found.fits == (found.total + asked <= found.ceiling.amount)
    assert 0 <= found.grantable <= asked
    assert found.grantable + found.total <= max(found.ceiling.amount, found.total)
    assert found.total == sum(
        (one.amount for one in aids if found.since <= one.on <= day and one.regime in found.ceiling.counts),
        Decimal(0),
    )


@given(AIDS, DAYS, AMOUNTS)
def test_one_more_aid_never_leaves_more_room(aids, day, amount):
    before = standing(aids, "general", day)
    after = standing([*aids, Aid(day, "general", amount)], "general", day)
    assert after.total == before.total + amount
    assert after.remaining <= before.remaining


def test_the_ceiling_is_met_to_the_cent():
    day = dt.date(2026, 11, 22)
    received = [Aid(day, "general", Decimal("299999.99"))]
    assert standing(received, "general", day, Decimal("0.01")).fits
    over = standing(received, "general", day, Decimal("0.02"))
    assert (over.fits, over.beyond, over.remaining) == (False, Decimal("0.01"), Decimal("0.01"))


def test_aid_to_farms_counts_towards_the_general_ceiling_and_services_do_not():
    day = dt.date(2026, 11, 22)
    received = [
        Aid(day, "agriculture", Decimal(10_000)),
        Aid(day, "sgei", Decimal(500_000)),
        Aid(day, "general", Decimal(5_000)),
    ]
    assert standing(received, "general", day).total == 15_000
    assert standing(received, "sgei", day).total == 500_000
    assert standing(received, "agriculture", day).total == 10_000


def test_aid_of_a_later_day_does_not_count_yet():
    day = dt.date(2026, 11, 22)
    assert standing([Aid(day + dt.timedelta(days=1), "general", Decimal(1))], "general", day).total == 0


def test_the_table_of_ceilings():
    day = dt.date(2026, 11, 22)
    told = {one.regime: ceiling_on(one.regime, day).amount for one in CEILINGS}
    assert told == {"general": 300_000, "sgei": 750_000, "agriculture": 50_000, "fishery": 30_000}
    assert ceiling_on("general", dt.date(2020, 1, 1)).amount == 300_000
    with pytest.raises(KeyError):
        ceiling_on("none", day)


@pytest.mark.parametrize("amount", ["-1", "0.001", "NaN", "Infinity"])
def test_no_amount_of_aid(amount):
    with pytest.raises(ValueError, match="amount of aid"):
        standing([], "general", dt.date(2026, 1, 1), Decimal(amount))
