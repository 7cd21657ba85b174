"""Read dates as offices write them. A date such as 03/04/2029 can be read in two ways, and is not guessed. Pure."""

from __future__ import annotations

import re
import unicodedata
from datetime import date, datetime

from recruiters.columns import plain

DAY_FIRST, MONTH_FIRST, ASK = "dmy", "mdy", "ask"
EITHER = "either"
_DAY_FIRST = ("%d/%m/%Y", "%d/%m/%y")
_MONTH_FIRST = ("%m/%d/%Y", "%m/%d/%y")
_PLAIN = ("%Y-%m-%d", "%d-%m-%Y", "%d.%m.%Y", "%Y/%m/%d", "%d %b %Y", "%d %B %Y", "%d-%b-%Y", "%d-%b-%y", "%b %d, %Y",
          "%B %d, %Y", "%Y%m%d")  # fmt: skip
_SLASHED = re.compile(r"(\d{1,2})/(\d{1,2})/(?:\d{4}|\d{2})")


class UnreadableDate(ValueError):  # noqa: N818 - reads as a sentence where it is raised and caught
    """A text that is no date in any form we know."""


class AmbiguousDate(UnreadableDate):
    """A date whose day and month cannot be told apart."""


def _clean(text: str) -> str:
    cleaned = text.strip().removesuffix(" 00:00:00").removesuffix("T00:00:00")
    return "".join(str(unicodedata.digit(ch)) if ch.isdigit() and not ch.isascii() else ch for ch in cleaned)


def way_of(text: str) -> str:
    """Return which comes first in a date with slashes, day or month, or that it may be either; empty for others."""
    found = _SLASHED.fullmatch(_clean(text))
    if not found:
        return ""
    first, second = int(found[1]), int(found[2])
    if first == second or not (first >= 1 and second >= 1):
        return ""
    if first > 12:
        return DAY_FIRST if second <= 12 else ""
    return MONTH_FIRST if second > 12 else EITHER


def read_date(text: str, order: str = DAY_FIRST) -> date | None:
    """Return a date as offices write it; None for a blank.

    ``order`` says which comes first in a date with slashes that may be read in two ways; by ``ASK`` such a one raises
    AmbiguousDate. Raises UnreadableDate for what is no date.
    """
    cleaned = _clean(text)
    if not cleaned or plain(cleaned) in ("", "n a", "na", "none", "nil", "null"):
        return None
    if order == ASK and way_of(text) == EITHER:
        raise AmbiguousDate(text)
    slashed = (*_MONTH_FIRST, *_DAY_FIRST) if order == MONTH_FIRST else (*_DAY_FIRST, *_MONTH_FIRST)
    for shape in (*_PLAIN, *slashed):
        try:
            found = datetime.strptime(cleaned, shape).date()  # noqa: DTZ007 - a calendar day has no time zone
        except ValueError:
            continue
        if 1900 <= found.year <= 2200:
            return found
    raise UnreadableDate(text)
