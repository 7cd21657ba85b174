"""Rows of registers as offices publish them."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recruiters.columns import FIELDS, kind_of, plain, recognise
from recruiters.countries import all_countries, country_code
from recruiters.registerrows import number_key, read_row, split_people
from recruiters.writtendates import UnreadableDate, read_date

HEADS = {
    "name": "Name",
    "licence_number": "Lic. No.",
    "country": "Country",
    "expires_on": "Expiry",
    "issued_on": "Issued",
    "status": "Status",
}


def row(**cells: str):
    return read_row(2, {HEADS[name]: text for name, text in cells.items()}, HEADS)


@pytest.mark.parametrize(
    ("head", "field"),
    [
        ("OrganisationName", "name"),
        ("LICENCE_NO.", "licence_number"),
        ("Licence No", "licence_number"),
        ("देश", "country"),
        ("رقم الترخيص", "licence_number"),
        ("Valid until", "expires_on"),
        ("CompanyNumber", "registration_number"),
        ("TownCity", "city"),
    ],
)
def test_it_recognises_a_column_by_its_head(head, field):
    assert recognise([head]) == {field: head}


def test_one_head_belongs_to_one_field():
    seen = [plain(head).replace(" ", "") for heads in FIELDS.values() for head in set(map(plain, heads))]
    twice = {
        head
        for head in seen
        if sum(head in {plain(h).replace(" ", "") for h in heads} for heads in FIELDS.values()) > 1
    }
    assert twice == set()


@pytest.mark.parametrize(
    "text",
    [
        "2026-03-09",
        "09/03/2026",
        "9.3.2026",
        "9 Mar 2026",
        "March 9, 2026",
        "20260309",
        "०९/०३/२०२६",
        "2026-03-09 00:00:00",
    ],
)
def test_it_reads_a_date_as_offices_write_it(text):
    assert read_date(text) == date(2026, 3, 9)


@pytest.mark.parametrize("text", ["soon", "31/02/2026", "2026-13-01", "99999"])
def test_a_date_that_cannot_be_read_is_said_to_be_so(text):
    with pytest.raises(UnreadableDate):
        read_date(text)


def test_a_blank_date_is_no_date():
    assert read_date(" n/a ") is None


@pytest.mark.parametrize(("left", "right"), [("RL-0010", "rl 10"), ("١٢٣", "123"), ("NP/0042", "NP-42")])
def test_numbers_are_compared_without_punctuation_and_leading_zeros(left, right):
    assert number_key(left) == number_key(right)


def test_zeros_inside_a_number_stay():
    assert number_key("1001") == "1001"
    assert number_key("A100") != number_key("A10")


def test_it_names_the_column_and_the_reason_of_a_bad_row():
    problems = row(name="X Ltd", expires_on="never", country="Atlantis").problems
    assert {(p.column, p.rule) for p in problems} == {("Expiry", "unreadable_date"), ("Country", "unknown_country")}
    assert row(name="").problems[0].rule == "missing"
    assert row(name="X", issued_on="2026-02-01", expires_on="2026-01-01").problems[0].rule == "ends_before_it_starts"


def test_a_bad_row_still_says_which_record_it_is():
    assert (
        row(name="X Ltd", licence_number="RL-7", expires_on="never").key == row(name="X Ltd", licence_number="RL-7").key
    )


def test_people_in_one_cell_are_told_apart():
    assert split_people("A. Rahman; B. Akter / C. Das") == ("A. Rahman", "B. Akter", "C. Das")
    assert split_people("S/O Karim") == ("S/O Karim",)


@given(st.dictionaries(st.sampled_from(list(HEADS)), st.text(max_size=40)))
def test_any_row_is_either_taken_or_refused_with_a_reason(cells):
    result = row(**cells)
    assert (result.row is None) == bool(result.problems)
    if result.row is not None:
        assert any(character.isalpha() for character in result.row.name)
        assert result.row.key


@given(st.text())
def test_a_number_key_is_stable(text):
    assert number_key(number_key(text)) == number_key(text)


def test_countries_are_read_as_people_write_them():
    assert country_code("England") == country_code("uk") == "GB"
    assert country_code("नेपाल") == country_code("NPL") == country_code(" nepal ") == "NP"
    assert country_code("Atlantis") == ""
    assert len(all_countries()) > 240


def test_whatever_is_not_called_a_person_is_an_organisation():
    assert kind_of("Individual") == "person"
    assert kind_of("") == kind_of("Company") == "organisation"
