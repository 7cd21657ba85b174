"""Cut releases from frozen cubes: which counts of a quarter and of a year are told, given what was told before. Pure.

A quarter is counted once, when it is over; a year is its four quarters added, so that nobody's later change of mind or
of category shows as a difference. Where a total is not told, nothing is broken down below it.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TypeVar

from cms.statistics.masking import Cell, System, mask

ALL, TOTAL, OTHER_SEX, NOT_STATED = "all", "total", "other", "not_stated"
Told = Mapping[str, int | None]
Key = TypeVar("Key")


@dataclass(frozen=True)
class Rules:
    """The thresholds of the statistics standard."""

    k: int
    k_grave: int
    zero_needs: int
    sensitive: frozenset[str]
    children: str = "under_18"


@dataclass(frozen=True)
class Cube:
    """Exact counts of one quarter, frozen: how many people, by category, by age group and sex, by category and sex."""

    everybody: int
    categories: Mapping[str, int] = field(default_factory=dict)
    people: Mapping[tuple[str, str], int] = field(default_factory=dict)
    category_sex: Mapping[tuple[str, str], int] = field(default_factory=dict)

    def plus(self, other: "Cube") -> "Cube":
        """Return both together."""
        return Cube(
            self.everybody + other.everybody,
            _added(self.categories, other.categories),
            _added(self.people, other.people),
            _added(self.category_sex, other.category_sex),
        )


def _added(one: Mapping[Key, int], other: Mapping[Key, int]) -> dict[Key, int]:
    return {key: one.get(key, 0) + other.get(key, 0) for key in [*one, *(key for key in other if key not in one)]}


def together(cubes: Iterable[Cube]) -> Cube:
    """Return several cubes added."""
    result = Cube(0)
    for cube in cubes:
        result = result.plus(cube)
    return result


@dataclass(frozen=True)
class Quarter:
    """One quarter of a year: its cube, and what was told of it; None marks what was kept back."""

    cube: Cube
    grievances: Told
    categories: Told


def tell_quarter(cube: Cube, rules: Rules) -> tuple[dict[str, int | None], dict[str, int | None]]:
    """Return what a quarter tells: how many grievances, and of each category that is not grave."""
    shown = _one_cell(Cell(cube.everybody, rules.k))
    told = {
        code: _value(_category_system([], None, cube, code, rules, shown), f"cat:{code}")
        for code in cube.categories
        if code not in rules.sensitive
    }
    return {ALL: cube.everybody if shown else None}, told


def _one_cell(cell: Cell) -> bool:
    system = System()
    system.add("cell", cell)
    return "cell" in mask(system)


@dataclass(frozen=True)
class YearTold:
    """What a year tells; people by "age|sex", categories by "category|sex", the margins under "total"."""

    grievances: dict[str, int | None]
    categories: dict[str, int | None]
    people: dict[str, int | None]
    category_sex: dict[str, int | None]


def tell_year(quarters: Sequence[Quarter], rules: Rules) -> YearTold:
    """Return what a year tells, given what its quarters told before: all of them, or a difference would tell one."""
    cube = together(quarter.cube for quarter in quarters)
    sexes = _sexes(cube, rules)
    cube = _merged(cube, sexes)
    shown = "Y" in mask(_totals_system(quarters, cube, rules))
    people = tell_people(cube, sexes, rules) if shown else {}
    by_sex = shown and all(people.get(f"{TOTAL}|{sex}") is not None for sex in sexes)
    categories: dict[str, int | None] = {}
    category_sex: dict[str, int | None] = {}
    for code in cube.categories:
        system = _category_system(quarters, sexes if by_sex else None, cube, code, rules, shown)
        told = mask(system)
        categories[code] = _value(system, f"cat:{code}", told)
        if by_sex and code not in rules.sensitive:
            category_sex |= {f"{code}|{sex}": _value(system, f"cs:{sex}", told) for sex in sexes}
            category_sex[f"{code}|{TOTAL}"] = categories[code]
    return YearTold({ALL: cube.everybody if shown else None}, categories, people, category_sex)


def _value(system: System, name: str, told: frozenset[str] | None = None) -> int | None:
    return system.cells[name].count if name in (mask(system) if told is None else told) else None


def _sexes(cube: Cube, rules: Rules) -> tuple[str, ...]:
    """Return the columns by sex; few who described themselves otherwise are told together with those not stated."""
    found = list(dict.fromkeys(sex for _age, sex in cube.people))
    few = sum(count for (_age, sex), count in cube.people.items() if sex == OTHER_SEX) < rules.k
    return tuple(sex for sex in found if not (few and sex == OTHER_SEX and NOT_STATED in found))


def _merged(cube: Cube, sexes: Sequence[str]) -> Cube:
    if OTHER_SEX in sexes or not any(sex == OTHER_SEX for _age, sex in cube.people):
        return cube

    def moved(cells: Mapping[tuple[str, str], int]) -> dict[tuple[str, str], int]:
        result: dict[tuple[str, str], int] = {}
        for (row, sex), count in cells.items():
            place = (row, NOT_STATED if sex == OTHER_SEX else sex)
            result[place] = result.get(place, 0) + count
        return result

    return Cube(cube.everybody, cube.categories, moved(cube.people), moved(cube.category_sex))


def _totals_system(quarters: Sequence[Quarter], year: Cube, rules: Rules) -> System:
    system = System()
    system.add("Y", Cell(year.everybody, rules.k))
    for number, quarter in enumerate(quarters):
        _add_earlier(system, f"Q{number}", quarter.cube.everybody, quarter.grievances, ALL, rules.k)
    system.tie("Y", [f"Q{number}" for number in range(len(quarters))])
    return system


def _add_earlier(system: System, name: str, count: int, told: Told, key: str, k: int) -> None:
    """Add a cell of a quarter: told, or kept back and still not to follow."""
    system.add(name, Cell(count, k, told=told[key] is not None))


def tell_people(cube: Cube, sexes: Sequence[str], rules: Rules) -> dict[str, int | None]:
    """Return the table by age group and sex with its margins, where the number of all is told; children need more."""
    system = System()
    ages = list(dict.fromkeys(age for age, _sex in cube.people))
    system.add(f"{TOTAL}|{TOTAL}", Cell(cube.everybody, rules.k, told=True))
    for age in ages:
        k = rules.k_grave if age == rules.children else rules.k
        row = {sex: cube.people.get((age, sex), 0) for sex in sexes}
        for sex, count in row.items():
            system.add(f"{age}|{sex}", _part(count, k, cube, rules))
        system.add(f"{age}|{TOTAL}", _part(sum(row.values()), k, cube, rules))
        system.tie(f"{age}|{TOTAL}", [f"{age}|{sex}" for sex in sexes])
    for sex in sexes:
        of_sex = sum(cube.people.get((age, sex), 0) for age in ages)
        system.add(f"{TOTAL}|{sex}", replace(_part(of_sex, rules.k, cube, rules), dear=True))
        system.tie(f"{TOTAL}|{sex}", [f"{age}|{sex}" for age in ages])
    system.tie(f"{TOTAL}|{TOTAL}", [f"{TOTAL}|{sex}" for sex in sexes])
    system.tie(f"{TOTAL}|{TOTAL}", [f"{age}|{TOTAL}" for age in ages])
    told = mask(system)
    return {name: cell.count if name in told or cell.told else None for name, cell in system.cells.items()}


def _part(count: int, k: int, cube: Cube, rules: Rules) -> Cell:
    """Return a part of everybody; a zero among few would tell of the rest."""
    return Cell(count, k, kept_back=count == 0 and 0 < cube.everybody < rules.zero_needs)


def _category_system(
    quarters: Sequence[Quarter], sexes: Sequence[str] | None, cube: Cube, code: str, rules: Rules, shown: bool
) -> System:
    """Return what ties one category: its quarters, those who did not name it, and its numbers by sex."""
    system, name, count = System(), f"cat:{code}", cube.categories[code]
    grave = code in rules.sensitive
    system.add(name, _part(count, rules.k_grave if grave else rules.k, cube, rules))
    if shown:  # whoever knows the total knows how many did not name it
        system.add("all", Cell(cube.everybody, rules.k, told=True))
        system.add("rest", Cell(cube.everybody - count, rules.k, open=False))
        system.tie("all", [name, "rest"])
    if quarters:
        for number, quarter in enumerate(quarters):
            there = quarter.cube.categories.get(code, 0)
            if grave:  # never told by the quarter, and still not to follow from how many came in all
                system.add(f"Q{number}", Cell(there, rules.k_grave, open=False))
            else:
                _add_earlier(system, f"Q{number}", there, quarter.categories, code, rules.k)
            if quarter.grievances[ALL] is not None:
                system.add(f"Q{number}:all", Cell(quarter.cube.everybody, rules.k, told=True))
                system.add(f"Q{number}:rest", Cell(quarter.cube.everybody - there, rules.k, open=False))
                system.tie(f"Q{number}:all", [f"Q{number}", f"Q{number}:rest"])
        system.tie(name, [f"Q{number}" for number in range(len(quarters))])
    if sexes is not None and not grave:
        _add_sexes(system, name, sexes, cube, code, rules)
    return system


def _add_sexes(system: System, name: str, sexes: Sequence[str], cube: Cube, code: str, rules: Rules) -> None:
    for sex in sexes:
        there = cube.category_sex.get((code, sex), 0)
        everybody = sum(count for (_age, each), count in cube.people.items() if each == sex)
        system.add(f"cs:{sex}", _part(there, rules.k, cube, rules))
        system.add(f"all:{sex}", Cell(everybody, rules.k, told=True))
        system.add(f"rest:{sex}", Cell(everybody - there, rules.k, open=False))
        system.tie(f"all:{sex}", [f"cs:{sex}", f"rest:{sex}"])
    system.tie(name, [f"cs:{sex}" for sex in sexes])
