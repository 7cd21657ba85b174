"""Say how long a grievance is kept, hold it longer, or let its words go sooner: the last two with a second person."""

from datetime import date

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from core import audit
from core.access import require
from core.models import User
from core.standards import standard
from grievances.handlers import eligible, tell
from grievances.models import Erasure, Grievance, Hold
from grievances.retention import Kept, kept_until
from grievances.services.deleting import empty
from grievances.statuses import ENDED


class RetentionRefused(Exception):  # noqa: N818 - reads as a sentence where it is raised and caught
    """A hold or an erasure that is not made; the message is for people."""


def periods() -> dict[str, int]:
    """Return for how many months each kind of record is kept: the reviewed file says it."""
    return {
        entry.code: entry.keep_months for entry in standard("statistics").retention if entry.keep_months is not None
    }


def start_to_end(grievance: Grievance, ended: date, *, severity: int, outcome: str) -> Kept:
    """Write until when a grievance that ended is kept."""
    kept = kept_until(ended, severity=severity, outcome=outcome, months=periods())
    grievance.keep_until, grievance.files_until, grievance.shell_until = kept.words, kept.files, kept.facts
    grievance.save(update_fields=["keep_until", "files_until", "shell_until"])
    return kept


def go_on(grievance: Grievance) -> None:
    """Take back until when it is kept: it is open again, or its worker wrote."""
    if (grievance.keep_until, grievance.files_until, grievance.shell_until) != (None, None, None):
        grievance.keep_until = grievance.files_until = grievance.shell_until = None
        grievance.save(update_fields=["keep_until", "files_until", "shell_until"])


def date_what_ended() -> int:
    """Give every grievance that ended without a day its days, counted from when it ended; return how many."""
    undated = Grievance.objects.with_status().filter(keep_until=None, emptied_on=None)
    ended = undated.filter(state__in=ENDED)  # type: ignore[misc]
    done = 0
    for grievance in ended:
        newest, decision = grievance.statuses.order_by("-pk").first(), grievance.decisions.order_by("-pk").first()
        if newest is not None:
            severity = decision.severity if decision else 2
            start_to_end(grievance, newest.at.date(), severity=severity, outcome=newest.reason)
            done += 1
    return done


@transaction.atomic
def hold(grievance: Grievance, reason: Hold.Reason, *, actor: User) -> Hold:
    """Keep everything of a grievance until two people lift it; raises RetentionRefused where nothing is left."""
    require(actor, "handle", grievance)
    if grievance.emptied_on is not None:
        raise RetentionRefused(_("Its words and files are gone already. There is nothing left to keep."))
    try:
        with transaction.atomic():
            made = Hold.objects.create(
                grievance=grievance, reason=reason, placed_on=timezone.localdate(), placed_by=actor
            )
    except IntegrityError as error:
        raise RetentionRefused(_("It is on hold for this reason already.")) from error
    audit.record("grievance.held", actor=actor, subject=grievance.ref, reason=str(reason))
    return made


@transaction.atomic
def ask_to_lift(found: Hold, *, actor: User) -> None:
    """Ask that a hold be lifted; a second person must agree."""
    require(actor, "handle", found.grievance)
    if found.lifted_on is None and found.lift_asked_by_id is None:
        found.lift_asked_on, found.lift_asked_by = timezone.localdate(), actor
        found.save(update_fields=["lift_asked_on", "lift_asked_by"])
        audit.record("grievance.hold_lift_asked", actor=actor, subject=found.grievance.ref, reason=found.reason)
        _tell_others(found.grievance, actor)


@transaction.atomic
def lift(found: Hold, *, agrees: bool, actor: User) -> None:
    """Agree as the second person that a hold is lifted, or let it stand; raises RetentionRefused for whoever asked."""
    require(actor, "handle", found.grievance)
    found = Hold.objects.select_for_update(of=("self",)).get(pk=found.pk)
    if found.lift_asked_by_id is None or found.lifted_on is not None:
        raise RetentionRefused(_("Nobody has asked for it, or it is settled already. Reload the page."))
    if found.lift_asked_by_id == actor.pk:
        raise RetentionRefused(_("Somebody else must agree: you asked for it yourself."))
    if agrees:
        found.lifted_on, found.lifted_by = timezone.localdate(), actor
    else:
        found.lift_asked_on = found.lift_asked_by = None
    found.save()
    verb = "grievance.hold_lifted" if agrees else "grievance.hold_stands"
    audit.record(verb, actor=actor, subject=found.grievance.ref, reason=found.reason)


@transaction.atomic
def ask_erasure(grievance: Grievance, reason: Erasure.Reason, *, actor: User) -> Erasure:
    """Ask that words, files and contact go before their time; a second person must agree."""
    require(actor, "handle", grievance)
    _refuse_kept(grievance)
    try:
        with transaction.atomic():
            made = Erasure.objects.create(
                grievance=grievance, reason=reason, asked_on=timezone.localdate(), asked_by=actor
            )
    except IntegrityError as error:
        raise RetentionRefused(_("Somebody has asked for it already. A second person must agree.")) from error
    audit.record("grievance.erasure_asked", actor=actor, subject=grievance.ref, reason=str(reason))
    _tell_others(grievance, actor)
    return made


@transaction.atomic
def settle_erasure(asked: Erasure, *, agrees: bool, actor: User) -> None:
    """Agree as the second person, and everything sealed is destroyed in this transaction; or let it be kept."""
    grievance = asked.grievance
    require(actor, "handle", grievance)
    asked = Erasure.objects.select_for_update(of=("self",)).get(pk=asked.pk)
    if asked.settled_on is not None:
        raise RetentionRefused(_("Nobody has asked for it, or it is settled already. Reload the page."))
    if asked.asked_by_id == actor.pk:
        raise RetentionRefused(_("Somebody else must agree: you asked for it yourself."))
    if agrees:
        _refuse_kept(grievance)
    asked.settled_on, asked.settled_by, asked.agreed = timezone.localdate(), actor, agrees
    asked.save()
    verb = "grievance.erasure_agreed" if agrees else "grievance.erasure_declined"
    audit.record(verb, actor=actor, subject=grievance.ref, reason=asked.reason)
    if agrees:
        empty(grievance, timezone.localdate(), actor=actor, rule="erasure")


def _refuse_kept(grievance: Grievance) -> None:
    """Raise RetentionRefused where words are gone, must be kept, or are still worked with."""
    if grievance.emptied_on is not None:
        raise RetentionRefused(_("Its words and files are gone already."))
    if grievance.holds.filter(lifted_on=None).exists():
        raise RetentionRefused(_("It is on hold. Two people must lift the hold first."))
    if grievance.status not in ENDED:
        raise RetentionRefused(_("It is still open. Close it first."))


def _tell_others(grievance: Grievance, actor: User) -> None:
    tell([user for user in eligible(grievance) if user.pk != actor.pk], "grievance.second_for_keeping", grievance.ref)
