"""Decide about licences. Each decision is a row with its order; lists and the public register follow at once."""

from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from core import access, audit, notices
from core.actors import Actor
from core.models import User
from recruiters.licensing import ADVERSE, ALLOWED, MAY_RECRUIT, ON_APPEAL, OPEN_TERM, Change, Status
from recruiters.models import Licence, LicenceStatus, Recruiter
from recruiters.models.words import Reason, StatusCode
from recruiters.registerrows import number_key
from recruiters.services.register import people_of
from recruiters.services.risk import note_risk, rate_recruiter, settle_source
from recruiters.services.standing import refresh_standing
from recruiters.services.withdrawing import DecisionRefused as DecisionRefused
from recruiters.services.withdrawing import put_aside_overtaken

SEVERITY = {
    Status.SUSPENDED_ADMIN: "moderate",
    Status.SUSPENDED_DISCIPLINARY: "serious",
    Status.SUSPENDED_PREVENTIVE: "serious",
    Status.REVOKED: "critical",
    Status.CANCELLED: "serious",
    Status.BANNED_PERMANENT: "critical",
    Status.RENEWAL_DENIED: "serious",
}
SUSPENSIONS = {"admin": Status.SUSPENDED_ADMIN, "disciplinary": Status.SUSPENDED_DISCIPLINARY,
               "preventive": Status.SUSPENDED_PREVENTIVE}  # fmt: skip


@dataclass(frozen=True)
class Order:
    """The paper behind a decision."""

    number: str = ""
    reason_code: str = ""
    legal_basis: str = ""
    decided_on: date | None = None
    authority: str = ""
    holds_pending_appeal: bool = True
    appeal_ref: str = ""


@transaction.atomic
def add_licence(
    recruiter: Recruiter,
    *,
    actor: Actor,
    number: str = "",
    authority: str = "",
    country: str = "",
    issued_on: date | None = None,
    expires_on: date | None = None,
    code: str = Status.ACTIVE,
    raw: str = "",
    conditions: str = "",
    capacity: int | None = None,
    order_number: str = "",
    reason_code: str = Reason.REQUIREMENTS_MET,
) -> Licence:
    """Add a licence with the first row of its history; raises DecisionRefused for dates that cannot be, or a number
    that another recruiter holds from the same authority.
    """
    access.require(actor, "decide", recruiter)
    begins = issued_on or timezone.localdate()
    if expires_on is not None and expires_on < begins:
        raise DecisionRefused(_("A licence cannot end before it starts."))
    key = number_key(number)
    where = country or recruiter.country
    if key and Licence.objects.filter(country=where, authority=authority, number_key=key).exists():
        raise DecisionRefused(_("This licence number is already on the register, from the same authority."))
    licence = Licence.objects.create(
        recruiter=recruiter,
        number=number,
        number_key=key,
        authority=authority,
        country=where,
        issued_on=issued_on,
        conditions=conditions,
        capacity=capacity,
    )
    _write(licence, code, begins, Order(order_number, reason_code), actor=actor, raw=raw, expires_on=expires_on)
    audit.record("licence.added", actor=actor, subject=licence.ref, recruiter=recruiter.ref, code=str(code))
    return licence


def _write(
    licence: Licence,
    code: str,
    effective_on: date,
    order: Order,
    *,
    actor: Actor,
    raw: str = "",
    expires_on: date | None = None,
    until: date | None = None,
) -> LicenceStatus:
    row = LicenceStatus.objects.create(
        licence=licence,
        code=code,
        raw=raw,
        effective_on=effective_on,
        until=until,
        expires_on=expires_on,
        order_number=order.number,
        reason_code=order.reason_code,
        legal_basis=order.legal_basis,
        decided_on=order.decided_on or timezone.localdate(),
        order_authority=order.authority[:200],
        holds_pending_appeal=order.holds_pending_appeal,
        appeal_ref=order.appeal_ref,
        recorded_by=actor if isinstance(actor, User) else None,
    )
    refresh_standing([licence.recruiter_id])
    licence.recruiter.refresh_from_db()
    return row


def _decide(
    licence: Licence,
    decision: str,
    code: str,
    order: Order,
    *,
    effective_on: date,
    actor: Actor,
    expires_on: date | None = None,
    until: date | None = None,
) -> LicenceStatus:
    """Take one decision: may I, is it possible from where the licence stands, write it, rate, tell."""
    access.require(actor, "decide", licence)
    licence = Licence.objects.select_for_update().select_related("recruiter__party").get(pk=licence.pk)
    newest = newest_by(licence, max(timezone.localdate(), licence.today()))
    if newest is not None and effective_on < newest.effective_on:
        raise DecisionRefused(
            _("This licence has a newer decision, in effect from %(day)s. A decision cannot take effect before it.")
            % {"day": newest.effective_on.isoformat()}
        )
    now = licence.standing(effective_on)
    if now.code not in {**ALLOWED, **ON_APPEAL}[decision]:
        raise DecisionRefused(
            _("The licence is “%(status)s” on that day. This decision cannot be taken from there.")
            % {"status": StatusCode(now.code).label}
        )
    if order.decided_on is not None and order.decided_on > timezone.localdate():
        raise DecisionRefused(_("An order cannot be dated in the future; it can take effect later."))
    if code in SEVERITY and not order.number.strip():
        raise DecisionRefused(_("A decision against the holder needs the number of its order."))
    kept_term = _term_before(licence) if decision == "stay" else _kept_term(licence, effective_on)
    new = Change(str(code), effective_on, expires_on or kept_term, until=until)
    put_aside_overtaken(licence, new, order_number=order.number, actor=actor)
    row = _write(licence, code, effective_on, order, actor=actor, expires_on=expires_on or kept_term, until=until)
    audit.record(
        f"licence.{_VERBS[decision]}",
        actor=actor,
        subject=licence.ref,
        recruiter=licence.recruiter.ref,
        code=str(code),
        reason=order.reason_code,
        effective_on=effective_on,
    )
    _judge(licence, code, effective_on, stayed=decision == "stay", actor=actor)
    for user in people_of(licence.recruiter):
        notices.notify(user, f"licence_{_VERBS[decision]}", subject_ref=licence.ref)
    return row


_VERBS = {
    "grant": "granted",
    "renew": "renewed",
    "condition": "conditioned",
    "suspend": "suspended",
    "reinstate": "reinstated",
    "revoke": "revoked",
    "ban": "banned",
    "refuse": "refused",
    "restore": "restored",
    "close": "closed",
    "stay": "stayed",
    "resume": "resumed",
}


def _term_before(licence: Licence) -> date | None:
    rows = licence.history.not_withdrawn().filter(code__in=[str(code) for code in OPEN_TERM])
    return rows.order_by("-effective_on", "-pk").values_list("expires_on", flat=True).first()


def _kept_term(licence: Licence, on: date) -> date | None:
    """Return the term that goes on: of the row that rules, or of a renewal that was written after it."""
    begun = [row for row in licence.standing_rows() if row.effective_on <= on]
    terms = [row for row in begun if row is begun[-1] or row.code in OPEN_TERM]
    return max(terms, key=lambda row: row.pk).expires_on if terms else None


def newest_by(licence: Licence, day: date) -> LicenceStatus | None:
    """Return the newest row of a licence's history that has begun by a day and was not withdrawn."""
    rows = licence.history.not_withdrawn().filter(effective_on__lte=day)
    return rows.order_by("-effective_on", "-pk").first()


def _judge(licence: Licence, code: str, on: date, *, stayed: bool, actor: Actor) -> None:
    """Rate anew: an adverse decision is a fact, a favourable one puts the facts of that licence right."""
    if code in SEVERITY:
        note_risk(licence.recruiter, f"licence.{code}", SEVERITY[Status(code)], licence.ref, on, actor=actor)
        return
    if code in MAY_RECRUIT and not stayed:
        settle_source(licence.recruiter, licence.ref, state="remedied", actor=actor)
    rate_recruiter(licence.recruiter, actor=actor, cause="licence", cause_ref=licence.ref)


@transaction.atomic
def grant_licence(
    licence: Licence, *, expires_on: date, actor: Actor, effective_on: date | None = None, order_number: str = "",
    reason_code: str = Reason.REQUIREMENTS_MET, provisional: bool = False,
) -> LicenceStatus:  # fmt: skip
    """Grant a licence that was applied for, until a day."""
    begins = effective_on or timezone.localdate()
    if expires_on < begins:
        raise DecisionRefused(_("A licence cannot end before it starts."))
    code = Status.PROVISIONAL if provisional else Status.ACTIVE
    order = Order(order_number, reason_code)
    return _decide(licence, "grant", code, order, effective_on=begins, actor=actor, expires_on=expires_on)


@transaction.atomic
def renew_licence(
    licence: Licence, *, expires_on: date, actor: Actor, effective_on: date | None = None, order_number: str = "",
    reason_code: str = Reason.REQUIREMENTS_MET,
) -> LicenceStatus:  # fmt: skip
    """Renew a licence until a later day."""
    begins = effective_on or timezone.localdate()
    before = licence.standing(begins)
    if expires_on < begins or (before.expires_on is not None and expires_on <= before.expires_on):
        raise DecisionRefused(_("A renewal must end later than the term it renews."))
    order = Order(order_number, reason_code)
    return _decide(licence, "renew", Status.ACTIVE, order, effective_on=begins, actor=actor, expires_on=expires_on)


@transaction.atomic
def set_conditions(
    licence: Licence,
    *,
    conditions: str,
    order_number: str,
    reason_code: str,
    actor: Actor,
    effective_on: date | None = None,
) -> LicenceStatus:
    """Attach conditions to a valid licence."""
    row = _decide(
        licence, "condition", Status.ACTIVE_CONDITIONS, Order(order_number, reason_code),
        effective_on=effective_on or timezone.localdate(), actor=actor,
    )  # fmt: skip
    Licence.objects.filter(pk=licence.pk).update(conditions=conditions[:1000])
    return row


@transaction.atomic
def suspend_licence(
    licence: Licence,
    *,
    order_number: str,
    reason_code: str,
    effective_on: date,
    actor: Actor,
    until: date | None = None,
    kind: str = "disciplinary",
    legal_basis: str = "",
    authority: str = "",
    decided_on: date | None = None,
    holds_pending_appeal: bool = True,
) -> LicenceStatus:
    """Suspend a licence by an order from a day on, for good or until a last day; the public register follows that day.

    Raises DecisionRefused when the licence is already suspended or ended, or when the order's number is missing.
    """
    if until is not None and until < effective_on:
        raise DecisionRefused(_("A suspension cannot end before it starts."))
    order = Order(order_number, reason_code, legal_basis, decided_on, authority, holds_pending_appeal)
    return _decide(licence, "suspend", SUSPENSIONS[kind], order, effective_on=effective_on, actor=actor, until=until)


@transaction.atomic
def reinstate_licence(
    licence: Licence, *, order_number: str, reason_code: str, actor: Actor, effective_on: date | None = None,
    authority: str = "", decided_on: date | None = None, legal_basis: str = "", appeal_ref: str = "",
) -> LicenceStatus:  # fmt: skip
    """Lift a suspension; the licence is again what it was before, until the end of its term."""
    on = effective_on or timezone.localdate()
    code = _code_before(licence, on)
    order = Order(order_number, reason_code, legal_basis, decided_on, authority, appeal_ref=appeal_ref)
    return _decide(licence, "reinstate", code, order, effective_on=on, actor=actor)


@transaction.atomic
def revoke_licence(
    licence: Licence, *, order_number: str, reason_code: str, effective_on: date, actor: Actor, legal_basis: str = "",
    authority: str = "", decided_on: date | None = None, holds_pending_appeal: bool = True,
) -> LicenceStatus:  # fmt: skip
    """Take a licence away by an order."""
    order = Order(order_number, reason_code, legal_basis, decided_on, authority, holds_pending_appeal)
    return _decide(licence, "revoke", Status.REVOKED, order, effective_on=effective_on, actor=actor)


@transaction.atomic
def ban_recruiter(
    licence: Licence, *, order_number: str, reason_code: str, effective_on: date, actor: Actor, legal_basis: str = "",
    authority: str = "", decided_on: date | None = None, holds_pending_appeal: bool = True,
) -> LicenceStatus:  # fmt: skip
    """Ban a holder for good by an order."""
    order = Order(order_number, reason_code, legal_basis, decided_on, authority, holds_pending_appeal)
    return _decide(licence, "ban", Status.BANNED_PERMANENT, order, effective_on=effective_on, actor=actor)


@transaction.atomic
def refuse_licence(
    licence: Licence, *, order_number: str, reason_code: str, actor: Actor, effective_on: date | None = None,
    authority: str = "", decided_on: date | None = None, legal_basis: str = "",
) -> LicenceStatus:  # fmt: skip
    """Refuse a licence that was applied for."""
    on = effective_on or timezone.localdate()
    order = Order(order_number, reason_code, legal_basis, decided_on, authority)
    return _decide(licence, "refuse", Status.REFUSED, order, effective_on=on, actor=actor)


@transaction.atomic
def restore_licence(
    licence: Licence, *, order_number: str, reason_code: str, actor: Actor, effective_on: date | None = None,
    authority: str = "", decided_on: date | None = None, legal_basis: str = "", appeal_ref: str = "",
) -> LicenceStatus:  # fmt: skip
    """Give an ended licence back after an appeal; its old term holds."""
    on = effective_on or timezone.localdate()
    order = Order(order_number, reason_code, legal_basis, decided_on, authority, appeal_ref=appeal_ref)
    return _decide(licence, "restore", Status.ACTIVE, order, effective_on=on, actor=actor)


def _code_before(licence: Licence, on: date) -> str:
    """Return what a licence was before the orders that lie on it on a day; valid where nothing tells."""
    before = [row for row in licence.standing_rows() if row.effective_on <= on and row.code not in ADVERSE]
    code = before[-1].code if before else Status.ACTIVE
    return code if code in OPEN_TERM else Status.ACTIVE


def stay_order(decision: LicenceStatus, *, appeal_ref: str, actor: Actor) -> LicenceStatus:
    """Stay an order while an appeal is open: the licence is again what it was. The caller has checked who appeals."""
    order = Order(reason_code=Reason.APPEAL_PENDING, appeal_ref=appeal_ref)
    licence, on = decision.licence, max(timezone.localdate(), decision.effective_on)
    return _decide(licence, "stay", _code_before(licence, on), order, effective_on=on, actor=actor)


def resume_order(licence: Licence, decision: LicenceStatus, *, order: Order, actor: Actor) -> LicenceStatus | None:
    """Bring a stayed order back after its appeal was dismissed; None where something newer has been decided since."""
    stayed = licence.history.filter(reason_code=Reason.APPEAL_PENDING, appeal_ref=order.appeal_ref).last()
    on = max(timezone.localdate(), stayed.effective_on) if stayed else timezone.localdate()
    newest = newest_by(licence, on)
    if stayed is None or newest is None or newest.pk != stayed.pk:
        return None
    return _decide(licence, "resume", decision.code, order, effective_on=on, until=decision.until, actor=actor)


@transaction.atomic
def close_licence(
    licence: Licence, *, actor: Actor, effective_on: date | None = None, order_number: str = ""
) -> LicenceStatus:
    """Close a licence at its holder's own request."""
    on = effective_on or timezone.localdate()
    order = Order(order_number, Reason.OWNER_REQUEST)
    return _decide(licence, "close", Status.CEASED, order, effective_on=on, actor=actor)
