"""Write a database value so that every database reads it back as it was. Pure."""

import base64
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from uuid import UUID

Written = None | bool | int | float | str | list[object]


def written(value: object) -> Written:
    """Return a value as JSON can carry it: what JSON knows as it is, everything else as its kind and its text."""
    if value is None or isinstance(value, bool | int | float | str):
        return value
    if isinstance(value, datetime):
        return ["datetime", value.isoformat()]
    if isinstance(value, date):
        return ["date", value.isoformat()]
    if isinstance(value, time):
        return ["time", value.isoformat()]
    if isinstance(value, timedelta):
        return ["timedelta", value.days, value.seconds, value.microseconds]
    if isinstance(value, Decimal):
        return ["decimal", str(value)]
    if isinstance(value, UUID):
        return ["uuid", value.hex]
    if isinstance(value, bytes | bytearray | memoryview):
        return ["bytes", base64.b64encode(bytes(value)).decode()]
    if isinstance(value, dict | list | tuple):
        return ["json", value]
    raise TypeError(f"No way to write a {type(value).__name__} into a backup.")


def read(value: object) -> object:
    """Return the value that `written` wrote; raises ValueError for a kind that nobody writes."""
    if not isinstance(value, list):
        return value
    kind, *rest = value
    if kind == "timedelta":
        days, seconds, microseconds = (int(str(part)) for part in rest)
        return timedelta(days=days, seconds=seconds, microseconds=microseconds)
    if kind == "json":
        return rest[0]
    text = str(rest[0])
    match kind:
        case "datetime":
            return datetime.fromisoformat(text)
        case "date":
            return date.fromisoformat(text)
        case "time":
            return time.fromisoformat(text)
        case "decimal":
            return Decimal(text)
        case "uuid":
            return UUID(text)
        case "bytes":
            return base64.b64decode(text)
    raise ValueError(f"A backup of this version has no values of the kind {kind}.")
