"""Withdraw orders about licences before they take effect: by a paper of its own, or overtaken by another decision."""

from collections.abc import Sequence

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from core import access, audit, notices
from core.actors import Actor
from core.models import User
from recruiters.laterorders import Numbered, overtaken
from recruiters.licensing import Change
from recruiters.models import Appeal, FactStep, Licence, LicenceStatus, OrderWithdrawal
from recruiters.services.register import people_of
from recruiters.services.risk import rate_recruiter, write_step
from recruiters.services.standing import refresh_standing

Why = OrderWithdrawal.Why


class DecisionRefused(Exception):  # noqa: N818 - reads as a sentence where it is raised and caught
    """A decision that cannot be taken; the message is for people."""


@transaction.atomic
def withdraw_order(
    decision: LicenceStatus, *, reason_code: str, actor: Actor, order_number: str = ""
) -> OrderWithdrawal:
    """Withdraw an order that has not taken effect; one that follows from an appeal waits for a second officer.

    Raises DecisionRefused for one that is in effect, was withdrawn, is appealed against, or where the paper is missing.
    """
    access.require(actor, "decide", decision.licence)
    decision = _locked(decision)
    _refuse_if_in_effect(decision)
    if reason_code not in Why.values:
        raise DecisionRefused(_("Choose a reason."))
    if decision.order_number and not order_number.strip():
        raise DecisionRefused(_("An order is withdrawn by another: give its number."))
    if OrderWithdrawal.objects.filter(decision=decision).exists():
        raise DecisionRefused(_("Its withdrawal waits for a second officer already."))
    made = OrderWithdrawal.objects.create(
        decision=decision, reason_code=reason_code, order_number=order_number.strip()[:80], by=_user(actor),
        two_people=bool(decision.appeal_ref) and isinstance(actor, User),
    )  # fmt: skip
    audit.record(
        "licence.withdrawal_proposed" if made.waits else "licence.order_withdrawn",
        actor=actor, subject=decision.licence.ref, code=decision.code, reason=reason_code,
        effective_on=decision.effective_on,
    )  # fmt: skip
    if not made.waits:
        _carry_out([decision], actor=actor)
    return made


@transaction.atomic
def answer_withdrawal(withdrawal: OrderWithdrawal, *, agree: bool, actor: User) -> None:
    """Agree that an order is withdrawn, which carries it out, or do not, and it stands; nobody agrees with themselves.

    Raises DecisionRefused where nothing waits, or the order took effect meanwhile.
    """
    access.require(actor, "decide", withdrawal.decision.licence)
    decision = _locked(withdrawal.decision)
    made = OrderWithdrawal.objects.select_for_update().filter(pk=withdrawal.pk).first()
    if made is None or not made.waits:
        raise DecisionRefused(_("This proposal was answered already."))
    if agree and made.by_id == actor.pk:
        raise DecisionRefused(_("You proposed this yourself. Another officer has to agree."))
    verb = "licence.order_withdrawn" if agree else "licence.withdrawal_not_agreed"
    audit.record(verb, actor=actor, subject=decision.licence.ref, code=decision.code, reason=made.reason_code)
    if not agree:
        made.delete()
        return
    _refuse_if_in_effect(decision)
    made.agreed_at, made.agreed_by = timezone.now(), actor
    made.save(update_fields=["agreed_at", "agreed_by"])
    _carry_out([decision], actor=actor)


def put_aside_overtaken(licence: Licence, new: Change, *, order_number: str, actor: Actor) -> list[LicenceStatus]:
    """Withdraw the later orders that cannot follow on a decision that is now taken before them; the caller decides."""
    rows = {row.pk: row for row in licence.history.not_withdrawn()}
    gone = [rows[pk] for pk in overtaken([Numbered(pk, row.as_change()) for pk, row in rows.items()], new)]
    OrderWithdrawal.objects.filter(decision__in=gone).delete()  # what waited for a second officer is settled by this
    OrderWithdrawal.objects.bulk_create(
        OrderWithdrawal(decision=row, reason_code=Why.ANOTHER_ORDER, order_number=order_number[:80], by=_user(actor))
        for row in gone
    )
    for row in gone:
        audit.record(
            "licence.order_overtaken", actor=actor, subject=licence.ref, code=row.code, effective_on=row.effective_on
        )
    LicenceStatus.objects.filter(pk__in=[row.pk for row in gone]).update(is_withdrawn=True)
    _withdraw_facts(gone, actor)
    return gone


def _locked(decision: LicenceStatus) -> LicenceStatus:
    licence = Licence.objects.select_for_update().get(pk=decision.licence_id)
    return licence.history.select_related("licence__recruiter__party").get(pk=decision.pk)


def _refuse_if_in_effect(decision: LicenceStatus) -> None:
    if decision.is_withdrawn:
        raise DecisionRefused(_("This order was withdrawn already."))
    if decision.effective_on <= max(timezone.localdate(), decision.licence.today()):
        raise DecisionRefused(_("This order is in effect. It is ended by a decision of its own, not withdrawn."))
    if decision.appeals.filter(state=Appeal.State.LODGED).exists():
        raise DecisionRefused(_("An appeal against this order is open. Decide the appeal instead."))


def _carry_out(decisions: Sequence[LicenceStatus], *, actor: Actor) -> None:
    LicenceStatus.objects.filter(pk__in=[row.pk for row in decisions]).update(is_withdrawn=True)
    _withdraw_facts(decisions, actor)
    for row in decisions:
        recruiter = row.licence.recruiter
        refresh_standing([recruiter.pk])
        rate_recruiter(recruiter, actor=actor, cause="licence", cause_ref=row.licence.ref)
        for user in people_of(recruiter):
            notices.notify(user, "licence_order_withdrawn", subject_ref=row.licence.ref)


def _withdraw_facts(decisions: Sequence[LicenceStatus], actor: Actor) -> None:
    """Take back the facts that the orders were noted as: what never took effect is held against nobody."""
    for row in decisions:
        facts = row.licence.recruiter.survivor().risk_facts.filter(
            source_ref=row.licence.ref, code=f"licence.{row.code}", occurred_on=row.effective_on
        )
        for fact in facts.prefetch_related("steps"):
            if fact.state in ("standing", "disputed"):
                write_step(fact, FactStep.Is.WITHDRAWN, actor=actor)


def _user(actor: Actor) -> User | None:
    return actor if isinstance(actor, User) else None
