"""Read watchlist records: FollowTheMoney entities, line by line, and plain tables. What is dropped is counted."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from parties.matching.births import read_birth
from recruiters.columns import kind_of, pick
from recruiters.countries import country_code
from recruiters.registerrows import split_people
from recruiters.writtendates import UnreadableDate, read_date

PEOPLE = frozenset({"Person"})
LONG_ENOUGH = 7  # characters of a date of birth with its month
ORGANISATIONS = frozenset({"Company", "Organization", "LegalEntity", "PublicBody"})
NAME_PROPERTIES = ("name", "alias", "weakAlias", "previousName")
IDENTIFIER_SCHEMES = {
    "licenseNumber": "licence",
    "registrationNumber": "registration",
    "idNumber": "id",
    "taxNumber": "tax",
    "innCode": "tax:RU",
    "ogrnCode": "registration:RU",
    "leiCode": "lei",
    "passportNumber": "passport",
    "swiftBic": "swift",
    "imoNumber": "imo",
    "vatCode": "vat",
    "dunsCode": "duns",
    "uniqueEntityId": "uei",
}
USED = frozenset(
    {*NAME_PROPERTIES, *IDENTIFIER_SCHEMES}
    | {"country", "jurisdiction", "nationality", "citizenship", "topics", "birthDate", "programId", "sourceUrl"}
    | {"firstName", "lastName", "fatherName", "middleName", "sanctions"}
)


@dataclass(frozen=True, slots=True)
class Measure:
    """One sanction or other measure on an entity, with its days. An ended one is history, not an alert."""

    authority: str = ""
    programme: str = ""
    starts: str = ""
    ends: str = ""

    def in_force(self, day: date) -> bool:
        """Tell whether the measure holds on a day; an end that cannot be read is no end."""
        return not self.ends or self.ends[:10] >= day.isoformat()


@dataclass(frozen=True, slots=True)
class WatchRecord:
    """One person or organisation of a list, as it is stored and compared."""

    external_id: str
    kind: str
    name: str
    names: tuple[str, ...] = ()
    countries: tuple[str, ...] = ()
    identifiers: tuple[tuple[str, str], ...] = ()
    topics: tuple[str, ...] = ()
    birth_dates: tuple[str, ...] = ()
    measures: tuple[Measure, ...] = ()
    programmes: tuple[str, ...] = ()
    source_urls: tuple[str, ...] = ()
    referents: tuple[str, ...] = ()
    last_seen: str = ""
    content_hash: str = ""


@dataclass
class Dropped:
    """Count what was left out, by reason, with the first few line numbers of each."""

    counts: Counter[str] = field(default_factory=Counter)
    lines: dict[str, list[int]] = field(default_factory=dict)

    def note(self, reason: str, line: int) -> None:
        """Count one thing that was left out."""
        self.counts[reason] += 1
        seen = self.lines.setdefault(reason, [])
        if len(seen) < 5:
            seen.append(line)


TOPIC_ROOTS = frozenset(
    "asset corp crime debarment export fin forced gov invest mil poi pol reg rel role sanction wanted".split()  # noqa: SIM905
)
"""What the first word of a topic may be, as OpenSanctions names topics."""


def note_unclear(record: WatchRecord, line: int, dropped: Dropped) -> None:
    """Note dates of birth of which only the year can be told, or nothing, and topics that nobody knows."""
    for text in record.birth_dates:
        if len(read_birth(text)) < LONG_ENOUGH and not text.strip()[:4].isdigit():
            dropped.note("birth_unclear", line)
    for topic in record.topics:
        if topic.split(".")[0] not in TOPIC_ROOTS:
            dropped.note(f"topic:{topic[:40]}", line)


def content_hash(record: WatchRecord) -> str:
    """Return a digest of what a decision rested on: names, countries, identifiers, topics, measures."""
    parts = [
        record.kind,
        sorted({record.name, *record.names}),
        sorted(record.countries),
        sorted(record.identifiers),
        sorted(record.topics),
        sorted(record.birth_dates),
        sorted((m.authority, m.programme, m.starts, m.ends) for m in record.measures),
    ]
    return hashlib.blake2b(json.dumps(parts, ensure_ascii=False).encode(), digest_size=16).hexdigest()


def _texts(properties: Mapping[str, object], name: str) -> list[str]:
    value = properties.get(name)
    values = value if isinstance(value, list) else [value]
    return [" ".join(v.split()) for v in values if isinstance(v, str) and v.strip()]


def _countries(properties: Mapping[str, object]) -> tuple[str, ...]:
    written = [t for n in ("country", "jurisdiction", "nationality", "citizenship") for t in _texts(properties, n)]
    return tuple(dict.fromkeys(code for text in written if (code := country_code(text))))


def _identifiers(properties: Mapping[str, object], countries: tuple[str, ...]) -> tuple[tuple[str, str], ...]:
    found: dict[tuple[str, str], None] = {}
    for name, scheme in IDENTIFIER_SCHEMES.items():
        by_country = scheme in ("licence", "registration", "tax", "id") and len(countries) == 1
        full = f"{scheme}:{countries[0]}" if by_country else scheme
        for text in _texts(properties, name):
            found[(full, text)] = None
    return tuple(found)


def _measure(properties: Mapping[str, object]) -> Measure:
    def first(name: str) -> str:
        return next(iter(_texts(properties, name)), "")

    return Measure(
        authority=first("authority"),
        programme=first("programId") or first("program"),
        starts=first("startDate"),
        ends=first("endDate"),
    )


def _record(entity: Mapping[str, object], properties: Mapping[str, object]) -> WatchRecord | None:
    names = list(dict.fromkeys(t for n in NAME_PROPERTIES for t in _texts(properties, n)))
    if not names:
        first, last = _texts(properties, "firstName"), _texts(properties, "lastName")
        names = [f"{a} {b}" for a, b in zip(first, last, strict=False)]
    if not names:
        return None
    caption = str(entity.get("caption") or "")
    name = caption if caption in names else names[0]
    countries = _countries(properties)
    referents = entity.get("referents")
    return WatchRecord(
        external_id=str(entity["id"]),
        kind="person" if entity.get("schema") in PEOPLE else "organisation",
        name=name,
        names=tuple(n for n in names if n != name),
        countries=countries,
        identifiers=_identifiers(properties, countries),
        topics=tuple(dict.fromkeys(_texts(properties, "topics"))),
        birth_dates=tuple(dict.fromkeys(_texts(properties, "birthDate"))),
        programmes=tuple(dict.fromkeys(_texts(properties, "programId"))),
        source_urls=tuple(_texts(properties, "sourceUrl"))[:5],
        referents=tuple(str(r) for r in referents) if isinstance(referents, list) else (),
        last_seen=str(entity.get("last_seen") or entity.get("last_change") or "")[:10],
    )


def _decode(number: int, line: str, dropped: Dropped) -> dict[str, object] | None:
    try:
        entity = json.loads(line)
    except (ValueError, RecursionError):
        dropped.note("not_json", number)
        return None
    if not isinstance(entity, dict) or not entity.get("id") or not isinstance(entity.get("properties"), dict):
        dropped.note("not_an_entity", number)
        return None
    return entity


def read_ftm(lines: Iterable[str], dropped: Dropped) -> Iterator[WatchRecord]:
    """Yield the people and organisations of a FollowTheMoney file, with the measures that other lines hold on them.

    Nested entities are read too. Everything left out is noted in ``dropped``.
    """
    records: dict[str, WatchRecord] = {}
    measures: dict[str, list[Measure]] = {}
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        entity = _decode(number, line, dropped)
        if entity is None:
            continue
        schema, properties = str(entity.get("schema") or ""), entity["properties"]
        assert isinstance(properties, dict)  # noqa: S101 - _decode made sure
        if schema in PEOPLE | ORGANISATIONS:
            record = _record(entity, properties)
            if record is None:
                dropped.note("no_name", number)
            elif record.external_id in records:
                dropped.note("repeated_id", number)
            else:
                records[record.external_id] = record
                note_unclear(record, number, dropped)
                for nested in properties.get("sanctions") or ():
                    if isinstance(nested, dict) and isinstance(nested.get("properties"), dict):
                        measures.setdefault(record.external_id, []).append(_measure(nested["properties"]))
            for name in properties.keys() - USED:
                dropped.note(f"property:{name}", number)
        elif schema == "Sanction":
            for target in _texts(properties, "entity"):
                measures.setdefault(target, []).append(_measure(properties))
        else:
            dropped.note(f"schema:{schema or '?'}", number)
    for external_id, record in records.items():
        yield sealed(record, tuple(measures.pop(external_id, ())))
    for _ in measures:
        dropped.note("measure_without_entity", 0)


def sealed(record: WatchRecord, measures: tuple[Measure, ...] = ()) -> WatchRecord:
    """Return the record with its measures and the digest of its content."""
    full = replace(
        record, measures=tuple(sorted(set(measures), key=lambda m: (m.starts, m.authority, m.programme, m.ends)))
    )
    return replace(full, content_hash=content_hash(full))


def read_table_row(
    number: int, cells: Mapping[str, str], mapping: Mapping[str, str], dropped: Dropped
) -> WatchRecord | None:
    """Return one row of a plain table as a record, or None with the reason noted."""
    name = pick(cells, mapping, "name")
    if not any(ch.isalpha() for ch in name):
        dropped.note("no_name", number)
        return None
    written = pick(cells, mapping, "country")
    countries = tuple(code for part in written.replace(",", ";").split(";") if (code := country_code(part)))
    if written and not countries:
        dropped.note("country_not_known", number)
    kind = kind_of(pick(cells, mapping, "type"))
    where = f":{countries[0]}" if len(countries) == 1 else ""
    identifiers = tuple(
        (f"{scheme}{where}", value)
        for scheme, column in (("licence", "licence_number"), ("registration", "registration_number"))
        if (value := pick(cells, mapping, column))
    )
    starts, ends = _day(pick(cells, mapping, "issued_on")), _day(pick(cells, mapping, "expires_on"))
    external = (
        pick(cells, mapping, "id")
        or hashlib.blake2b(f"{kind}|{name}|{written}|{identifiers}".encode(), digest_size=10).hexdigest()
    )
    topics = tuple(t for part in pick(cells, mapping, "topics").split(";") if (t := part.strip()))
    measures = (Measure(pick(cells, mapping, "authority"), "", starts, ends),) if starts or ends else ()
    record = WatchRecord(
        external, kind, name, split_people(pick(cells, mapping, "native_name")), countries, identifiers, topics
    )
    note_unclear(record, number, dropped)
    return sealed(record, measures)


def _day(text: str) -> str:
    try:
        found = read_date(text)
    except UnreadableDate:
        return ""
    return found.isoformat() if found else ""
