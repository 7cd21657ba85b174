"""Find grievances that name the same party without opening a word; link and part them, each with its own receipt.

Workers learn nothing of one another. A handler learns that another report exists; which one, only where the workers of
both agreed. What a handler may not know of is never counted.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from core import audit
from core.access import require
from core.models import User
from grievances.models import Accused, Grievance, NameMark, RelatedLink
from grievances.namemarks import marks_of
from grievances.services import clockwork
from grievances.services.flowing import NAME_RELATED, may_flow


class RelatingRefused(Exception):  # noqa: N818 - reads as a sentence where it is raised and caught
    """Two grievances that may not be linked or parted; the message is for people."""


@dataclass(frozen=True)
class Related:
    """What a handler may learn of the others that name the same party."""

    exists: bool
    named: tuple[Grievance, ...]
    joined: tuple[Grievance, ...]


def keep_marks(grievance: Grievance, named: Mapping[str, str]) -> None:
    """Keep the keyed marks of the names that a worker told, while they are at hand to be sealed."""
    NameMark.objects.bulk_create(
        NameMark(grievance=grievance, part=part, mark=mark) for part, name in named.items() for mark in marks_of(name)
    )


def others_naming_the_same(grievance: Grievance, user: User) -> QuerySet[Grievance]:
    """Return the other grievances that this handler may know of and that name a party of this one."""
    parties = Accused.objects.filter(grievance=grievance, dropped_on=None).values("party")
    linked = Accused.objects.filter(party__in=parties, dropped_on=None).values("grievance")
    marks = NameMark.objects.filter(grievance=grievance).values("mark")
    marked = NameMark.objects.filter(mark__in=marks).values("grievance")
    found = Grievance.objects.visible_to(user).filter(Q(pk__in=linked) | Q(pk__in=marked))
    return found.exclude(pk=grievance.pk)


def related_to(grievance: Grievance, user: User, *, most: int = 20) -> Related:
    """Return what a handler may learn of related grievances."""
    joined = _joined(grievance).filter(pk__in=Grievance.objects.visible_to(user).values("pk"))
    others = others_naming_the_same(grievance, user)
    if not may_flow(grievance, NAME_RELATED):
        return Related(others.exists(), (), ())
    candidates = list(others.prefetch_related("concerns", "consents").order_by("-pk")[: most * 2])
    named = tuple(each for each in candidates if may_flow(each, NAME_RELATED))[:most]
    agreed = tuple(each for each in joined.prefetch_related("concerns", "consents") if may_flow(each, NAME_RELATED))
    return Related(bool(candidates), tuple(each for each in named if each not in agreed), agreed)


def _joined(grievance: Grievance) -> QuerySet[Grievance]:
    links = RelatedLink.objects.filter(parted_on=None)
    seconds, firsts = links.filter(first=grievance).values("second"), links.filter(second=grievance).values("first")
    return Grievance.objects.filter(Q(pk__in=seconds) | Q(pk__in=firsts))


@transaction.atomic
def join(one: Grievance, other: Grievance, *, actor: User, at: datetime | None = None) -> RelatedLink:
    """Treat two grievances as one matter; each keeps its receipt, its words, its clocks and its case."""
    require(actor, "handle", one)
    require(actor, "handle", other)
    if one.pk == other.pk or not others_naming_the_same(one, actor).filter(pk=other.pk).exists():
        raise RelatingRefused(_("These two do not name the same party."))
    if not (may_flow(one, NAME_RELATED) and may_flow(other, NAME_RELATED)):
        raise RelatingRefused(_("Both workers must agree that what happened is looked into. Ask first."))
    first, second = sorted((one, other), key=lambda each: each.pk)
    link, created = RelatedLink.objects.get_or_create(
        first=first,
        second=second,
        parted_on=None,
        defaults={"joined_by": actor, "joined_on": clockwork.moment(actor, at).date()},
    )
    if created:
        audit.record("grievance.joined", actor=actor, subject=one.ref, other=other.ref)
    return link


@transaction.atomic
def part(one: Grievance, other: Grievance, *, actor: User, at: datetime | None = None) -> bool:
    """Take a link back; nothing of either grievance was changed by it. Return whether there was one."""
    require(actor, "handle", one)
    require(actor, "handle", other)
    first, second = sorted((one, other), key=lambda each: each.pk)
    parted = RelatedLink.objects.filter(first=first, second=second, parted_on=None).update(
        parted_by=actor, parted_on=clockwork.moment(actor, at).date()
    )
    if parted:
        audit.record("grievance.parted", actor=actor, subject=one.ref, other=other.ref)
    return bool(parted)
