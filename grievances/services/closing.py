"""Close and reopen cases: only with delivered remedy and the worker's word, or a recorded reason for its absence."""

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from core import audit
from core.access import require
from core.actors import Actor
from core.models import User
from grievances.handlers import eligible, tell
from grievances.models import CaseState, Grievance, HarmFinding, RemediationCase
from grievances.models.referrals import Stage
from grievances.remedy import Attempt, Closing, Inquiry, Outcome, StepFacts, StepState, judge_closing
from grievances.services import clockwork, replies, retaining, safety
from grievances.services.claims import open_steps
from grievances.services.seconding import Asks, SecondRefused, ask_second
from grievances.services.stepping import set_case_state
from grievances.services.turns import take_turn
from grievances.services.writing import set_status
from grievances.statuses import ClockKind, Status
from grievances.triage import Priority
from recruiters.models import Recruiter
from recruiters.services import rate_recruiter
from recruiters.services.risk import settle_source


class CloseRefused(Exception):  # noqa: N818 - reads as a sentence where it is raised and caught
    """A case that may not be closed so; `closing` says everything that stands in the way."""

    def __init__(self, message: str, closing: Closing | None = None) -> None:
        super().__init__(message)
        self.closing = closing


def judge(case: RemediationCase, outcome: Outcome, *, today: date | None = None) -> Closing:
    """Return whether a case may close with an outcome as it stands now, and what is missing."""
    unpaid = open_steps(case)
    steps = [
        StepFacts(
            step.number,
            step.form,
            _as_paid(StepState(step.state), step.number in unpaid),
            step.proven,
            step.number in unpaid,
        )
        for step in case.steps.prefetch_related("events")
    ]
    attempts = [Attempt(attempt.on, attempt.channel) for attempt in case.attempts.all()]
    return judge_closing(
        outcome,
        steps,
        attempts,
        today=today or timezone.localdate(),
        root_cause=case.root_cause,
        urgent=case.grievance.priority == "urgent",
        withdrawn=case.grievance.statuses.filter(status=Status.WITHDRAWN).exists(),
        inquiry=inquiry_of(case),
    )


def inquiry_of(case: RemediationCase) -> Inquiry:
    """Return what was found out of a case's harms, and whether the worker was told what the other side says."""
    harms = list(case.harms.filter(struck_on=None).prefetch_related("findings"))
    refuted = [harm for harm in harms if _not_found(list(harm.findings.all()))]
    respondent = HarmFinding.Method.RESPONDENT
    others = [harm for harm in refuted if any(each.method != respondent for each in harm.findings.all())]
    helped = {Stage.ACCEPTED, Stage.STARTED, Stage.COMPLETED}
    return Inquiry(
        harms=len(harms),
        not_found=len(refuted),
        found_by_others=len(others),
        reply_untold=case.reply_requests.filter(reply__isnull=False, reply__told_on=None).exists(),
        accepted_elsewhere=any(each.stage in helped for each in case.referrals.with_stage()),
    )


def _as_paid(state: StepState, unpaid: bool) -> StepState:
    """Return a step's state as closing sees it: a repayment that is not over was delivered only in part."""
    return StepState.PARTLY if unpaid and state in {StepState.DELIVERED, StepState.CONFIRMED} else state


def _not_found(findings: list[HarmFinding]) -> bool:
    """Say whether the newest finding is that a harm was not found to be so."""
    return bool(findings) and findings[-1].result != HarmFinding.Result.SUBSTANTIATED


@transaction.atomic
def close(case: RemediationCase, outcome: Outcome, *, actor: User, at: datetime | None = None) -> bool:
    """Close a case, or where two people must agree ask for the second; return whether it is closed now.

    Raises CloseRefused naming everything that stands in the way.
    """
    require(actor, "handle", case)
    take_turn(case)
    if case.state in {CaseState.State.CLOSED, CaseState.State.CLOSING}:
        raise CloseRefused(_("This case is closed already, or waits for a second person."))
    closing = judge(case, outcome, today=at.date() if at else None)
    if not closing.allowed:
        raise CloseRefused(_("This case cannot be closed this way yet."), closing)
    if not closing.needs_second_person:
        _finish(case, outcome, actor=actor, at=at)
        return True
    set_case_state(case, CaseState.State.CLOSING, actor=actor, outcome=outcome, at=at)
    clockwork.start(case.grievance, ClockKind.SECOND_PERSON, clockwork.SECOND_PERSON_SPAN, at=at)
    if at is None:
        others = [user for user in eligible(case.grievance) if user.pk != actor.pk]
        tell(others, "grievance.second_person", case.ref)
    return False


@transaction.atomic
def agree_to_close(case: RemediationCase, *, actor: User, at: datetime | None = None) -> None:
    """Agree as the second person; raises CloseRefused for whoever asked, or when something is missing meanwhile."""
    asked = _waiting(case, actor)
    outcome = Outcome(asked.outcome)
    closing = judge(case, outcome, today=at.date() if at else None)
    if not closing.allowed:
        raise CloseRefused(_("Something changed: this case cannot be closed this way any more."), closing)
    _finish(case, outcome, actor=actor, at=at)


@transaction.atomic
def decline_to_close(case: RemediationCase, *, actor: User) -> None:
    """Decline as the second person: the case goes on."""
    _waiting(case, actor)
    set_case_state(case, CaseState.State.REOPENED, actor=actor)
    clockwork.meet(case.grievance, ClockKind.SECOND_PERSON)


def _waiting(case: RemediationCase, actor: User) -> CaseState:
    """Return the row that asks for a second person; raises CloseRefused when there is none, or for whoever asked."""
    require(actor, "handle", case)
    take_turn(case)
    asked = case.states.order_by("-pk").first()
    if asked is None or asked.state != CaseState.State.CLOSING:
        raise CloseRefused(_("Nobody has asked to close this case."))
    if asked.by_id == actor.pk:
        raise CloseRefused(_("Somebody else must agree: you asked for it yourself."))
    return asked


def _finish(case: RemediationCase, outcome: Outcome, *, actor: User, at: datetime | None) -> None:
    clockwork.meet(case.grievance, ClockKind.RESOLVE, ClockKind.SECOND_PERSON, ClockKind.PRESSURE_CHECK, at=at)
    if outcome is Outcome.RESOLVED_CONFIRMED:
        _put_right(case, actor=actor)
    replies.ask_no_longer(case, actor=actor, at=at)
    end(case.grievance, Status.CLOSED, outcome, actor=actor, at=at, severity=case.severity)
    set_case_state(case, CaseState.State.CLOSED, actor=actor, outcome=outcome, at=at)


def _put_right(case: RemediationCase, *, actor: User) -> None:
    """Mark a remedied case's facts with every recruiter that they were noted about, and rate it anew."""
    for recruiter in Recruiter.objects.filter(risk_facts__source_ref=case.ref).distinct():
        if settle_source(recruiter, case.ref, state="remedied", actor=actor):
            rate_recruiter(recruiter, actor=actor, cause="case_remedied", cause_ref=case.ref)


@transaction.atomic
def close_withdrawn(
    grievance: Grievance, *, freely: bool, actor: User, at: datetime | None = None, agreed: bool = False
) -> bool:
    """End a withdrawn grievance that never became a case, after the check that nobody made the worker withdraw.

    An urgent one asks for a second person instead, who comes back with `agreed`; return whether it ended.
    """
    require(actor, "handle", grievance)
    if grievance.status != Status.WITHDRAWN:
        raise CloseRefused(_("The worker has not withdrawn."))
    if grievance.priority == Priority.URGENT and not agreed:
        try:
            ask_second(grievance, Asks.END_WITHDRAWN, "yes" if freely else "no", actor=actor, at=at)
        except SecondRefused as refusal:
            raise CloseRefused(str(refusal)) from refusal
        return False
    clockwork.meet(grievance, ClockKind.PRESSURE_CHECK, at=at)
    outcome = Outcome.WITHDRAWN if freely else Outcome.WITHDRAWN_PRESSURE
    newest = grievance.decisions.order_by("-pk").first()
    end(grievance, Status.CLOSED, outcome, actor=actor, at=at, severity=newest.severity if newest else 2)
    return True


def end(
    grievance: Grievance, status: Status, reason: str, *, actor: Actor, severity: int, at: datetime | None = None
) -> None:
    """Let a grievance end: its clocks stop and its time to be kept begins."""
    clockwork.drop_all(grievance, at=at)
    set_status(grievance, status, actor=actor, reason=reason, at=at)
    day = clockwork.moment(actor, at).date()
    retaining.start_to_end(grievance, day, severity=severity, outcome=reason)
    if status is Status.CLOSED:
        safety.plan_checks(grievance, since=day, actor=actor)


@transaction.atomic
def reopen_case(grievance: Grievance, *, actor: Actor) -> None:
    """Open a closed case again with its grievance; its reference stays."""
    case = RemediationCase.objects.filter(grievance=grievance).first()
    if case is not None and case.state in {CaseState.State.CLOSED, CaseState.State.CLOSING}:
        set_case_state(case, CaseState.State.REOPENED, actor=actor)
    retaining.go_on(grievance)
    audit.record("grievance.reopened", actor=actor, subject=grievance.ref)
