"""Due dates: working days of the office, hours that never sleep, and nothing that tells the minute."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grievances.clocks import Calendar, calendar_of, due, is_over, last_day, span

KATHMANDU = ZoneInfo("Asia/Kathmandu")
BERLIN = ZoneInfo("Europe/Berlin")


def test_working_days_skip_the_weekend() -> None:
    friday = date(2026, 11, 20)
    assert Calendar().after(friday, 1) == date(2026, 11, 23)


def test_the_gulf_rests_on_friday_and_saturday_and_nepal_on_saturday() -> None:
    thursday = date(2026, 11, 19)
    assert calendar_of("QA").after(thursday, 1) == date(2026, 11, 22)
    assert calendar_of("NP").after(date(2026, 11, 20), 1) == date(2026, 11, 22)
    assert calendar_of("DE").after(thursday, 1) == date(2026, 11, 20)


def test_holidays_are_skipped() -> None:
    calendar = Calendar(holidays=frozenset({date(2026, 11, 23)}))
    assert calendar.after(date(2026, 11, 20), 1) == date(2026, 11, 24)


def test_a_leap_day_is_a_day() -> None:
    start = datetime(2028, 2, 28, 9, tzinfo=UTC)
    assert last_day(due(start, span("1d"), Calendar(), UTC), UTC) == date(2028, 2, 29)


def test_the_day_ends_in_the_offices_own_time_zone() -> None:
    late_in_london = datetime(2026, 11, 19, 20, 30, tzinfo=UTC)  # already Friday in Kathmandu
    ends = due(late_in_london, span("1d"), Calendar(), KATHMANDU)
    assert last_day(ends, KATHMANDU) == date(2026, 11, 21)


def test_a_day_of_twenty_three_hours_is_still_a_day() -> None:
    before_summer_time = datetime(2026, 3, 28, 12, tzinfo=UTC)
    ends = due(before_summer_time, span("1d"), Calendar(), BERLIN)
    assert last_day(ends, BERLIN) == date(2026, 3, 29)
    assert ends.astimezone(BERLIN).hour == 0


moments = st.datetimes(datetime(2020, 1, 1), datetime(2040, 1, 1)).map(lambda at: at.replace(tzinfo=UTC))


@given(moments, st.integers(1, 72))
def test_an_hourly_clock_ends_on_a_full_hour_never_early_and_within_one_hour(at: datetime, hours: int) -> None:
    ends = due(at, span(f"{hours}h"), Calendar(), UTC)
    assert (ends.minute, ends.second, ends.microsecond) == (0, 0, 0)
    assert timedelta(hours=hours) <= ends - at < timedelta(hours=hours + 1)


@given(moments, st.integers(1, 60), st.sampled_from(["d", "wd"]))
def test_a_daily_clock_tells_nothing_finer_than_the_day(at: datetime, count: int, unit: str) -> None:
    ends = due(at, span(f"{count}{unit}"), Calendar(), UTC)
    assert ends == due(at.replace(hour=0, minute=0, second=0, microsecond=0), span(f"{count}{unit}"), Calendar(), UTC)
    assert not is_over(ends - timedelta(seconds=1), ends - timedelta(seconds=2))


@given(moments, st.integers(1, 30))
def test_working_days_never_end_sooner_than_calendar_days(at: datetime, count: int) -> None:
    assert due(at, span(f"{count}wd"), Calendar(), UTC) >= due(at, span(f"{count}d"), Calendar(), UTC)


def test_a_span_that_cannot_be_read_says_how_to_write_one() -> None:
    with pytest.raises(ValueError, match="4h, 2d or 3wd"):
        span("soon")
