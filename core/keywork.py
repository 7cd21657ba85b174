"""Keys and what they wrap: libsodium's primitives with every use bound to its purpose. Pure.

Nothing here is cryptography of our own: X25519 sealed boxes, XChaCha20-Poly1305, BLAKE2b and Argon2id, as PyNaCl gives
them. What is ours is the binding: whatever is wrapped says for whom and for what, and is refused anywhere else.
"""

import hashlib
import hmac
import secrets
from dataclasses import dataclass, field

from nacl.exceptions import CryptoError
from nacl.public import PrivateKey, PublicKey, SealedBox
from nacl.pwhash import argon2id
from nacl.secret import Aead

KEY_BYTES = 32
SALT_BYTES = argon2id.SALTBYTES
BIND_BYTES = 16
# Nobody types more by hand; anything longer is refused before any costly work.
MOST_SECRET_BYTES = 1024


class Unfit(ValueError):  # noqa: N818 - reads as a sentence where it is raised and caught
    """A key that does not fit, a wrapping made for something else, or content that was changed."""


@dataclass(frozen=True)
class Cost:
    """What one derivation costs: passes over so many bytes of memory (Argon2id, one lane)."""

    passes: int
    memory: int


@dataclass(frozen=True)
class Pair:
    """An X25519 key pair; the private half never shows in a log or a traceback."""

    private: bytes = field(repr=False)

    @property
    def public(self) -> str:
        """Return the public half in hexadecimal."""
        return bytes(PrivateKey(self.private).public_key).hex()


def new_pair() -> Pair:
    """Return a fresh key pair."""
    return Pair(bytes(PrivateKey.generate()))


def pair_from_seed(seed: bytes) -> Pair:
    """Return the key pair that a secret seed leads to: the same seed, the same pair."""
    return Pair(bytes(PrivateKey.from_seed(seed)))


def new_salt() -> bytes:
    """Return a fresh salt."""
    return secrets.token_bytes(SALT_BYTES)


def stretch(secret: bytes, salt: bytes, cost: Cost, size: int = KEY_BYTES) -> bytes:
    """Derive a key from a password or receipt (Argon2id); raises Unfit for an over-long one before any work."""
    if len(secret) > MOST_SECRET_BYTES:
        raise Unfit("Too long for a secret that people type.")
    return bytes(argon2id.kdf(size, secret, salt, opslimit=cost.passes, memlimit=cost.memory))


def part_of(key: bytes, purpose: bytes, *parts: bytes, size: int = KEY_BYTES) -> bytes:
    """Return a key or mark for one purpose, derived from another key (keyed BLAKE2b, personalised)."""
    mac = hashlib.blake2b(key=key, person=purpose.ljust(16, b"\0")[:16], digest_size=size)
    for part in parts:
        mac.update(len(part).to_bytes(4, "big") + part)
    return mac.digest()


def lock(key: bytes, data: bytes, context: bytes) -> bytes:
    """Seal data under a key, bound to its context (XChaCha20-Poly1305)."""
    return bytes(Aead(key).encrypt(data, context))


def unlock(key: bytes, sealed: bytes, context: bytes) -> bytes:
    """Return what was sealed; raises Unfit when key, context or content do not fit."""
    try:
        return bytes(Aead(key).decrypt(sealed, context))
    except (CryptoError, ValueError, TypeError) as error:
        raise Unfit("The key does not fit, or the content was changed.") from error


def wrap_for(public: str, data: bytes, context: bytes) -> bytes:
    """Seal data so that only the holder of the private half opens it, bound to its context (sealed box)."""
    return bytes(SealedBox(PublicKey(bytes.fromhex(public))).encrypt(_mark(context) + data))


def unwrap_with(private: bytes, wrapped: bytes, context: bytes) -> bytes:
    """Return what was sealed for this private half; raises Unfit for another's, and for another context."""
    try:
        opened = bytes(SealedBox(PrivateKey(private)).decrypt(wrapped))
    except (CryptoError, ValueError, TypeError) as error:
        raise Unfit("The key does not fit, or the content was changed.") from error
    if not hmac.compare_digest(opened[:BIND_BYTES], _mark(context)):
        raise Unfit("This was wrapped for something else.")
    return opened[BIND_BYTES:]


def _mark(context: bytes) -> bytes:
    return hashlib.blake2b(context, person=b"vault-bind-v1", digest_size=BIND_BYTES).digest()
