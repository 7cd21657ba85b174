"""Leave at once: the session ends on the server, the browser forgets, and a page that says nothing takes its place."""

import calendar as calendars
from datetime import date

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.dates import WEEKDAYS_ABBR

from grievances.guarding import FORM_COOKIE, SESSION_COOKIE, private
from grievances.returning import leave


@private
def quick_exit(request: HttpRequest) -> HttpResponse:
    """End the session, clear what the browser holds of us, and go to a page that says nothing of this one."""
    leave(request)
    target = getattr(settings, "QUICK_EXIT_URL", "") or reverse("calendar")
    response = HttpResponseRedirect(target, status=303)
    for name in (SESSION_COOKIE, FORM_COOKIE):
        response.delete_cookie(name, path="/", samesite="Strict")
        response.cookies[name]["secure"] = settings.SECURE_ORIGIN
    response["Clear-Site-Data"] = '"cache", "cookies", "storage"'
    return response


@private
def calendar(request: HttpRequest) -> HttpResponse:
    """Show the month, as any page might; nothing here speaks of work or reports."""
    today = timezone.localdate()
    weeks = [
        [(day.day if day.month == today.month else 0, day == today) for day in week]
        for week in calendars.Calendar(firstweekday=6).monthdatescalendar(today.year, today.month)
    ]
    names = [WEEKDAYS_ABBR[day] for day in (6, 0, 1, 2, 3, 4, 5)]
    return render(
        request, "grievances/calendar.html", {"month": date(today.year, today.month, 1), "weeks": weeks, "names": names}
    )


@private
def safety(request: HttpRequest) -> HttpResponse:
    """Say what this channel protects from and what it cannot."""
    return render(request, "grievances/report/safety.html")
