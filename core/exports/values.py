"""Say what a table's cell may hold, and how it is written as text. Pure."""

import datetime as dt
import re
from typing import TypeAlias

ExportValue: TypeAlias = "str | int | float | bool | dt.date | dt.datetime | None"

_SURROGATE = re.compile("[\ud800-\udfff]")
# What turns letters around against their own nature: no name needs it, and it shows one that is not there.
_OVERRIDES = re.compile("[\u202d\u202e]")
_OPENING = {"\u202a": "\u202c", "\u202b": "\u202c", "\u2066": "\u2069", "\u2067": "\u2069", "\u2068": "\u2069"}
_DIRECTION = re.compile("[\u202a-\u202e\u2066-\u2069]")


def sound(text: str) -> str:
    """Return text with halves of broken characters replaced, so that it can be written as UTF-8."""
    return _SURROGATE.sub("\ufffd", text) if _SURROGATE.search(text) else text


def in_its_cell(text: str) -> str:
    """Return text whose direction ends with it: without overrides, and with all that it opened closed again.

    Otherwise a word in one cell could show the letters of this cell, or the figures of the next ones, turned around.
    """
    if not _DIRECTION.search(text):
        return text
    text, still_open = _OVERRIDES.sub("", text), []
    for sign in _DIRECTION.findall(text):
        if sign in _OPENING:
            still_open.append(_OPENING[sign])
        elif sign in still_open:
            # Closing an isolate closes what was opened inside of it; an embedding is closed only where it is innermost.
            place = len(still_open) - 1 - still_open[::-1].index(sign)
            if sign == "\u2069":
                del still_open[place:]
            elif "\u2069" not in still_open[place:]:
                del still_open[place]
    return text + "".join(reversed(still_open))


def as_text(value: ExportValue) -> str:
    """Return a value as text: dates in ISO 8601, booleans as true and false, nothing as an empty text."""
    if value is None:
        return ""
    if isinstance(value, str):
        return sound(value)
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, dt.date):
        return value.isoformat()
    return str(value)
