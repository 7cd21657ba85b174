"""Keep names and numbers readable inside sentences of the other direction (Unicode's isolates, UAX #9)."""

import unicodedata

from django.utils.translation import get_language_bidi

LEFT_TO_RIGHT, BY_FIRST_LETTER, END = "\u2066", "\u2068", "\u2069"
_UNMARKED = str.maketrans("", "", LEFT_TO_RIGHT + BY_FIRST_LETTER + END)


def isolated(text: str) -> str:
    """Return a text that runs against the page, or has no letters to say how it runs, set apart; others unchanged."""
    kinds = {unicodedata.bidirectional(sign) for sign in text}
    from_right = get_language_bidi()
    if from_right and text and not kinds & {"L", "R", "AL"}:
        return f"{LEFT_TO_RIGHT}{text}{END}"
    against = kinds & ({"L"} if from_right else {"R", "AL"})
    return f"{BY_FIRST_LETTER}{text}{END}" if against else text


def unmarked(text: str) -> str:
    """Return a text without the marks, for files."""
    return text.translate(_UNMARKED)
