"""Put the published tables into one data package (Frictionless Data Package 1.0): CSV files and what they mean."""

import io
import json
import zipfile
from collections.abc import Iterable, Iterator
from typing import Any

from cms.statistics.presenting import Table, Value, rounding_of
from core.exports import csv_chunks
from core.standards import standard

FIELDS = (
    ("period", "string", "A year, or a quarter such as 2026-Q3"),
    ("code", "string", "What is counted; codes are for ever"),
    ("label", "string", "The same in words"),
    ("sex", "string", "Only in tables by sex; total is all together"),
    ("count", "integer", "How many; empty where it is hidden or not told"),
    ("status", "string", "told, hidden (kept back to protect people; not zero) or not_told (not for this period)"),
    ("smallest_shown", "integer", "The smallest number of people that this row tells; any below it is hidden"),
    ("rounded_to", "integer", "Numbers are rounded to a multiple of this"),
)
SUPPRESSION = (
    "A count of one to smallest_shown - 1 people is hidden. Further counts are hidden until each of these could be "
    "nothing and could be smallest_shown or more (or, once everybody knows that it is small, anything below it), "
    "whatever is added and subtracted over all tables and all releases: worked out by linear programming over whole "
    "numbers before rounding. Quarters are counted once; a year is its quarters added."
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
    rounding = rounding_of(table.kind)
    for row in table.rows:
        for column, value in zip(table.columns, row.values, strict=True):
            period, sex = (table.year, column) if table.year else (column, None)
            yield [period, row.code, row.label, sex, value.number, _status(value), row.least, rounding]


def _status(value: Value) -> str:
    if not value.told:
        return "not_told"
    return "hidden" if value.hidden else "told"


def _described(tables: list[Table]) -> dict[str, Any]:
    figures, codes = standard("statistics"), {table.kind.code for table in tables}
    public, grave = figures.tier("public"), figures.tier("public_sensitive")
    fields: list[dict[str, Any]] = [{"name": name, "type": kind, "description": means} for name, kind, means in FIELDS]
    for each in fields:
        each["constraints"] = CONSTRAINTS.get(str(each["name"]), _REQUIRED)
    return {
        "profile": "tabular-data-package",
        "name": "safeconduct-statistics",
        "title": "Safeconduct: published figures",
        "description": (
            f"Counts of reports received, not of how often something happens. Counts of people below {public.k} "
            f"({grave.k} for grave harm and children) are hidden, others rounded up or down to a multiple of "
            f"{public.rounding}; further ones are hidden so that none follows from totals, from other tables or from "
            "earlier releases."
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
                "smallest_counts_shown": sorted({row.least for row in table.rows}),
                "rounded_to": rounding_of(table.kind),
                "suppression": SUPPRESSION if table.kind.counts_people else "No people are counted: nothing is hidden.",
                "schema": {
                    "fields": fields,
                    "missingValues": [""],
                    "primaryKey": _KEY if table.year else _KEY[:2],
                    **_leads_to(table, codes),
                },
            }
            for table in tables
        ],
    }


def _leads_to(table: Table, codes: set[str]) -> dict[str, Any]:
    """Say that what is broken down by sex is told as a whole in another table."""
    if table.kind.code != "categories_sex" or "categories" not in codes:
        return {}
    there = {"resource": "categories", "fields": _KEY[:2]}
    return {"foreignKeys": [{"fields": _KEY[:2], "reference": there}]}


_REQUIRED: dict[str, Any] = {"required": True}
CONSTRAINTS: dict[str, dict[str, Any]] = {
    "period": {"required": True, "pattern": r"\d{4}(-Q[1-4])?"},
    "sex": {},
    "count": {"minimum": 0},
    "status": {"required": True, "enum": ["told", "hidden", "not_told"]},
    "smallest_shown": {"required": True, "minimum": 1},
    "rounded_to": {"required": True, "minimum": 1},
}
_KEY = ["period", "code", "sex"]
