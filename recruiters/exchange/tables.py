"""Lay the register out as a table with its CSVW description, and as JSON Lines. Pure.

CSV on the Web: W3C Recommendations "Model for Tabular Data and Metadata on the Web" and "Metadata Vocabulary for
Tabular Data" (2015).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any, Generic, TypeVar

from recruiters.exchange.records import LicenceRecord, RecruiterRecord

SEPARATOR = "|"
Value = str | bool | date | None
Held = tuple[RecruiterRecord, LicenceRecord]
R = TypeVar("R")


@dataclass(frozen=True, slots=True)
class TableColumn(Generic[R]):
    """One column: its name in the file, what it holds, its type, and where the value comes from."""

    name: str
    description: str
    datatype: str
    read: Callable[[R], Value]
    required: bool = False
    separated: bool = False


def _joined(values: Iterable[str]) -> str:
    return SEPARATOR.join(" ".join(value.replace(SEPARATOR, " ").split()) for value in values)


def _number(record: RecruiterRecord) -> str:
    return record.principal.number if record.principal else ""


def _authority(record: RecruiterRecord) -> str:
    return record.principal.authority if record.principal else ""


def _issued(record: RecruiterRecord) -> date | None:
    return record.principal.issued_on if record.principal else None


COLUMNS: tuple[TableColumn[RecruiterRecord], ...] = (
    TableColumn("id", "Reference of the recruiter; it never changes.", "string", lambda r: r.ref, required=True),
    TableColumn("name", "Registered name.", "string", lambda r: r.name, required=True),
    TableColumn("other_names", "Other names in use.", "string", lambda r: _joined(r.other_names), separated=True),
    TableColumn("kind", "What kind of recruiter it is (code).", "string", lambda r: r.kind, required=True),
    TableColumn("country", "Country, ISO 3166-1 alpha-2.", "string", lambda r: r.country),
    TableColumn("status", "Licence status today (code).", "string", lambda r: r.status, required=True),
    TableColumn("status_group", "Group of the status (code).", "string", lambda r: r.group, required=True),
    TableColumn("may_recruit", "Whether a licence is valid today.", "boolean", lambda r: r.valid, required=True),
    TableColumn("status_since", "First day of the status.", "date", lambda r: r.since),
    TableColumn("valid_until", "Last day of the term.", "date", lambda r: r.valid_until),
    TableColumn("licence_number", "Number of the licence that speaks first.", "string", _number),
    TableColumn("authority", "Authority that gave that licence.", "string", _authority),
    TableColumn("issued_on", "Day on which that licence was issued.", "date", _issued),
    TableColumn("sectors", "Sectors (codes).", "string", lambda r: _joined(r.sectors), separated=True),
    TableColumn("destinations", "Countries that workers are sent to.", "string", lambda r: _joined(r.destinations),
                separated=True),
    TableColumn("addresses", "Offices.", "string", lambda r: _joined(r.addresses), separated=True),
    TableColumn("url", "Page of the recruiter.", "anyURI", lambda r: r.url, required=True),
    TableColumn("licences", "References of all its licences; licences.csv tells of each.", "string",
                lambda r: _joined(each.ref for each in r.licences), separated=True),
    TableColumn("licence_numbers", "Numbers of all its licences, in the same order.", "string",
                lambda r: _joined(each.number or "-" for each in r.licences), separated=True),
)  # fmt: skip
HEADER = tuple(column.name for column in COLUMNS)
LICENCE_COLUMNS: tuple[TableColumn[Held], ...] = (
    TableColumn("id", "Reference of the licence; it never changes.", "string", lambda h: h[1].ref, required=True),
    TableColumn("recruiter", "Reference of the recruiter that holds it.", "string", lambda h: h[0].ref, required=True),
    TableColumn("recruiter_name", "Registered name of the recruiter.", "string", lambda h: h[0].name, required=True),
    TableColumn("number", "Number of the licence.", "string", lambda h: h[1].number),
    TableColumn("authority", "Authority that gave it.", "string", lambda h: h[1].authority),
    TableColumn("country", "Country whose law it is under, ISO 3166-1 alpha-2.", "string", lambda h: h[1].country),
    TableColumn("status", "Status today (code).", "string", lambda h: h[1].status, required=True),
    TableColumn("valid", "Whether it is valid today.", "boolean", lambda h: h[1].valid, required=True),
    TableColumn("status_since", "First day of the status.", "date", lambda h: h[1].since),
    TableColumn("issued_on", "Day on which it was issued.", "date", lambda h: h[1].issued_on),
    TableColumn("valid_until", "Last day of the term.", "date", lambda h: h[1].valid_until),
    TableColumn("recruiter_url", "Page of the recruiter.", "anyURI", lambda h: h[0].url, required=True),
)
LICENCE_HEADER = tuple(column.name for column in LICENCE_COLUMNS)


def table_row(record: RecruiterRecord) -> list[Value]:
    """Return a recruiter as a row."""
    return [column.read(record) for column in COLUMNS]


def licence_rows(records: Iterable[RecruiterRecord]) -> Iterator[list[Value]]:
    """Yield a row for each licence of each recruiter."""
    for record in records:
        for licence in record.licences:
            yield [column.read((record, licence)) for column in LICENCE_COLUMNS]


def csvw_metadata(
    *, url: str, title: str, publisher: str, modified: str, licence: str = "", of_licences: bool = False
) -> dict[str, Any]:
    """Return the CSVW description of the table of recruiters, or of that of licences, that stands at ``url``."""
    columns: Sequence[TableColumn[Any]] = LICENCE_COLUMNS if of_licences else COLUMNS
    described: dict[str, Any] = {
        "@context": "http://www.w3.org/ns/csvw",
        "url": url,
        "dc:title": title,
        "dc:publisher": publisher,
        "dc:modified": {"@value": modified, "@type": "xsd:dateTime"},
        "dialect": {"encoding": "utf-8", "header": True, "delimiter": ",", "lineTerminators": ["\r\n", "\n"]},
        "tableSchema": {"columns": [_described(column) for column in columns], "primaryKey": "id"},
    }
    return described | ({"dc:license": {"@id": licence}} if licence else {})


def csvw_group(recruiters: dict[str, Any], licences: dict[str, Any]) -> dict[str, Any]:
    """Return both tables described together, with what ties a licence to its recruiter."""
    tie = {
        "columnReference": "recruiter",
        "reference": {"resource": recruiters["url"], "columnReference": "id"},
    }
    tables = [{name: value for name, value in table.items() if name != "@context"} for table in (recruiters, licences)]
    tables[1]["tableSchema"] = tables[1]["tableSchema"] | {"foreignKeys": [tie]}
    return {"@context": "http://www.w3.org/ns/csvw", "tables": tables}


def _described(column: TableColumn[Any]) -> dict[str, Any]:
    described: dict[str, Any] = {
        "name": column.name,
        "titles": column.name,
        "dc:description": column.description,
        "datatype": column.datatype,
    }
    if column.required:
        described["required"] = True
    if column.separated:
        described["separator"] = SEPARATOR
    return described


def json_record(record: RecruiterRecord) -> dict[str, Any]:
    """Return a recruiter with all its licences, as one line of JSON Lines."""
    data: dict[str, Any] = _plain(asdict(record))
    data["id"] = data.pop("ref")
    data["status_group"], data["may_recruit"] = data.pop("group"), data.pop("valid")
    data["status_since"] = data.pop("since")
    data["registration_numbers"] = [{"scheme": s, "number": n} for s, n in record.registration_numbers]
    del data["is_person"]
    for licence in data["licences"]:
        licence["id"] = licence.pop("ref")
    return data


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _plain(item) for name, item in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    return value.isoformat() if isinstance(value, date) else value
