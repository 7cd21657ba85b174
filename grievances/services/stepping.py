"""Plan remedy step by step and keep what happens to each: agreed, delivered with proof, confirmed by the worker."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from core import audit
from core.access import require
from core.actors import Actor
from core.models import EvidenceFile, User
from grievances.models import CaseState, ContactAttempt, RemediationCase, RemedyStep, StepEvent
from grievances.remedy import PROVEN_BY_DECISION, STATE_OF_WORD, STATE_ONLY, StepState, Word, may_move
from grievances.services import clockwork, locks
from grievances.services.flowing import tell_change
from grievances.services.harms import HarmRefused, harm_for
from grievances.services.instalments import follow_parts
from grievances.services.payment_words import hear
from grievances.services.proofs import Proof, keep_proof
from grievances.services.writing import seal_text, set_status
from grievances.statuses import ClockKind, Status


class RemedyRefused(Exception):  # noqa: N818 - reads as a sentence where it is raised and caught
    """A step that cannot be taken now; the message is for people."""


@dataclass(frozen=True)
class StepPlan:
    """What a step of remedy is to be."""

    form: str
    item: str
    owner: str
    due_on: date
    amount: Decimal | None = None
    currency: str = ""
    note: str = ""
    harm: int | None = None


@transaction.atomic
def add_remedy_step(case: RemediationCase, plan: StepPlan, *, actor: Actor, at: datetime | None = None) -> RemedyStep:
    """Add a step of remedy to a case that is not closed; raises RemedyRefused."""
    require(actor, "handle", case)
    if case.state == CaseState.State.CLOSED:
        raise RemedyRefused(_("This case is closed. Open it again before you plan more."))
    if plan.form in STATE_ONLY and plan.owner != RemedyStep.Owner.STATE:
        raise RemedyRefused(
            _("Only a state authority can impose this. Choose the authority as the one who must do it.")
        )
    last = case.steps.aggregate(last=Max("number"))["last"] or 0
    try:
        harm = harm_for(case, plan.item, plan.harm)
    except HarmRefused as refusal:
        raise RemedyRefused(str(refusal)) from refusal
    step = RemedyStep.objects.create(
        case=case,
        number=last + 1,
        harm=harm,
        form=plan.form,
        item=plan.item,
        owner=plan.owner,
        due_on=plan.due_on,
        amount=plan.amount,
        currency=plan.currency if plan.amount is not None else "",
        note=seal_text(plan.note, "grievance.remedy_note", locks.holder_of(case.grievance)),
    )
    add_event(step, StepState.PROPOSED, actor=actor, at=at)
    clockwork.meet(case.grievance, ClockKind.FIRST_ACTION, at=at)
    return step


def add_event(
    step: RemedyStep,
    state: StepState,
    *,
    actor: Actor,
    channel: str = "",
    proof: EvidenceFile | None = None,
    decision_number: str = "",
    at: datetime | None = None,
) -> StepEvent:
    """Keep one thing that happened to a step, and move case and grievance along with their steps."""
    event = StepEvent.objects.create(
        step=step,
        state=state,
        on=clockwork.moment(actor, at).date(),
        by=actor if isinstance(actor, User) else None,
        channel=channel,
        proof=proof,
        decision_number=decision_number,
    )
    audit.record("case.step", actor=actor, subject=step.case.ref, step=step.number, form=step.form, state=str(state))
    hear(step, state, channel=channel, on=event.on)
    follow_parts(step, at=at)
    follow_steps(step.case, actor=actor, at=at)
    return event


@transaction.atomic
def agree(step: RemedyStep, *, actor: Actor, at: datetime | None = None) -> StepEvent:
    """Note that whoever owes a step agreed to it, and the worker with them."""
    return _move(step, StepState.AGREED, actor=actor, at=at)


@transaction.atomic
def deliver(
    step: RemedyStep,
    *,
    actor: Actor,
    proof: Proof | None = None,
    decision_number: str = "",
    at: datetime | None = None,
) -> StepEvent:
    """Note delivery with its proof, a file or an official decision's number; raises RemedyRefused without any."""
    require(actor, "handle", step.case)
    number = decision_number.strip() if step.form in PROVEN_BY_DECISION else ""
    if proof is None and not number:
        raise RemedyRefused(
            _("Delivery needs proof: add a file, or for an official act its number. Nobody's word alone is enough.")
        )
    kept = keep_proof(step.case, proof, actor=actor)
    return _move(step, StepState.DELIVERED, actor=actor, proof=kept, decision_number=number, at=at)


@transaction.atomic
def confirm(step: RemedyStep, word: Word, *, channel: str, actor: Actor, at: datetime | None = None) -> StepEvent:
    """Keep the worker's word on a step as she gave it to a handler, and through which channel."""
    return _move(step, STATE_OF_WORD[word], actor=actor, channel=channel, at=at)


@transaction.atomic
def refuse(step: RemedyStep, *, actor: Actor, at: datetime | None = None) -> StepEvent:
    """Note that whoever owes a step refuses it."""
    return _move(step, StepState.REFUSED, actor=actor, at=at)


@transaction.atomic
def replace_step(step: RemedyStep, *, actor: Actor, at: datetime | None = None) -> StepEvent:
    """Take a step off the plan because another stands in its place; it remains as history."""
    return _move(step, StepState.REPLACED, actor=actor, at=at)


@transaction.atomic
def note_attempt(case: RemediationCase, *, on: date, channel: str, reached: bool, actor: User) -> ContactAttempt:
    """Keep one try to reach the worker."""
    require(actor, "handle", case)
    attempt = ContactAttempt.objects.create(case=case, on=on, channel=channel, reached=reached, by=actor)
    audit.record("case.contact_attempt", actor=actor, subject=case.ref, channel=channel, reached=reached)
    return attempt


@transaction.atomic
def set_root_cause(case: RemediationCase, code: str, *, actor: Actor) -> None:
    """Name what let it happen: a case without it does not close."""
    require(actor, "handle", case)
    case.root_cause = code
    case.save(update_fields=["root_cause"])
    audit.record("case.root_cause", actor=actor, subject=case.ref, cause=code)


def _move(
    step: RemedyStep,
    to: StepState,
    *,
    actor: Actor,
    channel: str = "",
    proof: EvidenceFile | None = None,
    decision_number: str = "",
    at: datetime | None = None,
) -> StepEvent:
    require(actor, "handle", step.case)
    if step.case.state == CaseState.State.CLOSED:
        raise RemedyRefused(_("This case is closed. Open it again before you plan more."))
    if not may_move(StepState(step.state), to):
        raise RemedyRefused(_("This step cannot be set to that now. Reload the page to see where it stands."))
    return add_event(step, to, actor=actor, channel=channel, proof=proof, decision_number=decision_number, at=at)


def follow_steps(case: RemediationCase, *, actor: Actor, at: datetime | None = None) -> None:
    """Let the case and the grievance stand where their steps stand."""
    case.refresh_from_db()
    states = [StepState(step.state) for step in case.steps.prefetch_related("events")]
    going = [state for state in states if state not in {StepState.REPLACED, StepState.REFUSED}]
    if not going or case.state in {CaseState.State.CLOSED, CaseState.State.CLOSING}:
        return
    done = {StepState.DELIVERED, StepState.CONFIRMED}
    if all(state in done for state in going):
        status, state = Status.REMEDY_DELIVERED, CaseState.State.DELIVERED
    elif any(state in done | {StepState.PARTLY, StepState.DISPUTED} for state in going):
        status, state = Status.REMEDY_IN_PROGRESS, CaseState.State.IN_REMEDY
    elif all(state == StepState.PROPOSED for state in going):
        status, state = Status.REMEDY_PROPOSED, CaseState.State.IN_REMEDY
    else:
        status, state = Status.REMEDY_AGREED, CaseState.State.IN_REMEDY
    if case.grievance.status != Status.WITHDRAWN:
        set_status(case.grievance, status, actor=actor, at=at)
    set_case_state(case, state, actor=actor, at=at)


def set_case_state(
    case: RemediationCase, state: str, *, actor: Actor, outcome: str = "", at: datetime | None = None
) -> None:
    """Add a row where the case stands, if it stood elsewhere, and tell the floors above in codes."""
    if case.state == state and state != CaseState.State.CLOSING:
        return
    by = actor if isinstance(actor, User) else None
    row = CaseState.objects.create(case=case, state=state, outcome=outcome, by=by)
    if at is not None:
        CaseState.objects.filter(pk=row.pk).update(at=at)
    audit.record("case.state", actor=actor, subject=case.ref, state=str(state), outcome=outcome)
    tell_change(case, str(state), actor=actor, on=at.date() if at else timezone.localdate())
