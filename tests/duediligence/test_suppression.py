"""No worker is found behind a small number."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from duediligence.suppression import OTHER, THRESHOLD, Band, band, may_name_supplier, month, public_cases

cases = st.lists(st.sets(st.sampled_from(["FEE", "DOC", "WAG", "VIO"]), min_size=1, max_size=3), max_size=40)


@pytest.mark.parametrize(("number", "low", "high"), [(0, 0, 0), (1, 1, 4), (4, 1, 4), (5, 5, 9), (12, 10, 14)])
def test_numbers_are_told_in_bands(number: int, low: int, high: int) -> None:
    assert band(number) == Band(low, high)


def test_no_kind_of_harm_is_told_below_the_threshold() -> None:
    found = public_cases([("FEE",)] * 4)
    assert (found.total, found.kinds, found.kinds_withheld) == (Band(1, 4), (), True)


def test_a_rare_kind_is_pooled_or_withheld() -> None:
    few = public_cases([("FEE",)] * 6 + [("VIO",)])
    assert [kind.code for kind in few.kinds] == ["FEE"]
    assert few.kinds_withheld
    many = public_cases([("FEE",)] * 6 + [("VIO",)] * 3 + [("WAG",)] * 3)
    assert [kind.code for kind in many.kinds] == ["FEE", OTHER]


def test_a_company_sees_the_month_never_the_day() -> None:
    assert month(date(2026, 5, 17)) == date(2026, 5, 1)


def test_a_supplier_is_named_beside_a_case_only_where_many_work() -> None:
    assert not may_name_supplier(None)
    assert not may_name_supplier(49)
    assert may_name_supplier(50)


@given(cases)
def test_no_number_between_one_and_four_is_ever_told_exactly(found: list[set[str]]) -> None:
    told = public_cases([tuple(codes) for codes in found])
    for one in (told.total, *(kind.band for kind in told.kinds)):
        assert one == Band(0, 0) or one.high - one.low >= THRESHOLD - 2
    assert all(kind.band.low >= THRESHOLD for kind in told.kinds)


@given(cases, st.sets(st.sampled_from(["FEE", "VIO"]), min_size=1))
def test_one_case_more_changes_a_band_by_one_step_at_most(found: list[set[str]], more: set[str]) -> None:
    before = public_cases([tuple(codes) for codes in found]).total
    after = public_cases([tuple(codes) for codes in [*found, more]]).total
    assert 0 <= after.low - before.low <= THRESHOLD
