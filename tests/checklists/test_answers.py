"""Reading and judging answers: what was not checked is not known and never counts as a "no"."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checklists.answers import (
    Answer,
    Money,
    Per,
    State,
    Unreadable,
    adverse_items,
    is_adverse,
    lacking_comment,
    progress,
    read,
    store,
)
from checklists.questions import Choice, Item, Kind, Severity, wording
from tests.checklists.test_questions import make_item, make_list

COUNT = make_item("ABC-02", kind=Kind.COUNT, adverse=">0", severity=Severity.CRITICAL)
MONEY = make_item("ABC-03", kind=Kind.MONEY, adverse=">0")
MANY = make_item(
    "ABC-04", kind=Kind.SELECT_MANY, adverse="", choices=(Choice("a", wording("A")), Choice("b", wording("B")))
)
TEXT = make_item("ABC-05", kind=Kind.TEXT, adverse="")
DAY = make_item("ABC-06", kind=Kind.DATE, adverse="")


@pytest.mark.parametrize(
    ("item", "raw", "adverse"),
    [
        (make_item(), "no", True),
        (make_item(), "yes", False),
        (make_item(), "na", False),
        (make_item(), "not_checked", None),
        (make_item(), "", None),
        (make_item(adverse="yes"), "yes", True),
        (make_item(adverse=""), "no", None),
        (COUNT, 0, False),
        (COUNT, "3", True),
        (COUNT, None, None),
        (make_item(kind=Kind.COUNT, adverse=">60"), 60, False),
        (make_item(kind=Kind.COUNT, adverse=">60"), 61, True),
        (MONEY, {"amount": "0", "currency": "NPR"}, False),
        (MONEY, {"amount": "1200.50", "currency": "npr"}, True),
        (TEXT, "something", None),
    ],
)
def test_an_answer_is_judged_by_its_rule(item: Item, raw: Any, adverse: bool | None) -> None:
    assert is_adverse(item, read(item, raw)) is adverse


@pytest.mark.parametrize(
    ("item", "raw"),
    [
        (make_item(), "perhaps"),
        (make_item(), 1),
        (COUNT, "many"),
        (COUNT, -1),
        (COUNT, "1.5"),
        (COUNT, True),
        (MONEY, "1200"),
        (MONEY, {"amount": "NaN", "currency": "NPR"}),
        (MONEY, {"amount": "-5", "currency": "NPR"}),
        (MONEY, {"amount": "5", "currency": "rupees"}),
        (MONEY, {"amount": "5", "currency": "NPR", "per": "moon"}),
        (MANY, ["a", "z"]),
        (DAY, "yesterday"),
    ],
)
def test_it_refuses_what_does_not_fit_the_item(item: Item, raw: Any) -> None:
    with pytest.raises(Unreadable):
        read(item, raw)


def test_numbers_may_be_typed_in_arabic_and_nepali_digits() -> None:
    assert read(COUNT, "١٢").value == 12
    assert read(COUNT, "१२").value == 12


@given(
    st.one_of(
        st.tuples(st.just(make_item()), st.sampled_from(["yes", "no", "na", "not_checked"])),
        st.tuples(st.just(COUNT), st.integers(0, 10**6)),
        st.tuples(
            st.just(MONEY),
            st.fixed_dictionaries(
                {
                    "amount": st.decimals(0, 10**9, places=2).map(str),
                    "currency": st.from_regex(r"[A-Z]{3}", fullmatch=True),
                    "per": st.sampled_from([per.value for per in Per]),
                }
            ),
        ),
        st.tuples(st.just(MANY), st.lists(st.sampled_from(["a", "b"]), min_size=1, max_size=2, unique=True)),
        st.tuples(st.just(DAY), st.dates().map(date.isoformat)),
    )
)
def test_what_is_stored_is_read_back_equal(pair: tuple[Item, Any]) -> None:
    item, raw = pair
    answer = read(item, raw)
    assert read(item, store(answer)) == answer


def test_money_keeps_its_cents() -> None:
    assert read(MONEY, {"amount": "1200.50", "currency": "NPR", "per": "month"}).value == Money(
        Decimal("1200.50"), "NPR", Per.MONTH
    )


def test_progress_counts_only_what_was_checked() -> None:
    items = [make_item("ABC-01"), COUNT, make_item("ABC-07")]
    found = progress(items, {"ABC-01": read(items[0], "na"), "ABC-02": read(COUNT, 2)})
    assert (found.answered, found.total, found.adverse, found.gravest) == (2, 3, 1, Severity.CRITICAL)
    assert not found.is_complete


def test_an_adverse_answer_needs_a_comment_and_a_blank_one_is_none() -> None:
    section = make_list(make_item("ABC-01"), COUNT).sections[0]
    given_answers = {"ABC-01": read(section.items[0], "no"), "ABC-02": Answer("ABC-02")}
    assert lacking_comment(section, given_answers, {"ABC-01": "  "}) == ("ABC-01",)
    assert lacking_comment(section, given_answers, {"ABC-01": "Seen."}) == ()


def test_the_gravest_adverse_answers_come_first() -> None:
    found = make_list(make_item("ABC-01"), COUNT)
    answers = {"ABC-01": read(make_item(), "no"), "ABC-02": read(COUNT, 1)}
    assert [item.code for item in adverse_items(found, answers)] == ["ABC-02", "ABC-01"]


def test_not_checked_is_the_state_until_somebody_answers() -> None:
    assert Answer("ABC-01").state == State.NOT_CHECKED
