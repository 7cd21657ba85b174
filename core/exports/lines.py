"""Write JSON Lines: one object a row, keyed by the header. Pure."""

import json
from collections.abc import Iterable, Iterator, Sequence

from core.exports.delimited import CHUNK_BYTES
from core.exports.values import ExportValue, as_text, sound


def jsonl_chunks(header: Sequence[str], rows: Iterable[Sequence[ExportValue]]) -> Iterator[bytes]:
    """Yield JSON Lines in pieces of some 64 kB; numbers, booleans and null keep their type, dates become ISO text."""
    parts: list[str] = []
    size = 0
    for row in rows:
        values = dict(zip(header, (_json_value(value) for value in row), strict=True))
        line = json.dumps(values, ensure_ascii=False, separators=(",", ":")) + "\n"
        parts.append(line)
        size += len(line)
        if size >= CHUNK_BYTES:
            yield "".join(parts).encode("utf-8")
            parts, size = [], 0
    yield "".join(parts).encode("utf-8")


def _json_value(value: ExportValue) -> str | int | float | bool | None:
    if value is None or isinstance(value, bool | int):
        return value
    if isinstance(value, float):
        return value if value - value == 0 else None  # JSON knows neither infinity nor not-a-number
    return sound(value) if isinstance(value, str) else as_text(value)
