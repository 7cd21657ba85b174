"""Make and read a worker's receipt: 25 random digits and two check digits, typable on any phone key pad. Pure.

Digits, because every phone shows a key pad for them and every script has its own; 25 of them hold 83 bits. The last two
follow ISO 7064 MOD 97-10: any one wrong digit and any two swapped neighbours are caught without asking a database.
"""

import unicodedata
from dataclasses import dataclass, field

SECRET_DIGITS = 25
CHECK_DIGITS = 2
DIGITS = SECRET_DIGITS + CHECK_DIGITS
GROUP = 3
LOCATOR_DIGITS = 10
# Long enough for a space, a dash and a direction mark beside each digit; anything longer is refused unread.
MOST_TYPED = 160
_LETTERS = str.maketrans({"O": "0", "o": "0", "I": "1", "l": "1", "i": "1", "|": "1"})
_BETWEEN = frozenset(" \t\r\n.,_/:-\u2010\u2011\u2012\u2013\u2014\u00a0\u202f\u2009\u066b\u066c\u0640")


class BadReceipt(ValueError):  # noqa: N818 - reads as a sentence where it is raised and caught
    """What was typed cannot be a receipt; `code` says why: too_long, not_digits, wrong_length or mistyped."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True)
class Receipt:
    """A receipt in its normal form; its digits never show in a log or a traceback."""

    digits: str = field(repr=False)

    def __str__(self) -> str:
        return "receipt"

    @property
    def locator(self) -> str:
        """Return the part by which a grievance is found."""
        return self.digits[:LOCATOR_DIGITS]

    @property
    def secret(self) -> str:
        """Return the part that proves that the holder may open it."""
        return self.digits[LOCATOR_DIGITS:SECRET_DIGITS]

    @property
    def groups(self) -> tuple[str, ...]:
        """Return the digits in groups of three, as they are written down and read aloud."""
        return tuple(self.digits[place : place + GROUP] for place in range(0, DIGITS, GROUP))

    @property
    def lines(self) -> tuple[tuple[str, ...], ...]:
        """Return the groups on lines of three, as they stand on a phone's screen."""
        return tuple(self.groups[place : place + GROUP] for place in range(0, len(self.groups), GROUP))


def check_digits(secret: str) -> str:
    """Return the two check digits for 25 ASCII digits (ISO 7064 MOD 97-10)."""
    return f"{98 - int(secret) * 100 % 97:02d}"


def from_seed(seed: bytes) -> Receipt:
    """Return the receipt that a secret seed of at least 32 bytes leads to: the same seed, the same receipt."""
    if len(seed) < 32:
        raise ValueError("A receipt needs a seed of at least 32 bytes.")
    secret = f"{int.from_bytes(seed, 'big') % 10**SECRET_DIGITS:0{SECRET_DIGITS}d}"
    return Receipt(secret + check_digits(secret))


def read(typed: str) -> Receipt:
    """Return the receipt that somebody typed, in any script's digits, with or without spaces; raises BadReceipt."""
    if len(typed) > MOST_TYPED:
        raise BadReceipt("too_long")
    digits = "".join(_digit(character) for character in typed.translate(_LETTERS))
    if len(digits) != DIGITS:
        raise BadReceipt("wrong_length" if digits else "not_digits")
    if int(digits) % 97 != 1:
        raise BadReceipt("mistyped")
    return Receipt(digits)


def _digit(character: str) -> str:
    """Return an ASCII digit for a digit of any script and nothing for what people put between; raises BadReceipt."""
    value = unicodedata.decimal(character, None)
    if value is not None:
        return str(value)
    if character in _BETWEEN or unicodedata.category(character) in {"Cf", "Zs", "Pd"}:
        return ""
    raise BadReceipt("not_digits")
