"""The organisation's recovery key: its private half exists only as two parts on paper, which together open. Pure.

Each part alone is random and tells nothing. A part carries its number, the key that it belongs to, and a checksum, so
that one wrong letter or two parts of different keys are noticed before anything is tried.
"""

import base64
import hashlib
import hmac
import secrets
from dataclasses import dataclass, field

from core.keywork import KEY_BYTES, Pair, new_pair

# Crockford's alphabet: no I, L, O or U, so that a handwritten part is read as it was written.
_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_STANDARD = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"
_READ = str.maketrans(_ALPHABET, _STANDARD)
_WRITE = str.maketrans(_STANDARD, _ALPHABET)
_LOOKALIKES = str.maketrans({"O": "0", "I": "1", "L": "1", "U": "V"})
_MARK, _CHECK, _LETTERS = 3, 4, 64
MOST_TYPED = 400


class BadPart(ValueError):  # noqa: N818 - reads as a sentence where it is raised and caught
    """What was typed is not a part of a recovery key; `code` says why: length, mistyped, same, or different."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True)
class Part:
    """One of the two parts; what it holds never shows in a log or a traceback."""

    number: int
    mark: bytes
    share: bytes = field(repr=False)

    @property
    def groups(self) -> tuple[str, ...]:
        """Return the part as it is written down: sixteen groups of four letters and digits."""
        payload = bytes([self.number]) + self.mark + self.share
        text = base64.b32encode(payload + _checksum(payload)).decode().translate(_WRITE)
        return tuple(text[place : place + 4] for place in range(0, _LETTERS, 4))


def make_parts(pair: Pair | None = None) -> tuple[Pair, Part, Part]:
    """Return a new recovery key pair and its two parts; keep the public half, and of the rest nothing."""
    pair = pair or new_pair()
    one = secrets.token_bytes(KEY_BYTES)
    two = bytes(a ^ b for a, b in zip(one, pair.private, strict=True))
    return pair, Part(1, _mark(pair), one), Part(2, _mark(pair), two)


def read_part(typed: str) -> Part:
    """Return the part that somebody typed, however spaced and in capitals or not; raises BadPart."""
    if len(typed) > MOST_TYPED:
        raise BadPart("length")
    letters = "".join(each for each in typed.upper() if each.isalnum()).translate(_LOOKALIKES)
    if len(letters) != _LETTERS:
        raise BadPart("length")
    if set(letters) - set(_ALPHABET):
        raise BadPart("mistyped")
    raw = base64.b32decode(letters.translate(_READ))
    payload, check = raw[:-_CHECK], raw[-_CHECK:]
    if not hmac.compare_digest(check, _checksum(payload)) or payload[0] not in (1, 2):
        raise BadPart("mistyped")
    return Part(payload[0], payload[1 : 1 + _MARK], payload[1 + _MARK :])


def join(one: Part, other: Part) -> Pair:
    """Return the key pair that two parts make; raises BadPart for the same part twice or parts of different keys."""
    if one.number == other.number:
        raise BadPart("same")
    pair = Pair(bytes(a ^ b for a, b in zip(one.share, other.share, strict=True)))
    if not one.mark == other.mark == _mark(pair):
        raise BadPart("different")
    return pair


def _mark(pair: Pair) -> bytes:
    return hashlib.blake2b(bytes.fromhex(pair.public), person=b"recovery-mark-1", digest_size=_MARK).digest()


def _checksum(payload: bytes) -> bytes:
    return hashlib.blake2b(payload, person=b"recovery-check1", digest_size=_CHECK).digest()
