"""Record what is known about fees and contracts; what is grave enough becomes a fact of the rating."""

from datetime import date, timedelta
from decimal import Decimal

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from core import access, audit
from core.actors import Actor
from core.models import User
from core.roles import Role
from core.standards import standard
from recruiters.contractrules import severity_of_finding
from recruiters.feerules import FeeJudgement, Payment, judge
from recruiters.models import ContractFact, Corridor, FeeFact, FeeRule, Recruiter
from recruiters.models.words import SourceKind
from recruiters.services.risk import note_risk


def judge_payment(
    *,
    category: str,
    payer: str,
    corridor: Corridor | None,
    amount: Decimal | None = None,
    currency: str = "",
    paid_on: date | None = None,
    receipt_held: bool | None = None,
    disclosed_before: bool | None = None,
) -> FeeJudgement:
    """Return both answers for a payment, by the rules on record for its corridor; writes nothing."""
    origin, destination = (corridor.origin, corridor.destination) if corridor else ("", "")
    payment = Payment(
        category=category,
        fee_class=standard("fees").category(category).fee_class,
        payer=payer,
        amount=amount,
        currency=currency,
        paid_on=paid_on,
        origin=origin,
        destination=destination,
        receipt_held=receipt_held,
        disclosed_before=disclosed_before,
    )
    rules = FeeRule.objects.filter(Q(origin__in=("", origin)) & Q(destination__in=("", destination)))
    return judge(payment, [rule.as_rule() for rule in rules])


@transaction.atomic
def set_fee_rule(
    *,
    actor: Actor,
    worker_max: Decimal,
    currency: str,
    source: str,
    origin: str = "",
    destination: str = "",
    starts: date | None = None,
    ends: date | None = None,
    receipt_required: bool = False,
    verified: bool = False,
) -> FeeRule:
    """Put a national fee rule on record for a corridor (an empty country means any); the one before it ends."""
    access.require_role(actor, Role.MINISTRY_OFFICER)
    if starts is not None:
        before = FeeRule.objects.filter(origin=origin, destination=destination, ends__isnull=True)
        before.update(ends=starts - timedelta(days=1))
    rule = FeeRule.objects.create(
        origin=origin, destination=destination, worker_max=worker_max, currency=currency, starts=starts, ends=ends,
        receipt_required=receipt_required, source=source, verified=verified,
    )  # fmt: skip
    audit.record("fee_rule.set", actor=actor, subject=f"{origin or 'any'}-{destination or 'any'}", starts=starts)
    return rule


@transaction.atomic
def record_fee(
    recruiter: Recruiter,
    *,
    actor: Actor,
    category: str,
    payer: str,
    source_kind: str,
    corridor: Corridor | None = None,
    collector: str = "",
    amount: Decimal | None = None,
    currency: str = "",
    paid_on: date | None = None,
    receipt_held: bool | None = None,
    disclosed_before: bool | None = None,
    source_ref: str = "",
) -> FeeFact:
    """Record a payment with both its answers; a breach becomes a fact of the rating."""
    access.require(actor, "assess", recruiter)
    answer = judge_payment(
        category=category, payer=payer, corridor=corridor, amount=amount, currency=currency, paid_on=paid_on,
        receipt_held=receipt_held, disclosed_before=disclosed_before,
    )  # fmt: skip
    fact = FeeFact.objects.create(
        recruiter=recruiter,
        corridor=corridor,
        category=category,
        payer=payer,
        collector=collector,
        amount=amount,
        currency=currency,
        paid_on=paid_on,
        receipt_held=receipt_held,
        disclosed_before=disclosed_before,
        source_kind=source_kind,
        source_ref=source_ref,
        international=answer.international.verdict,
        national=answer.national.verdict,
        severity=answer.severity,
        reasons={"international": list(answer.international.reasons), "national": list(answer.national.reasons)},
        recorded_by=actor if isinstance(actor, User) else None,
    )
    audit.record(
        "recruiter.fee_recorded", actor=actor, subject=fact.ref, recruiter=recruiter.ref, category=category,
        international=fact.international, national=fact.national,
    )  # fmt: skip
    if answer.severity in ("serious", "critical"):
        source = source_ref if source_kind == SourceKind.GRIEVANCE and source_ref else fact.ref
        note_risk(recruiter, f"fee.{category}", answer.severity, source, paid_on or timezone.localdate(), actor=actor)
    return fact


@transaction.atomic
def record_contract(
    recruiter: Recruiter,
    *,
    actor: Actor,
    element: str,
    finding: str,
    source_kind: str,
    corridor: Corridor | None = None,
    before: str = "",
    after: str = "",
    observed_on: date | None = None,
    source_ref: str = "",
) -> ContractFact:
    """Record what was found about one element of contracts; a change for the worse becomes a fact of the rating."""
    access.require(actor, "assess", recruiter)
    required = standard("contract").element(element).required
    severity = severity_of_finding(element, finding, required=required)
    fact = ContractFact.objects.create(
        recruiter=recruiter,
        corridor=corridor,
        element=element,
        finding=finding,
        before=before,
        after=after,
        observed_on=observed_on or timezone.localdate(),
        source_kind=source_kind,
        source_ref=source_ref,
        severity=severity,
        recorded_by=actor if isinstance(actor, User) else None,
    )
    audit.record(
        "recruiter.contract_recorded",
        actor=actor,
        subject=fact.ref,
        recruiter=recruiter.ref,
        element=element,
        finding=finding,
    )
    if severity in ("moderate", "serious", "critical"):
        source = source_ref if source_kind == SourceKind.GRIEVANCE and source_ref else fact.ref
        note_risk(recruiter, f"contract.{finding}", severity, source, fact.observed_on, actor=actor)
    return fact
