"""Plan visits and put teams together; nobody who is tied to the visited party comes near."""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime
from enum import StrEnum

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from checklists.models import ChecklistVersion
from checklists.sources import LABOUR
from core import audit, vault
from core.access import require, require_role
from core.actors import Actor, Automatic
from core.models import Account, Membership, User
from core.notices import notify
from core.roles import AccountKind, Role
from inspections.errors import ConflictOfInterest, NotNow
from inspections.models import Interest, TeamMember, Visit, VisitState
from inspections.models.visits import State
from parties.conflicts import parties_of
from parties.models import Party, Site


class TriggerKind(StrEnum):
    """Why a visit is made. Every visit has one, sealed, so that its absence tells nothing."""

    RANDOM = "random"
    PROGRAMME = "programme"
    RISK = "risk"
    COMPLAINT = "complaint"
    FOLLOW_UP = "follow_up"
    ACCIDENT = "accident"
    OTHER_AGENCY = "other_agency"


@dataclass(frozen=True)
class Trigger:
    """Why a visit is made, with the reference of what led to it; only ever sealed."""

    kind: str
    detail: str = ""
    reference: str = ""


def as_user(actor: Actor) -> User | None:
    """Return the acting user, if it is one."""
    return None if isinstance(actor, Automatic) else actor


def conflict_of(user: User, party: Party) -> str:
    """Return why a user may not handle a party: "tied", "declared", or nothing."""
    if party.pk in parties_of(user):
        return "tied"
    if Interest.objects.filter(inspector=user, party=party, ended_at__isnull=True).exists():
        return "declared"
    return ""


def _refuse_conflicts(people: Sequence[User], party: Party) -> None:
    for person in people:
        if conflict_of(person, party):
            raise ConflictOfInterest(
                _("%(name)s cannot have a part in this visit. Please choose somebody else.") % {"name": person}
            )


def _require_team(team: Sequence[User], supervisor: User) -> None:
    """Raise NotNow for a team that cannot go, or a supervisor who cannot supervise it."""
    if not team or supervisor in team:
        raise NotNow(_("A visit needs a team, and a supervisor who is not in it."))
    if any(not person.has_role(Role.INSPECTOR) for person in team):
        raise NotNow(_("Only inspectors can be in the team."))
    if not supervisor.has_role(Role.INSPECTOR, Role.MINISTRY_OFFICER):
        raise NotNow(_("The supervisor must be an inspector or an officer of the ministry."))


@transaction.atomic
def plan_visit(
    *,
    site: Site,
    team: Sequence[User],
    supervisor: User,
    planned_for: date,
    trigger: Trigger,
    actor: Actor,
    announced: bool = False,
    version: ChecklistVersion | None = None,
    follows: Visit | None = None,
    at: datetime | None = None,
) -> Visit:
    """Plan a visit to a site; the first of the team leads. Raises ConflictOfInterest or NotNow."""
    require_role(actor, Role.INSPECTOR, Role.MINISTRY_OFFICER)
    _require_team(team, supervisor)
    _refuse_conflicts([*team, supervisor], site.party)
    version = version or ChecklistVersion.objects.newest(LABOUR)
    if version is None:
        raise NotNow(_("No checklist has been published yet. Please publish one first."))
    visit = Visit.objects.create(
        party=site.party,
        site=site,
        version=version,
        account=_account_of(team[0]),
        supervisor=supervisor,
        planned_for=planned_for,
        announced=announced,
        follows=follows,
        trigger=vault.seal(json.dumps(asdict(trigger)), purpose="inspections.trigger"),
        planned_by=as_user(actor),
    )
    now = at or timezone.now()
    VisitState.objects.create(visit=visit, state=State.PLANNED, at=now, by=as_user(actor))
    for place, person in enumerate(team):
        TeamMember.objects.create(visit=visit, inspector=person, lead=place == 0, since=now)
    audit.record(
        "visit.planned",
        actor=actor,
        subject=visit.ref,
        site=site.ref,
        team=len(team),
        on=planned_for,
        checklist=version.ref,
    )
    for person in {*team, supervisor} - {as_user(actor)}:
        notify(person, "visit_planned", subject_ref=visit.ref)
    return visit


def _account_of(inspector: User) -> Account:
    membership = next(
        each for each in inspector.current_memberships if each.role == Role.INSPECTOR.value
    )  # the role was checked by the caller
    return membership.account


def read_trigger(visit: Visit, *, actor: Actor) -> Trigger:
    """Open why a visit was planned; only its lead and its supervisor may, and the vault writes it down."""
    require(actor, "trigger", visit)
    if visit.trigger is None:
        return Trigger(TriggerKind.RANDOM)
    text = vault.open_text(visit.trigger, actor=actor, reason="visit.trigger", subject=visit.ref)
    return Trigger(**json.loads(text))


@transaction.atomic
def assign(visit: Visit, inspector: User, *, actor: Actor, lead: bool = False) -> TeamMember:
    """Add an inspector to the team, or make one of the team its lead. Raises ConflictOfInterest or NotNow."""
    require(actor, "assign", visit)
    _refuse_conflicts([inspector], visit.party)
    if not inspector.has_role(Role.INSPECTOR) or inspector.pk == visit.supervisor_id:
        raise NotNow(_("Only inspectors other than the supervisor can be in the team."))
    now = timezone.now()
    current = visit.members.filter(until__isnull=True)
    if lead:
        for member in current.filter(lead=True).exclude(inspector=inspector):
            _end(member, now)
            TeamMember.objects.create(
                visit=visit, inspector=member.inspector, since=now, declared_at=member.declared_at
            )
    already = current.filter(inspector=inspector).first()
    if already and already.lead == lead:
        return already
    if already:
        _end(already, now)
    member = TeamMember.objects.create(visit=visit, inspector=inspector, lead=lead, since=now)
    visit.__dict__.pop("team", None)
    audit.record("visit.assigned", actor=actor, subject=visit.ref, inspector=inspector.audit_code, lead=lead)
    notify(inspector, "visit_planned", subject_ref=visit.ref)
    return member


def _end(member: TeamMember, at: datetime) -> None:
    member.until = at
    member.save(update_fields=["until"])


@transaction.atomic
def release(visit: Visit, inspector: User, *, actor: Actor) -> None:
    """Take an inspector off the team; the lead cannot go before another leads."""
    require(actor, "assign", visit)
    member = visit.members.filter(inspector=inspector, until__isnull=True).first()
    if member is None:
        return
    if member.lead:
        raise NotNow(_("Please name another lead first."))
    _end(member, timezone.now())
    visit.__dict__.pop("team", None)
    audit.record("visit.released", actor=actor, subject=visit.ref, inspector=inspector.audit_code)


@transaction.atomic
def declare_interest(visit: Visit, *, actor: User) -> Interest:
    """Record that an inspector has an interest in the visited party: he leaves the team, the supervisor is told."""
    require(actor, "answer", visit)
    now = timezone.now()
    interest = Interest.objects.create(inspector=actor, party=visit.party, declared_at=now)
    for member in visit.members.filter(inspector=actor, until__isnull=True):
        _end(member, now)
        successor = visit.members.filter(until__isnull=True).order_by("pk").first()
        if member.lead and successor:
            _end(successor, now)
            TeamMember.objects.create(
                visit=visit, inspector=successor.inspector, lead=True, since=now, declared_at=successor.declared_at
            )
    visit.__dict__.pop("team", None)
    audit.record("visit.interest_declared", actor=actor, subject=visit.ref)
    notify(visit.supervisor, "visit_needs_inspector", subject_ref=visit.ref)
    return interest


def supervisors_for(user: User) -> list[User]:
    """Return who may supervise a visit that this user plans: the ministry's officers, inspectors of his office."""
    today = timezone.localdate()
    offices = user.account_ids(Role.INSPECTOR)
    people = User.objects.filter(is_active=True)
    officers = people.filter(memberships__role=Role.MINISTRY_OFFICER, memberships__account__kind=AccountKind.MINISTRY)
    colleagues = people.filter(memberships__role=Role.INSPECTOR, memberships__account__in=offices)
    found = (officers | colleagues).filter(memberships__since__lte=today).distinct().order_by("display_name", "pk")
    return [person for person in found if person.has_role(Role.INSPECTOR, Role.MINISTRY_OFFICER)]


def inspectors_for(user: User, visit: Visit | None = None) -> QuerySet[User]:
    """Return the inspectors whom a user may send: those of his office, of all offices for the ministry."""
    today = timezone.localdate()
    held = Membership.objects.current(today).filter(role=Role.INSPECTOR)
    if not user.has_role(Role.MINISTRY_OFFICER):
        held = held.filter(account__in=[visit.account_id] if visit else user.account_ids(Role.INSPECTOR))
    return User.objects.filter(is_active=True, pk__in=held.values("user")).order_by("display_name", "pk")
