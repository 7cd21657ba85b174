"""The two screening rules, by tables that a policy officer can sign, and by what must always hold."""

import csv
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checklists.sources import labour_inspection
from core.standards import standard
from inspections.indicators import (
    Outcome,
    Person,
    Reading,
    Signal,
    eleven,
    operational,
)
from inspections.rulesets import REFER_ON, SPEAKS_TO, eleven_rule, operational_rule

HERE = Path(__file__).parent
RULE, WEIGHTED = eleven_rule(), operational_rule()
ITEMS = {item.code: item for item in labour_inspection().items()}
CODES = [weight.code for weight in WEIGHTED.weights]


def rows(name: str) -> list[dict[str, str]]:
    """Return a decision table."""
    with (HERE / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def workplace(*fired: str, unknown: tuple[str, ...] = ()) -> list[Reading]:
    """Return readings of checklist items."""
    every = [(code, Signal.FIRED) for code in fired] + [(code, Signal.UNKNOWN) for code in unknown]
    return [
        Reading(code, signal, "no", ITEMS[code].indicators, SPEAKS_TO.get(code, ()), "VIS") for code, signal in every
    ]


def asked(*fired: str, rest: Signal = Signal.CLEAR) -> list[Reading]:
    """Return readings of a whole interview."""
    return [Reading(code, Signal.FIRED if code in fired else rest, operational=(code,), source="INT") for code in CODES]


@pytest.mark.parametrize("row", rows("operational_expected.csv"), ids=lambda row: f"{row['person']}: {row['why']}")
def test_the_weighted_rule_follows_the_signed_table(row: dict[str, str]) -> None:
    found = operational(asked(*row["fired"].split()), WEIGHTED, Person(row["person"]))
    assert " ".join(found.positive) == row["positive"]
    assert (found.combination, found.outcome) == (row["combination"], row["outcome"])
    assert not found.is_open


@pytest.mark.parametrize("row", rows("eleven_expected.csv"), ids=lambda row: row["why"])
def test_the_eleven_follow_the_signed_table(row: dict[str, str]) -> None:
    assert eleven(workplace(*row["fired"].split()), RULE).outcome == row["outcome"]


def test_it_shows_which_answers_fired() -> None:
    found = eleven(workplace("REC-04", "REC-06"), RULE)
    debt = next(sign for sign in found.fired if sign.code == "FL09")
    assert [reading.item for reading in debt.fired] == ["REC-04", "REC-06"]
    assert found.reasons[0].code == "one_is_enough"
    assert found.reasons[0].because == ("REC-06",)


def test_what_was_not_checked_is_listed_with_what_it_could_change() -> None:
    found = eleven(workplace("REC-02", unknown=("DOC-02", "REC-10")), RULE)
    assert found.outcome == Outcome.INDICATION
    assert found.could_become == Outcome.REFER
    assert found.unknown == ("DOC-02",)


def test_an_unknown_dimension_that_could_turn_says_so() -> None:
    readings = [
        Reading(code, Signal.FIRED if code == "D5.01" else Signal.UNKNOWN if code == "D5.02" else Signal.CLEAR,
                operational=(code,))
        for code in CODES
    ]  # fmt: skip
    found = operational(readings, WEIGHTED, Person.ADULT)
    coercion = next(dimension for dimension in found.dimensions if dimension.code == "D5")
    assert not coercion.positive
    assert coercion.could_turn
    assert [weight.code for weight in coercion.unknown] == ["D5.02"]


def test_an_indicator_that_nobody_asked_about_is_unknown_and_not_clear() -> None:
    found = operational([], WEIGHTED, Person.ADULT)
    assert found.outcome == Outcome.NO_INDICATION
    assert found.could_become == Outcome.REFER
    assert all(dimension.could_turn for dimension in found.dimensions)


def test_the_strengths_are_counted_as_the_standard_counts_them() -> None:
    assert sum(weight.adult is not None for weight in WEIGHTED.weights) == 67
    assert sum(weight.child is not None for weight in WEIGHTED.weights) == 65
    assert all(weight.child != "weak" for weight in WEIGHTED.weights)


def test_every_item_that_the_rules_name_exists() -> None:
    assert set(SPEAKS_TO) <= set(ITEMS)
    assert set(ITEMS) | set(CODES) >= REFER_ON
    assert {code for codes in SPEAKS_TO.values() for code in codes} <= set(CODES)


SIGNALS = st.lists(st.sampled_from(list(Signal)), min_size=len(CODES), max_size=len(CODES))


def told(signals: list[Signal]) -> list[Reading]:
    """Return an interview with these signals."""
    return [Reading(code, signal, operational=(code,)) for code, signal in zip(CODES, signals, strict=True)]


@given(SIGNALS, st.sampled_from(list(Person)), st.integers(0, len(CODES) - 1))
def test_one_more_sign_never_lowers_the_outcome(signals: list[Signal], person: Person, place: int) -> None:
    more = [*signals]
    more[place] = Signal.FIRED
    before, after = (operational(told(each), WEIGHTED, person) for each in (signals, more))
    assert set(before.positive) <= set(after.positive)
    assert before.outcome.level <= after.outcome.level


@given(SIGNALS, st.sampled_from(list(Person)))
def test_unknown_never_counts_as_no_nor_as_yes(signals: list[Signal], person: Person) -> None:
    as_no = [Signal.CLEAR if each == Signal.UNKNOWN else each for each in signals]
    as_yes = [Signal.FIRED if each == Signal.UNKNOWN else each for each in signals]
    found = operational(told(signals), WEIGHTED, person)
    assert found.outcome == operational(told(as_no), WEIGHTED, person).outcome
    assert found.could_become == operational(told(as_yes), WEIGHTED, person).outcome
    unknown = {code for code, each in zip(CODES, signals, strict=True) if each == Signal.UNKNOWN}
    listed = {weight.code for dimension in found.dimensions for weight in dimension.unknown}
    assert listed == {code for code in unknown if WEIGHTED.weights[CODES.index(code)].strength(person)}


@given(st.lists(st.tuples(st.sampled_from(sorted(ITEMS)), st.sampled_from(list(Signal))), max_size=30), st.randoms())
def test_the_order_of_answers_does_not_matter(pairs: list[tuple[str, Signal]], shuffled: object) -> None:
    readings = [Reading(code, signal, "", ITEMS[code].indicators, SPEAKS_TO.get(code, ())) for code, signal in pairs]
    other = [*readings]
    shuffled.shuffle(other)  # type: ignore[attr-defined]
    assert eleven(readings, RULE).outcome == eleven(other, RULE).outcome
    assert operational(readings, WEIGHTED, Person.ADULT).outcome == operational(other, WEIGHTED, Person.ADULT).outcome


@given(st.lists(st.tuples(st.sampled_from(sorted(ITEMS)), st.sampled_from(list(Signal))), max_size=30))
def test_what_it_could_become_is_never_less_than_what_it_is(pairs: list[tuple[str, Signal]]) -> None:
    readings = [Reading(code, signal, "", ITEMS[code].indicators) for code, signal in pairs]
    found = eleven(readings, RULE)
    assert found.could_become.level >= found.outcome.level


def test_no_word_of_it_judges_a_person() -> None:
    banned = standard("forced_labour").banned_words
    spoken = " ".join(
        [*(outcome.value for outcome in Outcome), (HERE.parents[1] / "inspections" / "words.py").read_text()]
    )
    for word in banned:
        assert not re.search(rf"\b{re.escape(word)}\b", spoken, re.IGNORECASE), word
