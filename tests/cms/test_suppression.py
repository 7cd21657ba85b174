"""No small count of people can be read, or worked out from what is shown."""

import datetime as dt
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cms.statistics.lots import lot_for
from cms.statistics.periods import Period, finished_quarters, finished_year, read_period
from cms.statistics.releasing import what_is_counted
from cms.statistics.suppression import OTHER, pool_small, protect_count, rounded

K = 11
counts = st.integers(min_value=0, max_value=60)
cells = st.dictionaries(st.sampled_from("ABCDEFGHIJ"), counts, max_size=10)


@pytest.mark.parametrize(
    ("count", "shown"),
    [(0, 0), (1, None), (10, None), (11, 11), (500, 500)],
    ids=["zero", "one", "ten", "eleven", "many"],
)
def test_it_hides_one_to_ten_people(count: int, shown: int | None) -> None:
    assert protect_count(count, K) == shown


@given(cells)
def test_no_part_that_is_shown_is_small_and_together_they_are_the_total(parts: dict[str, int]) -> None:
    shown = pool_small(parts, K)
    assert all(count >= K for count in shown.values())
    total = sum(parts.values())
    assert sum(shown.values()) == (total if total >= K else 0)


@given(cells)
def test_what_is_gathered_never_tells_a_part_by_subtraction(parts: dict[str, int]) -> None:
    shown = pool_small(parts, K)
    gathered = {name: count for name, count in parts.items() if name not in shown and count}
    if OTHER in shown:
        assert sum(gathered.values()) == shown[OTHER]
        assert shown[OTHER] >= K
        assert len(gathered) >= 2, "a single part would be told by the gathered one's number"


def test_the_smallest_part_joins_when_what_is_gathered_is_too_small() -> None:
    assert pool_small({"QA": 40, "AE": 15, "OM": 3}, K) == {"QA": 40, OTHER: 18}


def test_of_a_total_that_is_too_small_nothing_is_left() -> None:
    assert pool_small({"QA": 4, "AE": 5}, K) == {}


@given(st.integers(min_value=1, max_value=10_000), st.sampled_from([1, 5, 10]), st.data())
def test_rounding_keeps_near_and_never_rounds_people_away(count: int, base: int, data: st.DataObject) -> None:
    near = rounded(count, base, 0, data.draw(st.integers(0, base - 1)))
    assert near is not None
    assert near >= 1
    assert near % base == 0
    assert abs(near - count) < max(base, 2)


@given(st.integers(min_value=11, max_value=60), st.integers(0, 4))
def test_rounding_never_shows_a_number_below_the_least_that_is_shown(count: int, lot: int) -> None:
    assert (rounded(count, 5, 11, lot) or 0) >= 15


def test_rounding_leaves_zero_and_hidden_as_they_are() -> None:
    assert {rounded(0, 5, 11, lot) for lot in range(5)} == {0}
    assert {rounded(None, 5, 11, lot) for lot in range(5)} == {None}


@given(st.integers(min_value=20, max_value=10_000))
def test_over_all_lots_rounding_adds_nothing_and_takes_nothing(count: int) -> None:
    assert sum(rounded(count, 5, 11, lot) or 0 for lot in range(5)) == 5 * count


def test_lots_are_the_same_each_time_and_otherwise_with_another_key_or_for_another_number(settings) -> None:
    names = [f"2026-Q{quarter}|categories|{number}" for quarter in (1, 2) for number in range(40)]
    drawn = [lot_for(name, 5) for name in names]
    assert drawn == [lot_for(name, 5) for name in names]
    assert set(drawn) == set(range(5))
    assert drawn[:40] != drawn[40:]
    settings.VAULT_KEY = "another key, of somebody who wants to know"
    assert drawn != [lot_for(name, 5) for name in names]


def test_what_several_tables_tell_is_rounded_alike_in_all_of_them() -> None:
    """Two roundings of one count would narrow it down: 20 and 25 are both told of 21 to 24 only."""
    everybody = {what_is_counted(*where) for where in (
        ("grievances", "all"), ("countries", "total"), ("people", "total|total"),
    )}  # fmt: skip
    assert len(everybody) == 1
    assert what_is_counted("categories", "FEE") == what_is_counted("categories_sex", "FEE|total")
    others = [
        ("categories", "FEE"),
        ("categories_sex", "FEE|female"),
        ("people", "total|female"),
        ("outcomes", "total"),
    ]
    assert len({*everybody, *(what_is_counted(*where) for where in others)}) == 5


def test_a_quarter_knows_its_days() -> None:
    quarter = Period(2026, 4)
    assert (quarter.first_day, quarter.last_day) == (dt.date(2026, 10, 1), dt.date(2026, 12, 31))
    assert (Period(2026).first_day, Period(2026).last_day) == (dt.date(2026, 1, 1), dt.date(2026, 12, 31))


@given(st.dates(min_value=dt.date(2000, 1, 1), max_value=dt.date(2100, 12, 31)))
def test_finished_periods_are_over_and_follow_one_another(today: dt.date) -> None:
    quarters = finished_quarters(today, 5)
    assert all(quarter.last_day < today for quarter in quarters)
    assert all(b.first_day - a.last_day == dt.timedelta(days=1) for a, b in pairwise(quarters))
    assert (today - quarters[-1].last_day).days <= 92
    assert finished_year(today).last_day < today


@given(st.integers(2000, 2100), st.integers(0, 4))
def test_a_period_reads_back_from_its_name(year: int, quarter: int) -> None:
    assert read_period(str(Period(year, quarter))) == Period(year, quarter)


@pytest.mark.parametrize("text", ["", "2026-Q5", "2026-Q0", "26-Q1", "2026Q1", "2026-Q1 "])
def test_it_refuses_what_is_no_period(text: str) -> None:
    with pytest.raises(ValueError, match="neither a year nor a quarter"):
        read_period(text)
