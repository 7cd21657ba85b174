"""Keep a spreadsheet from running a cell of a CSV file as a formula. Pure.

A text that a spreadsheet might compute gets an apostrophe in front, which spreadsheets read as "this is text". Plain
numbers ("-5", "-1,234.50", "12 %") and telephone numbers ("+95 9 123 456") are left readable. `unguard` takes exactly
that apostrophe away again, so that a file of ours reads back as it was.
"""

import re

_RISKY = re.compile(r"^[\s\x00\ufeff\u200b]*[=+\-@|%\uff1d\uff0b\uff0d\uff20]|^[\t\r\n\x00]")
_PLAIN = re.compile(r"^(?:-|[+-]?\d[\d.,\u00a0\u202f ]*%?|\+\d[\d ().\u00a0]*)$", re.ASCII)


def is_risky(text: str) -> bool:
    """Return whether a spreadsheet might take a text for a formula or a command."""
    return bool(_RISKY.match(text)) and not _PLAIN.match(text)


def guard(text: str) -> str:
    """Return text that a spreadsheet shows and never computes."""
    return f"'{text}" if is_risky(text.lstrip("'")) else text


def unguard(text: str) -> str:
    """Return what `guard` was given."""
    return text[1:] if text.startswith("'") and is_risky(text.lstrip("'")) else text
