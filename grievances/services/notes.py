"""Open what colleagues and partners wrote down, sealed, about a case: on harms, on steps of remedy, on a referral."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db import transaction

from core import vault
from core.access import require
from core.models import SealedRecord, User
from grievances.models import CaseReferral, RemediationCase


@dataclass(frozen=True)
class CaseNotes:
    """What is noted on a case, by the numbers of its harms and of its steps."""

    harms: dict[int, str] = field(repr=False, default_factory=dict)
    steps: dict[int, str] = field(repr=False, default_factory=dict)


@dataclass(frozen=True)
class ReferralNotes:
    """What is noted on a referral: why it goes without consent, what she is told of it, what the partner says."""

    why: str = field(repr=False, default="")
    notice: str = field(repr=False, default="")
    remarks: dict[int, str] = field(repr=False, default_factory=dict)


@transaction.atomic
def read_case_notes(case: RemediationCase, *, actor: User, reason: str) -> CaseNotes:
    """Open the notes on harms and steps for a coded reason that the audit trail keeps; raises Locked."""
    require(actor, "handle", case)
    harms = case.harms.filter(struck_on=None).select_related("note")
    steps = case.steps.select_related("note")
    return CaseNotes(
        harms=_opened(((each.number, each.note) for each in harms), case, actor, reason),
        steps=_opened(((each.number, each.note) for each in steps), case, actor, reason),
    )


@transaction.atomic
def read_referral_notes(referral: CaseReferral, *, actor: User, reason: str) -> ReferralNotes:
    """Open what was written on a referral for a coded reason that the audit trail keeps; raises Locked."""
    case = referral.case
    require(actor, "handle", case)
    said = _opened([(1, referral.override_note), (2, referral.notice)], case, actor, reason)
    steps = referral.steps.select_related("remark")
    remarks = _opened(((each.pk, each.remark) for each in steps), case, actor, reason)
    return ReferralNotes(why=said.get(1, ""), notice=said.get(2, ""), remarks=remarks)


def _opened(
    noted: Iterable[tuple[int, SealedRecord | None]], case: RemediationCase, actor: User, reason: str
) -> dict[int, str]:
    return {
        number: vault.open_text(record, actor=actor, reason=reason, subject=case.ref)
        for number, record in noted
        if record is not None and record.destroyed_on is None
    }
