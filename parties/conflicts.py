"""Say which parties a user is, works for, or is tied to: whoever handles a matter must be none of its parties."""

from collections import defaultdict
from collections.abc import Collection
from datetime import date

from django.db.models import Q, QuerySet
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
        # A union of two questions, each answered by an index: an "or" of the two walks the whole table.
        own = Party.objects.order_by().filter(user=user).values_list("pk", flat=True)
        works_for = Party.objects.order_by().filter(account__in=user.account_ids()).values_list("pk", flat=True)
        cached[at] = frozenset(_spread({user.pk: set(own.union(works_for))}, at)[user.pk])
    return cached[at]


def parties_of_each(users: Collection[User]) -> dict[int, frozenset[int]]:
    """Return what `parties_of` says of each user today, by her id, in a fixed number of queries."""
    own: dict[int, set[int]] = {user.pk: set() for user in users}
    members = defaultdict(set)
    for user_id, account in _memberships(users).values_list("user", "account"):
        members[account].add(user_id)
    for party, user_id in Party.objects.order_by().filter(user__in=users).values_list("pk", "user"):
        own[user_id].add(party)
    for party, account in Party.objects.order_by().filter(account__in=members).values_list("pk", "account"):
        for user_id in members[account]:
            own[user_id].add(party)
    return {user_id: frozenset(reached) for user_id, reached in _spread(own, None).items()}


def tied_to(parties: Collection[int], users: Collection[User]) -> frozenset[int]:
    """Return the ids of those users who are, work for or are tied to any of these parties today.

    The same answer as asking `parties_of` each: ties are followed both ways, so they can be walked from the parties.
    A fixed number of queries, however many users there are; none where there are no parties.
    """
    if not parties or not users:
        return frozenset()
    near = Party.objects.order_by().filter(pk__in=_spread({0: set(parties)}, None)[0])
    themselves = near.filter(user__in=users).values_list("user", flat=True)
    theirs = near.exclude(account=None).values("account")
    members = _memberships(users).filter(account__in=theirs).values_list("user", flat=True)
    return frozenset(themselves) | frozenset(members)


def _memberships(users: Collection[User]) -> QuerySet[Membership]:
    return Membership.objects.current(timezone.localdate()).filter(user__in=users)


def _spread(groups: dict[int, set[int]], at: date | None) -> dict[int, set[int]]:
    """Return each group of parties with all that are tied to one of them by up to three relations."""
    reached = {name: set(parties) for name, parties in groups.items()}
    edges = {name: set(parties) for name, parties in groups.items()}
    for _step in range(_DEPTH):
        edge = set().union(*edges.values())
        if not edge:
            break
        ties = defaultdict(set)
        pairs = Relationship.objects.current(at).filter(kind__in=_TIES)
        pairs = pairs.filter(Q(source__in=edge) | Q(target__in=edge))
        for source, target in pairs.values_list("source_id", "target_id"):
            ties[source].add(target)
            ties[target].add(source)
        for name, mine in edges.items():
            edges[name] = {party for each in mine for party in ties.get(each, ())} - reached[name]
            reached[name] |= edges[name]
    return reached
