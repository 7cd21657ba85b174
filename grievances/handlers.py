"""Say who may handle a grievance, and tell only them."""

from django.utils import timezone

from core import notices
from core.models import Membership, Notice, User
from core.roles import Role
from grievances.models import Accused, Grievance, Recusal
from parties.conflicts import tied_to


def holders(*roles: Role) -> list[User]:
    """Return the users who hold one of these roles today."""
    memberships = Membership.objects.current(timezone.localdate()).filter(role__in=roles)
    return list(User.objects.filter(pk__in=memberships.values("user"), is_active=True).order_by("pk"))


def eligible(grievance: Grievance) -> list[User]:
    """Return the case officers who may know of a grievance."""
    return _may_know(grievance, holders(Role.CASE_OFFICER))


def everybody_who_may_know(grievance: Grievance) -> tuple[list[User], list[User]]:
    """Return the case officers who may know of a grievance and the auditors who may oversee it, asked for at once."""
    officers, auditors = holders(Role.CASE_OFFICER), holders(Role.AUDITOR)
    may = {user.pk for user in _may_know(grievance, [*officers, *auditors])}
    return [user for user in officers if user.pk in may], [user for user in auditors if user.pk in may]


def untied_overseers(grievance: Grievance) -> list[User]:
    """Return administrators and auditors who are tied to nobody accused: they look for a handler, not at the words."""
    people = holders(Role.ADMIN, Role.AUDITOR)
    tied = tied_to(_accused(grievance), people)
    return [user for user in people if user.pk not in tied]


def overseers(grievance: Grievance) -> list[User]:
    """Return the auditors who may oversee a grievance: they see codes and clocks, never a word."""
    return _may_know(grievance, holders(Role.AUDITOR))


def _may_know(grievance: Grievance, people: list[User]) -> list[User]:
    """Keep those who are tied to nobody accused and have not stepped back: as `visible_to` keeps rows for each."""
    stepped_back = set(Recusal.objects.filter(grievance=grievance).values_list("user", flat=True))
    tied = tied_to(_accused(grievance), people)
    return [user for user in people if user.pk not in tied and user.pk not in stepped_back]


def _accused(grievance: Grievance) -> set[int]:
    return set(Accused.objects.filter(grievance=grievance, dropped_on=None).values_list("party", flat=True))


def tell(users: list[User], code: str, subject_ref: str) -> None:
    """Leave each a notice without content, dated to the day: it must not tell when a worker wrote."""
    day = timezone.now().replace(hour=0, minute=0, second=0, microsecond=0)
    left = [
        notices.notify(user, code, subject_ref=subject_ref).pk for user in {user.pk: user for user in users}.values()
    ]
    Notice.objects.filter(pk__in=left).update(created_at=day)


def forget_notices(grievance: Grievance) -> None:
    """Take back the notices of everybody who may no longer know of a grievance; they hold its reference."""
    refs = [grievance.ref]
    case = getattr(grievance, "case", None)
    if case is not None:
        refs.append(case.ref)
    officers, auditors = everybody_who_may_know(grievance)
    Notice.objects.filter(subject_ref__in=refs).exclude(user__in=[*officers, *auditors]).delete()


def tell_handlers(grievance: Grievance, code: str, able: list[User] | None = None) -> None:
    """Tell the assigned handler, or everybody who may handle it; where nobody may, those who must find somebody."""
    assigned = grievance.assignments.filter(until=None).select_related("user").first()
    if assigned is not None and grievance.permits(assigned.user, "handle"):
        tell([assigned.user], code, grievance.ref)
        return
    able = eligible(grievance) if able is None else able
    if able:
        tell(able, code, grievance.ref)
    else:
        tell(untied_overseers(grievance), "grievance.no_handler", "")
