"""Ask a second case officer for what one alone may not decide: lowering a priority, ending what is urgent."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from core import audit
from core.access import require
from core.models import User
from grievances.handlers import eligible, tell, untied_overseers
from grievances.models import Grievance, SecondWord
from grievances.services import clockwork, locks
from grievances.services.writing import seal_text
from grievances.statuses import ENDED, ClockKind
from grievances.triage import RANK, Priority

Asks = SecondWord.Asks


class SecondRefused(Exception):  # noqa: N818 - reads as a sentence where it is raised and caught
    """Something that may not be asked or answered now; the message is for people."""


def open_question(grievance: Grievance) -> SecondWord | None:
    """Return what waits for a second person, if anything does."""
    return grievance.second_words.filter(answered_at=None).select_related("asked_by").first()


def agreed_lowering(grievance: Grievance, codes: tuple[str, ...]) -> Priority | None:
    """Return to what two people lowered the priority, where nothing graver was added to the categories since."""
    newest = grievance.second_words.filter(asks=Asks.LOWER, agreed=True).order_by("-pk").first()
    return Priority(newest.value) if newest is not None and set(codes) <= set(newest.codes) else None


@transaction.atomic
def ask_second(
    grievance: Grievance,
    asks: str,
    value: str,
    *,
    actor: User,
    codes: tuple[str, ...] = (),
    note: str = "",
    at: datetime | None = None,
) -> SecondWord:
    """Ask for a second person's word; raises SecondRefused while another question waits."""
    require(actor, "handle", grievance)
    if open_question(grievance) is not None:
        raise SecondRefused(_("Something waits for a second person already. It must be answered first."))
    word = SecondWord.objects.create(
        grievance=grievance,
        asks=asks,
        value=value,
        codes=list(codes),
        note=seal_text(note, "grievance.second_note", locks.holder_of(grievance)),
        asked_by=actor,
        asked_at=clockwork.moment(actor, at),
    )
    clockwork.start(grievance, ClockKind.SECOND_PERSON, clockwork.SECOND_PERSON_SPAN, at=at)
    audit.record("grievance.second_asked", actor=actor, subject=grievance.ref, asks=str(asks), value=value)
    others = [user for user in eligible(grievance) if user.pk != actor.pk]
    if others:
        tell(others, "grievance.second_person", grievance.ref)
    else:
        tell(untied_overseers(grievance), "grievance.no_handler", "")
    return word


@transaction.atomic
def ask_to_lower(
    grievance: Grievance, priority: Priority, *, note: str, actor: User, at: datetime | None = None
) -> SecondWord:
    """Ask to lower the priority, for a written reason; raises SecondRefused without one."""
    if RANK[priority] >= RANK[Priority(grievance.priority)]:
        raise SecondRefused(_("Choose a priority below the present one. One person alone may raise it."))
    if not note.strip():
        raise SecondRefused(_("Write why it is less grave. The reason is sealed, like the worker's words."))
    if grievance.status in ENDED:
        raise SecondRefused(_("This grievance has ended."))
    return ask_second(grievance, Asks.LOWER, priority, codes=grievance.codes, note=note, actor=actor, at=at)
