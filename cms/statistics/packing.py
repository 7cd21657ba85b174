"""Put the published tables into one data package (Frictionless Data Package 1.0): CSV files and what they mean."""

import io
import json
import zipfile
from collections.abc import Iterable, Iterator
from typing import Any

from cms.statistics.presenting import Table, Value
from core.exports import csv_chunks
from core.standards import standard

FIELDS = (
    ("period", "string", "A year, or a quarter such as 2026-Q3"),
    ("code", "string", "What is counted; codes are for ever"),
    ("label", "string", "The same in words"),
    ("sex", "string", "Only in tables by sex; total is all together"),
    ("count", "integer", "How many; empty where it is hidden or not told"),
    ("status", "string", "told, hidden (kept back to protect people; not zero) or not_told (not for this period)"),
)
ALWAYS = (1980, 1, 1, 0, 0, 0)  # the same figures give the same bytes


def package(tables: Iterable[Table]) -> bytes:
    """Return the package as a zip; the same tables always give the same bytes."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        found = list(tables)
        _write(archive, "datapackage.json", json.dumps(_described(found), ensure_ascii=False, indent=2).encode())
        for table in found:
            chunks = csv_chunks([name for name, _type, _means in FIELDS], _rows(table), mark=False)
            _write(archive, _path(table), b"".join(chunks))
    return out.getvalue()


def _write(archive: zipfile.ZipFile, name: str, data: bytes) -> None:
    archive.writestr(zipfile.ZipInfo(name, ALWAYS), data, zipfile.ZIP_DEFLATED)


def _path(table: Table) -> str:
    return f"data/{table.kind.code}.csv"


def _rows(table: Table) -> Iterator[list[str | int | None]]:
    for row in table.rows:
        for column, value in zip(table.columns, row.values, strict=True):
            period, sex = (table.year, column) if table.year else (column, None)
            yield [period, row.code, row.label, sex, value.number, _status(value)]


def _status(value: Value) -> str:
    if not value.told:
        return "not_told"
    return "hidden" if value.hidden else "told"


def _described(tables: list[Table]) -> dict[str, Any]:
    figures = standard("statistics")
    public, grave = figures.tier("public"), figures.tier("public_sensitive")
    fields = [
        {"name": name, "type": kind, "description": means, **({"constraints": _REQUIRED} if name != "sex" else {})}
        for name, kind, means in FIELDS
    ]
    for each in fields:
        if each["name"] == "count":
            each["constraints"] = {"minimum": 0}
    return {
        "profile": "tabular-data-package",
        "name": "safeconduct-statistics",
        "title": "Safeconduct: published figures",
        "description": (
            f"Counts of reports received, not of how often something happens. Counts of people below {public.k} "
            f"({grave.k} for grave harm and children) are hidden, others rounded to {public.rounding}; further ones "
            "are hidden so that none follows from totals, from other tables or from earlier releases."
        ),
        "version": figures.edition,
        "resources": [
            {
                "profile": "tabular-data-resource",
                "name": table.kind.code.replace("_", "-"),
                "title": str(table.kind.title),
                "description": str(table.kind.note),
                "path": _path(table),
                "format": "csv",
                "mediatype": "text/csv",
                "encoding": "utf-8",
                "schema": {"fields": fields, "missingValues": [""], "primaryKey": _KEY if table.year else _KEY[:2]},
            }
            for table in tables
        ],
    }


_REQUIRED = {"required": True}
_KEY = ["period", "code", "sex"]
