"""Hold the keys of the person whose request this is, and of nobody else: empty for commands and tasks."""

import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from core import serverkey
from core.keywork import Pair, Unfit, unlock, unwrap_with
from core.models import StrongboxKey

Load = Callable[[], list[Pair]]


class VaultError(Exception):
    """A sealed record that cannot be opened: wrong key, or changed or destroyed content."""


class Locked(VaultError):  # noqa: N818 - reads as a sentence where it is raised and caught
    """A strongbox to which nobody present holds a key."""


def _nothing() -> list[Pair]:
    return []


def box_context(box: uuid.UUID, recipient: str) -> bytes:
    """Return what a wrapped key to a strongbox is bound to: which box, for whom."""
    return b"strongbox:" + box.bytes + recipient.encode()


class KeyRing:
    """Some unlocked key pairs, and the strongboxes that they opened in this request; loaded when first needed."""

    def __init__(self, load: Load = _nothing) -> None:
        self._load = load
        self._pairs: dict[str, Pair] | None = None
        self._boxes: dict[uuid.UUID, bytes] = {}

    def __repr__(self) -> str:
        return "key ring"

    @property
    def pairs(self) -> dict[str, Pair]:
        """Return the unlocked pairs by their public halves."""
        if self._pairs is None:
            self._pairs = {pair.public: pair for pair in self._load()}
        return self._pairs

    def add(self, pair: Pair) -> None:
        """Put an unlocked pair on the ring for the rest of this request."""
        self.pairs[pair.public] = pair
        self._boxes.clear()

    def holds(self, box: uuid.UUID) -> bool:
        """Say whether the ring opens a strongbox."""
        try:
            self.private_of(box)
        except Locked:
            return False
        return True

    def private_of(self, box: uuid.UUID) -> bytes:
        """Return a strongbox's private half; raises Locked where no pair on the ring holds a key to it."""
        if box in self._boxes:
            return self._boxes[box]
        for key in StrongboxKey.objects.filter(strongbox=box, recipient__in=[*self.pairs, serverkey.RECIPIENT]):
            try:
                found = self._open(key)
            except Unfit:
                continue
            self._boxes[box] = found
            return found
        raise Locked("Nobody present holds a key to this.")

    def _open(self, key: StrongboxKey) -> bytes:
        context = box_context(key.strongbox_id, key.recipient)
        if key.kind == StrongboxKey.Kind.SERVER:
            return unlock(serverkey.wrapping_key(), bytes(key.wrapped), context)
        return unwrap_with(self.pairs[key.recipient].private, bytes(key.wrapped), context)


_ring: ContextVar[KeyRing | None] = ContextVar("keyring", default=None)


def current() -> KeyRing:
    """Return the ring of the present request; outside of one, an empty ring."""
    return _ring.get() or KeyRing()


@contextmanager
def holding(ring: KeyRing) -> Iterator[KeyRing]:
    """Let everything inside open what this ring opens."""
    token = _ring.set(ring)
    try:
        yield ring
    finally:
        _ring.reset(token)
