"""Choose when a text message may say that there is news: a fixed hour of another day that she called safe. Pure."""

from datetime import datetime, time, timedelta, tzinfo

# The hour of the day for each time that a worker may name as safe; without one, noon.
HOURS = {"morning": 9, "any": 12, "afternoon": 15, "evening": 19}
DAYS = {"friday": 4, "sunday": 6}


def news_hour(now: datetime, times: str, zone: tzinfo) -> datetime:
    """Return the first safe full hour of a later day, so that the message does not tell when somebody answered.

    `times` holds what she ticked, joined by "+": parts of the day, days of the week, or nothing.
    """
    ticked = [each for each in times.split("+") if each]
    hour = min((HOURS[each] for each in ticked if each in HOURS), default=HOURS["any"])
    days = {DAYS[each] for each in ticked if each in DAYS}
    day = now.astimezone(zone).date() + timedelta(days=1)
    # Who ticks a part of the day besides a day of the week is free at that part of any day.
    if days and not any(each in HOURS for each in ticked):
        while day.weekday() not in days:
            day += timedelta(days=1)
    return datetime.combine(day, time(hour), zone)
