"""What a text message may do to a grievance: find it with the receipt, read it out, stop every message to a phone."""

from core import audit, keyring
from core.actors import WORKER as WORKER
from core.keyring import KeyRing
from grievances.keys import source_code
from grievances.models import Grievance, Message, PhoneLine
from grievances.receipts import Receipt
from grievances.services import following
from grievances.services.doors import Entrance, PleaseWait, let_in
from grievances.smswords import SENTENCES
from grievances.wording import worker_status

MOST_READ = 3


def find(receipt: Receipt, line: PhoneLine) -> tuple[str, Entrance | None]:
    """Return found, unknown, renew or wait, and what a receipt opens."""
    try:
        entrance = let_in(receipt, source=source_code(f"sms:{line.pk}"))
    except PleaseWait:
        return "wait", None
    if entrance is None:
        return "unknown", None
    if must_renew(entrance.grievance):
        return "renew", None
    audit.record("grievance.worker_entered", actor=WORKER, subject=entrance.grievance.ref)
    return "found", entrance


def must_renew(grievance: Grievance) -> bool:
    """Say whether somebody else filed it and the worker has no receipt of her own yet."""
    entry = getattr(grievance, "assisted", None)
    return entry is not None and entry.renewed_on is None


def read(entrance: Entrance) -> list[str]:
    """Return where a grievance stands and its newest messages from the handler, to be sent as texts."""
    grievance = entrance.grievance
    newest = grievance.messages.filter(sender=Message.Sender.HANDLER, hidden_by_worker=False)
    rows = list(newest.select_related("body").order_by("-pk")[:MOST_READ])[::-1]
    unread = [row for row in rows if row.read_on is None] or rows[-1:]
    with keyring.holding(KeyRing(lambda: [entrance.pair])):
        texts = [words for _message, words in following.read_messages(grievance, unread) if words]
    return [worker_status(grievance.status), *(texts or [str(SENTENCES["no_news"])])]


def stop(line: PhoneLine) -> None:
    """Send nothing to this phone any more: what waits is dropped, and no grievance reaches it."""
    line.waiting.all().delete()
    line.reaches.all().delete()
    line.stopped = True
    line.save(update_fields=["stopped"])
    audit.record("grievance.sms_stopped", actor=WORKER, subject="sms")
