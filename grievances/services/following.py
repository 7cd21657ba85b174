"""What a worker does when she is back: write, add files, change her mind, withdraw, say what was put right."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from core import audit, vault
from core.actors import WORKER, Actor
from core.vault import Locked
from grievances.handlers import tell_handlers
from grievances.models import Grievance, GrievanceFile, Message, RemediationCase, RemedyStep
from grievances.remedy import STATE_OF_WORD, StepState, Word, may_move
from grievances.services import clockwork, locks, referrals, replies, retaining
from grievances.services.closing import reopen_case
from grievances.services.flowing import let_flow
from grievances.services.lodging import keep_file
from grievances.services.papers import Paper
from grievances.services.stepping import add_event
from grievances.services.texting.reaching import drop_reach, number_to_move, set_reach
from grievances.services.writing import open_facts, record_consents, seal_facts, seal_text, set_status
from grievances.statuses import ENDED, ClockKind, Status
from grievances.triage import TERMS


@transaction.atomic
def write(grievance: Grievance, words: str, *, at: datetime | None = None) -> Message | None:
    """Send the worker's words to her handler; nothing typed sends nothing. A grievance that waited for her goes on."""
    body = seal_text(words, "grievance.message", locks.holder_of(grievance))
    if body is None:
        return None
    message = Message.objects.create(
        grievance=grievance, sender=Message.Sender.WORKER, body=body, sent_on=clockwork.moment(WORKER, at).date()
    )
    audit.record("grievance.message", actor=WORKER, subject=grievance.ref, sender="worker")
    _something_new(grievance, at=at)
    return message


@transaction.atomic
def add_file(grievance: Grievance, file: Paper, *, at: datetime | None = None) -> GrievanceFile:
    """Add an examined file of the worker's."""
    added = keep_file(grievance, file, sender=Message.Sender.WORKER, actor=WORKER, at=at)
    _something_new(grievance, at=at)
    return added


def _something_new(grievance: Grievance, *, at: datetime | None) -> None:
    status = grievance.status
    if status == Status.NEEDS_INFORMATION:
        set_status(grievance, Status.ACKNOWLEDGED, actor=WORKER, reason="worker_answered", at=at)
        newest = grievance.decisions.order_by("-pk").first()
        clockwork.start(grievance, ClockKind.TRIAGE, TERMS[newest.severity if newest else 2].triage, at=at)
    elif status in ENDED or status == Status.WITHDRAWN:
        reopen(grievance, at=at)
    clockwork.start(grievance, ClockKind.ANSWER, clockwork.ANSWER_SPAN[grievance.priority], at=at)
    # New facts from the worker keep the record alive: nothing is deleted the day after she wrote.
    retaining.go_on(grievance)
    if at is None:
        tell_handlers(grievance, "grievance.message")


@transaction.atomic
def reopen(grievance: Grievance, *, actor: Actor = WORKER, at: datetime | None = None) -> None:
    """Open an ended or withdrawn grievance again, as its worker may at any time; it keeps its reference."""
    set_status(grievance, Status.REOPENED, actor=actor, at=at)
    reopen_case(grievance, actor=actor)
    newest = grievance.decisions.order_by("-pk").first()
    clockwork.start(grievance, ClockKind.TRIAGE, TERMS[newest.severity if newest else 2].triage, at=at)


@transaction.atomic
def read_messages(grievance: Grievance, messages: list[Message]) -> list[tuple[Message, str | None]]:
    """Open messages for the worker and note, to the day, that she read those of her handler."""
    read = [(message, _read(message, grievance)) for message in messages]
    unread = [m.pk for m, words in read if words is not None and m.sender == m.Sender.HANDLER and m.read_on is None]
    if unread:
        Message.objects.filter(pk__in=unread).update(read_on=timezone.localdate())
    return read


def _read(message: Message, grievance: Grievance) -> str | None:
    """Return a message's words; None where her key has yet to be given, which the next opening by a handler does."""
    if message.body is None:
        return ""
    try:
        return vault.open_text(message.body, actor=WORKER, reason="worker_reads", subject=grievance.ref)
    except Locked:
        return None


def numbers_of(grievance: Grievance) -> dict[int, int]:
    """Return each message's number within its grievance: numbers over all would tell how much others write."""
    keys = grievance.messages.order_by("pk").values_list("pk", flat=True)
    return {key: place for place, key in enumerate(keys, start=1)}


@transaction.atomic
def hide_message(grievance: Grievance, number: int) -> bool:
    """Take a message off the worker's side, for a phone that others may see; the handler keeps it."""
    named = [key for key, place in numbers_of(grievance).items() if place == number]
    hidden = grievance.messages.filter(pk__in=named, hidden_by_worker=False).update(hidden_by_worker=True)
    if hidden:
        audit.record("grievance.message_hidden", actor=WORKER, subject=grievance.ref)
    return bool(hidden)


@transaction.atomic
def own_words(grievance: Grievance) -> dict[str, str]:
    """Return what the worker wrote when she filed, because she asks for it now."""
    audit.record("grievance.own_words", actor=WORKER, subject=grievance.ref)
    found = open_facts(grievance.names_told, actor=WORKER, reason="worker_asked", subject=grievance.ref)
    if grievance.statement is not None:
        found["words"] = vault.open_text(
            grievance.statement, actor=WORKER, reason="worker_asked", subject=grievance.ref
        )
    return found


@transaction.atomic
def read_contact(grievance: Grievance) -> dict[str, str]:
    """Return how the worker said that she may be reached, to change it."""
    return open_facts(grievance.contact, actor=WORKER, reason="worker_asked", subject=grievance.ref)


@transaction.atomic
def change_contact(
    grievance: Grievance, mode: str, contact: Mapping[str, object], consents: Mapping[str, bool], *, language: str
) -> None:
    """Change how the worker is reached and what she agrees to; the old contact is destroyed."""
    old, facts, number = grievance.contact, dict(contact), number_to_move(mode, contact)
    if number:  # kept apart from the case: handlers never see it
        facts.pop("value")
        set_reach(grievance, number, times=str(facts.get("times", "")), actor=WORKER)
    elif mode != Grievance.ContactMode.SMS or facts.get("value"):
        drop_reach(grievance, actor=WORKER)
    grievance.contact_mode = mode
    grievance.contact = seal_facts(facts, "grievance.contact", locks.holder_of(grievance))
    grievance.language = language
    grievance.save(update_fields=["contact_mode", "contact", "language"])
    if old is not None:
        vault.destroy(old, actor=WORKER)
    record_consents(grievance, consents, actor=WORKER, language=language)
    case = RemediationCase.objects.filter(grievance=grievance).first()
    if case is not None:
        let_flow(case, actor=WORKER)
    _stop_what_she_no_longer_wants(grievance)
    audit.record("grievance.contact_changed", actor=WORKER, subject=grievance.ref, mode=mode)


@transaction.atomic
def withdraw(grievance: Grievance, *, at: datetime | None = None) -> None:
    """Withdraw, as a worker may at any time; a handler then checks that nobody made her do it."""
    if grievance.status in ENDED or grievance.status == Status.WITHDRAWN:
        return
    set_status(grievance, Status.WITHDRAWN, actor=WORKER, at=at)
    _stop_what_she_no_longer_wants(grievance, at=at)
    clockwork.start(grievance, ClockKind.PRESSURE_CHECK, clockwork.PRESSURE_CHECK_SPAN, at=at)
    if at is None:
        tell_handlers(grievance, "grievance.withdrawn")


def _stop_what_she_no_longer_wants(grievance: Grievance, *, at: datetime | None = None) -> None:
    """End, in this transaction, what others were told or asked with a consent that she has taken back."""
    replies.follow_consents(grievance, actor=WORKER, at=at)
    referrals.follow_consents(grievance, actor=WORKER, at=at)


@transaction.atomic
def say_about_step(step: RemedyStep, word: Word, *, at: datetime | None = None) -> bool:
    """Keep the worker's own word on a delivered step: all, part or none of it; False where nothing is delivered."""
    to = STATE_OF_WORD[word]
    if not may_move(StepState(step.state), to):
        return False
    add_event(step, to, actor=WORKER, channel="receipt", at=at)
    if at is None:
        tell_handlers(step.case.grievance, "grievance.remedy_word")
    return True
