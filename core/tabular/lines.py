"""Read JSON Lines (one object a line) and JSON (a list of objects)."""

import io
import json
from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _

from core.tabular.encodings import Encoding
from core.tabular.refusal import TableRefused
from core.tabular.sources import Source
from core.tabular.table import Row, RowProblem

COLUMNS_FROM = 1_000  # rows that are read ahead to learn the columns
LONGEST_LINE = 5_000_000
DEEPEST = 4
_DECODER = json.JSONDecoder(parse_int=str, parse_float=str, parse_constant=str)


def jsonl_rows(source: Source, written: Encoding) -> Iterator[Row | RowProblem]:
    """Yield the objects of a JSON Lines file, or what was wrong with a line."""
    with io.TextIOWrapper(source.open(), encoding=written.codec, errors=written.errors) as text:
        number = 0
        while line := text.readline(LONGEST_LINE + 1):
            number += 1
            if len(line) > LONGEST_LINE:
                raise TableRefused(
                    _("Line %(line)s of this file is longer than five million characters. Nothing was kept. "
                      "Write one object a line and send the file again.") % {"line": number},
                    code="broken",
                )  # fmt: skip
            if line.strip():
                yield _row(number, line)


def json_rows(source: Source, written: Encoding) -> Iterator[Row | RowProblem]:
    """Yield the objects of a JSON list, numbered from 1; raises TableRefused for a file that is not sound JSON."""
    with source.open() as stream:
        text = stream.read().decode(written.codec, written.errors)
    try:
        items = _DECODER.decode(text.strip())
    except (ValueError, RecursionError) as error:
        raise TableRefused(
            _("This file begins like JSON but is not: %(why)s. Nothing was kept. Correct it and send it again.")
            % {"why": _why(error)},
            code="broken",
        ) from None
    for number, item in enumerate(items, start=1):
        yield _named(number, item)


def _row(number: int, line: str) -> Row | RowProblem:
    try:
        item = _DECODER.decode(line.strip())
    except (ValueError, RecursionError) as error:
        return RowProblem(number, "", _("This line is not sound JSON: %(why)s") % {"why": _why(error)})
    return _named(number, item)


def _named(number: int, item: object) -> Row | RowProblem:
    if not isinstance(item, dict):
        return RowProblem(number, "", _("This line is not an object in curly brackets."))
    values: dict[str, str] = {}
    _flatten(item, "", values, 1)
    return Row(number, values)


def _why(error: Exception) -> str:
    if isinstance(error, json.JSONDecodeError):
        return _("%(what)s at character %(place)s") % {"what": error.msg, "place": error.colno}
    return _("it is nested too deeply") if isinstance(error, RecursionError) else _("it cannot be read")


def _flatten(item: dict[str, Any], prefix: str, into: dict[str, str], depth: int) -> None:
    """Name nested values by their path ("address.city"); lists of plain values become one text, parted by "; "."""
    for key, value in item.items():
        name = f"{prefix}{key}".strip()
        if isinstance(value, dict) and depth < DEEPEST:
            _flatten(value, f"{name}.", into, depth + 1)
        elif isinstance(value, list) and not any(isinstance(part, dict | list) for part in value):
            into[name] = "; ".join(filter(None, map(_plain, value)))
        else:
            into[name] = _plain(value)


def _plain(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return value
    return json.dumps(value, ensure_ascii=False, default=str)
