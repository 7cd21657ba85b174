"""Stop a start whose office calendar cannot be read: clocks would run on days that nobody meant."""

from typing import Any

from django.core.checks import CheckMessage, Error, register

from grievances.calendars import BadCalendar
from grievances.services.clockwork import office_calendar


@register()
def the_office_calendar_can_be_read(**_options: Any) -> list[CheckMessage]:
    """Say which of the office's settings cannot be read."""
    try:
        office_calendar()
    except BadCalendar as bad:
        return [Error(f"OFFICE_COUNTRY, OFFICE_HOLIDAYS or OFFICE_WEEKEND: {bad}", id="grievances.office_calendar")]
    return []
