"""Build each role's navigation and landing page from what the apps register."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.functional import Promise

from core.roles import Role

if TYPE_CHECKING:
    from core.models import User


@dataclass(frozen=True)
class Entry:
    """One place in the workspace that a role works in."""

    role: Role
    label: str | Promise
    url_name: str
    order: int
    landing: bool
    waits: "Callable[[User], int] | None" = None

    @property
    def url(self) -> str:
        """Return the address of the place."""
        return reverse(self.url_name)


_entries: list[Entry] = []


def register(
    role: Role,
    *,
    label: str | Promise,
    url_name: str,
    order: int = 50,
    landing: bool = False,
    waits: "Callable[[User], int] | None" = None,
) -> None:
    """Add a place to a role's navigation; called from an app's ready(). `waits` counts what somebody must answer."""
    _entries.append(Entry(role, label, url_name, order, landing, waits))


def waiting_elsewhere(user: "User", role: Role, here: str) -> list[tuple[Entry, int]]:
    """Return the role's other places in which something may wait for an answer, and how much does in each."""
    others = [entry for entry in entries_for(user) if entry.role == role and entry.url_name != here]
    return [(entry, entry.waits(user)) for entry in others if entry.waits is not None]


def entries_for(user: "User") -> list[Entry]:
    """Return the places of a user's roles in order, each once."""
    seen: dict[str, Entry] = {}
    for entry in sorted(_entries, key=lambda entry: entry.order):
        if user.has_role(entry.role):
            seen.setdefault(entry.url_name, entry)
    return list(seen.values())


def landing_for(user: "User") -> str | None:
    """Return where a user's day begins, or None when no role of hers has a place."""
    entries = entries_for(user)
    first = next((entry for entry in entries if entry.landing), entries[0] if entries else None)
    return first.url if first else None
