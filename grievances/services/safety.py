"""Plan on which days a worker is asked whether she is punished for having complained, and see that somebody asks."""

from datetime import date, datetime

from django.db import transaction

from core import audit
from core.actors import Actor, Automatic
from grievances import clocks
from grievances.handlers import tell_handlers
from grievances.models import Grievance, SafetyCheck
from grievances.rulebook import grievance_standard
from grievances.safetychecks import replanned
from grievances.services import clockwork
from grievances.statuses import ClockKind

ASKING = Automatic("ask_if_safe")
ASK_SPAN = clocks.span("3wd")


def plan_checks(grievance: Grievance, *, since: date, actor: Actor) -> None:
    """Plan the checks that follow a day on which the accused was contacted, or on which the case was closed."""
    open_rows = {row.due_on: row for row in grievance.safety_checks.filter(done_on=None)}
    days = replanned(list(open_rows), since, grievance_standard().checkin_days)
    SafetyCheck.objects.filter(pk__in=[row.pk for day, row in open_rows.items() if day not in days]).delete()
    # A check whose clock stopped with the case is asked about anew.
    grievance.safety_checks.filter(done_on=None, clock__dropped_at__isnull=False).update(told_on=None, clock=None)
    taken = set(grievance.safety_checks.values_list("due_on", flat=True))
    SafetyCheck.objects.bulk_create(SafetyCheck(grievance=grievance, due_on=day) for day in days if day not in taken)
    audit.record("grievance.safety_planned", actor=actor, subject=grievance.ref, checks=len(days))


def waiting_for_her(grievance: Grievance, day: date) -> SafetyCheck | None:
    """Return the check that the worker may answer now, on her own page: the newest that is due."""
    return grievance.safety_checks.filter(done_on=None, due_on__lte=day).order_by("-due_on").first()


def ask_if_safe(at: datetime) -> int:
    """Start the clock of every check whose day has come and tell its handlers, once each; return how many."""
    asked = 0
    due = SafetyCheck.objects.filter(done_on=None, told_on=None, due_on__lte=at.date(), grievance__emptied_on=None)
    for pk in list(due.order_by("due_on", "pk").values_list("pk", flat=True)):
        with transaction.atomic():
            if not due.filter(pk=pk).update(told_on=at.date()):
                continue
            check = SafetyCheck.objects.select_related("grievance").get(pk=pk)
            check.clock = clockwork.start_another(check.grievance, ClockKind.SAFETY_CHECK, ASK_SPAN, at=at)
            check.save(update_fields=["clock"])
            tell_handlers(check.grievance, "grievance.safety_check")
            audit.record("grievance.safety_due", actor=ASKING, subject=check.grievance.ref, due=check.due_on)
            asked += 1
    return asked
