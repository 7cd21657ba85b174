"""Narrow what one reader of the audit trail sees, where the mere existence of an entry would tell too much.

The trail itself stays whole: verify_audit walks every entry. A floor above names what a reader must not see; whoever is
narrowed sees no numbers of entries either, because a gap would tell as much.
"""

from collections.abc import Callable

from django.db.models import Q, QuerySet

from core.models import AuditEntry, User

_narrowings: list[Callable[[User], Q | None]] = []


def register_narrowing(narrowing: Callable[[User], Q | None]) -> None:
    """Add a rule that names the entries a reader must not see, or None; called from an app's ready()."""
    if narrowing not in _narrowings:
        _narrowings.append(narrowing)


def hidden_from(user: User) -> list[Q]:
    """Return what a reader must not see, or nothing."""
    return [found for narrowing in _narrowings if (found := narrowing(user)) is not None]


def entries_for(user: User) -> QuerySet[AuditEntry]:
    """Return the entries that a reader may see."""
    entries = AuditEntry.objects.all()
    for hidden in hidden_from(user):
        entries = entries.exclude(hidden)
    return entries
