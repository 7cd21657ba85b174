"""What a handler does with a grievance: take it, read it with a reason, answer, name the accused, step back."""

from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from core import audit, vault
from core.access import require
from core.actors import SYSTEM, Actor
from core.models import User
from grievances.handlers import eligible, forget_notices, tell, untied_overseers
from grievances.models import Accused, Assignment, Grievance, Message, Recusal, RemediationCase
from grievances.reasons import OPEN_REASONS, RECUSAL_REASONS
from grievances.services import clockwork, locks
from grievances.services.flowing import let_flow
from grievances.services.texting.reaching import announce
from grievances.services.turns import take_turn
from grievances.services.writing import link_party, open_facts, party_code, seal_text, set_status
from grievances.statuses import ENDED, ClockKind, Status
from grievances.triage import TERMS
from parties.conflicts import parties_of
from parties.models import Party


class HandlingRefused(Exception):  # noqa: N818 - reads as a sentence where it is raised and caught
    """Something that may not be done now; the message is for people."""


@dataclass(frozen=True)
class Opened:
    """A grievance's words, opened for one reading."""

    words: str = field(repr=False)
    place: str = field(repr=False)
    employer: str = field(repr=False)
    recruiter: str = field(repr=False)
    messages: tuple[tuple[Message, str], ...] = field(repr=False)
    notes: tuple[tuple[str, str], ...] = field(repr=False, default=())
    second_note: str = field(repr=False, default="")


@transaction.atomic
def take(grievance: Grievance, *, actor: User, at: datetime | None = None) -> None:
    """Become the handler: the grievance is acknowledged by a person from now on."""
    require(actor, "handle", grievance)
    assign(grievance, actor, actor=actor, at=at)
    if grievance.status == Status.RECEIVED:
        set_status(grievance, Status.ACKNOWLEDGED, actor=actor, at=at)
    clockwork.meet(grievance, ClockKind.ACKNOWLEDGE, at=at)


@transaction.atomic
def assign(grievance: Grievance, user: User, *, actor: Actor, at: datetime | None = None) -> None:
    """Give a grievance to a handler who may know of it; raises HandlingRefused otherwise."""
    take_turn(grievance)  # she may be stepping back, or be named, at this very moment
    if not grievance.permits(user, "handle"):
        raise HandlingRefused(_("This person cannot handle it. Please choose somebody else."))
    current = grievance.assignments.filter(until=None).first()
    if current is not None and current.user_id == user.pk:
        return
    grievance.assignments.filter(until=None).update(until=at or timezone.now())
    Assignment.objects.create(grievance=grievance, user=user)
    audit.record("grievance.assigned", actor=actor, subject=grievance.ref, to=user.audit_code)
    if actor != user:
        tell([user], "grievance.assigned", grievance.ref)


@transaction.atomic
def open_words(grievance: Grievance, *, actor: User, reason: str) -> Opened:
    """Open the worker's words and the messages for a coded reason that the audit trail keeps."""
    require(actor, "handle", grievance)
    if reason not in OPEN_REASONS:
        raise HandlingRefused(_("Say why you open it."))
    locks.share(grievance, actor=actor)
    names = open_facts(grievance.names_told, actor=actor, reason=reason, subject=grievance.ref)

    question = grievance.second_words.filter(answered_at=None).select_related("note").first()

    def opened(record: object) -> str:
        return vault.open_text(record, actor=actor, reason=reason, subject=grievance.ref) if record else ""  # type: ignore[arg-type]

    return Opened(
        words=opened(grievance.statement),
        place=names.get("place", ""),
        employer=names.get("employer", ""),
        recruiter=names.get("recruiter", ""),
        messages=tuple((m, opened(m.body)) for m in grievance.messages.select_related("body", "author")),
        notes=tuple(
            (str(d.at.date()), opened(d.note)) for d in grievance.decisions.exclude(note=None).select_related("note")
        ),
        second_note=opened(question.note) if question is not None else "",
    )


@transaction.atomic
def open_contact(grievance: Grievance, *, actor: User, reason: str) -> dict[str, str]:
    """Open how the worker may be reached, for a coded reason that the audit trail keeps."""
    require(actor, "handle", grievance)
    if reason not in OPEN_REASONS:
        raise HandlingRefused(_("Say why you open it."))
    return open_facts(grievance.contact, actor=actor, reason=reason, subject=grievance.ref)


@transaction.atomic
def send_message(grievance: Grievance, words: str, *, actor: User, at: datetime | None = None) -> Message:
    """Write to the worker; she reads it when she returns with her receipt."""
    require(actor, "handle", grievance)
    body = seal_text(words, "grievance.message", locks.holder_of(grievance))
    if body is None:
        raise HandlingRefused(_("Write the message first."))
    message = Message.objects.create(
        grievance=grievance,
        sender=Message.Sender.HANDLER,
        author=actor,
        body=body,
        sent_on=clockwork.moment(actor, at).date(),
    )
    audit.record("grievance.message", actor=actor, subject=grievance.ref, sender="handler")
    if grievance.status == Status.RECEIVED:
        set_status(grievance, Status.ACKNOWLEDGED, actor=actor, at=at)
    clockwork.meet(grievance, ClockKind.ACKNOWLEDGE, ClockKind.ANSWER, ClockKind.UPDATE, at=at)
    if grievance.status not in ENDED:
        newest = grievance.decisions.order_by("-pk").first()
        clockwork.start(grievance, ClockKind.UPDATE, TERMS[newest.severity if newest else 2].update, at=at)
    announce(grievance, at=at)
    return message


@transaction.atomic
def link_accused(grievance: Grievance, party: Party, *, part: str, actor: User, at: datetime | None = None) -> Accused:
    """Confirm that a party is accused; whoever is tied to it loses access in this transaction."""
    require(actor, "handle", grievance)
    take_turn(grievance)
    link = link_party(grievance, party, part=part, basis=Accused.Basis.CONFIRMED, actor=actor, at=at)
    _let_flow(grievance, actor=actor, at=at)
    find_handler_if_tied(grievance, actor=actor)
    return link


@transaction.atomic
def drop_accused(link: Accused, *, actor: User) -> None:
    """Note that a party was not meant; the row remains as history."""
    require(actor, "handle", link.grievance)
    link.dropped_on = timezone.localdate()
    link.save(update_fields=["dropped_on"])
    audit.record(
        "grievance.party_dropped",
        actor=actor,
        subject=link.grievance.ref,
        part=link.part,
        party=party_code(link.party),
    )
    _let_flow(link.grievance, actor=actor)


def _let_flow(grievance: Grievance, *, actor: User, at: datetime | None = None) -> None:
    case = RemediationCase.objects.filter(grievance=grievance).first()
    if case is not None:
        let_flow(case, actor=actor, at=at)


@transaction.atomic
def recuse(grievance: Grievance, *, reason: str, actor: User) -> None:
    """Step back from a grievance: access ends now, and another handler is found or those who must find one are told."""
    require(actor, "handle", grievance)
    if reason not in RECUSAL_REASONS:
        raise HandlingRefused(_("Say why you step back."))
    take_turn(grievance)  # before anything is written down: who holds the trail and waits for this would wait for ever
    Recusal.objects.get_or_create(grievance=grievance, user=actor, defaults={"reason": reason})
    audit.record("grievance.recused", actor=actor, subject=grievance.ref, reason=reason)
    find_handler_if_tied(grievance, actor=SYSTEM)


def find_handler_if_tied(grievance: Grievance, *, actor: Actor) -> None:
    """End the assignment of a handler who may no longer know of it, and give it to the least busy of the others."""
    take_turn(grievance)
    forget_notices(grievance)
    locks.drop_keys(grievance, actor=actor)
    current = grievance.assignments.filter(until=None).select_related("user").first()
    if current is not None and grievance.permits(current.user, "handle"):
        return
    able = eligible(grievance)
    if current is not None:
        current.until = timezone.now()
        current.save(update_fields=["until"])
        audit.record("grievance.unassigned", actor=actor, subject=grievance.ref)
        if able:
            assign(grievance, min(able, key=_load), actor=SYSTEM)
    if not able:
        tell(untied_overseers(grievance), "grievance.no_handler", "")


def _load(user: User) -> tuple[int, int]:
    return Assignment.objects.filter(user=user, until=None).count(), user.pk


def is_tied(user: User, grievance: Grievance) -> bool:
    """Say whether a user is, works for or is tied to anyone accused."""
    accused = grievance.accusations.filter(dropped_on=None).values_list("party", flat=True)
    return bool(set(accused) & parties_of(user))
