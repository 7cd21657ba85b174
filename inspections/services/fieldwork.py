"""Carry a visit out: start it, save answers, hear workers, add files, close it."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from checklists.answers import Answer, lacking_comment
from checklists.models import ChecklistVersion
from checklists.services import Saved, save_section
from checklists.sheets import Words, full
from checklists.sources import CLOSING, INTERVIEW
from core import audit, evidence
from core.access import require
from core.actors import Actor
from core.models import EvidenceFile
from core.notices import notify
from inspections.errors import NotNow
from inspections.models import Exhibit, Finding, Interview, Presence, Visit, VisitState
from inspections.models.visits import State
from inspections.services.locking import hold
from inspections.services.planning import as_user
from inspections.services.screening import record_screening, undecided


def _move(visit: Visit, state: State, *, actor: Actor, at: datetime, reason: str = "") -> VisitState:
    row = VisitState.objects.create(visit=visit, state=state, reason=reason, at=at, by=as_user(actor))
    for name in ("standing", "history", "state"):
        visit.__dict__.pop(name, None)
    audit.record(f"visit.{state.value}", actor=actor, subject=visit.ref, reason=reason)
    return row


def _require_state(visit: Visit, *states: State) -> None:
    """Hold the visit and raise NotNow unless it is in one of these states."""
    hold(visit)
    if visit.standing not in states:
        raise NotNow(_("This visit is %(state)s; that cannot be done now.") % {"state": visit.standing.label})


@transaction.atomic
def start(
    visit: Visit,
    *,
    actor: Actor,
    no_interest: bool,
    presences: Iterable[tuple[str, bool]] = (),
    at: datetime | None = None,
) -> Visit:
    """Start a visit: the inspector declares that he has no interest, and which other agencies are there and lead."""
    require(actor, "manage", visit)
    _require_state(visit, State.PLANNED)
    if not no_interest:
        raise NotNow(_("Please declare that you have no interest in this employer, or say that you have one."))
    now = at or timezone.now()
    for agency, led in presences:
        Presence.objects.get_or_create(visit=visit, agency=agency, defaults={"led": led, "noted_at": now})
    for member in visit.members.filter(inspector=as_user(actor), until__isnull=True):
        member.declared_at = now
        member.save(update_fields=["declared_at"])
    _move(visit, State.UNDER_WAY, actor=actor, at=now)
    return visit


@transaction.atomic
def cancel(visit: Visit, *, actor: Actor, reason: str, at: datetime | None = None) -> Visit:
    """Cancel a visit that was not closed; the reason is a code."""
    require(actor, "assign", visit)
    _require_state(visit, State.PLANNED, State.UNDER_WAY)
    _move(visit, State.CANCELLED, actor=actor, at=at or timezone.now(), reason=reason)
    return visit


@transaction.atomic
def reopen(visit: Visit, *, actor: Actor, reason: str, at: datetime | None = None) -> Visit:
    """Send a closed visit back to its team; the reason is a code and is required."""
    require(actor, "supervise", visit)
    _require_state(visit, State.CLOSED)
    if not reason:
        raise NotNow(_("Please give the reason."))
    _move(visit, State.UNDER_WAY, actor=actor, at=at or timezone.now(), reason=reason)
    for member in visit.team:
        notify(member.inspector, "visit_reopened", subject_ref=visit.ref)
    return visit


@transaction.atomic
def save_answers(
    visit: Visit,
    *,
    section: str,
    answers: Mapping[str, Answer],
    words: Words,
    base: int | None,
    actor: Actor,
    interview: Interview | None = None,
    at: datetime | None = None,
) -> Saved:
    """Save one section of a visit (or of one of its interviews) and judge the answers anew.

    Raises NotNow where an adverse answer has no comment; in an interview none is asked for.
    """
    require(actor, "answer", visit)
    _require_state(visit, State.UNDER_WAY)
    version = interview.version if interview else visit.version
    part = version.questionnaire.section(section)
    lacking = () if interview else lacking_comment(part, full(part, answers), words.comments)
    if lacking:
        raise NotNow(_("Please say what you saw: %(codes)s") % {"codes": ", ".join(lacking)})
    saved = save_section(
        subject=interview.ref if interview else visit.ref,
        version=version,
        section=section,
        answers=answers,
        words=words,
        base=base,
        actor=actor,
        at=at,
    )
    record_screening(visit, actor=actor, at=at)
    return saved


@transaction.atomic
def save_sections(
    visit: Visit,
    *,
    sections: Mapping[str, tuple[Mapping[str, Answer], Words]],
    actor: Actor,
    at: datetime | None = None,
) -> None:
    """Save several sections of a visit at once, as they come from a device, and judge them together."""
    require(actor, "answer", visit)
    _require_state(visit, State.UNDER_WAY)
    for section, (answers, words) in sections.items():
        part = visit.version.questionnaire.section(section)
        lacking = lacking_comment(part, full(part, answers), words.comments)
        if lacking:
            raise NotNow(_("Please say what you saw: %(codes)s") % {"codes": ", ".join(lacking)})
        save_section(
            subject=visit.ref,
            version=visit.version,
            section=section,
            answers=answers,
            words=words,
            base=None,
            actor=actor,
            at=at,
        )
    record_screening(visit, actor=actor, at=at)


@transaction.atomic
def hold_interview(
    visit: Visit,
    *,
    person: str,
    language: str,
    interpreter: str,
    place: str,
    conditions: Iterable[str],
    actor: Actor,
    at: datetime | None = None,
) -> Interview:
    """Record that a worker is heard, under which conditions; who it is, is never recorded here."""
    require(actor, "answer", visit)
    _require_state(visit, State.UNDER_WAY)
    version = ChecklistVersion.objects.newest(INTERVIEW)
    if version is None:
        raise NotNow(_("No interview sheet has been published yet."))
    interview = Interview.objects.create(
        visit=visit,
        number=visit.interviews.count() + 1,
        version=version,
        person=person,
        language=language,
        interpreter=interpreter,
        place=place,
        conditions=sorted(conditions),
        held_at=at or timezone.now(),
        held_by=as_user(actor),
    )
    audit.record("interview.held", actor=actor, subject=visit.ref, interview=interview.ref, person=person)
    return interview


@transaction.atomic
def add_exhibit(
    visit: Visit,
    upload: UploadedFile[bytes] | EvidenceFile,
    *,
    actor: Actor,
    item_code: str = "",
    finding: Finding | None = None,
    shows_people: bool = False,
    at: datetime | None = None,
) -> Exhibit:
    """Keep a photo or file of a visit; raises EvidenceRefused with a sentence for people."""
    require(actor, "answer", visit)
    _require_state(visit, State.UNDER_WAY)
    file = upload if isinstance(upload, EvidenceFile) else evidence.keep(upload, actor=actor, subject=visit.ref)
    exhibit = Exhibit.objects.create(
        visit=visit,
        file=file,
        item_code=item_code,
        finding=finding,
        shows_people=shows_people,
        added_at=at or timezone.now(),
        added_by=as_user(actor),
    )
    audit.record("visit.exhibit_added", actor=actor, subject=visit.ref, file=file.ref, item=item_code)
    return exhibit


@transaction.atomic
def close(
    visit: Visit,
    *,
    answers: Mapping[str, Answer],
    words: Words,
    actor: Actor,
    at: datetime | None = None,
) -> Visit:
    """Close a visit with the closing meeting's list; each "no" there needs its reason.

    Raises NotNow while the screening says that somebody should be referred and nobody referred or decided otherwise.
    """
    require(actor, "manage", visit)
    _require_state(visit, State.UNDER_WAY)
    if undecided(visit):
        raise NotNow(
            _("The screening asks for a referral. Please record a referral, or a decision with its reason, first.")
        )
    version = ChecklistVersion.objects.newest(CLOSING)
    if version is None:
        raise NotNow(_("No closing list has been published yet."))
    part = version.questionnaire.sections[0]
    if lacking_comment(part, full(part, answers), words.comments):
        raise NotNow(_("Each “no” on the closing list needs its reason."))
    save_section(
        subject=visit.ref,
        version=version,
        section=part.code,
        answers=answers,
        words=words,
        base=None,
        actor=actor,
        at=at,
    )
    _move(visit, State.CLOSED, actor=actor, at=at or timezone.now())
    if visit.supervisor_id != getattr(actor, "pk", None):
        notify(visit.supervisor, "visit_closed", subject_ref=visit.ref)
    return visit
