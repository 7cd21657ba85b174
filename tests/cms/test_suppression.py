"""No small count of people can be read, or worked out from what is shown."""

import datetime as dt
from itertools import pairwise, product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cms.statistics.periods import Period, finished_quarters, finished_year, read_period
from cms.statistics.suppression import OTHER, pool_small, protect_count, protect_part, protect_total, rounded

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


@pytest.mark.parametrize(("population", "shown"), [(0, 0), (1, None), (49, None), (50, 0)])
def test_a_zero_among_few_people_is_hidden_for_it_tells_of_the_rest(population: int, shown: int | None) -> None:
    assert protect_part(0, K, population=population, zero_needs=50) == shown


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


def test_a_single_hidden_quarter_hides_the_year() -> None:
    assert protect_total([20, None, 30, 15], 70, K) is None


def test_two_hidden_quarters_let_the_year_be_shown_while_each_could_be_many_a_number() -> None:
    assert protect_total([20, None, None, 15], 35 + 11, K) == 46


@pytest.mark.parametrize("rest", [2, 3, 19, 20])
def test_two_hidden_quarters_hide_the_year_when_their_sum_tells_them(rest: int) -> None:
    assert protect_total([20, None, None, 15], 35 + rest, K) is None


def test_quarters_that_were_never_told_must_hold_many_people_together() -> None:
    assert protect_total([20, 30], 55, K, untold=2) is None
    assert protect_total([20, 30], 50, K, untold=2) == 50
    assert protect_total([20, None], 60, K, untold=2) == 60


@given(st.lists(counts, min_size=4, max_size=4))
def test_nobody_can_work_out_a_hidden_quarter_from_a_year(quarters: list[int]) -> None:
    parts = [protect_count(count, K) for count in quarters]
    total = protect_total(parts, sum(quarters), K)
    hidden = [count for count, part in zip(quarters, parts, strict=True) if part is None]
    if total is None or not hidden:
        return
    rest = total - sum(count for count in parts if count is not None)
    fits = [values for values in product(range(1, K), repeat=len(hidden)) if sum(values) == rest]
    assert all(len({values[place] for values in fits}) >= K // 2 for place in range(len(hidden)))


@given(st.integers(min_value=1, max_value=10_000), st.sampled_from([1, 5, 10]))
def test_rounding_keeps_near_and_never_rounds_people_away(count: int, base: int) -> None:
    near = rounded(count, base)
    assert near is not None
    assert near >= 1
    assert near % base == 0
    assert abs(near - count) < max(base, 2)


def test_rounding_leaves_zero_and_hidden_as_they_are() -> None:
    assert rounded(0, 5) == 0
    assert rounded(None, 5) is None


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
