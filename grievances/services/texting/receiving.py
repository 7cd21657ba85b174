"""Take in one text message: once, however often the gateway sends it; in parts, in any order; within budgets."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from core.keywork import Unfit, lock, unlock
from grievances import budgets
from grievances.keys import derived
from grievances.models import PhoneLine, SmsPart, SmsSeen, SmsTalk
from grievances.services.texting.lines import line_digest, line_of
from grievances.services.texting.outbox import enqueue
from grievances.services.texting.talking import talk_with
from grievances.smsdialogue import Talk
from grievances.smstext import number_of
from grievances.smswords import sentence

MOST_LETTERS = 4000
MOST_PARTS = 30
PARTS_WAIT = timedelta(minutes=15)


class TooMany(Exception):  # noqa: N818 - reads as a sentence where it is raised and caught
    """More messages than can be taken now; the gateway keeps this one and tries again."""

    def __init__(self, seconds: float) -> None:
        super().__init__()
        self.seconds = max(1, round(seconds))


@dataclass(frozen=True)
class Part:
    """Which part of a longer message this is."""

    series: int
    number: int
    of: int


@dataclass(frozen=True)
class Incoming:
    """One message as a gateway hands it over."""

    id: str
    number: str = field(repr=False)
    text: str = field(repr=False)
    part: Part | None = None


def receive(message: Incoming, *, at: datetime | None = None) -> str:
    """Take a message in and queue what is answered; return taken, repeated, waiting or dropped.

    Raises BadNumber for a sender that is no phone, TooMany where the gateway is to try again later.
    """
    number = number_of(message.number)
    digest = derived(b"sms-seen", message.id.encode(), number.encode()).hex()
    if SmsSeen.objects.filter(digest=digest).exists():
        return "repeated"
    place = line_digest(number)
    going_on = SmsTalk.objects.filter(line__digest=place).exists()
    wait = budgets.wait_for_texts(going_on=going_on)
    if wait:
        raise TooMany(wait)
    flooding = budgets.texts_of_one(place)
    if flooding == "silent":
        return "dropped"
    with transaction.atomic():
        _row, fresh = SmsSeen.objects.get_or_create(digest=digest, defaults={"on": timezone.localdate()})
        if not fresh:
            return "repeated"
        line = line_of(number)
        if flooding:
            _say_too_many(line, number)
            return "dropped"
        text = message.text[:MOST_LETTERS].replace("\x00", "")
        if message.part is not None and message.part.of > 1:
            whole = keep_part(line, number, message.part, text, at or timezone.now())
            if whole is None:
                return "waiting"
            text = whole
        talk_with(line, number, text, at=at)
    return "taken"


def _say_too_many(line: PhoneLine, number: str) -> None:
    talk = SmsTalk.objects.filter(line=line).first()
    language = str(talk.state.get("language", "")) if talk else ""
    enqueue(line, number, [sentence("too_many", Talk(language=language))])


def keep_part(line: PhoneLine, number: str, part: Part, text: str, at: datetime) -> str | None:
    """Keep one part, sealed under the number; return the whole text once all parts are there, in their order."""
    if not (1 <= part.number <= part.of <= MOST_PARTS):
        return text
    key = _parts_key(number)
    SmsPart.objects.get_or_create(
        line=line,
        series=part.series,
        number=part.number,
        defaults={"of": part.of, "sealed": lock(key, text.encode(), b"part"), "expires_at": at + PARTS_WAIT},
    )
    rows = list(SmsPart.objects.filter(line=line, series=part.series).order_by("number"))
    if len(rows) < part.of:
        return None
    return join_parts(rows, number)


def join_parts(rows: list[SmsPart], number: str) -> str:
    """Return the parts' texts in order and remove them."""
    key, texts = _parts_key(number), []
    for row in rows:
        try:
            texts.append(unlock(key, bytes(row.sealed), b"part").decode())
        except Unfit:
            continue
    SmsPart.objects.filter(pk__in=[row.pk for row in rows]).delete()
    return "".join(texts)


def _parts_key(number: str) -> bytes:
    return derived(b"sms-parts", number.encode())
