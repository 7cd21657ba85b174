"""Case 21: no total minus its parts, no release minus another and no neighbouring table tells a small number."""

from collections.abc import Sequence
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cms.statistics.masking import Cell, System, mask, shown
from cms.statistics.region import Equation, Region
from cms.statistics.suppression import rounded
from cms.statistics.telling import ALL, Cube, Quarter, Rules, YearTold, tell_quarter, tell_year, together
from tests.cms.attacker import equations_of, intervals, possible

K = 4
RULES = Rules(k=K, k_grave=7, zero_needs=10, sensitive=frozenset({"VIO"}))
AGES, SEXES, CODES = ("under_18", "18_24", "25_34"), ("female", "male", "not_stated"), ("FEE", "WAG", "VIO")


# The solver itself, against trying everything


@st.composite
def puzzles(draw: st.DrawFn) -> tuple[list[str], list[Equation], dict[str, int]]:
    names = ["a", "b", "c", "d"]
    truth = {name: draw(st.integers(0, 5)) for name in names}
    equations = []
    for _ in range(draw(st.integers(1, 3))):
        signs = {name: sign for name in names if (sign := draw(st.integers(-1, 1)))}
        equations.append(Equation(signs, sum(sign * truth[name] for name, sign in signs.items())))
    return names, equations, truth


@settings(max_examples=50)
@given(puzzles())
def test_the_solver_never_claims_less_room_than_there_is_and_is_exact_where_its_corner_is_whole(puzzle) -> None:
    names, equations, truth = puzzle
    found = list(possible(names, equations, dict.fromkeys(names, 8)))
    assert truth in found
    region = Region(names, equations, dict.fromkeys(names, (0, 8)))
    for name in names:
        for up, best in ((True, max), (False, min)):
            corner = region.push(name, up=up)
            assert corner is not None
            reached, exact = corner[region.place[name]], best(each[name] for each in found)
            assert reached >= exact if up else reached <= exact
            if all(value == int(value) for value in corner):
                assert reached == exact


def test_numbers_that_contradict_each_other_are_refused() -> None:
    with pytest.raises(ValueError, match="cannot all be right"):
        Region(["a"], [Equation({"a": 1}, 3), Equation({"a": 1}, 4)], {})
    system = System()
    system.add("t", Cell(3, K))
    system.add("p", Cell(2, K))
    with pytest.raises(ValueError, match="do not add up"):
        system.tie("t", ["p"])


# One table with its margins


def table(rows: Sequence[Sequence[int]], k: int = K) -> System:
    system = System()
    width = range(len(rows[0]))
    everybody = sum(map(sum, rows))
    few = everybody < 3 * k  # a zero among few is kept back

    def cell(count: int) -> Cell:
        return Cell(count, k, kept_back=few and count == 0, room=everybody)

    for i, row in enumerate(rows):
        for j in width:
            system.add(f"x{i}{j}", cell(row[j]))
        system.add(f"r{i}", cell(sum(row)))
        system.tie(f"r{i}", [f"x{i}{j}" for j in width])
    for j in width:
        system.add(f"s{j}", cell(sum(row[j] for row in rows)))
        system.tie(f"s{j}", [f"x{i}{j}" for i in range(len(rows))])
    system.add("t", Cell(sum(map(sum, rows)), k))
    system.tie("t", [f"r{i}" for i in range(len(rows))])
    system.tie("t", [f"s{j}" for j in width])
    return system


tables = st.lists(st.lists(st.integers(0, 9), min_size=3, max_size=3), min_size=2, max_size=3)


@settings(max_examples=60)
@given(tables)
def test_in_a_table_with_margins_every_small_count_could_be_one_and_could_be_k(rows) -> None:
    system = table(rows)
    seen = shown(system, mask(system))
    small = [name for name, cell in system.cells.items() if cell.small]
    assert not set(small) & set(seen)
    for low, high in intervals(system, seen, {}, small).values():
        assert low <= 1
        assert high is None or high >= min(K, system.cells["t"].count)


@settings(max_examples=20)
@given(st.lists(st.lists(st.integers(0, 6), min_size=2, max_size=2), min_size=2, max_size=2))
def test_trying_every_table_finds_as_many_numbers_as_the_solver_said(rows) -> None:
    system = table(rows)
    seen = shown(system, mask(system))
    unknowns = sorted(set(system.cells) - set(seen), key=lambda name: (name[0] != "x", name))
    most = dict.fromkeys(unknowns, 30)
    inner = [name for name in unknowns if name[0] == "x"]
    most |= dict.fromkeys(inner, 12)
    sums = [each for each in equations_of(system, seen) if each.signs]
    tight = [each for each in sums if all(name in inner for name in each.signs)]
    found = list(possible(inner, tight, most))
    for name in inner:
        if system.cells[name].small:
            numbers = {each[name] for each in found}
            assert min(numbers) <= 1
            assert max(numbers) >= min(K, system.cells["t"].count)


def found_out(k: int, base: int, most: int, lots: Sequence[int]) -> tuple[int, int]:
    """Return how many small counts there are in all tables of two by two, and how many of them could be found out.

    By somebody who knows the rule, tries every table and every lot that he cannot know, and keeps those tables of which
    exactly the same would have been told. Found out is what any of the lots would give away.
    """
    told_of: dict[tuple[int, ...], list[object]] = {}
    alike: dict[object, set[tuple[int, ...]]] = {}
    for values in product(range(most + 1), repeat=4):
        system = table([values[:2], values[2:]], k)
        told = mask(system)
        seen = [
            [(name, number) for number in {rounded(count, base, k if base > 1 else 0, lot) for lot in lots}]
            for name, count in sorted(shown(system, told).items())
        ]
        told_of[values] = [(told, drawn) for drawn in product(*seen)]
        for each in told_of[values]:
            alike.setdefault(each, set()).add(values)
    inside = [values for values in told_of if max(values) < most]  # the like of others is cut off by what is tried
    small = [(values, place) for values in inside for place in range(4) if 0 < values[place] < k]

    def gives_away(values: tuple[int, ...], place: int) -> bool:
        return any(len({other[place] for other in alike[each]}) == 1 for each in told_of[values])

    return len(small), sum(gives_away(values, place) for values, place in small)


def test_rounding_by_lots_takes_from_who_knows_the_rule_all_that_he_could_conclude() -> None:
    """Which number is hidden beside a small one depends on exact counts, and so tells of them to who knows how.

    Exact numbers give some away, the nearest multiple (a lot that everybody knows) still three of 1,500. By lots, none
    is certain, however they fall. That is no proof for every table: of five by five hundred thousands would be to be
    tried. It is the rule that is published, on the only size that can be tried out whole.
    """
    small, exact = found_out(k=4, base=1, most=5, lots=(0,))
    assert (small, exact > 0) == (1500, True), "this is why numbers are rounded besides"
    assert found_out(k=4, base=3, most=5, lots=(1,))[1] > 0, "this is why they are not rounded to the nearest"
    assert found_out(k=4, base=3, most=5, lots=(0, 1, 2))[1] == 0


def test_a_single_hidden_part_takes_the_smallest_neighbour_with_it_and_the_total_stays() -> None:
    system = System()
    for name, count in {"t": 45, "a": 2, "b": 12, "c": 31}.items():
        system.add(name, Cell(count, 11))
    system.tie("t", "abc")
    assert mask(system) == {"t", "c"}


# Quarters, then their year


@st.composite
def cubes(draw: st.DrawFn, most: int = 20) -> Cube:
    """Draw a quarter: everybody names something; often nearly everybody names the same."""
    counts = st.integers(0, draw(st.sampled_from([2, 8, most])))
    people = {(age, sex): draw(counts) for age in AGES for sex in SEXES}
    of_sex = {sex: sum(people[age, sex] for age in AGES) for sex in SEXES}
    many = draw(st.booleans())  # then it is the rest that is small
    by_sex = {
        (code, sex): draw(st.integers(max(0, of_sex[sex] - 3) if many else 0, of_sex[sex]))
        for code in CODES
        for sex in SEXES
    }
    for sex in SEXES:
        lacking = of_sex[sex] - sum(by_sex[code, sex] for code in CODES)
        if lacking > 0:
            by_sex[draw(st.sampled_from(CODES)), sex] += lacking
    categories = {code: sum(by_sex[code, sex] for sex in SEXES) for code in CODES}
    return Cube(sum(people.values()), categories, people, by_sex)


def publish(found: Sequence[Cube], rules: Rules = RULES) -> tuple[list[Quarter], YearTold]:
    """Publish the quarters, then their year, as the releases do."""
    quarters = [Quarter(cube, *tell_quarter(cube, rules)) for cube in found]
    return quarters, tell_year(quarters, rules)


def everything(
    quarters: Sequence[Quarter], year: YearTold, rules: Rules = RULES
) -> tuple[System, dict[str, int], dict[str, int]]:
    """Return all counts with all sums that tie them, over all releases and tables, what was told, and how many in all.

    The third says of each count among how many it is, where that was told; of a quarter that was not, it was fewer than
    k. Everybody names something: so the categories of each level together are everybody, and how often more was named.
    """
    cube, k = together(quarter.cube for quarter in quarters), rules.k
    system, seen, room = System(), {}, {}

    def put(name: str, count: int, told: int | None, k: int = k, among: int | None = None) -> None:
        system.add(name, Cell(count, k))
        room[name] = among if among is not None else 10**6
        if told is not None:
            assert told == count
            seen[name] = count

    def named(level: str, everybody: str, parts: list[str]) -> None:
        total = sum(system.cells[part].count for part in parts)
        put(f"{level}:named", total, None)
        put(f"{level}:again", total - system.cells[everybody].count, None)
        system.tie(f"{level}:named", parts)
        system.tie(f"{level}:named", [everybody, f"{level}:again"])

    all_year = year.grievances[ALL]
    put("Y", cube.everybody, all_year)
    among = [
        None if each.cube.everybody >= k and each.grievances[ALL] is None else each.cube.everybody for each in quarters
    ]
    among = [k - 1 if count is not None and count < k else count for count in among]
    for number, quarter in enumerate(quarters):
        put(f"Q{number}", quarter.cube.everybody, quarter.grievances[ALL])
    system.tie("Y", [f"Q{number}" for number in range(len(quarters))])
    for code in CODES:
        grave = rules.k_grave if code in rules.sensitive else k
        put(f"Y:{code}", cube.categories[code], year.categories.get(code), grave, all_year)
        put(f"Y:not:{code}", cube.everybody - cube.categories[code], None, k, all_year)
        system.tie("Y", [f"Y:{code}", f"Y:not:{code}"])
        for number, quarter in enumerate(quarters):
            there = quarter.cube.categories[code]
            put(f"Q{number}:{code}", there, quarter.categories.get(code), grave, among[number])
            put(f"Q{number}:not:{code}", quarter.cube.everybody - there, None, k, among[number])
            system.tie(f"Q{number}", [f"Q{number}:{code}", f"Q{number}:not:{code}"])
        system.tie(f"Y:{code}", [f"Q{number}:{code}" for number in range(len(quarters))])
        for sex in SEXES:
            put(f"Y:{code}:{sex}", cube.category_sex[code, sex], year.category_sex.get(f"{code}|{sex}"), grave)
        system.tie(f"Y:{code}", [f"Y:{code}:{sex}" for sex in SEXES])
    for age in AGES:
        child = rules.k_grave if age == rules.children else k
        for sex in SEXES:
            put(f"P:{age}:{sex}", cube.people[age, sex], year.people.get(f"{age}|{sex}"), child, all_year)
        whole = sum(cube.people[age, sex] for sex in SEXES)
        put(f"P:{age}", whole, year.people.get(f"{age}|total"), child, all_year)
        system.tie(f"P:{age}", [f"P:{age}:{sex}" for sex in SEXES])
    for sex in SEXES:
        of_sex, told = sum(cube.people[age, sex] for age in AGES), year.people.get(f"total|{sex}")
        put(f"P::{sex}", of_sex, told, k, all_year)
        system.tie(f"P::{sex}", [f"P:{age}:{sex}" for age in AGES])
        for code in CODES:
            room[f"Y:{code}:{sex}"] = told if told is not None else room[f"Y:{code}"]
            put(f"Y:not:{code}:{sex}", of_sex - cube.category_sex[code, sex], None, k, told or all_year)
            system.tie(f"P::{sex}", [f"Y:{code}:{sex}", f"Y:not:{code}:{sex}"])
        named(f"Y:{sex}", f"P::{sex}", [f"Y:{code}:{sex}" for code in CODES])
    system.tie("Y", [f"P:{age}" for age in AGES])
    system.tie("Y", [f"P::{sex}" for sex in SEXES])
    named("Y", "Y", [f"Y:{code}" for code in CODES])
    for number in range(len(quarters)):
        named(f"Q{number}", f"Q{number}", [f"Q{number}:{code}" for code in CODES])
    return system, seen, room


def known_small(system: System, quarters: Sequence[Quarter], rules: Rules = RULES) -> dict[str, tuple[int, int | None]]:
    """Return what everybody may guess of what the quarters kept back: that it is small, or the rest of it is."""
    found: dict[str, tuple[int, int | None]] = {}
    for number, quarter in enumerate(quarters):
        if quarter.cube.everybody < rules.k:
            found[f"Q{number}"] = (0, rules.k - 1)
        for code, told in quarter.categories.items():
            name, rest = f"Q{number}:{code}", f"Q{number}:not:{code}"
            few = name if system.cells[name].count < rules.k else rest
            if told is None and system.cells[few].count < rules.k:
                found[few] = (0, rules.k - 1)
    return found


def assert_protected(quarters: Sequence[Quarter], year: YearTold, rules: Rules = RULES) -> None:
    """Fail where somebody who holds every table of every release knows more of a small count than that it is small."""
    system, seen, room = everything(quarters, year, rules)
    small = [name for name, cell in system.cells.items() if cell.small and not name.endswith((":named", ":again"))]
    assert not set(small) & set(seen)
    guessed = known_small(system, quarters, rules)
    mirrored = {name.replace(":", ":not:") if "not:" not in name else name.replace("not:", "") for name in guessed}
    of_quarters = {name: count for name, count in seen.items() if name.startswith("Q")}
    for bounds, judged in (({}, small), (guessed, [name for name in small if name not in mirrored])):
        found = intervals(system, seen, bounds, judged)
        weak = [name for name in judged if not _is_wide(system, name, found[name], rules, room, guessed)]
        assert not [name for name in weak if name.startswith("Q")], (weak, found[weak[0]])
        before = intervals(system, of_quarters, bounds, weak) if weak else {}
        for name in weak:  # nothing that the quarters had not told already
            assert found[name] == before[name] or _is_inside(found[name], before[name], rules), (name, found[name])


def _is_wide(system, name, interval, rules, room, guessed) -> bool:
    low, high = interval
    least = min(rules.k - 1 if name in guessed else system.cells[name].k, room[name])
    return low <= 1 and (high is None or high >= least)


def _is_inside(interval, before, rules) -> bool:
    (low, high), (known_low, known_high) = interval, before
    return low <= max(1, known_low) and (high is None or (known_high is not None and high >= min(known_high, rules.k)))


@settings(max_examples=50)
@given(st.lists(cubes(), min_size=2, max_size=4))
def test_by_all_releases_together_every_small_count_could_be_one_and_could_be_k(found) -> None:
    """The attacker holds every table of every release at once; what a quarter kept back he knows to be small."""
    assert_protected(*publish(found))


AS_PUBLISHED = Rules(k=11, k_grave=20, zero_needs=50, sensitive=frozenset({"VIO"}))


@settings(max_examples=25)
@given(st.lists(cubes(most=60), min_size=4, max_size=4))
def test_the_same_holds_for_a_year_with_the_thresholds_that_are_published(found) -> None:
    quarters, year = publish(found, AS_PUBLISHED)
    assert_protected(quarters, year, AS_PUBLISHED)


@settings(max_examples=40)
@given(st.lists(cubes(), min_size=4, max_size=4))
def test_no_count_below_k_is_ever_shown_and_grave_harm_only_by_the_year_above_more(found) -> None:
    quarters, year = publish(found)
    for quarter in quarters:
        assert "VIO" not in quarter.categories
        values = [*quarter.grievances.values(), *quarter.categories.values()]
        assert all(value is None or value == 0 or value >= K for value in values)
    grave = year.categories["VIO"]
    assert grave is None or grave == 0 or grave >= RULES.k_grave
    assert not [name for name in year.category_sex if name.startswith("VIO")]
    children = [value for name, value in year.people.items() if name.startswith("under_18")]
    assert all(value is None or value == 0 or value >= RULES.k_grave for value in children)


def test_grave_harm_does_not_follow_from_how_many_there_are_of_the_one_sex_that_is_told() -> None:
    """Ten of fourteen tell of violence, and of seven the sex is not known: three of these at least tell of violence."""
    people = {("under_18", "not_stated"): 3, ("18_24", "not_stated"): 2, ("25_34", "not_stated"): 2}
    people |= {("under_18", "female"): 1, ("25_34", "female"): 2, ("under_18", "male"): 2, ("18_24", "male"): 2}
    people |= {(age, sex): people.get((age, sex), 0) for age in AGES for sex in SEXES}
    by_sex = {("VIO", "not_stated"): 6, ("VIO", "female"): 1, ("VIO", "male"): 3, ("WAG", "male"): 4}
    by_sex |= {("WAG", "female"): 3, ("FEE", "not_stated"): 2}
    by_sex |= {(code, sex): by_sex.get((code, sex), 0) for code in CODES for sex in SEXES}
    year = publish([Cube(14, {"FEE": 2, "WAG": 7, "VIO": 10}, people, by_sex)])[1]
    told = [sex for sex in SEXES if year.people[f"total|{sex}"] is not None]
    assert year.categories["VIO"] is None or not told


def test_few_who_described_themselves_otherwise_are_told_with_those_not_stated() -> None:
    people = {("25_34", "female"): 40, ("25_34", "male"): 60, ("25_34", "other"): 2, ("25_34", "not_stated"): 20}
    year = publish([Cube(122, {}, people, {})])[1]
    assert year.people["total|not_stated"] == 22
    assert "total|other" not in year.people


def test_a_large_table_is_told_whole_and_adds_up() -> None:
    people = {(age, sex): 30 + number for number, (age, sex) in enumerate(product(AGES, SEXES))}
    year = publish([Cube(sum(people.values()), {}, people, {})])[1]
    assert None not in year.people.values()
    assert sum(year.people[f"{age}|total"] or 0 for age in AGES) == year.people["total|total"]


def test_what_is_left_over_by_what_is_told_does_not_tell_of_the_one_category_that_is_hidden() -> None:
    """Sixty reports, each names something: fifty name fees and nobody the rest, so ten or more name wages."""
    codes = {"FEE": 50, "WAG": 10, "DOC": 0, "CON": 0}
    rules = Rules(k=11, k_grave=20, zero_needs=50, sensitive=frozenset())
    told = tell_quarter(Cube(60, codes), rules)[1]
    assert told["WAG"] is None
    assert [code for code in ("DOC", "CON") if told[code] is None], "one that nobody named keeps it company"


def test_few_of_one_age_who_described_themselves_otherwise_do_not_take_the_table_with_them() -> None:
    people = {(age, sex): 60 for age in AGES for sex in SEXES} | {(age, "other"): 4 for age in AGES}
    rules = Rules(k=11, k_grave=20, zero_needs=50, sensitive=frozenset())
    year = publish([Cube(sum(people.values()), {}, people, {})], rules)[1]
    assert None not in year.people.values()
    assert year.people["18_24|not_stated"] == 64
