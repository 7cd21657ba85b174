"""Know a receipt by Argon2id, and lead from it to the worker's own key; whoever is unknown costs the same work.

One costly derivation from all 25 digits, tied to this installation's VAULT_KEY, gives both a mark that is stored to
verify the receipt and the seed of the worker's key pair. Neither leads to the other; the receipt is stored nowhere.
"""

import hmac
from dataclasses import dataclass
from functools import lru_cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from argon2.low_level import Type
from django.conf import settings

from core import keywork, serverkey
from core.keywork import Cost, Pair
from grievances.receipts import SECRET_DIGITS, Receipt

_FORM = "r2"
# What was stored before receipts led to keys: OWASP's settings, 19 MiB, two passes, one lane.
_EARLIER = PasswordHasher(time_cost=2, memory_cost=19456, parallelism=1, hash_len=32, salt_len=16, type=Type.ID)


@dataclass(frozen=True)
class Known:
    """What a receipt leads to: the verifier to store and the worker's key pair."""

    verifier: str
    pair: Pair


def enrol(receipt: Receipt) -> Known:
    """Return what is stored to verify a new receipt, and the worker's key pair."""
    return _derive(receipt, keywork.new_salt(), Cost(*settings.RECEIPT_COST))


def admit(receipt: Receipt, verifier: str | None) -> Known | None:
    """Return what a receipt leads to where it fits the verifier, else None after the same work.

    A verifier of the earlier form is answered with one of today's, for the caller to store.
    """
    if verifier is not None and not verifier.startswith(_FORM):
        return _admit_earlier(receipt, verifier)
    asked = verifier or _nobody()
    _form, passes, memory, salt, mark = asked.split("$")
    known = _derive(receipt, bytes.fromhex(salt), Cost(int(passes), int(memory)))
    fits = hmac.compare_digest(known.verifier.rsplit("$", 1)[1], mark)
    return known if fits and verifier is not None else None


def _derive(receipt: Receipt, salt: bytes, cost: Cost) -> Known:
    stretched = keywork.stretch(receipt.digits[:SECRET_DIGITS].encode(), salt, cost)
    root = keywork.part_of(serverkey.pepper(), b"receipt-root-v1", stretched)
    mark = keywork.part_of(root, b"receipt-mark-v1").hex()
    pair = keywork.pair_from_seed(keywork.part_of(root, b"receipt-pair-v1"))
    return Known(f"{_FORM}${cost.passes}${cost.memory}${salt.hex()}${mark}", pair)


@lru_cache(maxsize=1)
def _nobody() -> str:
    cost = Cost(*settings.RECEIPT_COST)
    return f"{_FORM}${cost.passes}${cost.memory}${'00' * keywork.SALT_BYTES}${'00' * keywork.KEY_BYTES}"


def _admit_earlier(receipt: Receipt, verifier: str) -> Known | None:
    try:
        _EARLIER.verify(verifier, receipt.secret)
    except (VerificationError, InvalidHashError):
        return None
    return enrol(receipt)
