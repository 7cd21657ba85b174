"""Small writes that several verbs share: a status, a sealed text, consents, the parties named."""

import json
from collections.abc import Mapping
from datetime import datetime

from core import audit, vault
from core.actors import Actor
from core.models import SealedRecord, User
from core.vault import KeyHolder
from grievances.keys import derived
from grievances.models import Accused, ConsentGiven, Grievance, GrievanceStatus
from grievances.naming import possible_parties
from grievances.services.clockwork import moment
from grievances.statuses import Status
from parties.models import Party


def set_status(
    grievance: Grievance, status: Status, *, actor: Actor, reason: str = "", at: datetime | None = None
) -> GrievanceStatus:
    """Add a status row unless the grievance stands there already; write it to the audit trail."""
    newest = grievance.statuses.order_by("-pk").first()
    if newest is not None and newest.status == status and newest.reason == reason:
        return newest
    row = GrievanceStatus.objects.create(
        grievance=grievance,
        status=status,
        at=moment(actor, at),
        by=actor if isinstance(actor, User) else None,
        reason=reason,
    )
    grievance.__dict__.pop("state", None)
    audit.record("grievance.status", actor=actor, subject=grievance.ref, status=str(status), reason=reason)
    return row


def seal_text(text: str, purpose: str, holder: KeyHolder) -> SealedRecord | None:
    """Seal a text for its grievance's holder, or return nothing where there is none."""
    clean = text.strip()
    return vault.seal(clean, purpose=purpose, holder=holder) if clean else None


def seal_facts(facts: Mapping[str, object], purpose: str, holder: KeyHolder) -> SealedRecord | None:
    """Seal named facts for their grievance's holder, or return nothing where all are empty."""
    if not any(facts.values()):
        return None
    return vault.seal(json.dumps(facts, ensure_ascii=False), purpose=purpose, holder=holder)


def open_facts(record: SealedRecord | None, *, actor: Actor, reason: str, subject: str) -> dict[str, str]:
    """Open named facts; nothing sealed gives an empty mapping."""
    if record is None:
        return {}
    facts = json.loads(vault.open_text(record, actor=actor, reason=reason, subject=subject))
    return {str(name): value for name, value in facts.items()}


def record_consents(
    grievance: Grievance, consents: Mapping[str, bool], *, actor: Actor, language: str, at: datetime | None = None
) -> None:
    """Add a row for each purpose whose answer is new or changed."""
    now = current_consents(grievance)
    day = moment(actor, at).date()
    for purpose, given in consents.items():
        if now.get(purpose) != given:
            ConsentGiven.objects.create(grievance=grievance, purpose=purpose, given=given, on=day, language=language)
            audit.record("grievance.consent", actor=actor, subject=grievance.ref, purpose=purpose, given=given)


def current_consents(grievance: Grievance) -> dict[str, bool]:
    """Return what holds now for each purpose that was asked."""
    return {row.purpose: row.given for row in grievance.consents.all()}


def link_party(
    grievance: Grievance, party: Party, *, part: str, basis: str, actor: Actor, at: datetime | None = None
) -> Accused:
    """Link a party that is or may be accused; the audit trail keeps a digest, so that it tells nobody tied to it."""
    link, created = Accused.objects.get_or_create(
        grievance=grievance,
        party=party,
        part=part,
        dropped_on=None,
        defaults={
            "basis": basis,
            "linked_on": moment(actor, at).date(),
            "linked_by": actor if isinstance(actor, User) else None,
        },
    )
    if not created and basis == Accused.Basis.CONFIRMED and link.basis != basis:
        link.basis = basis
        link.linked_by = actor if isinstance(actor, User) else None
        link.save(update_fields=["basis", "linked_by"])
    audit.record(
        "grievance.party_linked", actor=actor, subject=grievance.ref, part=part, basis=basis, party=party_code(party)
    )
    return link


def link_named(
    grievance: Grievance, named: Mapping[str, str], *, actor: Actor, at: datetime | None = None
) -> list[Accused]:
    """Link every party that the worker's words may mean, before anybody is told of the grievance."""
    return [
        link_party(grievance, party, part=part, basis=Accused.Basis.POSSIBLE, actor=actor, at=at)
        for part, text in named.items()
        for party in possible_parties(text)
    ]


def party_code(party: Party) -> str:
    """Return a keyed code for a party in the audit trail: checkable by us, readable by nobody."""
    return derived(b"audit-party", party.ref.encode(), size=8).hex()
