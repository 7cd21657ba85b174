"""Tell a worker by text that there is news, if she chose so: no name, no subject, no link, at a fixed hour."""

from collections.abc import Mapping
from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.utils import timezone, translation

from core import audit
from core.actors import SYSTEM, Actor
from grievances.models import Grievance, Message, PhoneLine, SmsReach
from grievances.newshour import news_hour
from grievances.services.clockwork import office_zone
from grievances.services.texting.lines import forget_line, line_of, number_of_line
from grievances.services.texting.outbox import enqueue
from grievances.smstext import BadNumber, number_of
from grievances.smswords import SENTENCES


def set_reach(grievance: Grievance, number: str, *, times: str = "", actor: Actor) -> SmsReach:
    """Link a grievance to the line of a number, in place of an earlier one; raises BadNumber."""
    line = line_of(number_of(number))
    drop_reach(grievance, actor=actor, keep=line)
    if line.stopped:
        # She asks for it again, so the earlier stop no longer holds.
        line.stopped = False
        line.save(update_fields=["stopped"])
    reach, _created = SmsReach.objects.update_or_create(
        grievance=grievance, defaults={"line": line, "times": times[:60]}
    )
    audit.record("grievance.sms_reach", actor=actor, subject=grievance.ref)
    return reach


def number_to_move(mode: str, contact: Mapping[str, object]) -> str:
    """Return the number of who chose text messages, to be kept apart from her contact; else nothing.

    Without a gateway, or where it is no number that can be sent to, it stays in the contact: a handler writes by hand.
    """
    if mode != Grievance.ContactMode.SMS or not settings.SMS_URL:
        return ""
    try:
        return number_of(str(contact.get("value", "")))
    except BadNumber:
        return ""


def reach_of(grievance: Grievance) -> SmsReach | None:
    """Return the line's alias and hours for a grievance, where there is one."""
    return SmsReach.objects.filter(grievance=grievance).first()


def drop_reach(grievance: Grievance, *, actor: Actor, keep: PhoneLine | None = None) -> None:
    """Cut a grievance off its line, and forget the number where nothing else needs it."""
    reach = SmsReach.objects.filter(grievance=grievance).select_related("line__number").first()
    if reach is None or (keep is not None and reach.line_id == keep.pk):
        return
    line = reach.line
    reach.delete()
    forget_line(line, actor=actor)


def announce(grievance: Grievance, *, at: datetime | None = None) -> None:
    """Note that there is something to read; one text message a day at most says so, and only to who chose it."""
    if grievance.contact_mode != Grievance.ContactMode.SMS:
        return
    for reach in SmsReach.objects.filter(grievance=grievance, news_at=None):
        reach.news_at = news_hour(at or timezone.now(), reach.times, office_zone())
        reach.save(update_fields=["news_at"])


def send_news(at: datetime) -> int:
    """Send the texts whose hour has come; return how many. What was read or withdrawn meanwhile is not announced."""
    sent = 0
    for pk in list(SmsReach.objects.filter(news_at__lte=at).values_list("pk", flat=True)):
        with transaction.atomic():
            if not SmsReach.objects.filter(pk=pk, news_at__lte=at).update(news_at=None):
                continue
            reach = SmsReach.objects.select_related("line__number", "grievance").get(pk=pk)
            sent += _tell(reach)
    return sent


def _tell(reach: SmsReach) -> bool:
    grievance = reach.grievance
    unread = grievance.messages.filter(sender=Message.Sender.HANDLER, read_on=None, hidden_by_worker=False).exists()
    if not unread or reach.line.stopped or grievance.contact_mode != Grievance.ContactMode.SMS:
        return False
    number = number_of_line(reach.line, actor=SYSTEM, reason="sms_news")
    with translation.override(grievance.language):
        enqueue(reach.line, number, [str(SENTENCES["news"])])
    audit.record("grievance.sms_news", actor=SYSTEM, subject=grievance.ref)
    return True
