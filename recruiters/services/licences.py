"""Decide about licences. Each decision is a row with its order; lists and the public register follow at once."""

from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from core import access, audit, notices
from core.actors import Actor
from core.models import User
from recruiters.licensing import ALLOWED, MAY_RECRUIT, SUSPENDED, Status
from recruiters.models import Licence, LicenceStatus, Recruiter
from recruiters.models.words import Reason, StatusCode
from recruiters.registerrows import number_key
from recruiters.services.register import people_of
from recruiters.services.risk import note_risk, rate_recruiter, settle_source
from recruiters.services.standing import refresh_standing

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


class DecisionRefused(Exception):  # noqa: N818 - reads as a sentence where it is raised and caught
    """A decision that cannot be taken; the message is for people."""


@dataclass(frozen=True)
class Order:
    """The paper behind a decision."""

    number: str = ""
    reason_code: str = ""
    legal_basis: str = ""
    decided_on: date | None = None


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
    newest = licence.history.order_by("-effective_on", "-pk").first()
    if newest is not None and effective_on < newest.effective_on:
        raise DecisionRefused(
            _("This licence has a newer decision, in effect from %(day)s. A decision cannot take effect before it.")
            % {"day": newest.effective_on.isoformat()}
        )
    now = licence.standing(effective_on)
    if now.code not in ALLOWED[decision]:
        raise DecisionRefused(
            _("The licence is “%(status)s” on that day. This decision cannot be taken from there.")
            % {"status": StatusCode(now.code).label}
        )
    if code in SEVERITY and not order.number.strip():
        raise DecisionRefused(_("A decision against the holder needs the number of its order."))
    kept_term = newest.expires_on if newest else None
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
    _judge(licence, code, effective_on, actor=actor)
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
}


def _judge(licence: Licence, code: str, on: date, *, actor: Actor) -> None:
    """Rate anew: an adverse decision is a fact, a favourable one puts the facts of that licence right."""
    if code in SEVERITY:
        note_risk(licence.recruiter, f"licence.{code}", SEVERITY[Status(code)], licence.ref, on, actor=actor)
        return
    if code in MAY_RECRUIT:
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
) -> LicenceStatus:
    """Suspend a licence by an order from a day on, for good or until a last day; the public register shows it at once.

    Raises DecisionRefused when the licence is already suspended or ended, or when the order's number is missing.
    """
    if until is not None and until < effective_on:
        raise DecisionRefused(_("A suspension cannot end before it starts."))
    order = Order(order_number, reason_code, legal_basis)
    return _decide(licence, "suspend", SUSPENSIONS[kind], order, effective_on=effective_on, actor=actor, until=until)


@transaction.atomic
def reinstate_licence(
    licence: Licence, *, order_number: str, reason_code: str, actor: Actor, effective_on: date | None = None
) -> LicenceStatus:
    """Lift a suspension; the licence is again what it was before, until the end of its term."""
    before = [row for row in licence.history.order_by("effective_on", "pk") if row.code not in SUSPENDED]
    code = before[-1].code if before else Status.ACTIVE
    code = code if code in MAY_RECRUIT or code == Status.RENEWAL_PENDING else Status.ACTIVE
    order = Order(order_number, reason_code)
    on = effective_on or timezone.localdate()
    return _decide(licence, "reinstate", code, order, effective_on=on, actor=actor)


@transaction.atomic
def revoke_licence(
    licence: Licence, *, order_number: str, reason_code: str, effective_on: date, actor: Actor, legal_basis: str = ""
) -> LicenceStatus:
    """Take a licence away by an order."""
    order = Order(order_number, reason_code, legal_basis)
    return _decide(licence, "revoke", Status.REVOKED, order, effective_on=effective_on, actor=actor)


@transaction.atomic
def ban_recruiter(
    licence: Licence, *, order_number: str, reason_code: str, effective_on: date, actor: Actor, legal_basis: str = ""
) -> LicenceStatus:
    """Ban a holder for good by an order."""
    order = Order(order_number, reason_code, legal_basis)
    return _decide(licence, "ban", Status.BANNED_PERMANENT, order, effective_on=effective_on, actor=actor)


@transaction.atomic
def refuse_licence(
    licence: Licence, *, order_number: str, reason_code: str, actor: Actor, effective_on: date | None = None
) -> LicenceStatus:
    """Refuse a licence that was applied for."""
    on = effective_on or timezone.localdate()
    return _decide(licence, "refuse", Status.REFUSED, Order(order_number, reason_code), effective_on=on, actor=actor)


@transaction.atomic
def restore_licence(
    licence: Licence, *, order_number: str, reason_code: str, actor: Actor, effective_on: date | None = None
) -> LicenceStatus:
    """Give an ended licence back after an appeal; its old term holds."""
    on = effective_on or timezone.localdate()
    return _decide(licence, "restore", Status.ACTIVE, Order(order_number, reason_code), effective_on=on, actor=actor)


@transaction.atomic
def close_licence(
    licence: Licence, *, actor: Actor, effective_on: date | None = None, order_number: str = ""
) -> LicenceStatus:
    """Close a licence at its holder's own request."""
    on = effective_on or timezone.localdate()
    order = Order(order_number, Reason.OWNER_REQUEST)
    return _decide(licence, "close", Status.CEASED, order, effective_on=on, actor=actor)
