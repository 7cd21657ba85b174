"""Open a record, answer its practical actions, attach and take off evidence."""

from datetime import date
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import IntegrityError, transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from core import audit, evidence
from core.access import require
from core.actors import Actor, Automatic
from core.models import User
from core.standards import standard
from duediligence.gathering import actions_of, ranked_risks, tracked_actions
from duediligence.models import AnswerEvidence, Company, PlannedAction, Record, Risk, RiskAssessment, StepAnswer
from duediligence.models.risks import ActionState
from duediligence.models.scope import CHANGE
from duediligence.refusals import Refused
from duediligence.states import AnswerState


def person(actor: Actor) -> User | None:
    """Return the user who acts, or None for a job of our own."""
    return None if isinstance(actor, Automatic) else actor


@transaction.atomic
def open_record(
    company: Company, *, period_start: date, period_end: date, actor: Actor, language: str = "en", carry: bool = True
) -> Record:
    """Open the record of a period; risks and open actions of the record before are carried over if wished.

    Raises Refused when the period overlaps one that has a record, or ends before it starts.
    """
    require(actor, CHANGE, company)
    if period_end <= period_start:
        raise Refused(_("The period must end after it starts."))
    earlier = company.records.filter(period_start__lte=period_end, period_end__gte=period_start).first()
    if earlier:
        raise Refused(_("The record %(ref)s already covers a part of this period.") % {"ref": earlier.ref})
    record = Record.objects.create(
        company=company,
        period_start=period_start,
        period_end=period_end,
        language=language,
        standard_edition=standard("oecd").edition,
        opened_by=person(actor),
    )
    audit.record("record.opened", actor=actor, subject=record.ref, start=period_start, end=period_end)
    before = company.records.filter(period_end__lt=period_start).order_by("-period_end").first()
    if carry and before:
        _carry_over(before, record, actor)
    _adopt_cases(company, record)
    return record


def _adopt_cases(company: Company, record: Record) -> None:
    """Take in the cases of the period that arrived before there was a record for it."""
    company.cases.filter(record__isnull=True, opened_on__lte=record.period_end).update(record=record)


def _carry_over(before: Record, record: Record, actor: Actor) -> None:
    """Copy risks with their newest judgement, and actions that are still open, into the new record."""
    today, copies = timezone.localdate(), {}
    for one in ranked_risks(before):
        old = one.risk
        new = Risk.objects.create(
            record=record, title=old.title, description=old.description, supplier=old.supplier, country=old.country,
            carried_from=old, found_on=old.found_on,
        )  # fmt: skip
        copies[old.pk] = new
        if one.judged:
            judged = one.judged
            RiskAssessment.objects.create(
                risk=new, scale=judged.scale, scope=judged.scope, irremediability=judged.irremediability,
                likelihood=judged.likelihood, involvement=judged.involvement, why=judged.why, method=judged.method,
                by=person(actor),
            )  # fmt: skip
    for tracked in tracked_actions(before, today):
        if tracked.is_open:
            old_action = tracked.action
            action = PlannedAction.objects.create(
                record=record, risk=copies.get(old_action.risk_id or 0), title=old_action.title, owner=old_action.owner,
                due_on=old_action.due_on, indicator=old_action.indicator, carried_from=old_action,
            )  # fmt: skip
            ActionState.objects.create(action=action, state=tracked.state, note=tracked.note, by=person(actor))
    audit.record("record.carried_over", actor=actor, subject=record.ref, source=before.ref, risks=len(copies))


@transaction.atomic
def change_record(record: Record, *, language: str, publish_suppliers: bool, actor: Actor) -> Record:
    """Change the report's language and whether it lists suppliers."""
    require(actor, CHANGE, record)
    record.language, record.publish_suppliers = language, publish_suppliers
    record.save(update_fields=["language", "publish_suppliers"])
    audit.record("record.changed", actor=actor, subject=record.ref, language=language, suppliers=publish_suppliers)
    return record


@transaction.atomic
def answer_action(
    record: Record,
    action: str,
    *,
    state: str,
    actor: Actor,
    reason: str = "",
    text: str = "",
    decision: str = "",
    owner: str = "",
    on: date | None = None,
) -> StepAnswer:
    """Give the answer to a practical action as a new version; raises LookupError for an action the guidance lacks.

    Something may be missing: it is saved all the same and named at the check. An answer equal to the newest one is
    not stored again.
    """
    require(actor, CHANGE, record)
    if action not in {known.code for known in actions_of(record)}:
        raise LookupError(action)
    fields = {"state": AnswerState(state).value, "reason": reason, "text": text, "decision": decision,
              "owner": owner, "on": on}  # fmt: skip
    newest = record.answers.filter(action=action).order_by("-number").first()
    if newest and all(getattr(newest, name) == value for name, value in fields.items()):
        return newest
    number = newest.number + 1 if newest else 1
    try:
        with transaction.atomic():
            answer = StepAnswer.objects.create(
                record=record, action=action, number=number, given_by=person(actor), **fields
            )
    except IntegrityError as error:
        raise Refused(
            _("A colleague saved this answer at the same moment. Yours is still here: compare, then save again.")
        ) from error
    audit.record("answer.given", actor=actor, subject=record.ref, action=action, state=state, number=number)
    return answer


@transaction.atomic
def add_evidence(
    record: Record,
    action: str,
    upload: "UploadedFile[Any]",
    *,
    title: str,
    actor: Actor,
    dated: date | None = None,
    checked_by: str = "",
) -> AnswerEvidence:
    """Keep a file as evidence for an answer; raises core.evidence.EvidenceRefused with a sentence for people."""
    require(actor, CHANGE, record)
    file = evidence.keep(upload, actor=actor, subject=record.ref, publishes=True)
    added = AnswerEvidence.objects.create(
        record=record, action=action, file=file, title=title, dated=dated, checked_by=checked_by, added_by=person(actor)
    )
    audit.record("answer.evidence_added", actor=actor, subject=record.ref, action=action, file=file.ref)
    return added


@transaction.atomic
def remove_evidence(added: AnswerEvidence, *, actor: Actor) -> AnswerEvidence:
    """Take a file off an answer; what was published with it keeps its digest, and the file stays sealed."""
    require(actor, CHANGE, added)
    if added.removed_at is None:
        added.removed_at, added.removed_by = timezone.now(), person(actor)
        added.save(update_fields=["removed_at", "removed_by"])
        audit.record("answer.evidence_removed", actor=actor, subject=added.record.ref, file=added.file.ref)
    return added


def next_number(record: Record) -> int:
    """Return the number of the next preparation."""
    return (record.prepared.aggregate(top=Max("number"))["top"] or 0) + 1
