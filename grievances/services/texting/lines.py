"""Keep a phone's number apart from everything else: sealed, found by a keyed digest, forgotten when not needed."""

from collections.abc import Set

from django.utils import timezone

from core import vault
from core.actors import SYSTEM, Actor
from core.deletions import mark_of
from grievances.keys import derived
from grievances.models import PhoneLine

PURPOSE = "sms.number"


def line_digest(number: str) -> str:
    """Return the keyed digest by which a number's line is found; nothing of a grievance uses the same key."""
    return derived(b"sms-line", number.encode()).hex()


def line_of(number: str) -> PhoneLine:
    """Return a number's line, locked until the transaction ends; a new number is sealed in a record of its own."""
    digest, today = line_digest(number), timezone.localdate()
    line, _created = PhoneLine.objects.get_or_create(digest=digest, defaults={"seen_on": today})
    line = PhoneLine.objects.select_for_update().get(pk=line.pk)
    if line.number_id is None:
        line.number = vault.seal(number, purpose=PURPOSE)
    line.seen_on = today
    line.save(update_fields=["number", "seen_on"])
    return line


def number_of_line(line: PhoneLine, *, actor: Actor, reason: str) -> str:
    """Open a line's number; the audit trail keeps that it was opened, and for what."""
    if line.number is None:
        return ""
    return vault.open_text(line.number, actor=actor, reason=reason)


def forget_line(line: PhoneLine, *, actor: Actor) -> bool:
    """Destroy a line that no talk, no grievance and no waiting message needs; a stopped one keeps its digest only."""
    if line.reaches.exists() or hasattr(line, "talk") or line.waiting.exists() or line.parts.exists():
        return False
    record = line.number
    if line.stopped:
        line.number = None
        line.save(update_fields=["number"])
    else:
        line.delete()
    if record is not None:
        vault.destroy(record, actor=actor)
        record.delete()
    return True


def forget_numbers_again(marks: Set[str]) -> int:
    """Forget in a restored database the numbers whose marks are on the list of deletions; return how many."""
    known = PhoneLine.objects.filter(number__isnull=False).select_related("number")
    found = [line for line in known if line.number and mark_of(line.number.pk.hex) in marks]
    for line in found:
        record = line.number
        line.delete()
        if record is not None:
            vault.destroy(record, actor=SYSTEM)
            record.delete()
    return len(found)
