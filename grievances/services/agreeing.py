"""Answer as the second person; what two agreed on is carried out in the same transaction."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from core import audit
from core.access import require
from core.models import User
from grievances.handlers import tell
from grievances.models import Grievance, SecondWord
from grievances.services import clockwork
from grievances.services.closing import close_withdrawn
from grievances.services.seconding import Asks, SecondRefused
from grievances.services.triaging import Judgement, triage
from grievances.statuses import ClockKind, Decision
from grievances.triage import Priority


@transaction.atomic
def answer_second(word: SecondWord, *, agree: bool, actor: User, at: datetime | None = None) -> None:
    """Agree as the second person, which carries it out, or decline; raises SecondRefused for whoever asked."""
    word = SecondWord.objects.select_for_update().get(pk=word.pk)
    grievance = Grievance.objects.get(pk=word.grievance_id)
    require(actor, "handle", grievance)
    if word.answered_at is not None:
        raise SecondRefused(_("This has been answered already."))
    if word.asked_by_id == actor.pk:
        raise SecondRefused(_("Somebody else must agree: you asked for it yourself."))
    if agree and not grievance.permits(word.asked_by, "handle"):
        raise SecondRefused(_("Whoever asked may no longer handle this. Decline, and decide anew."))
    word.answered_by, word.answered_at, word.agreed = actor, clockwork.moment(actor, at), agree
    word.save(update_fields=["answered_by", "answered_at", "agreed"])
    clockwork.meet(grievance, ClockKind.SECOND_PERSON, at=at)
    audit.record(
        "grievance.second_agreed" if agree else "grievance.second_declined",
        actor=actor,
        subject=grievance.ref,
        asks=word.asks,
        value=word.value,
    )
    if agree:
        _carry_out(grievance, word, at=at)
    elif grievance.permits(word.asked_by, "handle"):
        tell([word.asked_by], "grievance.second_declined", grievance.ref)


def _carry_out(grievance: Grievance, word: SecondWord, *, at: datetime | None) -> None:
    """Do what both agreed on, in the name of whoever asked."""
    if word.asks == Asks.LOWER:
        grievance.priority = word.value
        grievance.save(update_fields=["priority"])
        audit.record("grievance.lowered", actor=word.asked_by, subject=grievance.ref, priority=word.value)
    elif word.asks == Asks.END_WITHDRAWN:
        close_withdrawn(grievance, freely=word.value == "yes", actor=word.asked_by, at=at, agreed=True)
    else:
        judgement = Judgement(Decision(word.asks), tuple(word.codes), Priority.URGENT, word.value)
        triage(grievance, judgement, actor=word.asked_by, at=at, agreed=True)
