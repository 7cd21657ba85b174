"""Tell, once, that an appeal's last day has passed without a decision."""

from datetime import datetime

from django.db import transaction

from core import audit, notices
from core.actors import Automatic
from core.models import AuditEntry
from recruiters.models import Appeal
from recruiters.services.register import officers
from recruiters.zones import local_day

ACTOR = Automatic("appeals")
VERB = "appeal.overdue"


@transaction.atomic
def tell_overdue(at: datetime) -> int:
    """Tell every officer of each appeal whose day to be decided has passed; return how many were told, each once."""
    told = set(AuditEntry.objects.filter(verb=VERB).values_list("subject", flat=True))
    count = 0
    for appeal in Appeal.objects.filter(state=Appeal.State.LODGED).select_related("recruiter").order_by("pk"):
        if appeal.ref in told or not appeal.overdue_on(local_day(appeal.recruiter.country, at)):
            continue
        for officer in officers():
            notices.notify(officer, "appeal_overdue", subject_ref=appeal.ref)
        audit.record(VERB, actor=ACTOR, subject=appeal.ref, decide_by=appeal.decide_by)
        count += 1
    return count
