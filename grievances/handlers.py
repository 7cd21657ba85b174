"""Say who may handle a grievance, and tell only them."""

from django.utils import timezone

from core import notices
from core.models import Membership, Notice, User
from core.roles import Role
from grievances.models import Accused, Grievance
from parties.conflicts import parties_of


def holders(*roles: Role) -> list[User]:
    """Return the users who hold one of these roles today."""
    memberships = Membership.objects.current(timezone.localdate()).filter(role__in=roles)
    return list(User.objects.filter(pk__in=memberships.values("user"), is_active=True).order_by("pk"))


def eligible(grievance: Grievance) -> list[User]:
    """Return the case officers who may know of a grievance."""
    return [user for user in holders(Role.CASE_OFFICER) if grievance.permits(user, "handle")]


def untied_overseers(grievance: Grievance) -> list[User]:
    """Return administrators and auditors who are tied to nobody accused: they look for a handler, not at the words."""
    accused = set(Accused.objects.filter(grievance=grievance, dropped_on=None).values_list("party", flat=True))
    return [user for user in holders(Role.ADMIN, Role.AUDITOR) if not accused & parties_of(user)]


def overseers(grievance: Grievance) -> list[User]:
    """Return the auditors who may oversee a grievance: they see codes and clocks, never a word."""
    return [user for user in holders(Role.AUDITOR) if grievance.permits(user, "oversee")]


def tell(users: list[User], code: str, subject_ref: str) -> None:
    """Leave each a notice without content, dated to the day: it must not tell when a worker wrote."""
    day = timezone.now().replace(hour=0, minute=0, second=0, microsecond=0)
    for user in {user.pk: user for user in users}.values():
        notice = notices.notify(user, code, subject_ref=subject_ref)
        Notice.objects.filter(pk=notice.pk).update(created_at=day)


def forget_notices(grievance: Grievance) -> None:
    """Take back the notices of everybody who may no longer know of a grievance; they hold its reference."""
    refs = [grievance.ref]
    case = getattr(grievance, "case", None)
    if case is not None:
        refs.append(case.ref)
    for notice in Notice.objects.filter(subject_ref__in=refs).select_related("user"):
        if not (grievance.permits(notice.user, "handle") or grievance.permits(notice.user, "oversee")):
            notice.delete()


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
