"""Record findings, tell the supervisor of critical ones the same day, pass on what concerns a recruiter."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from core import audit, vault
from core.access import require
from core.actors import Actor, Automatic
from core.notices import notify
from inspections.errors import NotNow
from inspections.models import Finding, FindingState, Visit
from inspections.models.findings import Severity
from inspections.models.visits import State
from inspections.services.locking import hold
from inspections.services.planning import as_user
from recruiters.models import Recruiter
from recruiters.services import note_risk, settle_fact

RANKS = {Severity.CRITICAL: 3, Severity.MAJOR: 2, Severity.MINOR: 1, Severity.OBSERVATION: 0}


@transaction.atomic
def add_finding(
    visit: Visit,
    *,
    severity: str,
    statement: str,
    legal_basis: str,
    actor: Actor,
    required_action: str = "",
    item_code: str = "",
    note: str = "",
    recruiter: Recruiter | None = None,
    at: datetime | None = None,
) -> Finding:
    """Record a finding of a visit under way. `statement` is read by the employer, `note` is sealed and never is.

    A critical one tells the supervisor at once; one that concerns a recruiter becomes a fact in its rating, in the same
    transaction. Raises NotNow.
    """
    require(actor, "manage", visit)
    hold(visit)
    if visit.standing != State.UNDER_WAY:
        raise NotNow(_("Findings are recorded while a visit is under way."))
    if item_code:
        try:
            visit.version.questionnaire.item(item_code)
        except KeyError as error:
            raise NotNow(_("This checklist has no item %(code)s.") % {"code": item_code}) from error
    grade = Severity(severity)
    now = at or timezone.now()
    finding = Finding.objects.create(
        visit=visit,
        item_code=item_code,
        severity=grade,
        rank=RANKS[grade],
        statement=statement.strip(),
        legal_basis=legal_basis.strip(),
        required_action=required_action.strip(),
        note=vault.seal(note.strip(), purpose="inspections.finding_note") if note.strip() else None,
        recruiter=recruiter,
        found_at=now,
        found_by=as_user(actor),
    )
    FindingState.objects.create(finding=finding, state=FindingState.OPEN, at=now, by=as_user(actor))
    audit.record(
        "finding.recorded", actor=actor, subject=visit.ref, finding=finding.ref, severity=grade.value, item=item_code
    )
    _tell(finding, actor)
    return finding


def _tell(finding: Finding, actor: Actor) -> None:
    """Tell the supervisor of a critical finding, and the recruiter's rating of one that concerns it."""
    visit = finding.visit
    if finding.severity == Severity.CRITICAL:
        notify(visit.supervisor, "critical_finding", subject_ref=visit.ref)
    if finding.recruiter is not None and finding.severity != Severity.OBSERVATION:
        day = timezone.localdate(finding.found_at)
        code = _fact_code(finding.item_code)
        note_risk(finding.recruiter, code, str(finding.severity), visit.ref, day, actor=actor)


@transaction.atomic
def withdraw_finding(finding: Finding, *, reason: str, actor: Actor) -> FindingState:
    """Withdraw a finding; the reason is a code. One that a letter names can only be withdrawn by the supervisor."""
    issued = finding.actions.filter(letters__isnull=False).exists()
    require(actor, "supervise" if issued else "manage", finding.visit)
    if finding.current_state == FindingState.WITHDRAWN:
        raise NotNow(_("This finding is withdrawn already."))
    row = FindingState.objects.create(
        finding=finding, state=FindingState.WITHDRAWN, reason=reason, at=timezone.now(), by=as_user(actor)
    )
    finding.__dict__.pop("current_state", None)
    if finding.recruiter is not None:
        _settle(finding, reason)
    audit.record("finding.withdrawn", actor=actor, subject=finding.visit.ref, finding=finding.ref, reason=reason)
    return row


def _fact_code(item_code: str) -> str:
    """Return the code under which a recruiter's rating knows a finding."""
    return f"inspection.{(item_code or 'other').lower()}"


def _settle(finding: Finding, reason: str) -> None:
    """Take the fact back from the recruiter's rating, unless another finding of the visit says the same.

    The floor below lets officers settle facts; this act was allowed here, so that our own hand carries it out.
    """
    recruiter = finding.recruiter
    same = Finding.objects.filter(visit=finding.visit, item_code=finding.item_code, recruiter=recruiter).standing()
    if recruiter is None or same.exclude(pk=finding.pk).exists():
        return
    for fact in recruiter.risk_facts.filter(source_ref=finding.visit.ref, code=_fact_code(finding.item_code)):
        if fact.state in ("standing", "disputed"):
            settle_fact(fact, state="withdrawn", reason_code=reason, actor=Automatic("inspections"))


def read_note(finding: Finding, *, actor: Actor) -> str:
    """Open a finding's sealed note; the vault writes down who did."""
    require(actor, "words", finding.visit)
    if finding.note is None:
        return ""
    return vault.open_text(finding.note, actor=actor, reason="finding.note", subject=finding.visit.ref)
