"""Record what is known about fees, and the national rules; what is grave enough becomes a fact of the rating."""

from collections.abc import Iterable
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from core import access, audit
from core.actors import Actor
from core.models import User
from core.roles import Role
from core.standards import standard
from recruiters.feelookup import rules_for
from recruiters.feerules import FeeJudgement, NationalRule, Payment, judge
from recruiters.models import Corridor, FeeFact, FeeRule, Recruiter
from recruiters.models.words import SourceKind
from recruiters.services.risk import note_risk


class RuleRefused(Exception):  # noqa: N818 - reads as a sentence where it is raised and caught
    """A rule that cannot be put on record; the message is for people."""


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
    work: str = "",
    monthly_wage: Decimal | None = None,
) -> FeeJudgement:
    """Return all answers for a payment, by the rules on record for its corridor; writes nothing."""
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
        work=work,
        monthly_wage=monthly_wage,
        wage_currency=currency,
    )
    return judge(payment, rules_for(origin, destination))


@transaction.atomic
def set_fee_rule(
    *,
    actor: Actor,
    source: str,
    worker_max: Decimal | None = None,
    currency: str = "",
    wage_share: Decimal | None = None,
    origin: str = "",
    destination: str = "",
    jurisdiction: str = "",
    categories: Iterable[str] = (),
    work: str = "",
    starts: date | None = None,
    ends: date | None = None,
    receipt_required: bool = False,
    disclosure_required: bool = False,
    verified: bool = False,
    code: str = "",
    source_url: str = "",
) -> FeeRule:
    """Put a rule of national law on record for a corridor (an empty country means any); the one before it ends.

    Raises RuleRefused for a rule with two limits, without a country, or with days or currency that do not fit.
    """
    access.require_role(actor, Role.MINISTRY_OFFICER)
    country = jurisdiction or origin or destination
    _refuse_unfit(country, worker_max, wage_share, currency, starts, ends)
    kinds = sorted(categories)
    if starts is not None:
        before = FeeRule.objects.filter(
            origin=origin, destination=destination, jurisdiction=country, work=work, ends__isnull=True
        ).exclude(starts__gte=starts)
        for old in [rule for rule in before if sorted(rule.categories) == kinds]:
            old.ends = starts - timedelta(days=1)
            old.save(update_fields=["ends"])
    rule = FeeRule.objects.create(
        code=code, jurisdiction=country, origin=origin, destination=destination, categories=kinds, work=work,
        worker_max=worker_max, currency=currency, wage_share=wage_share, starts=starts, ends=ends,
        receipt_required=receipt_required, disclosure_required=disclosure_required, source=source,
        source_url=source_url, verified=verified, recorded_by=actor if isinstance(actor, User) else None,
    )  # fmt: skip
    audit.record(
        "fee_rule.set", actor=actor, subject=f"{origin or 'any'}-{destination or 'any'}", starts=starts,
        law=country, verified=verified,
    )  # fmt: skip
    return rule


def _refuse_unfit(
    country: str,
    worker_max: Decimal | None,
    wage_share: Decimal | None,
    currency: str,
    starts: date | None,
    ends: date | None,
) -> None:
    if not country:
        raise RuleRefused(_("Say whose law it is."))
    if worker_max is not None and wage_share is not None:
        raise RuleRefused(_("A rule has one limit: an amount, or a share of the wage."))
    if worker_max is not None and not currency:
        raise RuleRefused(_("Say in which currency the amount is."))
    if starts is not None and ends is not None and ends < starts:
        raise RuleRefused(_("The rule ends before it begins."))


@transaction.atomic
def confirm_fee_rule(rule: NationalRule, *, actor: Actor) -> FeeRule:
    """Confirm a rule of the reviewed file for the ministry, as it stands; from then on it can say "lawful"."""
    if rule.part_of or (rule.worker_max is None and rule.wage_share is None):
        raise RuleRefused(_("This rule is not whole on file. Put it on record as the law has it."))
    return set_fee_rule(
        actor=actor, source=rule.source, worker_max=rule.worker_max, currency=rule.currency,
        wage_share=rule.wage_share, origin=rule.origin, destination=rule.destination, jurisdiction=rule.country,
        categories=rule.categories, work=rule.work[0] if rule.work else "", starts=rule.starts, ends=rule.ends,
        receipt_required=rule.receipt_required, disclosure_required=rule.disclosure_required, verified=True,
        code=rule.code, source_url=rule.source_url,
    )  # fmt: skip


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
    work: str = "",
    monthly_wage: Decimal | None = None,
    source_ref: str = "",
) -> FeeFact:
    """Record a payment with all its answers; a breach becomes a fact of the rating."""
    access.require(actor, "assess", recruiter)
    about = {
        "category": category, "payer": payer, "corridor": corridor, "amount": amount, "currency": currency,
        "paid_on": paid_on, "receipt_held": receipt_held, "disclosed_before": disclosed_before, "work": work,
        "monthly_wage": monthly_wage,
    }  # fmt: skip
    answer = judge_payment(**about)  # type: ignore[arg-type]  # the same names, gathered once
    fact = FeeFact.objects.create(
        recruiter=recruiter,
        **about,
        collector=collector,
        source_kind=source_kind,
        source_ref=source_ref,
        international=answer.international.verdict,
        national=answer.national.verdict,
        severity=answer.severity,
        reasons=_kept(answer),
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


def _kept(answer: FeeJudgement) -> dict[str, Any]:
    """Return the reasons as they are stored: each country's law apart, with the rule and its mark of certainty."""
    return {
        "international": list(answer.international.reasons),
        "national": list(answer.national.reasons),
        "countries": [
            {
                "country": each.country,
                "verdict": each.verdict.value,
                "reasons": list(each.reasons),
                "rule": each.rule.code if each.rule else "",
                "certain": each.certain,
            }
            for each in answer.countries
        ],
    }
