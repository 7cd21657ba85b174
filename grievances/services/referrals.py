"""Refer a worker to those who help: with her consent field by field, revocable at once; a child by other rules."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from core import audit, evidence, vault
from core.access import require
from core.actors import Actor
from core.models import Account, EvidenceFile, Notice, PartnerProfile, User
from core.roles import AccountKind, Role
from grievances import clocks
from grievances.handlers import eligible, tell, tell_handlers
from grievances.models import (
    CaseReferral,
    CaseReferralField,
    CaseReferralStep,
    Grievance,
    GrievanceFile,
    RemediationCase,
)
from grievances.models.referrals import OVER, WITH_PARTNER, Basis, Route, Stage
from grievances.referring import (
    ANSWERS,
    CHILD_FIELDS,
    DECLINE_REASONS,
    FIELDS,
    REFER,
    RETURN_REASONS,
    Person,
    Plan,
    faults,
)
from grievances.services import clockwork, locks
from grievances.services.handling import send_message
from grievances.services.writing import current_consents, seal_text
from grievances.statuses import ClockKind, Status
from parties.conflicts import parties_of
from parties.models import Party

SECOND_SPAN = clocks.span("1d")


class ReferralRefused(Exception):  # noqa: N818 - reads as a sentence where it is raised and caught
    """A referral that may not be made or answered so; `faults` names every reason in code."""

    def __init__(self, message: str, faults: Sequence[str] = ()) -> None:
        super().__init__(message)
        self.faults = tuple(faults)


@dataclass(frozen=True)
class Wanted:
    """A referral as a handler writes it down; only what is in `told` is ever kept for the partner."""

    partner: Account
    basis: str
    services: tuple[str, ...] = ()
    urgency: str = "week"
    told: Mapping[str, str] = field(default_factory=dict, repr=False)
    files: tuple[GrievanceFile, ...] = ()
    explained: tuple[str, ...] = ()
    agreed_channel: str = ""
    stated_adult: bool = False
    override_reason: str = ""
    override_note: str = field(default="", repr=False)
    notice: str = field(default="", repr=False)


@transaction.atomic
def refer(case: RemediationCase, wanted: Wanted, *, actor: User, at: datetime | None = None) -> CaseReferral:
    """Refer somebody, or put down that she did not agree; without consent only to save a life, and by two people.

    Raises ReferralRefused naming every reason.
    """
    require(actor, "handle", case)
    told = {
        code: text.strip() for code, text in wanted.told.items() if code in (*FIELDS, *CHILD_FIELDS) and text.strip()
    }
    found = faults(_plan(wanted, told), _person(case, wanted))
    if wanted.partner.kind != AccountKind.PARTNER:
        found = (*found, "no_partner")
    if found:
        raise ReferralRefused(_("Nobody was referred: something is missing. Nothing was sent."), found)
    holder = locks.holder_of(case.grievance)
    waits = wanted.basis == Basis.OVERRIDE
    referral = CaseReferral.objects.create(
        case=case,
        partner=wanted.partner,
        route=Route.CHILD if wanted.basis == Basis.CHILD else Route.ADULT,
        basis=wanted.basis,
        services=sorted(wanted.services),
        urgency=wanted.urgency,
        explained=sorted(wanted.explained),
        agreed_channel=wanted.agreed_channel,
        override_reason=wanted.override_reason if waits else "",
        override_note=seal_text(wanted.override_note, "grievance.override_note", holder) if waits else None,
        notice=seal_text(wanted.notice, "grievance.override_notice", holder) if waits else None,
        clock=clockwork.start_another(case.grievance, ClockKind.SECOND_PERSON, SECOND_SPAN, at=at) if waits else None,
        made_on=clockwork.moment(actor, at).date(),
        made_by=actor,
    )
    _keep_for_partner(referral, told, wanted.files, actor=actor)
    audit.record(
        "case.referral",
        actor=actor,
        subject=case.ref,
        referral=referral.ref,
        basis=referral.basis,
        fields="+".join(sorted(told)),
        files=len(wanted.files),
    )
    first = {Basis.OVERRIDE: Stage.WAITING, Basis.REFUSED: Stage.REFUSED}.get(Basis(wanted.basis), Stage.SENT)
    _step(referral, first, actor=actor, at=at, reason=wanted.override_reason)
    if at is None and waits:
        tell([user for user in eligible(case.grievance) if user.pk != actor.pk], "grievance.override", case.ref)
    return referral


def _plan(wanted: Wanted, told: Mapping[str, str]) -> Plan:
    return Plan(
        basis=Basis(wanted.basis),
        told=frozenset(told),
        explained=frozenset(wanted.explained),
        agreed_channel=wanted.agreed_channel,
        override_reason=wanted.override_reason,
        has_note=bool(wanted.override_note.strip()),
        has_notice=bool(wanted.notice.strip()),
        files=len(wanted.files),
    )


def _person(case: RemediationCase, wanted: Wanted) -> Person:
    grievance = case.grievance
    profile = PartnerProfile.objects.filter(account=wanted.partner).first()
    return Person(
        consents=current_consents(grievance),
        perhaps_a_child=grievance.under_18,
        stated_adult=wanted.stated_adult,
        partner_protects_children=bool(profile and profile.child_protection),
        partner_is_accused=_is_accused(grievance, wanted.partner),
    )


def _is_accused(grievance: Grievance, partner: Account) -> bool:
    """Say whether the partner, or anybody who reads its referrals, is tied to whoever is accused."""
    accused = set(grievance.accusations.filter(dropped_on=None).values_list("party", flat=True))
    own = set(Party.objects.filter(account=partner).values_list("pk", flat=True))
    return bool(accused & own) or any(accused & parties_of(user) for user in people_of(partner))


def people_of(partner: Account) -> list[User]:
    """Return who reads a partner's referrals today."""
    members = partner.memberships.current(timezone.localdate()).filter(role=Role.REFERRAL_PARTNER)
    return list(User.objects.filter(pk__in=members.values("user"), is_active=True).order_by("pk"))


def _keep_for_partner(
    referral: CaseReferral, told: Mapping[str, str], files: Sequence[GrievanceFile], *, actor: User
) -> None:
    """Seal what the partner may know, each thing by itself and outside the case's strongbox: he must open it."""
    for code, text in told.items():
        sealed = vault.seal(text, purpose=f"grievance.referral.{code}")
        CaseReferralField.objects.create(referral=referral, code=code, sealed=sealed)
    for file in files:
        # Its clean copy alone: what a photo knows of its place and its phone goes nowhere.
        clean = evidence.read(file.evidence, actor=actor, reason="referral")
        evidence.keep_bytes(clean, actor=actor, subject=referral.ref)


def _step(
    referral: CaseReferral,
    stage: Stage,
    *,
    actor: Actor,
    reason: str = "",
    remark: str = "",
    at: datetime | None = None,
) -> CaseReferralStep:
    """Keep one step; what is over leaves nothing with the partner, and tells whoever waits for it."""
    row = CaseReferralStep.objects.create(
        referral=referral,
        stage=stage,
        reason=reason,
        remark=seal_text(remark, "grievance.referral_remark", locks.holder_of(referral.case.grievance)),
        on=clockwork.moment(actor, at).date(),
        by=actor if isinstance(actor, User) else None,
    )
    referral.__dict__.pop("now", None)
    audit.record("case.referral_step", actor=actor, subject=referral.ref, stage=stage.value, reason=reason)
    if stage in OVER:
        _let_go(referral, actor=actor)
    if stage is Stage.SENT and at is None:
        tell(people_of(referral.partner), "help.received", referral.ref)
    return row


def _let_go(referral: CaseReferral, *, actor: Actor) -> None:
    """Destroy what the partner could read; that it was there, and what of it, remains in codes."""
    for kept in referral.fields.select_related("sealed"):
        if kept.sealed.destroyed_on is None:
            vault.destroy(kept.sealed, actor=actor)
    for file in files_of(referral):
        for sealed in (file.original, file.cleaned):
            if sealed is not None and sealed.destroyed_on is None:
                vault.destroy(sealed, actor=actor)
    Notice.objects.filter(subject_ref=referral.ref).delete()


def files_of(referral: CaseReferral) -> list[EvidenceFile]:
    """Return the files that go with a referral."""
    return list(EvidenceFile.objects.filter(subject=referral.ref).select_related("original", "cleaned"))


@transaction.atomic
def decide_override(referral: CaseReferral, *, agree: bool, actor: User, at: datetime | None = None) -> None:
    """Agree or not, as the second person, that somebody is referred without consent; the worker is told of it.

    Raises ReferralRefused for whoever asked for it.
    """
    case = referral.case
    require(actor, "handle", case)
    referral = (
        CaseReferral.objects.select_for_update(of=("self",))
        .select_related("case__grievance", "clock")
        .get(pk=referral.pk)
    )
    if referral.stage is not Stage.WAITING:
        raise ReferralRefused(_("Nobody waits for a second person here any more."))
    if referral.made_by_id == actor.pk:
        raise ReferralRefused(_("Somebody else must agree: you asked for it yourself."))
    clockwork.meet_one(referral.clock, at=at)
    if not agree:
        _step(referral, Stage.STOPPED, actor=actor, at=at)
        return
    # First the notice: a second person who cannot open it sends nothing behind the worker's back.
    notice = (
        vault.open_text(referral.notice, actor=actor, reason="override", subject=case.ref) if referral.notice else ""
    )
    if not notice:
        raise ReferralRefused(_("The worker must be told, and there is no notice for her."), ("no_notice",))
    send_message(case.grievance, notice, actor=actor, at=at)
    _step(referral, Stage.SENT, actor=actor, reason=referral.override_reason, at=at)


@transaction.atomic
def read_told(referral: CaseReferral, *, actor: User) -> dict[str, str]:
    """Open what was agreed for the partner that holds it now; each opening is written down."""
    require(actor, "respond", referral)
    kept = {row.code: row for row in referral.fields.select_related("sealed")}
    return {
        code: vault.open_text(kept[code].sealed, actor=actor, reason="referral", subject=referral.ref)
        for code in (*FIELDS, *CHILD_FIELDS)
        if code in kept
    }


@transaction.atomic
def respond(
    referral: CaseReferral, stage: str, *, actor: User, reason: str = "", remark: str = "", at: datetime | None = None
) -> CaseReferralStep:
    """Accept, decline, return, begin or complete, as the partner; raises ReferralRefused."""
    referral = (
        CaseReferral.objects.select_for_update(of=("self",)).select_related("case__grievance").get(pk=referral.pk)
    )
    require(actor, "respond", referral)
    if stage not in ANSWERS.get(referral.stage, ()):
        raise ReferralRefused(_("That cannot be the next step of this referral."))
    needed = {Stage.DECLINED: DECLINE_REASONS, Stage.RETURNED: RETURN_REASONS}.get(Stage(stage))
    if needed and reason not in needed:
        raise ReferralRefused(_("Please choose the reason for this answer."))
    row = _step(referral, Stage(stage), actor=actor, reason=reason if needed else "", remark=remark, at=at)
    if at is None:
        tell_handlers(referral.case.grievance, "grievance.referral")
    return row


@transaction.atomic
def send_again(
    referral: CaseReferral, told: Mapping[str, str], *, actor: User, at: datetime | None = None
) -> CaseReferralStep:
    """Answer a returned referral within what was agreed: nothing new is told, what was told may be said better."""
    require(actor, "handle", referral.case)
    if referral.stage is not Stage.RETURNED or not may_go_on(referral):
        raise ReferralRefused(_("Only a returned referral can be sent again, and only while she agrees."))
    for kept in referral.fields.select_related("sealed"):
        text = told.get(kept.code, "").strip()
        if text:
            old, kept.sealed = kept.sealed, vault.seal(text, purpose=f"grievance.referral.{kept.code}")
            kept.save(update_fields=["sealed"])
            vault.destroy(old, actor=actor)
    return _step(referral, Stage.SENT, actor=actor, at=at)


@transaction.atomic
def revoke(referral: CaseReferral, *, actor: Actor, reason: str = "", at: datetime | None = None) -> None:
    """Take a referral back at the worker's word: the partner's access ends with this transaction."""
    require(actor, "handle", referral.case)
    _revoke(referral, actor=actor, reason=reason, at=at)


def _revoke(referral: CaseReferral, *, actor: Actor, reason: str, at: datetime | None) -> None:
    if referral.stage in OVER:
        return
    held = referral.stage in WITH_PARTNER
    _step(referral, Stage.REVOKED, actor=actor, reason=reason, at=at)
    clockwork.drop_one(referral.clock, at=at)
    if held and at is None:
        tell(people_of(referral.partner), "help.revoked", "")


def may_go_on(referral: CaseReferral) -> bool:
    """Say whether what let the partner be told still holds: her consent of today, where it rested on that."""
    if referral.basis != Basis.CONSENT:
        return True
    grievance = referral.case.grievance
    return grievance.status != Status.WITHDRAWN and bool(current_consents(grievance).get(REFER))


def follow_consents(grievance: Grievance, *, actor: Actor, at: datetime | None = None) -> None:
    """Take back what rests on a consent that the worker no longer gives; call it in her own transaction."""
    for referral in CaseReferral.objects.filter(case__grievance=grievance).select_related("case__grievance", "clock"):
        if not may_go_on(referral):
            _revoke(referral, actor=actor, reason="she_said_no", at=at)
