"""Appeals: lodged by whom a decision concerns, decided by an officer who did not take it, with an order of its own."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from core import access, audit, evidence, notices, vault
from core.actors import SYSTEM, Actor
from core.models import Account, User
from core.roles import Role
from recruiters.appealterms import appeal_terms, lifts_orders
from recruiters.licensing import ADVERSE, SUSPENDED
from recruiters.models import Appeal, AppealStep, Application, ApplicationStep, Claim, ClaimStep, LicenceStatus
from recruiters.models.words import Reason
from recruiters.services import licences
from recruiters.services.claims import account_of
from recruiters.services.licences import DecisionRefused, Order
from recruiters.services.register import officers, people_of
from recruiters.zones import local_day


@dataclass(frozen=True)
class Verdict:
    """The order that decides an appeal."""

    upheld: bool
    answer: str
    order_number: str
    order_authority: str = ""
    decided_on: date | None = None


def may_appeal(decision: LicenceStatus) -> bool:
    """Tell whether an order about a licence can be appealed: it goes against the holder and is in force or stayed."""
    against = decision.code in ADVERSE and not decision.is_withdrawn
    return against and bool(decision.order_number) and not decision.appeal_ref


@transaction.atomic
def lodge_appeal(
    *,
    ground: str,
    words: str,
    actor: User,
    application: Application | None = None,
    decision: LicenceStatus | None = None,
    claim: Claim | None = None,
    files: "Iterable[UploadedFile[Any]]" = (),
) -> Appeal:
    """Appeal against a refused application, an order about a licence, or a refused claim; the words are sealed.

    Raises DecisionRefused where there is nothing to appeal against, or an appeal is open. An order that does not hold
    while an appeal is open is stayed in the same transaction.
    """
    account = _account(actor, application, decision, claim)
    recruiter = next(
        found
        for found in (
            application.recruiter if application else None,
            decision.licence.recruiter if decision else None,
            claim.recruiter if claim else None,
        )
        if found is not None
    )
    _open_to_appeal(application, decision, claim)
    if not words.strip():
        raise DecisionRefused(_("Say why the decision should be another."))
    appeal = Appeal.objects.create(
        recruiter=recruiter, account=account, application=application, decision=decision, claim=claim, ground=ground,
        words=vault.seal(words, purpose="recruiter.appeal"), lodged_by=actor,
    )  # fmt: skip
    for upload in files:
        appeal.files.add(evidence.keep(upload, actor=actor, subject=appeal.ref))
    AppealStep.objects.create(appeal=appeal, state=appeal.state, by=actor)
    audit.record("appeal.lodged", actor=actor, subject=appeal.ref, recruiter=recruiter.ref, ground=ground)
    if decision is not None and _rests(decision) and _is_newest(decision):
        licences.stay_order(decision, appeal_ref=appeal.ref, actor=SYSTEM)
    for officer in officers():
        notices.notify(officer, "appeal_lodged", subject_ref=appeal.ref)
    return appeal


def _account(
    actor: User, application: Application | None, decision: LicenceStatus | None, claim: Claim | None
) -> Account:
    if sum(one is not None for one in (application, decision, claim)) != 1:
        raise DecisionRefused(_("An appeal is against one decision."))
    if application is not None:
        access.require(actor, "apply", application.recruiter)
    if decision is not None:
        access.require(actor, "apply", decision.licence.recruiter)
    if claim is not None:
        access.require(actor, "appeal", claim)
    return account_of(actor)


def _open_to_appeal(application: Application | None, decision: LicenceStatus | None, claim: Claim | None) -> None:
    nothing = DecisionRefused(_("There is no decision here that can be appealed."))
    for row in (application, claim):
        if row is not None:
            row.refresh_from_db(fields=["state"])
    if application is not None and application.state != Application.State.REFUSED:
        raise nothing
    if decision is not None and not may_appeal(decision):
        raise nothing
    if claim is not None and claim.state != Claim.State.REFUSED:
        raise nothing
    against = {"application": application, "decision": decision, "claim": claim}
    named = {name: one for name, one in against.items() if one is not None}
    if Appeal.objects.filter(state=Appeal.State.LODGED, **named).exists():
        raise DecisionRefused(_("An appeal against this is open already."))
    if Appeal.objects.filter(state=Appeal.State.DISMISSED, **named).exists():
        raise DecisionRefused(_("An appeal against this was decided already. The order says where to turn next."))


def _rests(decision: LicenceStatus) -> bool:
    """Tell whether an order rests while it is appealed: only by the country's law, and where it does not hold."""
    country = decision.licence.country
    lodged = local_day(country, timezone.now())
    return not decision.holds_pending_appeal and lifts_orders(appeal_terms(), country=country, lodged=lodged)


def _is_newest(decision: LicenceStatus) -> bool:
    newest = licences.newest_by(decision.licence, max(timezone.localdate(), decision.effective_on))
    return newest is not None and newest.pk == decision.pk


def deciders_of(appeal: Appeal) -> frozenset[int]:
    """Return who took part in the decision appealed against; they do not decide the appeal."""
    if appeal.decision is not None:
        return frozenset(pk for pk in [appeal.decision.recorded_by_id] if pk)
    if appeal.claim is not None:
        steps = ClaimStep.objects.filter(claim=appeal.claim, state__in=["refused", "proposed"])
        return frozenset(pk for pk in steps.values_list("by", flat=True) if pk)
    assert appeal.application is not None  # noqa: S101 - the table makes sure of it
    steps_of = ApplicationStep.objects.filter(application=appeal.application, state=Application.State.REFUSED)
    people = set(steps_of.values_list("by", flat=True))
    agreed = appeal.application.proposals.filter(answer="agreed")
    people |= {pk for pair in agreed.values_list("by", "answered_by") for pk in pair}
    return frozenset(pk for pk in people if pk)


@transaction.atomic
def decide_appeal(appeal: Appeal, verdict: Verdict, *, actor: Actor) -> Appeal:
    """Uphold or dismiss an appeal by an order; what follows from it is written in the same transaction.

    Upheld, a refused application or claim is open again, and an order about a licence is lifted. Dismissed, a stayed
    order holds again.
    """
    access.require(actor, "decide", appeal)
    locked = Appeal.objects.select_for_update(of=("self",)).select_related(
        "recruiter__party", "application", "decision__licence__recruiter__party", "claim"
    )
    appeal = locked.get(pk=appeal.pk)
    if not appeal.is_open:
        raise DecisionRefused(_("This appeal was already decided."))
    if isinstance(actor, User) and actor.pk in deciders_of(appeal):
        raise DecisionRefused(_("You took part in the decision. Somebody else decides the appeal."))
    if not verdict.order_number.strip() or not verdict.answer.strip():
        raise DecisionRefused(_("An appeal is decided by an order with a number, and with reasons."))
    if verdict.decided_on and verdict.decided_on > timezone.localdate():
        raise DecisionRefused(_("An order cannot be dated in the future; it can take effect later."))
    appeal.state = Appeal.State.UPHELD if verdict.upheld else Appeal.State.DISMISSED
    appeal.save(update_fields=["state"])
    AppealStep.objects.create(
        appeal=appeal, state=appeal.state, answer=verdict.answer.strip()[:2000],
        order_number=verdict.order_number.strip()[:80], order_authority=verdict.order_authority.strip()[:200],
        decided_on=verdict.decided_on or timezone.localdate(), by=actor if isinstance(actor, User) else None,
    )  # fmt: skip
    audit.record(f"appeal.{appeal.state}", actor=actor, subject=appeal.ref, recruiter=appeal.recruiter.ref)
    _follow(appeal, verdict, actor)
    for user in _told(appeal):
        notices.notify(user, f"appeal_{appeal.state}", subject_ref=appeal.ref)
    return appeal


def _told(appeal: Appeal) -> list[User]:
    people = {user.pk: user for user in people_of(appeal.recruiter)} if appeal.claim is None else {}
    members = appeal.account.memberships.filter(role=Role.RECRUITER_MEMBER, until__isnull=True).select_related("user")
    return list((people | {member.user_id: member.user for member in members}).values())


def _follow(appeal: Appeal, verdict: Verdict, actor: Actor) -> None:
    by = actor if isinstance(actor, User) else None
    if appeal.application is not None and verdict.upheld:
        application = appeal.application
        application.state = Application.State.SUBMITTED
        application.save(update_fields=["state"])
        note = _("The appeal was upheld. The application is decided anew.")
        ApplicationStep.objects.create(application=application, state=application.state, note=note, by=by)
    elif appeal.claim is not None and verdict.upheld:
        appeal.claim.state = Claim.State.OPEN
        appeal.claim.save(update_fields=["state"])
        note = _("The appeal was upheld. The claim is decided anew.")
        ClaimStep.objects.create(claim=appeal.claim, state=Claim.State.OPEN, note=note, by=by)
    elif appeal.decision is not None:
        _follow_order(appeal, appeal.decision, verdict, actor)


def _follow_order(appeal: Appeal, decision: LicenceStatus, verdict: Verdict, actor: Actor) -> None:
    licence = decision.licence
    reason = Reason.APPEAL_UPHELD if verdict.upheld else Reason.APPEAL_DISMISSED
    order = Order(verdict.order_number, reason, decided_on=verdict.decided_on, authority=verdict.order_authority,
                  appeal_ref=appeal.ref)  # fmt: skip
    if not verdict.upheld:
        licences.resume_order(licence, decision, order=order, actor=actor)
        return
    now = licence.standing().code
    if now not in ADVERSE:
        return
    verb = licences.reinstate_licence if now in SUSPENDED else licences.restore_licence
    verb(
        licence, order_number=order.number, reason_code=reason, authority=order.authority,
        decided_on=order.decided_on, appeal_ref=appeal.ref, actor=actor,
        effective_on=max(timezone.localdate(), decision.effective_on),
    )  # fmt: skip


@transaction.atomic
def withdraw_appeal(appeal: Appeal, *, actor: User) -> Appeal:
    """Withdraw an appeal; a stayed order holds again."""
    if not appeal.permits(actor, "withdraw"):
        raise PermissionDenied(_("This appeal is not yours."))
    appeal = Appeal.objects.select_for_update(of=("self",)).select_related("decision__licence").get(pk=appeal.pk)
    if not appeal.is_open:
        raise DecisionRefused(_("This appeal was already decided."))
    appeal.state = Appeal.State.WITHDRAWN
    appeal.save(update_fields=["state"])
    AppealStep.objects.create(appeal=appeal, state=appeal.state, by=actor)
    audit.record("appeal.withdrawn", actor=actor, subject=appeal.ref)
    if appeal.decision is not None:
        old = appeal.decision
        order = Order(old.order_number, Reason.APPEAL_DISMISSED, authority=old.order_authority, appeal_ref=appeal.ref)
        licences.resume_order(old.licence, old, order=order, actor=SYSTEM)
    return appeal
