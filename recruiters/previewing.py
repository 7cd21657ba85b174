"""Say, before a list is compared, how each row would be read, and which rows cannot be. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

from parties.matching.births import LATEST, read_birth
from recruiters.columns import kind_of, pick
from recruiters.screening import name_problem, subject_key

SHOWN = 8
NUMBERS = 10


@dataclass(frozen=True, slots=True)
class Reading:
    """One row as it would be compared, or why it cannot be."""

    number: int
    name: str
    kind: str
    country: str
    country_written: str
    licence_number: str
    registration_number: str
    born: str
    problem: str


@dataclass
class Preview:
    """What a list comes to under one reading of its columns."""

    rows: int = 0
    samples: list[Reading] = field(default_factory=list)
    problems: Counter[str] = field(default_factory=Counter)
    problem_rows: dict[str, list[int]] = field(default_factory=dict)
    countries_unknown: Counter[str] = field(default_factory=Counter)
    without_country: int = 0
    repeated: int = 0
    people: int = 0

    @property
    def cannot(self) -> int:
        """Return how many rows cannot be screened."""
        return sum(self.problems.values())

    @property
    def can(self) -> int:
        """Return how many rows can be screened."""
        return self.rows - self.cannot

    def note_problem(self, rule: str, number: int) -> None:
        """Count a row that cannot be screened, with the first numbers of each kind."""
        self.problems[rule] += 1
        numbers = self.problem_rows.setdefault(rule, [])
        if len(numbers) < NUMBERS:
            numbers.append(number)


def read_row(
    number: int,
    values: Mapping[str, str],
    mapping: Mapping[str, str],
    defaults: Mapping[str, str],
    country_code: Callable[[str], str],
    latest_birth: int = LATEST,
) -> Reading:
    """Return one row as it would be compared; what the list leaves open is filled from the defaults for all rows."""
    name = pick(values, mapping, "name")[:300]
    written = pick(values, mapping, "country")
    kind = pick(values, mapping, "type")
    return Reading(
        number=number,
        name=name,
        kind=kind_of(kind) if kind else defaults.get("type", "organisation"),
        country=country_code(written) if written else defaults.get("country", ""),
        country_written=written,
        licence_number=pick(values, mapping, "licence_number")[:80],
        registration_number=pick(values, mapping, "registration_number")[:80],
        born=read_birth(pick(values, mapping, "birth_date"), latest_birth),
        problem=name_problem(name),
    )


def preview(
    rows: Iterable[tuple[int, Mapping[str, str]]],
    mapping: Mapping[str, str],
    defaults: Mapping[str, str],
    country_code: Callable[[str], str],
    latest_birth: int = LATEST,
) -> Preview:
    """Return what every row of a list would be compared as, in figures, with the first rows in full."""
    found = Preview()
    seen: set[str] = set()
    for number, values in rows:
        row = read_row(number, values, mapping, defaults, country_code, latest_birth)
        found.rows += 1
        if len(found.samples) < SHOWN:
            found.samples.append(row)
        if row.problem:
            found.note_problem(row.problem, number)
            continue
        if row.country_written and not row.country:
            found.countries_unknown[row.country_written[:60]] += 1
        found.without_country += not row.country
        found.people += row.kind == "person"
        held = row.licence_number or row.registration_number
        key = subject_key(row.name, row.country, held, row.kind, row.born)
        found.repeated += key in seen
        seen.add(key)
    return found
