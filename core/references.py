"""Make and read human references such as VIS-7K3M-9QX2-C: typable, with a check character. Pure."""

import re
import secrets

# Crockford's base 32: no I, L, O or U, so that nothing is misread aloud or on paper.
ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_LOOKALIKES = str.maketrans({"O": "0", "I": "1", "L": "1"})
_SHAPE = re.compile(r"^([A-Z]{2,5})-?([0-9A-Z]{4})-?([0-9A-Z]{4})-?([0-9A-Z])$")


class BadReference(ValueError):  # noqa: N818 - reads as a sentence where it is raised and caught
    """A text that is not a reference of ours; the message is for people."""


def check_character(body: str) -> str:
    """Return the Luhn mod 32 check character of a body: any one wrong character is caught."""
    total = 0
    for place, character in enumerate(reversed(body)):
        value = ALPHABET.index(character) * (2 if place % 2 == 0 else 1)
        total += value // 32 + value % 32
    return ALPHABET[-total % 32]


def new_reference(prefix: str) -> str:
    """Return a new random reference: 40 bits, so that it tells neither order nor count."""
    body = "".join(secrets.choice(ALPHABET) for _ in range(8))
    return format_reference(prefix, body)


def format_reference(prefix: str, body: str) -> str:
    """Return prefix and eight-character body as a reference with its check character."""
    return f"{prefix}-{body[:4]}-{body[4:]}-{check_character(prefix_value(prefix) + body)}"


def prefix_value(prefix: str) -> str:
    """Return the prefix in the check alphabet, so that the check covers the kind as well."""
    return prefix.translate(_LOOKALIKES).replace("U", "V")


def parse_reference(text: str, prefix: str | None = None) -> str:
    """Return the normal form of a typed reference; raises BadReference saying if it is mistyped or of another kind."""
    compact = re.sub(r"[\s–—_]+", "-", text.strip().upper())
    found = _SHAPE.match(compact)
    if not found:
        raise BadReference("This is not a reference. A reference looks like ABC-1234-5678-9.")
    kind, first, second, check = found.groups()
    body = (first + second).translate(_LOOKALIKES)
    check = check.translate(_LOOKALIKES)
    if any(character not in ALPHABET for character in body + check):
        raise BadReference("This reference holds a letter that references never use. Please check it again.")
    if check_character(prefix_value(kind) + body) != check:
        raise BadReference("This reference seems to be mistyped: its last character does not fit. Please check it.")
    if prefix and kind != prefix:
        raise BadReference(f"This reference begins with {kind}, but one that begins with {prefix} is needed here.")
    return f"{kind}-{body[:4]}-{body[4:]}-{check}"
