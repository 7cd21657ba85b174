"""Set corrective actions, extend, take evidence, verify; every step is a row."""

from datetime import date, datetime, timedelta

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from core import audit, evidence
from core.access import require
from core.actors import Actor
from core.models import EvidenceFile, User
from core.notices import notify
from core.roles import Role
from inspections.errors import NotNow
from inspections.models import ActionEvidence, ActionStep, CorrectiveAction, Extension, Finding, Letter
from inspections.models.actions import Step
from inspections.services.locking import hold
from inspections.services.planning import as_user
from parties.models import Party

NEXT = {
    Step.OPEN: (Step.SERVED, Step.VERIFIED, Step.PROSECUTION),
    Step.SERVED: (Step.ACKNOWLEDGED, Step.EVIDENCE, Step.VERIFIED, Step.PROSECUTION),
    Step.ACKNOWLEDGED: (Step.EVIDENCE, Step.VERIFIED, Step.PROSECUTION),
    Step.EVIDENCE: (Step.EVIDENCE, Step.VERIFIED, Step.REJECTED, Step.PROSECUTION),
    Step.REJECTED: (Step.EVIDENCE, Step.VERIFIED, Step.PROSECUTION),
    Step.VERIFIED: (),
    Step.PROSECUTION: (),
}


@transaction.atomic
def set_action(
    finding: Finding,
    *,
    what: str,
    deadline: date,
    actor: Actor,
    owner: Party | None = None,
    responsible: str = "",
    proof: str = "",
    at: datetime | None = None,
) -> CorrectiveAction:
    """Set what must be done about a finding by a day; the visited party owns it unless another is named."""
    require(actor, "manage", finding.visit)
    now = at or timezone.now()
    if deadline < timezone.localdate(now):
        raise NotNow(_("A deadline cannot be in the past."))
    action = CorrectiveAction.objects.create(
        finding=finding,
        what=what.strip(),
        owner=owner or finding.visit.party,
        responsible=responsible.strip(),
        proof=proof.strip(),
        deadline=deadline,
        created_at=now,
        created_by=as_user(actor),
    )
    ActionStep.objects.create(action=action, state=Step.OPEN, at=now, by=as_user(actor))
    audit.record("action.set", actor=actor, subject=finding.visit.ref, action=action.ref, deadline=deadline)
    return action


def step(action: CorrectiveAction, state: Step, *, actor: Actor, remark: str = "", at: datetime | None = None) -> None:
    """Write the next step of an action, inside the caller's transaction; raises NotNow where it cannot follow."""
    hold(action)
    if state not in NEXT[action.stands]:
        raise NotNow(
            _("An action that is “%(now)s” cannot become “%(next)s”.")
            % {"now": action.stands.label, "next": state.label}
        )
    ActionStep.objects.create(
        action=action, state=state, remark=remark.strip(), at=at or timezone.now(), by=as_user(actor)
    )
    for name in ("steps_taken", "state"):
        action.__dict__.pop(name, None)
    audit.record(f"action.{state.value}", actor=actor, subject=action.finding.visit.ref, action=action.ref)


@transaction.atomic
def extend(
    action: CorrectiveAction, *, until: date, reason: str, actor: Actor, at: datetime | None = None
) -> Extension:
    """Give an action a later deadline, with a reason that stays in its history."""
    require(actor, "manage", action)
    hold(action)
    if action.is_over:
        raise NotNow(_("This action is over."))
    if until <= action.due:
        raise NotNow(_("The new deadline must be later than the present one."))
    if not reason.strip():
        raise NotNow(_("Please give the reason."))
    row = Extension.objects.create(
        action=action,
        earlier=action.due,
        until=until,
        reason=reason.strip(),
        at=at or timezone.now(),
        by=as_user(actor),
    )
    for name in ("extensions_given", "due_on"):
        action.__dict__.pop(name, None)
    audit.record("action.extended", actor=actor, subject=action.finding.visit.ref, action=action.ref, until=until)
    return row


@transaction.atomic
def check(
    action: CorrectiveAction, *, state: str, remark: str, actor: Actor, at: datetime | None = None
) -> CorrectiveAction:
    """Record what checking an action showed: verified, not enough, or referred to prosecution; the remark says how."""
    require(actor, "manage", action)
    verdict = Step(state)
    if verdict not in (Step.VERIFIED, Step.REJECTED, Step.PROSECUTION):
        raise NotNow(_("A check ends with verified, not enough, or referred to prosecution."))
    if not remark.strip():
        raise NotNow(_("Please say how it was checked."))
    step(action, verdict, actor=actor, remark=remark, at=at)
    if verdict == Step.REJECTED:
        _tell_owner(action)
    return action


@transaction.atomic
def hand_in(
    action: CorrectiveAction,
    upload: UploadedFile[bytes] | EvidenceFile | None,
    *,
    actor: Actor,
    remark: str = "",
    letter: Letter | None = None,
    at: datetime | None = None,
) -> CorrectiveAction:
    """Take evidence that an action was carried out, from the addressee of a letter or from an inspector."""
    if letter is not None:
        require(actor, "answer", letter)
    else:
        require(actor, "manage", action)
    if upload is None and not remark.strip():
        raise NotNow(_("Please add a file, or say what was done."))
    now = at or timezone.now()
    if upload is not None:
        subject = action.ref
        file = upload if isinstance(upload, EvidenceFile) else evidence.keep(upload, actor=actor, subject=subject)
        ActionEvidence.objects.create(
            action=action, file=file, from_owner=letter is not None, at=now, by=as_user(actor)
        )
    step(action, Step.EVIDENCE, actor=actor, remark=remark, at=now)
    if letter is not None:
        visit = action.finding.visit
        for person in visit.responsible_people():
            notify(person, "action_evidence", subject_ref=action.ref)
    return action


@transaction.atomic
def acknowledge(action: CorrectiveAction, *, letter: Letter, actor: Actor, at: datetime | None = None) -> None:
    """Record that the addressee of a letter knows of an action."""
    require(actor, "answer", letter)
    step(action, Step.ACKNOWLEDGED, actor=actor, at=at)


def people_of(party: Party) -> list[User]:
    """Return who signs in for a party today and so may read its letters."""
    if party.account is None:
        return []
    memberships = party.account.memberships.current(timezone.localdate()).select_related("user")
    return [each.user for each in memberships if each.role in (Role.COMPANY_MEMBER, Role.RECRUITER_MEMBER)]


def _tell_owner(action: CorrectiveAction) -> None:
    named = action.letters.select_related("letter").order_by("-pk").first()
    if named is None:
        return
    for person in people_of(action.owner):
        notify(person, "action_returned", subject_ref=named.letter.ref)


@transaction.atomic
def remind(*, at: datetime, actor: Actor) -> int:
    """Tell each visit's lead once, on the first day after the deadline, that an action is overdue; return how many."""
    day = timezone.localdate(at)
    told = 0
    overdue = CorrectiveAction.objects.overdue(day).due_exactly(day - timedelta(days=1))
    for action in overdue.select_related("finding__visit__supervisor"):
        visit = action.finding.visit
        for person in visit.responsible_people():
            notify(person, "action_overdue", subject_ref=action.ref)
            told += 1
        audit.record("action.overdue", actor=actor, subject=visit.ref, action=action.ref)
    return told
