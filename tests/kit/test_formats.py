"""Dates, hours and figures read the same in pages, letters and documents, in both languages."""

import datetime as dt
from decimal import Decimal

import pytest
import time_machine
from django.utils.timesince import timesince
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from vivaio.kit import formats

CLOSES = dt.datetime(2020, 9, 15, 21, 59, tzinfo=dt.UTC)


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("it", "martedì 15 settembre 2020 alle 23:59 (ora di Milano)"),
        ("en", "Tuesday 15 September 2020 at 23:59 (Milan time)"),
    ],
)
def test_a_deadline_says_weekday_date_hour_and_whose_hour(language, said):
    with override(language):
        assert formats.instant(CLOSES, "Europe/Rome") == said


def test_another_zone_is_named_after_its_country():
    with override("it"):
        assert formats.instant(CLOSES, "Europe/Warsaw").endswith("alle 23:59 (ora polacca)")
        assert formats.instant(CLOSES, "Europe/London").endswith("alle 22:59 (ora del Regno Unito)")
    with override("en"):
        assert formats.clock_name("America/New_York") == "New York time"


@pytest.mark.parametrize(
    ("start", "end", "italian", "english"),
    [
        ((2020, 9, 1), (2020, 9, 15), "dal 1 al 15 settembre 2020", "from 1 to 15 September 2020"),
        (
            (2020, 9, 8),
            (2020, 11, 11),
            "dall’8 settembre all’11 novembre 2020",
            "from 8 September to 11 November 2020",
        ),
        (
            (2020, 12, 31),
            (2021, 1, 2),
            "dal 31 dicembre 2020 al 2 gennaio 2021",
            "from 31 December 2020 to 2 January 2021",
        ),
        (None, (2020, 9, 15), "fino al 15 settembre 2020", "until 15 September 2020"),
        ((2020, 9, 15), None, "dal 15 settembre 2020", "from 15 September 2020"),
        ((2020, 9, 15), (2020, 9, 15), "15 settembre 2020", "15 September 2020"),
        (None, None, "", ""),
    ],
)
def test_a_period_says_no_more_than_it_needs(start, end, italian, english):
    start, end = (dt.date(*day) if day else None for day in (start, end))
    with override("it"):
        assert formats.period(start, end) == italian
    with override("en"):
        assert formats.period(start, end) == english


@pytest.mark.parametrize(
    ("left", "italian", "english"),
    [
        (dt.timedelta(hours=1, minutes=12), "Mancano 1 ora e 12 minuti", "1 hour and 12 minutes left"),
        (dt.timedelta(minutes=1), "Manca 1 minuto", "1 minute left"),
        (dt.timedelta(seconds=20), "Manca meno di un minuto", "Less than a minute left"),
        (dt.timedelta(days=16, hours=7, minutes=24), "Mancano 16 giorni e 7 ore", "16 days and 7 hours left"),
        (dt.timedelta(days=1), "Manca 1 giorno", "1 day left"),
        (dt.timedelta(0), "Il tempo è finito", "Time is over"),
        (dt.timedelta(seconds=-1), "Il tempo è finito", "Time is over"),
    ],
)
def test_what_is_left_is_said_in_its_two_largest_units(left, italian, english):
    with time_machine.travel(CLOSES - left, tick=False):
        for language, said in (("it", italian), ("en", english)):
            with override(language):
                assert formats.remaining(CLOSES).words == said


def test_the_door_is_shut_at_the_very_second():
    with time_machine.travel(CLOSES - dt.timedelta(seconds=1), tick=False):
        assert not formats.remaining(CLOSES).over
    with time_machine.travel(CLOSES, tick=False):
        assert formats.remaining(CLOSES).over


def test_figures_follow_the_language():
    with override("it"):
        assert formats.money(Decimal("33210")) == "€\u00a033.210,00"
        assert formats.number(Decimal("1234.5")) == "1.234,5"
        assert formats.number(Decimal("85.8"), 1) == "85,8"
        assert formats.file_size(1_234_567) == "1,2\u00a0MB"
    with override("en"):
        assert formats.money(Decimal("33210")) == "€33,210.00"
        assert formats.number(Decimal("1234.5"), 2) == "1,234.50"
        assert formats.file_size(412_000) == "412\u00a0kB"
        assert formats.percent(Decimal("0.86")) == "86%"


def test_initials_take_the_first_and_the_last_word():
    assert formats.initials("Teresa Maria Brambati") == "TB"
    assert formats.initials("Èlia") == "È"
    assert formats.initials("") == ""


def test_how_long_ago():
    with time_machine.travel(CLOSES, tick=False), override("it"):
        assert formats.ago(CLOSES - dt.timedelta(hours=2)).replace("\u00a0", " ") == "2 ore fa"
        assert formats.ago(CLOSES - dt.timedelta(seconds=5)) == "adesso"


@given(st.timedeltas(dt.timedelta(minutes=1), dt.timedelta(days=800)), st.sampled_from(["it", "en"]))
def test_how_long_ago_is_said_as_django_says_it(passed, language):
    with time_machine.travel(CLOSES, tick=False), override(language):
        whole = timesince(CLOSES - passed, CLOSES, depth=1)
        assert formats.ago(CLOSES - passed) in (f"{whole} fa", f"{whole} ago")


def test_nothing_is_told_without_a_sign():
    assert formats.number(-0.0, 1) == formats.number(0, 1) == "0,0"
    assert formats.number(round(-0.04, 1)) == formats.number(Decimal("0.00")) == "0"
