"""File for a worker who calls, comes in or wrote on paper; then see to it that nobody but she holds what opens it."""

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from core import audit, strongboxes
from core.access import require_role
from core.actors import WORKER
from core.keywork import Pair
from core.models import User
from core.roles import Role
from grievances import verifiers
from grievances.keys import FormToken, receipt_locator
from grievances.models import AssistedEntry, Grievance, PersonFacts, WorkerSession
from grievances.services import locks
from grievances.services.drafts import DraftContent
from grievances.services.lodging import Lodged, Report, lodge
from grievances.services.persons import say_person
from grievances.services.texting.lines import line_of
from grievances.services.texting.outbox import enqueue
from grievances.smstext import BadNumber, number_of

ROLES = (Role.CASE_OFFICER, Role.REFERRAL_PARTNER)


def file_for(
    token: FormToken,
    report: Report,
    content: DraftContent,
    *,
    agreed: str,
    text_to: str = "",
    age_band: str = "",
    sex: str = "",
    actor: User,
) -> Lodged:
    """File for a worker with her consent; with a number, her first receipt goes to her phone and is shown to nobody.

    The grievance is hers: her part is kept to the day, as if she had written; who filed it is audited beside it.
    """
    require_role(actor, *ROLES)
    with transaction.atomic():
        lodged = lodge(token, report, content, actor=WORKER)
        if lodged.repeated:
            return lodged
        AssistedEntry.objects.create(grievance=lodged.grievance, by=actor, agreed=agreed, on=timezone.localdate())
        audit.record(
            "grievance.assisted", actor=actor, subject=lodged.grievance.ref, channel=report.channel, agreed=agreed
        )
        say_person(lodged.grievance, age_band=age_band, sex=sex, source=PersonFacts.Source.ASSISTED, actor=WORKER)
        if text_to and settings.SMS_URL:
            _text_receipt(lodged, text_to)
    return lodged


def _text_receipt(lodged: Lodged, number: str) -> None:
    number = number_of(number)
    lodged.grievance.receipt_kept = True  # from now on no page shows it
    lodged.grievance.save(update_fields=["receipt_kept"])
    enqueue(line_of(number), number, ["\n".join(" ".join(line) for line in lodged.receipt.lines)])


def can_text(number: str) -> bool:
    """Say whether a receipt can be sent to a number."""
    try:
        number_of(number)
    except BadNumber:
        return False
    return bool(settings.SMS_URL)


def must_renew(grievance: Grievance) -> bool:
    """Say whether somebody else filed it and the worker has no receipt of her own yet: then nothing else opens."""
    return AssistedEntry.objects.filter(grievance=grievance, renewed_on=None).exists()


def renew_receipt(grievance: Grievance, token: FormToken) -> Pair | None:
    """Put the receipt that a form leads to in the place of the first one, and end every session that used that.

    Returns the worker's new key pair, or None where it was done already. The first receipt opens nothing from now on.
    """
    known = verifiers.enrol(token.receipt)
    with transaction.atomic():
        entry = AssistedEntry.objects.select_for_update().filter(grievance=grievance, renewed_on=None).first()
        if entry is None:
            return None
        if grievance.strongbox is not None:
            strongboxes.try_private_of(grievance.strongbox)  # in hand before the first receipt's key goes
        locks.know_worker(grievance, known.pair)
        grievance.receipt_locator, grievance.receipt_verifier = receipt_locator(token.receipt), known.verifier
        grievance.receipt_kept = True
        grievance.save(update_fields=["receipt_locator", "receipt_verifier", "receipt_kept"])
        WorkerSession.objects.filter(grievance=grievance).delete()
        entry.renewed_on = timezone.localdate()
        entry.save(update_fields=["renewed_on"])
        audit.record("grievance.receipt_renewed", actor=WORKER, subject=grievance.ref)
    return known.pair
