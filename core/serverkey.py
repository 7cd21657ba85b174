"""The server's own key, from the environment: it seals only what the server itself must be able to open."""

import hashlib

from django.conf import settings

RECIPIENT = "server"


def wrapping_key() -> bytes:
    """Return the key under which the server wraps data keys."""
    return _named(b"vault-wrap-v1")


def pepper() -> bytes:
    """Return this installation's part of every person's and every receipt's key."""
    return _named(b"vault-pepper-v1")


def _named(purpose: bytes) -> bytes:
    return hashlib.blake2b(settings.VAULT_KEY.encode(), person=purpose, digest_size=32).digest()
