"""What those who oversee do: find a handler where there is none, and learn who read what somebody else handles."""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from core import audit
from core.access import require
from core.models import User
from core.roles import Role
from grievances.handlers import holders, overseers, tell
from grievances.models import Assignment, Clock, Grievance
from grievances.models.grievances import GrievanceQuerySet
from grievances.reasons import OPEN_REASONS
from grievances.services.handling import HandlingRefused, assign
from grievances.statuses import ENDED

# Clock rule CK-4 of the grievance standard: after 90 days without closure the oversight body sees it.
DAYS_UNTIL_OVERSIGHT = 90


def in_trouble(found: GrievanceQuerySet, at: datetime, *, or_unhandled: bool = False) -> QuerySet[Grievance]:
    """Keep what an oversight body must see: urgent, escalated, open for long, or with nobody who may handle it.

    With `or_unhandled`, also what nobody handles though somebody may.
    """
    escalated = Clock.objects.filter(grievance=OuterRef("pk"), escalated_at__isnull=False, met_at=None, dropped_at=None)
    handled = Assignment.objects.filter(grievance=OuterRef("pk"), until=None)
    still_open = found.with_status().exclude(state__in=ENDED)  # type: ignore[misc]  # annotated
    rows = still_open.annotate(is_escalated=Exists(escalated), is_orphan=_nobody_may(), is_handled=Exists(handled))
    wanted = Q(priority="urgent") | Q(is_escalated=True) | Q(is_orphan=True)
    wanted |= Q(received_on__lte=at.date() - timedelta(days=DAYS_UNTIL_OVERSIGHT))
    return rows.filter(wanted | Q(is_handled=False) if or_unhandled else wanted)


def _nobody_may() -> Q:
    """Return the condition that no case officer may know of a grievance."""
    condition = Q(pk__isnull=False)
    for user in holders(Role.CASE_OFFICER):
        condition &= ~Q(pk__in=Grievance.objects.visible_to(user).values("pk"))
    return condition


@transaction.atomic
def appoint(grievance: Grievance, user: User, *, actor: User, at: datetime | None = None) -> None:
    """Give a grievance to a case officer who may handle it, as somebody who oversees; words stay sealed."""
    require(actor, "oversee", grievance)
    if grievance.status in ENDED:
        raise HandlingRefused(_("This grievance has ended."))
    assign(grievance, user, actor=actor, at=at)


@transaction.atomic
def begin_reading(grievance: Grievance, *, actor: User, reason: str) -> bool:
    """Note that a handler begins to read for a coded reason; return whether somebody else handles it.

    Then the one who handles it and those who oversee are told at once, and the audit trail has it under its own verb.
    """
    require(actor, "handle", grievance)
    if reason not in OPEN_REASONS:
        raise HandlingRefused(_("Say why you open it."))
    holder = grievance.assignments.filter(until=None).select_related("user").first()
    if holder is None or holder.user_id == actor.pk:
        return False
    audit.record("grievance.read_by_another", actor=actor, subject=grievance.ref, reason=reason)
    told = [holder.user] if grievance.permits(holder.user, "handle") else []
    tell([*told, *overseers(grievance)], "grievance.read_by_another", grievance.ref)
    return True
