"""Which law wants a report by when."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.standards import standard
from duediligence.regimes import RULES, Basis, ItemStatus, Standing, add_months, deadlines, due_on, item_status
from duediligence.states import AnswerState


@pytest.mark.parametrize(
    ("regime", "period_end", "due"),
    [
        ("UK-MSA", date(2025, 12, 31), date(2026, 6, 30)),
        ("UK-MSA", date(2025, 3, 31), date(2025, 9, 30)),
        ("AU-MSA", date(2025, 6, 30), date(2025, 12, 31)),
        ("CA-S211", date(2025, 12, 31), date(2026, 5, 31)),
        ("CA-S211", date(2026, 5, 30), date(2026, 5, 31)),
        ("CA-S211", date(2026, 5, 31), date(2027, 5, 31)),
        ("NO-TA", date(2025, 12, 31), date(2026, 6, 30)),
        ("CH-DDTRO", date(2025, 12, 31), date(2026, 6, 30)),
        ("DE-LKSG", date(2024, 12, 31), date(2025, 4, 30)),
    ],
)
def test_each_law_counts_in_its_own_way(regime: str, period_end: date, due: date) -> None:
    assert due_on(regime, period_end)[0] == due


def test_a_law_whose_reports_are_no_longer_received_sets_no_date() -> None:
    assert due_on("DE-LKSG", date(2025, 12, 31)) == (None, Basis.ENDED)


def test_a_law_without_a_yearly_date_sets_none() -> None:
    assert due_on("US-CA-TSCA", date(2025, 12, 31))[0] is None


def test_guidance_is_not_called_law() -> None:
    assert due_on("UK-MSA", date(2025, 12, 31))[1] is Basis.GUIDANCE


def test_every_rule_belongs_to_a_law_of_the_standards() -> None:
    known = {regime.code for regime in standard("regimes").regimes}
    assert {rule.regime for rule in RULES} <= known


@pytest.mark.parametrize(
    ("today", "published", "standing"),
    [
        (date(2026, 1, 1), None, Standing.AHEAD),
        (date(2026, 5, 15), None, Standing.SOON),
        (date(2026, 6, 30), None, Standing.SOON),
        (date(2026, 7, 1), None, Standing.LATE),
        (date(2026, 7, 1), date(2026, 6, 30), Standing.MET),
        (date(2026, 8, 1), date(2026, 7, 1), Standing.MET_LATE),
    ],
)
def test_a_deadline_is_ahead_soon_late_or_met(today: date, published: date | None, standing: Standing) -> None:
    assert deadlines(["UK-MSA"], date(2025, 12, 31), today, published)[0].standing is standing


def test_the_nearest_deadline_comes_first_and_laws_without_a_date_last() -> None:
    found = deadlines(["US-CA-TSCA", "UK-MSA", "CA-S211"], date(2025, 12, 31), date(2026, 1, 1))
    assert [one.regime for one in found] == ["CA-S211", "UK-MSA", "US-CA-TSCA"]


def test_an_item_is_answered_in_part_when_one_of_its_actions_is_silent() -> None:
    states = {"2.1": AnswerState.DONE, "2.2": AnswerState.NOT_KNOWN, "6.1": AnswerState.NOT_APPLICABLE}
    assert item_status(("2.1",), states) is ItemStatus.ANSWERED
    assert item_status(("2.1", "2.2"), states) is ItemStatus.PARTIAL
    assert item_status(("2.2", "9.9"), states) is ItemStatus.MISSING
    assert item_status(("6.1",), states) is ItemStatus.NOT_APPLICABLE


def test_saying_that_nothing_was_done_is_an_answer() -> None:
    assert item_status(("2.1",), {"2.1": AnswerState.NOT_DONE}) is ItemStatus.ANSWERED


@given(st.dates(date(2000, 1, 1), date(2090, 1, 1)), st.integers(0, 60))
def test_adding_months_lands_in_the_right_month(day: date, months: int) -> None:
    found = add_months(day, months)
    assert (found.year * 12 + found.month) - (day.year * 12 + day.month) == months


@given(st.sampled_from(RULES), st.dates(date(2023, 1, 1), date(2060, 1, 1)))
def test_a_due_date_lies_after_the_period(rule: object, period_end: date) -> None:
    due, _basis = due_on(rule.regime, period_end)  # type: ignore[attr-defined]
    assert due is None or due > period_end
