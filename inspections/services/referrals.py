"""Refer a worker to those who help: with consent, field by field, revocable at once; a child by a route of its own."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from core import audit, vault
from core.access import require
from core.actors import Actor
from core.models import Account, PartnerProfile, User
from core.notices import notify
from core.roles import AccountKind, Role
from inspections.errors import ConflictOfInterest, NotNow
from inspections.models import Consent, Referral, ReferralField, ReferralStep, Visit
from inspections.models.referrals import SHARING, Given, Route, Stage
from inspections.referralcodes import CHILD_REQUIRED, EMERGENCY_FIELDS, EXPLAINED, FIELDS, SAFETY
from inspections.services.locking import hold
from inspections.services.planning import as_user
from parties.models import Party


@dataclass(frozen=True)
class ConsentGiven:
    """What was explained to a person, how, and what came of it."""

    given: str
    explained: tuple[str, ...]
    language: str
    fields: tuple[str, ...] = ()
    interpreter: bool = False


NEXT = {
    Stage.SENT: (Stage.ACCEPTED, Stage.DECLINED, Stage.RETURNED),
    Stage.ACCEPTED: (Stage.STARTED, Stage.COMPLETED, Stage.RETURNED),
    Stage.STARTED: (Stage.COMPLETED, Stage.RETURNED),
}


@transaction.atomic
def refer(
    visit: Visit,
    *,
    route: str,
    consent: ConsentGiven,
    safety: Iterable[str],
    urgency: str,
    actor: Actor,
    partner: Account | None = None,
    services: Iterable[str] = (),
    details: Mapping[str, str] | None = None,
    child: Mapping[str, str] | None = None,
    outcome: str = "",
    at: datetime | None = None,
) -> Referral:
    """Record a referral, or that a person refused one; send it to the partner where sharing is allowed.

    A refusal keeps the safety steps that were taken and no detail of the person. Raises NotNow or ConflictOfInterest.
    """
    require(actor, "manage", visit)
    given = Given(consent.given)
    steps = tuple(code for code in SAFETY if code in set(safety))
    known = {code: text.strip() for code, text in (details or {}).items() if code in FIELDS and text.strip()}
    _require_rules(Route(route), given, consent, steps, known, dict(child or {}))
    sharing = given in SHARING
    if sharing:
        _require_partner(partner, visit, Route(route))
    now = at or timezone.now()
    referral = Referral.objects.create(
        visit=visit,
        route=route,
        partner=partner if sharing else None,
        services=sorted(services) if sharing else [],
        urgency=urgency,
        outcome=outcome,
        safety=list(steps),
        child={code: text for code, text in (child or {}).items() if code in CHILD_REQUIRED},
        made_at=now,
        made_by=as_user(actor),
    )
    if sharing:
        _seal_details(referral, known)
    _write_consent(referral, given, consent, actor, now)
    audit.record("referral.made", actor=actor, subject=referral.ref, visit=visit.ref, route=route, consent=given.value)
    _write_step(referral, Stage.SENT if sharing else Stage.REFUSED, actor=actor, at=now)
    for person in partner_people(referral.partner):
        notify(person, "referral_received", subject_ref=referral.ref)
    if given == Given.EMERGENCY and visit.supervisor_id != getattr(actor, "pk", None):
        notify(visit.supervisor, "emergency_referral", subject_ref=referral.ref)
    return referral


def _require_rules(
    route: Route,
    given: Given,
    consent: ConsentGiven,
    safety: tuple[str, ...],
    known: Mapping[str, str],
    child: Mapping[str, str],
) -> None:
    """Raise NotNow where the route, the consent and what is shared do not go together."""
    if (route == Route.CHILD) != (given == Given.CHILD):
        raise NotNow(_("A child goes by the child route; nobody else does."))
    if not safety:
        raise NotNow(_("Please record at least one thing that was done for the person's safety."))
    missing = [code for code in EXPLAINED if code not in consent.explained]
    if given in (Given.AGREED, Given.REFUSED) and missing:
        raise NotNow(_("Please explain everything on the list first, then ask again."))
    if given == Given.CHILD:
        lacking = [code for code in CHILD_REQUIRED if not child.get(code, "").strip()]
        if lacking or "views_heard" not in consent.explained:
            raise NotNow(_("For a child, please complete every line of the child route and hear the child's views."))
    if given in SHARING and not consent.fields:
        raise NotNow(_("Please tick what may be shared."))
    if given in SHARING and not set(consent.fields) <= set(known):
        raise NotNow(_("Something may be shared that is not filled in."))
    if given == Given.EMERGENCY and not set(consent.fields) <= set(EMERGENCY_FIELDS):
        raise NotNow(_("Without consent, only the least that is needed to save a life may be shared."))


def _seal_details(referral: Referral, known: Mapping[str, str]) -> None:
    """Seal each thing about the person by itself."""
    for code, text in known.items():
        sealed = vault.seal(text, purpose=f"inspections.referral.{code}")
        ReferralField.objects.create(referral=referral, code=code, sealed=sealed)


def _require_partner(partner: Account | None, visit: Visit, route: Route) -> None:
    """Raise NotNow where nobody, or nobody who may, would receive the referral."""
    if partner is None:
        raise NotNow(_("Please choose who shall receive this referral."))
    if partner.kind != AccountKind.PARTNER:
        raise NotNow(_("Referrals go to partners only."))
    profile = PartnerProfile.objects.filter(account=partner).first()
    if route == Route.CHILD and not (profile and profile.child_protection):
        raise NotNow(_("A child is referred to a child-protection service. Please choose one."))
    if Party.objects.filter(account=partner, pk=visit.party_id).exists():
        raise ConflictOfInterest(_("The visited organisation cannot receive this referral."))


def _write_consent(referral: Referral, given: Given, consent: ConsentGiven, actor: Actor, at: datetime) -> Consent:
    row = Consent.objects.create(
        referral=referral,
        given=given,
        explained=sorted(consent.explained),
        language=consent.language,
        interpreter=consent.interpreter,
        fields=sorted(consent.fields) if given in SHARING else [],
        at=at,
        by=as_user(actor),
    )
    referral.__dict__.pop("consents_given", None)
    audit.record("referral.consent", actor=actor, subject=referral.ref, given=given.value, fields=len(row.fields))
    return row


def _write_step(
    referral: Referral, stage: Stage, *, actor: Actor, at: datetime, reason: str = "", remark: str = ""
) -> ReferralStep:
    row = ReferralStep.objects.create(
        referral=referral,
        stage=stage,
        reason=reason,
        remark=vault.seal(remark.strip(), purpose="inspections.referral.remark") if remark.strip() else None,
        at=at,
        by=as_user(actor),
    )
    for name in ("steps_taken", "stage"):
        referral.__dict__.pop(name, None)
    audit.record(f"referral.{stage.value}", actor=actor, subject=referral.ref, reason=reason)
    return row


@transaction.atomic
def respond(
    referral: Referral, *, stage: str, actor: Actor, reason: str = "", remark: str = "", at: datetime | None = None
) -> ReferralStep:
    """Record the partner's answer; declining and returning need a coded reason, and end his access."""
    hold(referral)
    require(actor, "respond", referral)
    wanted = Stage(stage)
    if wanted not in NEXT.get(referral.stands, ()):
        raise NotNow(_("That cannot be the next step of this referral."))
    if wanted in (Stage.DECLINED, Stage.RETURNED) and not reason:
        raise NotNow(_("Please choose the reason."))
    row = _write_step(referral, wanted, actor=actor, at=at or timezone.now(), reason=reason, remark=remark)
    for person in _senders(referral, declined=wanted == Stage.DECLINED):
        notify(person, "referral_answered", subject_ref=referral.ref)
    return row


def _senders(referral: Referral, *, declined: bool) -> list[User]:
    """Return who must know of the partner's answer."""
    people = [referral.made_by, referral.visit.supervisor if declined else None]
    return list(dict.fromkeys(person for person in people if person is not None))


@transaction.atomic
def withdraw_consent(referral: Referral, *, actor: Actor, at: datetime | None = None) -> Consent:
    """Record that the person took the consent back: the partner's access ends with this transaction, and he is told."""
    hold(referral)
    require(actor, "manage", referral)
    if referral.consent.given not in SHARING:
        raise NotNow(_("There is no consent to take back."))
    now = at or timezone.now()
    last = referral.consent
    row = _write_consent(
        referral,
        Given.WITHDRAWN,
        ConsentGiven(Given.WITHDRAWN, tuple(last.explained), last.language, (), last.interpreter),
        actor,
        now,
    )
    _write_step(referral, Stage.WITHDRAWN, actor=actor, at=now)
    for person in partner_people(referral.partner):
        notify(person, "referral_withdrawn", subject_ref=referral.ref)
    return row


@transaction.atomic
def send_again(
    referral: Referral, *, details: Mapping[str, str], remark: str, actor: Actor, at: datetime | None = None
) -> ReferralStep:
    """Answer a returned referral: add what was asked for among the agreed fields, and send it to the same partner."""
    hold(referral)
    require(actor, "manage", referral)
    if referral.stands != Stage.RETURNED or referral.consent.given not in SHARING:
        raise NotNow(_("Only a returned referral can be sent again."))
    for code, text in details.items():
        if text.strip() and code in referral.consent.fields:
            sealed = vault.seal(text.strip(), purpose=f"inspections.referral.{code}")
            ReferralField.objects.update_or_create(referral=referral, code=code, defaults={"sealed": sealed})
    row = _write_step(referral, Stage.SENT, actor=actor, at=at or timezone.now(), remark=remark)
    for person in partner_people(referral.partner):
        notify(person, "referral_received", subject_ref=referral.ref)
    return row


@transaction.atomic
def read_details(referral: Referral, *, actor: User) -> dict[str, str]:
    """Open what this reader may know of the person, in the order of the fields; each opening is written down.

    The partner gets the agreed fields only: the others are not opened at all.
    """
    fields = {field.code: field for field in referral.fields.select_related("sealed")}
    if referral.permits(actor, "details"):
        allowed = frozenset(fields)
    else:
        require(actor, "shared", referral)
        allowed = referral.shared_fields
    return {
        code: vault.open_text(fields[code].sealed, actor=actor, reason="referral.details", subject=referral.ref)
        for code in FIELDS
        if code in fields and code in allowed
    }


def partner_people(partner: Account | None) -> list[User]:
    """Return who reads a partner's inbox today."""
    if partner is None:
        return []
    today = timezone.localdate()
    memberships = partner.memberships.current(today).filter(role=Role.REFERRAL_PARTNER).select_related("user")
    return [membership.user for membership in memberships]
