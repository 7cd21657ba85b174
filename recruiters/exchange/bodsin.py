"""Read ownership statements of the Beneficial Ownership Data Standard 0.4; every fault is named by statement. Pure.

Of a person only the name and the nationality are read: neither birth dates nor addresses nor identifiers come in.
Source: Open Ownership, Beneficial Ownership Data Standard 0.4 (schema and codelists).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from recruiters.countries import country_code

OWNERSHIP = frozenset(
    {
        "shareholding", "votingRights", "appointmentOfBoard", "otherInfluenceOrControl", "settlor", "trustee",
        "protector", "beneficiaryOfLegalArrangement", "rightsToSurplusAssetsOnDissolution", "rightsToProfitOrIncome",
        "rightsGrantedByContract", "conditionalRightsGrantedByContract", "controlViaCompanyRulesOrArticles",
        "controlByLegalFramework", "unknownInterest", "unpublishedInterest", "enjoymentAndUseOfAssets",
        "rightToProfitOrIncomeFromAssets", "nominee", "nominator",
    }
)  # fmt: skip
DIRECTION = frozenset({"boardMember", "boardChair", "seniorManagingOfficial"})
RECORD_TYPES = ("entity", "person", "relationship")
LONGEST = 300


@dataclass(frozen=True, slots=True)
class Problem:
    """One fault: which statement (counted from 1), its id if it has one, where in it, and the rule."""

    place: int
    statement_id: str
    path: str
    rule: str


@dataclass(frozen=True, slots=True)
class EntityIn:
    """An organisation as declared."""

    record_id: str
    name: str
    country: str = ""
    other_names: tuple[str, ...] = ()
    identifiers: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class PersonIn:
    """A person as declared; without a name where the declaration withholds it."""

    record_id: str
    name: str
    country: str = ""


@dataclass(frozen=True, slots=True)
class TieIn:
    """One dated tie: somebody owns or directs an organisation."""

    place: int
    record_id: str
    subject: str
    interested: str
    kind: str
    starts: date | None = None
    ends: date | None = None


@dataclass(slots=True)
class Ownership:
    """What a file says, its newest statement for each record, and what was wrong or withheld."""

    read: int = 0
    entities: dict[str, EntityIn] = field(default_factory=dict)
    people: dict[str, PersonIn] = field(default_factory=dict)
    ties: list[TieIn] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    withheld: int = 0


@dataclass(frozen=True, slots=True)
class _Statement:
    place: int
    id: str
    kind: str
    record_id: str
    day: date | None
    closed: bool
    details: Mapping[str, Any]


def read_statements(statements: Iterable[Any]) -> Ownership:
    """Return what statements say. A statement with a fault is left out, the rest goes in."""
    ownership = Ownership()
    newest: dict[tuple[str, str], _Statement] = {}
    seen: set[str] = set()
    for place, raw in enumerate(statements, start=1):
        ownership.read += 1
        statement = _statement(place, raw, ownership.problems)
        if statement is None:
            continue
        if statement.id in seen:
            ownership.problems.append(Problem(place, statement.id, "statementId", "repeated"))
            continue
        seen.add(statement.id)
        before = newest.get((statement.kind, statement.record_id))
        if before is None or (statement.day or date.min) >= (before.day or date.min):
            newest[(statement.kind, statement.record_id)] = statement
    for statement in newest.values():
        if statement.kind == "entity":
            _entity(statement, ownership)
        elif statement.kind == "person":
            _person(statement, ownership)
    for statement in newest.values():
        if statement.kind == "relationship":
            _relationship(statement, ownership)
    ownership.ties.sort(key=lambda tie: tie.place)
    ownership.problems.sort(key=lambda problem: (problem.place, problem.path))
    return ownership


def _statement(place: int, raw: Any, problems: list[Problem]) -> _Statement | None:
    if not isinstance(raw, Mapping):
        problems.append(Problem(place, "", "", "not_an_object"))
        return None
    statement_id = raw.get("statementId")
    name = statement_id[:64] if isinstance(statement_id, str) else ""
    faults = []
    if not isinstance(statement_id, str) or not 32 <= len(statement_id) <= 64:
        faults.append(("statementId", "not_an_id"))
    if raw.get("recordType") not in RECORD_TYPES:
        faults.append(("recordType", "not_a_record_type"))
    faults += [(part, "missing") for part in ("recordId", "declarationSubject") if not _text(raw.get(part))]
    if not isinstance(raw.get("recordDetails"), Mapping):
        faults.append(("recordDetails", "missing"))
    if raw.get("recordStatus") not in (None, "new", "updated", "closed"):
        faults.append(("recordStatus", "not_a_status"))
    day, readable = _day(raw.get("statementDate"))
    if not readable:
        faults.append(("statementDate", "not_a_date"))
    problems.extend(Problem(place, name, path, rule) for path, rule in faults)
    if faults:
        return None
    closed = raw.get("recordStatus") == "closed"
    return _Statement(place, name, raw["recordType"], _text(raw["recordId"]), day, closed, raw["recordDetails"])


def _text(value: Any) -> str:
    return " ".join(value.replace("\x00", "").split())[:LONGEST] if isinstance(value, str) else ""


def _day(value: Any) -> tuple[date | None, bool]:
    """Return a day and whether it could be read; nothing given is no day, and readable."""
    if value is None or value == "":
        return None, True
    try:
        return (date.fromisoformat(value[:10]), True) if isinstance(value, str) else (None, False)
    except ValueError:
        return None, False


def _country(value: Any) -> str:
    if isinstance(value, list):
        return _country(value[0]) if value else ""
    if not isinstance(value, Mapping):
        return ""
    return country_code(_text(value.get("code"))[:2]) or country_code(_text(value.get("name")))


def _entity(statement: _Statement, ownership: Ownership) -> None:
    details, problems = statement.details, ownership.problems
    kind = details.get("entityType")
    if not isinstance(kind, Mapping) or not _text(kind.get("type")):
        problems.append(Problem(statement.place, statement.id, "recordDetails.entityType.type", "missing"))
        return
    name = _text(details.get("name"))
    if not any(character.isalpha() for character in name):
        if details.get("unspecifiedEntityDetails") or kind.get("type") in ("anonymousEntity", "unknownEntity"):
            ownership.withheld += 1
        else:
            problems.append(Problem(statement.place, statement.id, "recordDetails.name", "missing"))
        return
    given = details.get("identifiers")
    pairs = [
        (_text(one.get("scheme")) or _text(one.get("schemeName")), _text(one.get("id")))
        for one in (given if isinstance(given, list) else [])
        if isinstance(one, Mapping)
    ]
    names = details.get("alternateNames")
    ownership.entities[statement.record_id] = EntityIn(
        record_id=statement.record_id,
        name=name,
        country=_country(details.get("jurisdiction")),
        other_names=tuple(text for one in (names if isinstance(names, list) else [])[:20] if (text := _text(one))),
        identifiers=tuple((scheme[:40], number[:80]) for scheme, number in pairs if number),
    )


def _person(statement: _Statement, ownership: Ownership) -> None:
    given = statement.details.get("names")
    names = [one for one in (given if isinstance(given, list) else []) if isinstance(one, Mapping)]
    names.sort(key=lambda one: one.get("type") not in ("legal", "individual"))
    name = next((text for one in names if (text := _text(one.get("fullName")) or _joined(one))), "")
    hidden = statement.details.get("personType") in ("anonymousPerson", "unknownPerson")
    if not any(character.isalpha() for character in name):
        if not hidden and not statement.details.get("unspecifiedPersonDetails"):
            path = "recordDetails.names"
            ownership.problems.append(Problem(statement.place, statement.id, path, "missing"))
            return
        ownership.withheld += 1
        name = ""
    country = _country(statement.details.get("nationalities"))
    ownership.people[statement.record_id] = PersonIn(statement.record_id, name, country)


def _joined(name: Mapping[str, Any]) -> str:
    return " ".join(text for part in ("givenName", "familyName") if (text := _text(name.get(part))))


def _relationship(statement: _Statement, ownership: Ownership) -> None:
    ends: list[str] = []
    for part in ("subject", "interestedParty"):
        value = statement.details.get(part)
        if isinstance(value, Mapping):
            ownership.withheld += 1
            return
        record = _text(value)
        fault = _fault_of(part, record, ownership)
        if fault:
            ownership.problems.append(Problem(statement.place, statement.id, f"recordDetails.{part}", fault))
            return
        ends.append(record)
    subject, interested = ends
    if subject == interested:
        path = "recordDetails.interestedParty"
        ownership.problems.append(Problem(statement.place, statement.id, path, "owns_itself"))
        return
    if interested in ownership.people and not ownership.people[interested].name:
        return  # a person whose name is withheld: counted where the person was read
    for kind, (starts, finish) in _interests(statement, ownership).items():
        ownership.ties.append(TieIn(statement.place, statement.record_id, subject, interested, kind, starts, finish))


def _fault_of(part: str, record: str, ownership: Ownership) -> str:
    if not record:
        return "missing"
    if record in ownership.entities:
        return ""
    if record in ownership.people:
        return "" if part == "interestedParty" else "a_person_is_owned"
    return "unknown_record"


def _interests(statement: _Statement, ownership: Ownership) -> dict[str, tuple[date | None, date | None]]:
    """Return the kinds of tie that the interests come to, each with its first and last day."""
    given = statement.details.get("interests")
    found: dict[str, tuple[date | None, date | None]] = {}
    for place, one in enumerate(given if isinstance(given, list) and given else [{}]):
        path = f"recordDetails.interests.{place}"
        kind = one.get("type", "unknownInterest") if isinstance(one, Mapping) else None
        if kind not in OWNERSHIP and kind not in DIRECTION:
            ownership.problems.append(Problem(statement.place, statement.id, f"{path}.type", "not_an_interest"))
            continue
        starts, sound = _day(one.get("startDate"))
        ends, whole = _day(one.get("endDate"))
        if not sound or not whole:
            ownership.problems.append(Problem(statement.place, statement.id, path, "not_a_date"))
            continue
        if statement.closed and ends is None:
            ends = statement.day
        if starts and ends and ends < starts:
            ownership.problems.append(Problem(statement.place, statement.id, path, "ends_before_it_starts"))
            continue
        name = "director" if kind in DIRECTION else "owner"
        found[name] = _wider(found[name], (starts, ends)) if name in found else (starts, ends)
    return found


def _wider(
    one: tuple[date | None, date | None], other: tuple[date | None, date | None]
) -> tuple[date | None, date | None]:
    """Return the span of two interests of one kind: open where either is open."""
    starts = min(one[0], other[0]) if one[0] and other[0] else None
    ends = max(one[1], other[1]) if one[1] and other[1] else None
    return starts, ends
