"""Triage a grievance in one transaction: decision, case, recruiter's rating, news upwards. All of it or nothing."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from core import audit
from core.access import require
from core.models import User
from grievances.models import CaseState, Concern, Grievance, RemediationCase, TriageDecision
from grievances.rulebook import category_rules, grievance_standard
from grievances.services import clockwork, locks
from grievances.services.flowing import let_flow
from grievances.services.harms import first_harms
from grievances.services.lodging import facts_of
from grievances.services.seconding import SecondRefused, agreed_lowering, ask_second
from grievances.services.writing import current_consents, seal_text, set_status
from grievances.statuses import STATUS_OF_DECISION, ClockKind, Decision, Status
from grievances.triage import TERMS, Assessment, Priority, assess, ends_alone, may_set, severity_of

TRIABLE = frozenset({Status.RECEIVED, Status.ACKNOWLEDGED, Status.NEEDS_INFORMATION, Status.REOPENED})
REFER_PURPOSE = "refer_to_services"
ENDING = frozenset({Decision.REFER_OUT, Decision.NOT_ACCEPTED})


class TriageRefused(Exception):  # noqa: N818 - reads as a sentence where it is raised and caught
    """A decision that may not be taken; the message is for people."""


@dataclass(frozen=True)
class Judgement:
    """What a case officer decides on the coded facts."""

    decision: Decision
    codes: tuple[str, ...]
    priority: Priority
    reason_code: str = ""
    note: str = field(default="", repr=False)


def preview(grievance: Grievance, codes: Sequence[str] | None = None) -> Assessment:
    """Return what the rule says to these codes, or to those that stand now."""
    return assess(facts_of(grievance, codes), category_rules())


@transaction.atomic
def triage(
    grievance: Grievance, judgement: Judgement, *, actor: User, at: datetime | None = None, agreed: bool = False
) -> RemediationCase | None:
    """Decide on a grievance; when accepted, open its case and let others learn of it as far as the worker agreed.

    What would end an urgent grievance asks for a second person instead, who comes back here with `agreed`.
    Raises TriageRefused where the decision may not be taken. If any receiver fails, nothing of it is kept.
    """
    grievance = Grievance.objects.select_for_update().get(pk=grievance.pk)
    require(actor, "handle", grievance)
    assessment = preview(grievance, judgement.codes)
    _refuse_unfit(grievance, judgement, assessment)
    if judgement.decision in ENDING and not agreed and not _ends_alone(grievance, judgement, assessment):
        _ask_second(grievance, judgement, actor=actor, at=at)
        return None
    severity = severity_of(judgement.priority, by_rule=assessment.severity)
    _keep_decision(grievance, judgement, assessment, severity, actor=actor, at=at)
    clockwork.meet(grievance, ClockKind.ACKNOWLEDGE, ClockKind.TRIAGE, at=at)
    set_status(grievance, STATUS_OF_DECISION[judgement.decision], actor=actor, reason=judgement.reason_code, at=at)
    if judgement.decision is Decision.ACCEPT:
        clockwork.start_work(grievance, TERMS[severity], at=at)
        return _open_case(grievance, severity, actor=actor, at=at)
    if judgement.decision is Decision.NEEDS_INFORMATION:
        clockwork.start(grievance, ClockKind.UPDATE, TERMS[severity].update, at=at)
    else:
        clockwork.drop_all(grievance, at=at)
    return None


def _refuse_unfit(grievance: Grievance, judgement: Judgement, assessment: Assessment) -> None:
    if grievance.status not in TRIABLE:
        raise TriageRefused(_("This grievance has been decided already. Reload the page to see where it stands."))
    if not judgement.codes:
        raise TriageRefused(_("Choose at least one category."))
    lowered = agreed_lowering(grievance, judgement.codes)
    if not may_set(judgement.priority, by_rule=assessment.priority, agreed=lowered):
        raise TriageRefused(
            _("The rule says that this is graver. One person alone cannot lower it; keep the priority or raise it.")
        )
    reasons = {entry.code for entry in grievance_standard().not_accepted}
    if judgement.decision is Decision.NOT_ACCEPTED and judgement.reason_code not in reasons:
        raise TriageRefused(_("Say why it is not accepted. Late, anonymous or without proof is never a reason."))
    if judgement.decision is Decision.REFER_OUT and not current_consents(grievance).get(REFER_PURPOSE):
        raise TriageRefused(_("The worker has not agreed to a referral. Ask first, through the messages."))


def _ends_alone(grievance: Grievance, judgement: Judgement, assessment: Assessment) -> bool:
    """Say whether this decision may end the grievance on one person's word; two may have lowered it before."""
    by_rule = agreed_lowering(grievance, judgement.codes) or assessment.priority
    return ends_alone(Priority(grievance.priority), by_rule=by_rule) and ends_alone(judgement.priority, by_rule=by_rule)


def _ask_second(grievance: Grievance, judgement: Judgement, *, actor: User, at: datetime | None) -> None:
    try:
        ask_second(
            grievance,
            judgement.decision,
            judgement.reason_code,
            codes=judgement.codes,
            note=judgement.note,
            actor=actor,
            at=at,
        )
    except SecondRefused as refusal:
        raise TriageRefused(str(refusal)) from refusal


def _keep_decision(
    grievance: Grievance,
    judgement: Judgement,
    assessment: Assessment,
    severity: int,
    *,
    actor: User,
    at: datetime | None,
) -> None:
    grievance.concerns.filter(source=Concern.Source.TRIAGE).delete()
    Concern.objects.bulk_create(
        Concern(grievance=grievance, code=code, source=Concern.Source.TRIAGE) for code in dict.fromkeys(judgement.codes)
    )
    TriageDecision.objects.create(
        grievance=grievance,
        decision=judgement.decision,
        priority=judgement.priority,
        rule_priority=assessment.priority,
        severity=severity,
        ruleset=assessment.ruleset,
        routes=list(assessment.routes),
        reasons=[[reason.code, reason.detail] for reason in assessment.reasons],
        reason_code=judgement.reason_code,
        note=seal_text(judgement.note, "grievance.triage_note", locks.holder_of(grievance)),
        by=actor,
        at=clockwork.moment(actor, at),
    )
    grievance.priority = judgement.priority
    grievance.save(update_fields=["priority"])
    audit.record(
        "grievance.triaged",
        actor=actor,
        subject=grievance.ref,
        decision=str(judgement.decision),
        priority=str(judgement.priority),
        by_rule=str(assessment.priority),
        ruleset=assessment.ruleset,
    )


def _open_case(grievance: Grievance, severity: int, *, actor: User, at: datetime | None) -> RemediationCase:
    """Open the case (or the earlier one again), and let others learn what the worker agreed to."""
    day = clockwork.moment(actor, at).date()
    case, created = RemediationCase.objects.get_or_create(
        grievance=grievance, defaults={"opened_on": day, "severity": severity}
    )
    state = CaseState.State.OPEN if created else CaseState.State.REOPENED
    CaseState.objects.create(case=case, state=state, by=actor)
    audit.record("case.opened", actor=actor, subject=case.ref, grievance=grievance.ref, severity=severity)
    first_harms(case, actor=actor)
    let_flow(case, actor=actor, at=at)
    return case
