"""Verify receipts with Argon2id at OWASP's settings; whoever is unknown costs the same work as whoever is known."""

from functools import lru_cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from argon2.low_level import Type

from grievances.receipts import Receipt

# OWASP Password Storage Cheat Sheet: 19 MiB, two passes, one lane.
_HASHER = PasswordHasher(time_cost=2, memory_cost=19456, parallelism=1, hash_len=32, salt_len=16, type=Type.ID)


def make_verifier(receipt: Receipt) -> str:
    """Return what is stored to verify a receipt's secret half."""
    return _HASHER.hash(receipt.secret)


@lru_cache(maxsize=1)
def _nobody() -> str:
    return _HASHER.hash("0" * 15)


def fits(receipt: Receipt, verifier: str | None) -> bool:
    """Say whether a receipt opens a verifier; for none, do the same work and say no."""
    try:
        _HASHER.verify(verifier or _nobody(), receipt.secret)
    except (VerificationError, InvalidHashError):
        return False
    return bool(verifier)
