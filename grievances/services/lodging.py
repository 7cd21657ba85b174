"""Lodge a grievance: once per form, whatever is retried; words to the vault, codes to the triage rule."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.db import IntegrityError, transaction
from django.utils import timezone

from core import audit, evidence, strongboxes, vault
from core.actors import WORKER, Actor
from core.models import EvidenceFile, Strongbox
from core.scanning import Verdict
from grievances import verifiers
from grievances.handlers import eligible, overseers, tell, tell_handlers
from grievances.keys import FormToken, receipt_locator
from grievances.models import Accused, Concern, Grievance, GrievanceFile, Message, TriageDecision
from grievances.receipts import Receipt
from grievances.rulebook import category_rules
from grievances.services import clockwork, drafts, locks
from grievances.services.drafts import DraftContent
from grievances.services.papers import Paper, prepared
from grievances.services.relating import keep_marks
from grievances.services.texting.reaching import number_to_move, set_reach
from grievances.services.writing import link_named, record_consents, seal_facts, seal_text, set_status
from grievances.statuses import Status
from grievances.triage import Assessment, Facts, assess
from grievances.verifiers import Known
from parties.models import Party

PATTERN_DAYS = 30


@dataclass(frozen=True)
class Report:
    """What a worker told in codes, and how she may be reached."""

    codes: tuple[str, ...]
    language: str
    danger_now: bool = False
    under_18: bool = False
    time_closing: bool = False
    people: str = Grievance.People.UNKNOWN
    filed_by: str = ""
    country: str = ""
    contact_mode: str = Grievance.ContactMode.RECEIPT
    contact: Mapping[str, object] = field(default_factory=dict, repr=False)
    consents: Mapping[str, bool] = field(default_factory=dict)
    channel: str = Grievance.Channel.WEB


@dataclass(frozen=True)
class Lodged:
    """What came of a form: its grievance, the receipt that the form leads to, and whether it had been sent before."""

    grievance: Grievance
    receipt: Receipt
    repeated: bool


def lodge(
    token: FormToken,
    report: Report,
    content: DraftContent,
    files: Sequence[bytes | Paper] = (),
    *,
    actor: Actor = WORKER,
    at: datetime | None = None,
) -> Lodged:
    """Lodge what a form holds and return its receipt; the same form again returns the same and changes nothing."""
    receipt = token.receipt
    earlier = Grievance.objects.filter(form_digest=token.digest).first()
    if earlier is not None:
        return Lodged(earlier, receipt, repeated=True)
    # The costly derivation comes before the transaction, so that nobody waits for a lock behind it.
    known = verifiers.enrol(receipt)
    ready = [file if isinstance(file, Paper) else prepared(file) for file in files]
    try:
        with transaction.atomic():
            earlier = Grievance.objects.filter(form_digest=token.digest).first()
            if earlier is not None:
                return Lodged(earlier, receipt, repeated=True)
            grievance = _write(token, known, report, content, ready, actor=actor, at=at)
            drafts.drop_draft(token)
    except IntegrityError:
        # Two requests at the same moment met at the unique digest: the loser's work is rolled back whole.
        return Lodged(Grievance.objects.get(form_digest=token.digest), receipt, repeated=True)
    return Lodged(grievance, receipt, repeated=False)


def _write(
    token: FormToken,
    known: Known,
    report: Report,
    content: DraftContent,
    files: Sequence[Paper],
    *,
    actor: Actor,
    at: datetime | None,
) -> Grievance:
    box, opened = strongboxes.make_box()
    named = {"employer": content.employer, "recruiter": content.recruiter}
    grievance = _create(token, known, report, content, box, actor=actor, at=at)
    told = dict.fromkeys(report.codes)
    Concern.objects.bulk_create(Concern(grievance=grievance, code=c, source=Concern.Source.WORKER) for c in told)
    for file in files:
        keep_file(grievance, file, sender=Message.Sender.WORKER, actor=actor, at=at)
    link_named(grievance, named, actor=actor, at=at)
    keep_marks(grievance, named)
    # Only now is it known who is tied to the accused and must never hold a key.
    able = eligible(grievance)
    locks.give_first_keys(grievance, able, box, opened.private, known.pair)
    record_consents(grievance, report.consents, actor=actor, language=report.language, at=at)
    set_status(grievance, Status.RECEIVED, actor=actor, at=at)
    assessment = look(grievance, at=at)
    clockwork.start_intake(grievance, assessment.terms, at=at)
    audit.record(
        "grievance.lodged",
        actor=actor,
        subject=grievance.ref,
        channel=report.channel,
        language=report.language,
        priority=str(assessment.priority),
        files=len(files),
    )
    if at is None:
        tell_handlers(grievance, "grievance.urgent" if assessment.severity == 4 else "grievance.received", able)
        if assessment.severity == 4:
            tell(overseers(grievance), "grievance.urgent", grievance.ref)
    return grievance


def _create(
    token: FormToken,
    known: Known,
    report: Report,
    content: DraftContent,
    box: Strongbox,
    *,
    actor: Actor,
    at: datetime | None,
) -> Grievance:
    """Write the grievance's own row, its words sealed into its strongbox; a number for text messages is kept apart."""
    holder, contact = vault.holder_of(box), dict(report.contact)
    names = {"place": content.place, "employer": content.employer, "recruiter": content.recruiter}
    number = number_to_move(report.contact_mode, report.contact)
    if number:  # kept apart from the case: handlers never see it
        contact.pop("value")
    grievance = Grievance.objects.create(
        receipt_locator=receipt_locator(token.receipt),
        receipt_verifier=known.verifier,
        form_digest=token.digest,
        received_on=clockwork.moment(WORKER, at).date(),
        language=report.language,
        channel=report.channel,
        filed_by=report.filed_by,
        country=report.country,
        people=report.people,
        danger_now=report.danger_now,
        under_18=report.under_18,
        time_closing=report.time_closing,
        strongbox=box,
        statement=seal_text(content.words, "grievance.statement", holder),
        names_told=seal_facts(names, "grievance.names", holder),
        contact=seal_facts(contact, "grievance.contact", holder),
        contact_mode=report.contact_mode,
    )
    if number:
        set_reach(grievance, number, times=str(contact.get("times", "")), actor=actor)
    return grievance


def look(grievance: Grievance, *, at: datetime | None = None) -> Assessment:
    """Apply the triage rule to the codes as they stand, and keep what it said as the first look."""
    assessment = assess(facts_of(grievance), category_rules())
    TriageDecision.objects.create(
        grievance=grievance,
        priority=assessment.priority,
        rule_priority=assessment.priority,
        severity=assessment.severity,
        ruleset=assessment.ruleset,
        routes=list(assessment.routes),
        reasons=[[reason.code, reason.detail] for reason in assessment.reasons],
        at=clockwork.moment(WORKER, at),
    )
    grievance.priority = assessment.priority
    grievance.save(update_fields=["priority"])
    return assessment


def facts_of(grievance: Grievance, codes: Sequence[str] | None = None) -> Facts:
    """Return what the triage rule may know of a grievance."""
    links = list(grievance.accusations.filter(dropped_on=None).values_list("party", flat=True))
    return Facts(
        codes=tuple(codes) if codes is not None else grievance.codes,
        danger_now=grievance.danger_now,
        under_18=grievance.under_18,
        time_closing=grievance.time_closing,
        people=grievance.people,
        others_in_30_days=others_about(grievance, links),
        accused_has_account=Party.objects.filter(pk__in=links).exclude(account=None, user=None).exists(),
    )


def others_about(grievance: Grievance, party_ids: Sequence[int]) -> int:
    """Return how many others of the last 30 days name one of these parties for certain, known to all its handlers."""
    since = grievance.received_on - timedelta(days=PATTERN_DAYS)
    links = Accused.objects.filter(
        party__in=party_ids, basis=Accused.Basis.CONFIRMED, dropped_on=None, grievance__received_on__gte=since
    )
    links = links.filter(grievance__received_on__lte=grievance.received_on).exclude(grievance=grievance)
    others = set(links.values_list("grievance", flat=True))
    for user in eligible(grievance) if others else ():
        # A reason shown to a handler must not tell of a grievance that is hidden from her.
        others &= set(Grievance.objects.visible_to(user).filter(pk__in=others).values_list("pk", flat=True))
    return len(others)


def keep_file(
    grievance: Grievance, file: Paper, *, sender: str, actor: Actor, at: datetime | None = None
) -> GrievanceFile:
    """Keep an examined file with a grievance. A worker's file is dated to the day; a held one is told to handlers."""
    data, seen = file.load()
    kept = evidence.keep_prepared(data, seen, actor=actor, subject=grievance.ref, holder=locks.holder_of(grievance))
    if at is None and seen.verdict in {Verdict.INFECTED, Verdict.NOT_CHECKED}:
        tell_handlers(grievance, "grievance.file_held")
    day = clockwork.moment(actor, at)
    EvidenceFile.objects.filter(pk=kept.pk).update(kept_at=day)
    return GrievanceFile.objects.create(grievance=grievance, evidence=kept, sender=sender, added_on=day.date())


@transaction.atomic
def keep_receipt(grievance: Grievance, *, actor: Actor = WORKER) -> None:
    """Note that the worker has her receipt: from now on nothing shows it again."""
    if not grievance.receipt_kept:
        grievance.receipt_kept = True
        grievance.save(update_fields=["receipt_kept"])
        audit.record("grievance.receipt_kept", actor=actor, subject=grievance.ref)


def lock_receipts(at: datetime) -> int:
    """Stop showing receipts of forms that were never finished, a day after they were sent; return how many."""
    day = timezone.localdate(at) if timezone.is_aware(at) else at.date()
    return Grievance.objects.filter(receipt_kept=False, received_on__lt=day).update(receipt_kept=True)
