"""Keep what a worker says when asked whether she is punished for having complained; a yes opens the case again."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from core import audit
from core.access import require
from core.actors import WORKER, Actor
from core.models import User
from grievances.handlers import eligible, tell
from grievances.models import Concern, Grievance, SafetyCheck, TriageDecision
from grievances.safetychecks import Result
from grievances.services import clockwork
from grievances.services.flowing import let_flow
from grievances.services.following import reopen
from grievances.services.harms import first_harms
from grievances.services.safety import waiting_for_her
from grievances.statuses import ENDED, ClockKind, Status
from grievances.triage import Priority

RETALIATION = "RET"
GRAVEST = 4


@transaction.atomic
def note_check(
    check: SafetyCheck, result: str, *, channel: str, actor: User, form: str = "", at: datetime | None = None
) -> None:
    """Note what a handler heard when she asked; retaliation opens the case again, urgently."""
    require(actor, "handle", check.grievance)
    _keep(check, Result(result), channel=channel, form=form, actor=actor, at=at)


@transaction.atomic
def say_if_safe(grievance: Grievance, *, punished: bool, at: datetime | None = None) -> bool:
    """Keep the worker's own word, given through her receipt; False where nothing is asked of her now."""
    check = waiting_for_her(grievance, (at or timezone.now()).date())
    if check is None:
        return False
    _keep(check, Result.RETALIATION if punished else Result.SAFE, channel="receipt", form="", actor=WORKER, at=at)
    return True


def _keep(check: SafetyCheck, result: Result, *, channel: str, form: str, actor: Actor, at: datetime | None) -> None:
    """Answer a check, and with it the earlier ones that nobody got round to."""
    day = clockwork.moment(actor, at).date()
    grievance = check.grievance
    answered = grievance.safety_checks.filter(done_on=None, due_on__lte=check.due_on).select_for_update(of=("self",))
    for row in answered.select_related("clock"):
        row.done_on, row.result, row.channel = day, result, channel
        row.form = form if result is Result.RETALIATION else ""
        row.by = actor if isinstance(actor, User) else None
        row.save(update_fields=["done_on", "result", "channel", "form", "by"])
        clockwork.meet_one(row.clock, at=at)
        audit.record(
            "grievance.safety_checked", actor=actor, subject=grievance.ref, due=row.due_on, result=result.value
        )
    if result is Result.RETALIATION:
        _raise_alarm(grievance, actor=actor, at=at)


def _raise_alarm(grievance: Grievance, *, actor: Actor, at: datetime | None) -> None:
    """Make it urgent, open it again where it had ended, and tell everybody who may handle it: one may be away."""
    _judge_anew(grievance, actor=actor, at=at)
    if grievance.status in ENDED or grievance.status == Status.WITHDRAWN:
        reopen(grievance, actor=actor, at=at)
    clockwork.start(grievance, ClockKind.ANSWER, clockwork.ANSWER_SPAN["urgent"], at=at)
    clockwork.quicken(grievance, GRAVEST, at=at)
    audit.record("grievance.retaliation", actor=actor, subject=grievance.ref)
    case = getattr(grievance, "case", None)
    if case is not None:
        first_harms(case, actor=actor)
        let_flow(case, actor=actor, at=at)
    if at is None:
        tell(eligible(grievance), "grievance.retaliation", grievance.ref)


def _judge_anew(grievance: Grievance, *, actor: Actor, at: datetime | None) -> None:
    """Add retaliation to what it is about, and put down that it is urgent now; a person decides on the rest."""
    judged = grievance.concerns.filter(source=Concern.Source.TRIAGE).exists()
    source = Concern.Source.TRIAGE if judged else Concern.Source.WORKER
    Concern.objects.get_or_create(grievance=grievance, code=RETALIATION, source=source)
    newest = grievance.decisions.order_by("-pk").first()
    TriageDecision.objects.create(
        grievance=grievance,
        priority=Priority.URGENT,
        severity=GRAVEST,
        rule_priority=Priority.URGENT,
        ruleset=newest.ruleset if newest else "",
        routes=sorted({*(newest.routes if newest else []), "safety_plan", "retaliation_watch"}),
        reasons=[["category", RETALIATION]],
        at=clockwork.moment(actor, at),
    )
    grievance.priority = Priority.URGENT
    grievance.save(update_fields=["priority"])
