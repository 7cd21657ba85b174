"""End what nobody goes on with: lost parts, silent talks, lines that nothing needs. Safe to run twice."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction

from core.actors import Automatic
from grievances.models import PhoneLine, SmsPart, SmsSeen, SmsTalk
from grievances.services.texting.lines import forget_line, number_of_line
from grievances.services.texting.receiving import join_parts
from grievances.services.texting.talking import drop_talk, lodge_talk, read_state, talk_with, token_of
from grievances.smsdialogue import may_be_lodged

PURGE = Automatic("purge")
SEEN_DAYS = 7


@dataclass(frozen=True)
class Swept:
    """What one run did."""

    talks: int
    lodged: int
    parts: int
    lines: int

    def __str__(self) -> str:
        return (
            f"{self.talks} talks ended, {self.lodged} filed because somebody is in danger, "
            f"{self.parts} messages put together from what came, {self.lines} numbers forgotten"
        )


def sweep(at: datetime) -> Swept:
    """File silent talks of people in danger, join parts whose rest never came, end old talks, forget lines."""
    parts = _join_what_came(at)
    lodged = sum(_lodge_silent(pk, at) for pk in _pks(SmsTalk.objects.filter(quiet_at__lte=at)))
    talks = sum(_end(pk, at) for pk in _pks(SmsTalk.objects.filter(expires_at__lte=at)))
    SmsSeen.objects.filter(on__lt=at.date() - timedelta(days=SEEN_DAYS)).delete()
    idle = PhoneLine.objects.filter(talk=None, reaches=None, waiting=None, parts=None, number__isnull=False)
    lines = 0
    for pk in _pks(idle):
        with transaction.atomic():
            line = PhoneLine.objects.select_for_update().filter(pk=pk).first()
            lines += line is not None and forget_line(line, actor=PURGE)
    return Swept(talks, lodged, parts, lines)


def _pks(rows: object) -> list[int]:
    return list(rows.values_list("pk", flat=True))  # type: ignore[attr-defined]


def _join_what_came(at: datetime) -> int:
    """Take in what came of messages whose other parts are overdue: better a gap than silence."""
    done = 0
    late = SmsPart.objects.filter(expires_at__lte=at).values_list("line", "series").distinct()
    for line_pk, series in list(late):
        with transaction.atomic():
            line = PhoneLine.objects.select_for_update().select_related(None).get(pk=line_pk)
            rows = list(SmsPart.objects.filter(line=line, series=series).order_by("number"))
            if rows:
                number = number_of_line(line, actor=PURGE, reason="sms_parts")
                talk_with(line, number, join_parts(rows, number))
                done += 1
    return done


@transaction.atomic
def _lodge_silent(pk: int, at: datetime) -> int:
    """File a talk as it stands where somebody is in danger and the phone fell silent: it may have been taken away."""
    row = (
        SmsTalk.objects.select_for_update(of=("self",))
        .select_related("line__number")
        .filter(pk=pk, quiet_at__lte=at)
        .first()
    )
    if row is None:
        return 0
    talk = read_state(row.state)
    row.quiet_at = None
    row.save(update_fields=["quiet_at"])
    if not may_be_lodged(talk):
        return 0
    number = number_of_line(row.line, actor=PURGE, reason="sms_danger")
    lodge_talk(token_of(row, number), talk, number)
    return 1


@transaction.atomic
def _end(pk: int, at: datetime) -> int:
    row = (
        SmsTalk.objects.select_for_update(of=("self",))
        .select_related("line__number")
        .filter(pk=pk, expires_at__lte=at)
        .first()
    )
    if row is None:
        return 0
    line = row.line
    drop_talk(row, number_of_line(line, actor=PURGE, reason="sms_timeout"))
    forget_line(PhoneLine.objects.get(pk=line.pk), actor=PURGE)
    return 1
