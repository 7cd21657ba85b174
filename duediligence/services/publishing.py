"""Freeze a record for approval, record the approval, publish numbered versions, withdraw in the open."""

from datetime import date
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from core import audit, evidence
from core.access import require
from core.actors import Actor, Automatic
from duediligence.composing import compose_from
from duediligence.content import digest, dump, with_publication
from duediligence.gathering import judge, read_record
from duediligence.models import Approval, Prepared, Publication, Record, Report, Withdrawal
from duediligence.models.publishing import ApprovalBody, ChangeKind
from duediligence.models.scope import CHANGE
from duediligence.refusals import Refused
from duediligence.services.cases import members_of
from duediligence.services.records import next_number, person
from duediligence.wording import HIDING_WITHDRAWALS, WITHDRAWALS


@transaction.atomic
def prepare(record: Record, *, actor: Actor, today: date | None = None) -> Prepared:
    """Freeze the record's content for approval; raises Refused while the check finds errors.

    The same content again is not stored twice.
    """
    require(actor, CHANGE, record)
    day = today or timezone.localdate()
    read = read_record(record, day)
    errors = judge(read).errors
    if errors:
        raise Refused(_("%(count)s things must be put right before this can be approved.") % {"count": len(errors)})
    text = dump(compose_from(read))
    newest = record.prepared.order_by("-number").first()
    if newest and newest.content == text:
        return newest
    prepared = Prepared.objects.create(
        record=record, number=next_number(record), content=text, digest=digest(text), by=person(actor)
    )
    audit.record("record.prepared", actor=actor, subject=record.ref, number=prepared.number, digest=prepared.digest)
    return prepared


@transaction.atomic
def approve(
    prepared: Prepared,
    *,
    approver_name: str,
    approver_title: str,
    body: str,
    approved_on: date,
    actor: Actor,
    body_name: str = "",
    upload: "UploadedFile[Any] | None" = None,
) -> Approval:
    """Record who approved exactly this content, when, for which body.

    Whoever prepared it does not record its approval, unless nobody else works on the record: then readers are told.
    """
    require(actor, CHANGE, prepared)
    if Approval.objects.filter(prepared=prepared).exists():
        raise Refused(_("The approval of this content is already recorded."))
    if approved_on > timezone.localdate():
        raise Refused(_("This day is still to come."))
    if prepared != prepared.record.prepared.order_by("-number").first():
        raise Refused(_("Newer content has been prepared since. Please have that approved."))
    same = not isinstance(actor, Automatic) and prepared.by_id == actor.pk
    if same and len(members_of(prepared.record.company)) > 1:
        raise Refused(_("You prepared this content yourself. A colleague must record its approval."))
    subject = prepared.record.ref
    kept = evidence.keep(upload, actor=actor, subject=subject, publishes=True) if upload else None
    approval = Approval.objects.create(
        prepared=prepared,
        approver_name=approver_name,
        approver_title=approver_title,
        body=ApprovalBody(body),
        body_name=body_name,
        approved_on=approved_on,
        evidence=kept,
        same_person=same,
        by=person(actor),
    )
    audit.record(
        "record.approved",
        actor=actor,
        subject=prepared.record.ref,
        number=prepared.number,
        body=str(body),
        on=approved_on,
        same_person=same,
    )
    return approval


@transaction.atomic
def publish(prepared: Prepared, *, actor: Actor, kind: str = "", note: str = "", on: date | None = None) -> Publication:
    """Publish approved content as the next version, for ever unchanged; a later version needs a reason."""
    require(actor, CHANGE, prepared)
    done = Publication.objects.filter(prepared=prepared).first()
    if done:
        return done
    approval = Approval.objects.select_related("evidence").filter(prepared=prepared).first()
    if approval is None:
        raise Refused(_("Nobody has approved this content yet."))
    record, day = prepared.record, on or timezone.localdate()
    report = _report_of(record, day)
    newest = report.versions.order_by("-version").first()
    if newest and not note.strip():
        raise Refused(_("Please tell the readers what changed and why."))
    version = newest.version + 1 if newest else 1
    change = ChangeKind(kind or ChangeKind.UPDATE) if newest else ChangeKind.FIRST
    text = dump(
        with_publication(
            prepared.data,
            report={
                "ref": report.ref,
                "version": version,
                "kind": change.value,
                "note": note,
                "published_on": day.isoformat(),
                "language": record.language,
                "record": record.ref,
                "replaces": newest.digest if newest else "",
            },
            approval=_approval_content(approval),
        )
    )
    publication = Publication.objects.create(
        report=report, version=version, prepared=prepared, content=text, digest=digest(text),
        language=record.language, kind=change, note=note, published_on=day, by=person(actor),
    )  # fmt: skip
    _bring_up_to_date(report, record, day)
    audit.record("report.published", actor=actor, subject=report.ref, version=version, digest=publication.digest)
    return publication


def _approval_content(approval: Approval) -> dict[str, str | bool]:
    return {
        "body": approval.body,
        "body_name": approval.body_name,
        "approver_name": approval.approver_name,
        "approver_title": approval.approver_title,
        "approved_on": approval.approved_on.isoformat(),
        "evidence_sha256": approval.evidence.sha256 if approval.evidence else "",
        "separate_person": not approval.same_person,
    }


def _report_of(record: Record, day: date) -> Report:
    party = record.company.party
    report, _created = Report.objects.select_for_update().get_or_create(
        record=record,
        defaults={
            "company_name": party.name,
            "country": party.country,
            "sector": party.sector,
            "period_end": record.period_end,
            "published_on": day,
        },
    )
    return report


def _bring_up_to_date(report: Report, record: Record, day: date) -> None:
    """Let the public list find the report by what its newest version says."""
    party = record.company.party
    report.company_name, report.country, report.sector = party.name, party.country, party.sector
    report.published_on, report.withdrawn = day, False
    report.save(update_fields=["company_name", "country", "sector", "published_on", "withdrawn"])


@transaction.atomic
def withdraw(report: Report, *, reason: str, note: str, actor: Actor, hide: bool = False) -> Withdrawal:
    """Take all versions so far back, in the open: their pages stay and say so.

    Content is hidden only for workers' safety, personal data or a court's order. Raises Refused without a note.
    """
    require(actor, CHANGE, report.record)
    if reason not in WITHDRAWALS:
        raise LookupError(reason)
    if not note.strip():
        raise Refused(_("Please tell the readers why the report is withdrawn."))
    if report.withdrawn:
        raise Refused(_("This report is already withdrawn."))
    if hide and reason not in HIDING_WITHDRAWALS:
        raise Refused(_("Only safety of workers, personal data or a court's order allows the content to be hidden."))
    newest = report.versions.order_by("-version").first()
    withdrawal = Withdrawal.objects.create(
        report=report,
        upto_version=newest.version if newest else 0,
        reason=reason,
        note=note,
        hides_content=hide,
        on=timezone.localdate(),
        by=person(actor),
    )
    report.withdrawn = True
    report.save(update_fields=["withdrawn"])
    audit.record("report.withdrawn", actor=actor, subject=report.ref, reason=reason, hidden=hide)
    return withdrawal
