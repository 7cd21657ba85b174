"""Say which parties a user is, works for, or is tied to: whoever handles a matter must be none of its parties."""

from collections.abc import Collection
from datetime import date

from django.db.models import Q
from django.utils import timezone

from core.models import Membership, User
from parties.models import Party, Relationship

_TIES = (
    Relationship.Is.OWNER,
    Relationship.Is.DIRECTOR,
    Relationship.Is.OFFICER,
    Relationship.Is.WORKS_FOR,
    Relationship.Is.SUB_AGENT,
    Relationship.Is.SUCCESSOR,
)
_DEPTH = 3


def parties_of(user: User, at: date | None = None) -> frozenset[int]:
    """Return the ids of every party the user is, works for, or is tied to by up to three relations.

    Ties are followed both ways (owner, director, employee, sub-agent, successor): a handler whose employer owns the
    accused is as close as one who works there. A fixed number of queries, whatever the data.
    """
    cached: dict[date | None, frozenset[int]] = user.__dict__.setdefault("_parties_of", {})
    if at not in cached:
        cached[at] = _ties(user, at)
    return cached[at]


def _ties(user: User, at: date | None) -> frozenset[int]:
    # A union of two questions, each answered by an index: an "or" of the two walks the whole table.
    own = Party.objects.order_by().filter(user=user).values_list("pk", flat=True)
    works_for = Party.objects.order_by().filter(account__in=user.account_ids()).values_list("pk", flat=True)
    return frozenset(_reached_from(set(own.union(works_for)), at))


def tied_to(parties: Collection[int], users: Collection[User]) -> frozenset[int]:
    """Return the ids of those users who are, work for or are tied to any of these parties today.

    The same answer as asking `parties_of` each: ties are followed both ways, so they can be walked from the parties.
    A fixed number of queries, however many users there are; none where there are no parties.
    """
    if not parties or not users:
        return frozenset()
    near = Party.objects.order_by().filter(pk__in=_reached_from(set(parties), None))
    themselves = near.filter(user__in=users).values_list("user", flat=True)
    members = Membership.objects.current(timezone.localdate()).filter(user__in=users)
    return frozenset(themselves) | frozenset(
        members.filter(account__in=near.exclude(account=None).values("account")).values_list("user", flat=True)
    )


def _reached_from(reached: set[int], at: date | None) -> set[int]:
    """Return parties and all that are tied to them by up to three relations."""
    edge = set(reached)
    for _step in range(_DEPTH):
        if not edge:
            break
        pairs = (
            Relationship.objects.current(at)
            .filter(kind__in=_TIES)
            .filter(Q(source__in=edge) | Q(target__in=edge))
            .values_list("source_id", "target_id")
        )
        edge = {party for pair in pairs for party in pair} - reached
        reached |= edge
    return reached
