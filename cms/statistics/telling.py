"""Cut releases from frozen cubes: which counts of a quarter and of a year are told, given what was told before. Pure.

A quarter is counted once, when it is over; a year is its four quarters added, so that nobody's later change of mind or
of category shows as a difference. Where a total is not told, nothing is broken down below it.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TypeVar

from cms.statistics.masking import LEAST, Cell, System, mask, most_of

ALL, TOTAL, OTHER_SEX, NOT_STATED = "all", "total", "other", "not_stated"
CATEGORY = "category"
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


@dataclass(frozen=True)
class Decided:
    """What is told of one category, and the sums that tie it to all that is known."""

    system: System
    told: frozenset[str]
    guessed: bool = False  # why it is hidden can be told from the rule: nothing but the category itself is known

    def value(self, name: str) -> int | None:
        """Return a count that is told, or None."""
        return self.system.cells[name].count if name in self.told else None

    def most(self, name: str, limit: int) -> int:
        """Return how much a count could be, by all that is told of its category."""
        hidden, cell = self.is_hidden(name), self.system.cells[name]
        found = most_of(self.system, self.told, name) if hidden else cell.count
        if self.guessed and hidden and cell.small:  # everybody may guess why a quarter does not tell it
            found = cell.k - 1 if found is None else min(found, cell.k - 1)
        return limit if found is None else min(limit, found)

    def is_hidden(self, name: str) -> bool:
        """Say whether a count is not told, neither now nor earlier."""
        return not (self.system.cells[name].told or name in self.told)

    def gives_away(self, level: str, least: int, everybody: int) -> bool:
        """Say whether too much is known once everybody knows that a count is no less than this."""
        cell, rest = self.system.cells[level], self.system.cells[rest_of(level)]
        return (cell.protected and least > LEAST) or (rest.protected and everybody - least < rest.must_reach)


def rest_of(level: str) -> str:
    """Return the name of those who did not name a category, beside the name of those who did."""
    return {CATEGORY: "rest"}.get(level, f"{level}:rest")


Decide = Callable[[str, frozenset[str]], Decided]


def _covered(codes: Iterable[str], decide: Decide, levels: Mapping[str, int]) -> dict[str, Decided]:
    """Decide each category, and hide more of them as long as what the others leave over narrows one down.

    Every report names something. So where few name what is told, the rest must have named what is hidden: a category of
    which that says too much gets company. The levels are everybody, each quarter and each sex.
    """
    kept: dict[str, frozenset[str]] = {}
    found = {code: decide(code, frozenset()) for code in codes}
    weak = True
    while weak:
        weak = False
        for level, everybody in levels.items():
            code, name = _next_to_keep(found, level) if _says_too_much(found, level, everybody) else ("", "")
            if code:
                kept[code] = kept.get(code, frozenset()) | {name}
                found[code] = decide(code, kept[code])
                weak = True
    return found


def _next_to_keep(found: Mapping[str, Decided], level: str) -> tuple[str, str]:
    """Return the smallest count told at this level; of a quarter's, which are told already, the year it is part of."""
    for name in (level, CATEGORY):
        shown = {code: count for code, each in found.items() if (count := each.value(name)) is not None}
        if name != level:
            shown = {code: count for code, count in shown.items() if found[code].is_hidden(level)}
        if shown:
            return min(shown, key=lambda code: (shown[code], code)), name
    return "", ""


def _says_too_much(found: Mapping[str, Decided], level: str, everybody: int) -> bool:
    hidden = [each for each in found.values() if each.is_hidden(level)]
    left = everybody - sum(each.system.cells[level].count for each in found.values() if not each.is_hidden(level))
    if left <= 0:
        return False
    most = [each.most(level, everybody) for each in hidden]
    return any(
        each.gives_away(level, left - sum(most) + own, everybody) for each, own in zip(hidden, most, strict=True)
    )


def tell_quarter(cube: Cube, rules: Rules) -> tuple[dict[str, int | None], dict[str, int | None]]:
    """Return what a quarter tells: how many grievances, and of each category that is not grave."""

    def decide(code: str, kept: frozenset[str]) -> Decided:
        grave = code in rules.sensitive
        never = frozenset({CATEGORY}) if grave else kept
        return _decided(_category_system([], cube, code, rules, shown=True), never, guessed=not grave)

    told = dict.fromkeys([code for code in cube.categories if code not in rules.sensitive], None)
    if not _one_cell(Cell(cube.everybody, rules.k)):
        return {ALL: None}, {**told}
    found = _covered(cube.categories, decide, {CATEGORY: cube.everybody})
    if _says_too_much(found, CATEGORY, cube.everybody):  # so few categories that how many came in all is too much
        return {ALL: None}, {**told}
    return {ALL: cube.everybody}, {code: found[code].value(CATEGORY) for code in told}


def _decided(system: System, kept: frozenset[str], *, guessed: bool = False) -> Decided:
    closed = [name for name in system.cells if name in kept or (CATEGORY in kept and name in _by_sex(system))]
    for name in closed:
        system.cells[name] = replace(system.cells[name], open=False)
    return Decided(system, mask(system), guessed)


def _by_sex(system: System) -> list[str]:
    """Return the parts that would give their category away."""
    return [name for name in system.cells if name.startswith("cs:") and not name.endswith(":rest")]


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
    known = frozenset(sex for sex in sexes if shown and people.get(f"{TOTAL}|{sex}") is not None)
    by_sex = shown and known == frozenset(sexes)

    def decide(code: str, kept: frozenset[str]) -> Decided:
        system = _category_system(quarters, cube, code, rules, shown=shown)
        if known:  # where one sex alone is told of, how many of it named a category could still follow
            _add_sexes(system, sexes, cube, code, rules, known)
        return _decided(system, kept)

    levels = {CATEGORY: cube.everybody} if shown else {}
    levels |= {f"Q{n}": q.cube.everybody for n, q in enumerate(quarters) if q.grievances[ALL] is not None}
    levels |= {f"cs:{sex}": _of_sex(cube, sex) for sex in sexes if sex in known}
    found = _covered(cube.categories, decide, levels)
    category_sex: dict[str, int | None] = {}
    for code in [code for code in cube.categories if by_sex and code not in rules.sensitive]:
        category_sex |= {f"{code}|{sex}": found[code].value(f"cs:{sex}") for sex in sexes}
        category_sex[f"{code}|{TOTAL}"] = found[code].value(CATEGORY)
    categories = {code: found[code].value(CATEGORY) for code in cube.categories}
    return YearTold({ALL: cube.everybody if shown else None}, categories, people, category_sex)


def _of_sex(cube: Cube, sex: str) -> int:
    return sum(count for (_age, each), count in cube.people.items() if each == sex)


def _sexes(cube: Cube, rules: Rules) -> tuple[str, ...]:
    """Return the columns by sex; few who described themselves otherwise are told together with those not stated.

    Few of any age are enough: beside them, hardly anything of the table could be told.
    """
    found = list(dict.fromkeys(sex for _age, sex in cube.people))
    counts = [count for (_age, sex), count in cube.people.items() if sex == OTHER_SEX]
    few = sum(counts) < rules.k or any(0 < count < rules.k for count in counts)
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
    """Add how many a quarter brought: told, or kept back and still not to follow."""
    system.add(name, Cell(count, k, told=told[key] is not None, kept_back=told[key] is None))


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


def _part(count: int, k: int, cube: Cube, rules: Rules, *, shown: bool = True) -> Cell:
    """Return a part of everybody; a zero among few would tell of the rest."""
    few = count == 0 and 0 < cube.everybody < rules.zero_needs
    return Cell(count, k, kept_back=few, room=cube.everybody if shown else None)


def _category_system(quarters: Sequence[Quarter], cube: Cube, code: str, rules: Rules, *, shown: bool) -> System:
    """Return what ties one category: its quarters, and those who did not name it."""
    system, count = System(), cube.categories[code]
    grave = code in rules.sensitive
    system.add(CATEGORY, _part(count, rules.k_grave if grave else rules.k, cube, rules, shown=shown))
    if shown or quarters:  # whoever knows the total, or what it can be, knows how many did not name it
        room = cube.everybody if shown else None
        system.add("all", Cell(cube.everybody, rules.k, told=True if shown else None, open=False))
        system.add("rest", Cell(cube.everybody - count, rules.k, open=False, room=room))
        system.tie("all", [CATEGORY, "rest"])
    if quarters:
        numbers = range(len(quarters))
        for number, quarter in enumerate(quarters):
            _add_quarter(system, f"Q{number}", quarter, code, rules)
        system.tie(CATEGORY, [f"Q{number}" for number in numbers])
        system.tie("all", [f"Q{number}:all" for number in numbers])
    return system


def _add_quarter(system: System, name: str, quarter: Quarter, code: str, rules: Rules) -> None:
    """Add what a quarter told of a category, or kept back, and those of the quarter who did not name it."""
    there, everybody, shown = quarter.cube.categories.get(code, 0), quarter.cube.everybody, quarter.grievances[ALL]
    room = everybody if shown is not None else _among_few(everybody, rules)
    rest = Cell(everybody - there, rules.k, open=False, room=room)
    if code in rules.sensitive:  # never told by the quarter, and still not to follow from how many came in all
        system.add(name, Cell(there, rules.k_grave, open=False, room=room))
    else:
        told = quarter.categories[code] is not None
        system.add(name, Cell(there, rules.k, told=told, room=room))
        if not told and rest.small and there >= rules.k:  # these few were protected, as everybody may guess
            rest = replace(rest, told=False)
    _add_earlier(system, f"{name}:all", everybody, quarter.grievances, ALL, rules.k)
    system.add(f"{name}:rest", rest)
    system.tie(f"{name}:all", [name, f"{name}:rest"])


def _among_few(everybody: int, rules: Rules) -> int | None:
    """Return how many there are at most in a quarter that was not told: everybody may guess that they were few."""
    return rules.k - 1 if everybody < rules.k else None


def _add_sexes(
    system: System, sexes: Sequence[str], cube: Cube, code: str, rules: Rules, known: frozenset[str]
) -> None:
    """Add those who named a category and those who did not, by sex: told only where of each sex it is known how many.

    Grave ones are never told by sex, and still not to follow from how many there are of each.
    """
    grave = code in rules.sensitive or known != frozenset(sexes)
    for sex in sexes:
        there, everybody = cube.category_sex.get((code, sex), 0), _of_sex(cube, sex)
        room = everybody if sex in known else cube.everybody
        part = _part(there, rules.k_grave if code in rules.sensitive else rules.k, cube, rules)
        system.add(f"cs:{sex}", replace(part, room=room, open=not grave))
        system.add(f"all:{sex}", Cell(everybody, rules.k, told=True if sex in known else None, open=False))
        system.add(f"cs:{sex}:rest", Cell(everybody - there, rules.k, open=False, room=room))
        system.tie(f"all:{sex}", [f"cs:{sex}", f"cs:{sex}:rest"])
    system.tie(CATEGORY, [f"cs:{sex}" for sex in sexes])
    system.tie("all", [f"all:{sex}" for sex in sexes])
