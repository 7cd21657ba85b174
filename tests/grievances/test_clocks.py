"""Due dates: working days of the office, hours that never sleep, and nothing that tells the minute."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grievances.calendars import BadCalendar, Calendar, calendar_of
from grievances.clocks import due, is_over, last_day, span

KATHMANDU = ZoneInfo("Asia/Kathmandu")
BERLIN = ZoneInfo("Europe/Berlin")


def test_working_days_skip_the_weekend() -> None:
    friday = date(2026, 11, 20)
    assert Calendar().after(friday, 1) == date(2026, 11, 23)


# Hand-checked against calendars: 19 November 2026 is a Thursday.
@pytest.mark.parametrize(
    ("place", "start", "next_working_day"),
    [
        ("QA", "2026-11-19", "2026-11-22"),  # Friday and Saturday rest
        ("SA", "2026-11-19", "2026-11-22"),
        ("BD", "2026-11-19", "2026-11-22"),
        ("AE", "2026-11-19", "2026-11-20"),  # since 2022 Saturday and Sunday, as the world
        ("AE", "2021-11-18", "2021-11-21"),  # before, Friday and Saturday
        ("NP", "2026-11-20", "2026-11-22"),  # Saturday alone
        ("HK", "2026-11-20", "2026-11-21"),  # Sunday alone
        ("IR", "2026-11-19", "2026-11-21"),  # Friday alone
        ("DE", "2026-11-19", "2026-11-20"),
        ("MY-03", "2026-11-19", "2026-11-22"),  # Kelantan rests on Friday and Saturday, the rest of Malaysia does not
        ("MY-10", "2026-11-19", "2026-11-20"),
        ("", "2026-11-20", "2026-11-23"),
        ("QA", "2026-12-17", "2026-12-20"),  # National Day on 18 December falls on a Friday
        ("PH", "2026-12-24", "2026-12-28"),  # Christmas, then the weekend
        ("NP", "2026-10-17", "2026-10-23"),  # Dashain: 18 to 22 October
        ("CN", "2001-12-28", "2001-12-29"),  # a Saturday that is worked to make up for a holiday
    ],
)
def test_an_office_rests_when_its_country_does(place, start, next_working_day) -> None:
    day = calendar_of(place).after(date.fromisoformat(start), 1)
    assert day.isoformat() == next_working_day


@pytest.mark.parametrize(
    ("place", "weekend", "days"),
    [("", "", (0, 1, 2, 3, 4)), ("QA", "", (6, 0, 1, 2, 3)), ("NP", "", (6, 0, 1, 2, 3, 4)),
     ("IR", "", (5, 6, 0, 1, 2, 3)), ("NP", "sat,sun", (0, 1, 2, 3, 4)), ("MY-03", "", (6, 0, 1, 2, 3)),
     ("HK", "", (0, 1, 2, 3, 4, 5))],
)  # fmt: skip
def test_the_days_on_which_an_office_works_are_named_from_the_first_after_its_rest(place, weekend, days) -> None:
    assert calendar_of(place, weekend=weekend).week_of(2026) == days


@given(st.dates(date(2020, 1, 1), date(2030, 1, 1)), st.integers(0, 60), st.sampled_from(["", "QA", "NP", "DE"]))
def test_working_days_are_counted_as_they_are_added(start: date, count: int, place: str) -> None:
    calendar = calendar_of(place)
    assert calendar.working_days(start, calendar.after(start, count)) == count
    assert calendar.working_days(start, start) == calendar.working_days(start, start - timedelta(days=9)) == 0


def test_the_office_corrects_its_country_s_calendar() -> None:
    friday = date(2026, 11, 20)
    assert calendar_of("", "2026-11-23").after(friday, 1) == date(2026, 11, 24)
    assert calendar_of("", "2026-11-23,+2026-11-21").after(friday, 1) == date(2026, 11, 21)
    assert calendar_of("", weekend="fri, Saturday").after(date(2026, 11, 19), 1) == date(2026, 11, 22)
    assert calendar_of("NP", weekend="sat,sun").after(friday, 1) == date(2026, 11, 23)
    assert calendar_of("NP", "+2026-10-19", "sat").after(date(2026, 10, 17), 1) == date(2026, 10, 19)


@pytest.mark.parametrize(
    ("place", "holidays", "weekend", "said"),
    [
        ("Qatar", "", "", "country"),
        ("ZZ", "", "", "country"),
        ("MY-99", "", "", "country"),
        ("QA", "2026-02-30", "", "no day"),
        ("QA", "soon", "", "no day"),
        ("QA", "", "holiday", "days of the week"),
        ("QA", "", "mon,tue,wed,thu", "no clock"),
    ],
)
def test_a_calendar_that_cannot_be_read_says_what_is_wrong(place, holidays, weekend, said) -> None:
    with pytest.raises(BadCalendar, match=said):
        calendar_of(place, holidays, weekend)


@pytest.mark.parametrize("place", sorted({"QA", "NP", "HK", "IR", "BN", "MY-03", "AE", "PH", "DE", "ET"}))
def test_seven_working_days_are_seven_days_on_which_somebody_works(place) -> None:
    calendar, start = calendar_of(place), date(2028, 2, 24)  # over a leap day
    end = calendar.after(start, 7)
    between = [start + timedelta(days=n) for n in range(1, (end - start).days + 1)]
    assert sum(calendar.works_on(day) for day in between) == 7
    assert calendar.works_on(end)


KUALA_LUMPUR = ZoneInfo("Asia/Kuala_Lumpur")
LIMA = ZoneInfo("America/Lima")


def test_what_is_promised_for_a_day_is_over_neither_for_the_office_nor_for_the_worker() -> None:
    """London, Thursday 09:00; in Kuala Lumpur it is 17:00. Friday there ends at 16:00 in London."""
    london = ZoneInfo("Europe/London")
    ends = due(datetime(2026, 11, 19, 9, tzinfo=UTC), span("1wd"), Calendar(), london, workers_zone=KUALA_LUMPUR)
    assert ends == datetime(2026, 11, 20, 16, tzinfo=UTC)
    assert last_day(ends, london) == last_day(ends, KUALA_LUMPUR) == date(2026, 11, 20)


def test_days_count_from_the_worker_s_own_day_when_hers_is_earlier() -> None:
    """Friday 02:30 in Kathmandu is Thursday 15:45 in Lima: the day after is Friday, and the office's Friday."""
    ends = due(datetime(2026, 11, 19, 20, 45, tzinfo=UTC), span("1d"), Calendar(), KATHMANDU, workers_zone=LIMA)
    assert last_day(ends, KATHMANDU) == date(2026, 11, 20)


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


zones = st.sampled_from([UTC, KATHMANDU, BERLIN, KUALA_LUMPUR, LIMA, ZoneInfo("Pacific/Auckland")])
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


@given(moments, st.integers(1, 30), st.sampled_from(["d", "wd"]), zones, zones)
def test_the_worker_s_time_only_ever_draws_a_clock_nearer(at, count, unit, office, theirs) -> None:
    allowed = span(f"{count}{unit}")
    alone = due(at, allowed, Calendar(), office)
    both = due(at, allowed, Calendar(), office, workers_zone=theirs)
    assert at < both <= alone
    assert alone - both <= timedelta(days=4)  # a weekend at most, and the difference of two clocks


@given(moments, st.integers(1, 10), st.sampled_from(["QA", "NP", "IR", "HK", "MY-03", "DE", "PH"]))
def test_a_working_day_clock_always_ends_on_a_day_on_which_somebody_is_there(at, count, place) -> None:
    calendar = calendar_of(place)
    assert calendar.works_on(last_day(due(at, span(f"{count}wd"), calendar, KATHMANDU), KATHMANDU))
