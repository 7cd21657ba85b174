"""Keep a spreadsheet from running a cell of a CSV file as a formula. Pure.

A text that a spreadsheet might compute gets an apostrophe in front, which spreadsheets read as "this is text". Plain
numbers ("-5", "-1,234.50", "12 %") and telephone numbers ("+95 9 123 456") are left readable. `unguard` takes exactly
that apostrophe away again, so that a file of ours reads back as it was.
"""

import re

# Signs that a spreadsheet, or a program that reads wide, small or raised forms as plain ones, may take for a formula's.
_SIGNS = (
    r"=+\-@|%\uff1d\uff0b\uff0d\uff20\uff5c\uff05"
    r"\ufe62\ufe63\ufe66\ufe6a\ufe6b\u2212\u207a\u207b\u207c\u208a\u208b\u208c"
)
# Signs that nobody sees: a text that begins with them begins, for whoever reads it, after them.
_UNSEEN = r"\s\x00-\x1f\x7f-\xa0\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufffd"
_RISKY = re.compile(rf"^[{_UNSEEN}]*[{_SIGNS}]|^[\t\r\n\x00]")
_PLAIN = re.compile(r"^(?:-|[+-]?\d[\d.,\u00a0\u202f ]*%?|\+\d[\d ().\u00a0]*)$", re.ASCII)


# Where many countries' spreadsheets divide by semicolons, a cell of ours ends there, and at each line: quotes that do
# not stand at the beginning of what they take for a cell do not hold for them.
_DIVIDERS = re.compile("([;\r\n])")


def is_risky(text: str) -> bool:
    """Return whether a spreadsheet might take a text for a formula or a command."""
    return bool(_RISKY.match(text)) and not _PLAIN.match(text)


def guard(text: str) -> str:
    """Return text that a spreadsheet shows and never computes."""
    pieces = _DIVIDERS.split(text)
    if len(pieces) > 1:
        text = "".join([pieces[0], *map(_guard_piece, pieces[1:])])
    return f"'{text}" if is_risky(text.lstrip("'")) else text


def unguard(text: str) -> str:
    """Return what `guard` was given."""
    text = text[1:] if text.startswith("'") and is_risky(text.lstrip("'")) else text
    pieces = _DIVIDERS.split(text)
    return text if len(pieces) == 1 else "".join([pieces[0], *map(_unguard_piece, pieces[1:])])


def _guard_piece(piece: str) -> str:
    return f"'{piece}" if is_risky(piece.lstrip("'").strip()) else piece


def _unguard_piece(piece: str) -> str:
    return piece[1:] if piece.startswith("'") and is_risky(piece.lstrip("'").strip()) else piece
