"""Say what a table's cell may hold, and how it is written as text. Pure."""

import datetime as dt
import re
from typing import TypeAlias

ExportValue: TypeAlias = "str | int | float | bool | dt.date | dt.datetime | None"

_SURROGATE = re.compile("[\ud800-\udfff]")


def sound(text: str) -> str:
    """Return text with halves of broken characters replaced, so that it can be written as UTF-8."""
    return _SURROGATE.sub("\ufffd", text) if _SURROGATE.search(text) else text


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
