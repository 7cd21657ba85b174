"""Rows of supplier lists, read or refused column by column."""

import csv
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from duediligence.supplier_rows import SupplierRow, fold, is_os_id, missing_columns, read_row

GOOD = {"country": "Bangladesh", "name": "Lotus Dyeing Ltd.", "address": "12 Mill Road, Savar", "sector": "Apparel",
        "lat": "23.9", "lng": "90.3"}  # fmt: skip


def problems(**cells: str) -> list[tuple[str, str]]:
    read = read_row({**GOOD, **cells})
    return [] if isinstance(read, SupplierRow) else [(one.column, one.code) for one in read]


def test_it_reads_a_row_of_open_supply_hub() -> None:
    read = read_row({**GOOD, "number_of_workers": "100-150", "tier": "3+", "os_id": "ID2024331V7D4T9"})
    assert isinstance(read, SupplierRow)
    assert (read.country, read.workers_min, read.workers_max, read.tier) == ("BD", 100, 150, 3)
    assert (read.latitude, read.longitude) == (23.9, 90.3)


@pytest.mark.parametrize("country", ["bd", "BD", "BANGLADESH", " Bangladesh "])
def test_a_country_may_be_a_code_or_a_name(country: str) -> None:
    assert problems(country=country) == []


@pytest.mark.parametrize(
    ("cells", "found"),
    [
        ({"country": "Atlantis"}, ("country", "unknown_country")),
        ({"country": ""}, ("country", "missing")),
        ({"name": " "}, ("name", "missing")),
        ({"name": "---"}, ("name", "no_letters")),
        ({"name": "x" * 301}, ("name", "too_long")),
        ({"name": "Lot\ufffds"}, ("name", "unreadable")),
        ({"address": ""}, ("address", "missing")),
        ({"lat": "91"}, ("lat", "not_on_earth")),
        ({"lat": "north"}, ("lat", "not_a_number")),
        ({"lat": "nan"}, ("lat", "not_on_earth")),
        ({"lng": ""}, ("lng", "half_a_position")),
        ({"number_of_workers": "about 100"}, ("number_of_workers", "not_a_range")),
        ({"number_of_workers": "200-100"}, ("number_of_workers", "not_a_range")),
        ({"os_id": "ID2024331V7D4TA"}, ("os_id", "mistyped_os_id")),
        ({"tier": "near"}, ("tier", "unknown_tier")),
    ],
)
def test_it_says_which_column_is_wrong_and_why(cells: dict[str, str], found: tuple[str, str]) -> None:
    assert found in problems(**cells)


def test_it_names_every_problem_of_a_row_at_once() -> None:
    assert len(problems(country="Atlantis", address="", tier="near")) == 3


def test_the_same_site_in_other_writing_has_the_same_key() -> None:
    one, other = read_row(GOOD), read_row({**GOOD, "name": "LOTUS  dyeing ltd", "address": "12, Mill Road - Savar"})
    assert isinstance(one, SupplierRow)
    assert isinstance(other, SupplierRow)
    assert (one.site_key, one.supplier_key) == (other.site_key, other.supplier_key)


def test_names_that_differ_only_in_vowel_signs_stay_apart() -> None:
    assert fold("कालिका") != fold("कलक")
    assert fold("Müller") == fold("MULLER")


def test_it_names_missing_columns() -> None:
    assert missing_columns(("name", "lat")) == ("country", "address")


def test_an_open_supply_hub_number_is_checked_by_its_last_character() -> None:
    assert is_os_id("ID2024331V7D4T9")
    assert not is_os_id("ID2024331V7D4T8")
    assert not is_os_id("ID2024331V7D4T")


@given(st.dictionaries(st.sampled_from([*GOOD, "os_id", "tier", "number_of_workers"]), st.text(max_size=40)))
def test_no_row_whatever_it_holds_breaks_the_reader(cells: dict[str, str]) -> None:
    read = read_row(cells)
    assert isinstance(read, SupplierRow) or read


def test_fixture_rows_in_three_scripts_are_read() -> None:
    with (Path(__file__).parent / "suppliers.csv").open(encoding="utf-8", newline="") as file:
        rows = [read_row(row) for row in csv.DictReader(file)]
    assert sum(isinstance(row, SupplierRow) for row in rows) == 5
    assert [problem.code for row in rows if not isinstance(row, SupplierRow) for problem in row] == [
        "unknown_country",
        "missing",
        "not_on_earth",
    ]
