"""Show the clocks that run, as people read them: what, until which day, how many working days that is."""

from dataclasses import dataclass
from datetime import date, datetime

from django.utils import timezone
from django.utils.dates import WEEKDAYS
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from grievances.clocks import last_day
from grievances.models import Grievance
from grievances.places import country_name
from grievances.reasons import CLOCKS, say
from grievances.services.clockwork import office_calendar, office_zone


@dataclass(frozen=True)
class Due:
    """One clock as people read it: `left` says in working days how long there is, or how late it is."""

    words: str
    on: date
    weekday: str
    late: bool
    left: str
    escalated: bool


@dataclass(frozen=True)
class DueDates:
    """Every clock that runs for a grievance, the next one first, and which days count."""

    clocks: tuple[Due, ...]
    week: str


def due_dates(grievance: Grievance, at: datetime | None = None) -> DueDates:
    """Return the running clocks of a grievance, in one query."""
    now, zone = at or timezone.now(), office_zone()
    today = now.astimezone(zone).date()
    shown = []
    for clock in grievance.clocks.filter(met_at=None, dropped_at=None):
        on, late = last_day(clock.due_at, zone), clock.due_at <= now
        shown.append(
            Due(
                words=say(CLOCKS, clock.kind),
                on=on,
                weekday=date_format(on, "l"),
                late=late,
                left=_left(on, today, late=late),
                escalated=clock.escalated_at is not None,
            )
        )
    return DueDates(tuple(shown), _week(today) if shown else "")


def _left(on: date, today: date, *, late: bool) -> str:
    calendar = office_calendar()
    if late:
        count = calendar.working_days(on, today)
        return ngettext("%(count)s working day late", "%(count)s working days late", count) % {"count": count}
    if on <= today:
        return _("today")
    count = calendar.working_days(today, on)
    return ngettext("%(count)s working day left", "%(count)s working days left", count) % {"count": count}


def _week(today: date) -> str:
    """Name the days on which the office works, as its country or the office itself says."""
    calendar = office_calendar()
    days = [str(WEEKDAYS[day]) for day in calendar.week_of(today.year)]
    place = calendar.place.partition("-")[0]
    values = {"days": " · ".join(days), "country": country_name(place) if place else ""}
    if place:
        return _("The office works on %(days)s, except on public holidays (%(country)s).") % values
    return _("The office works on %(days)s.") % values
