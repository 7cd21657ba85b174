"""Numbers without a name, and one number under two countries."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parties.matching import Subject, Verdict, match
from parties.matching.numbered import elsewhere, match_numbers


def subject(name: str, number: str, country: str) -> Subject:
    return Subject(name, country=country, identifiers=((f"licence:{country}" if country else "licence", number),))


def judged(query: Subject, candidate: Subject):
    return elsewhere(match(query, candidate), query, candidate)


def test_a_number_alone_is_possible_and_never_a_match() -> None:
    found = match_numbers(subject("", "RL42", "NP"), subject("Golden Bridge", "RL42", "NP"))
    assert (found.verdict, found.score, found.algorithm) == (Verdict.POSSIBLE, 0.84, "number/1")
    assert {"identifier_agrees", "name_absent", "country_agrees"} == {feature.name for feature in found.features}


def test_another_number_and_no_name_is_nothing() -> None:
    found = match_numbers(subject("", "RL43", "NP"), subject("Golden Bridge", "RL42", "NP"))
    assert (found.verdict, found.score) == (Verdict.CLEAR, 0.0)


@pytest.mark.parametrize(
    ("number", "name", "told"),
    [
        ("RL42", "Sunrise Placement", True),  # letters say whose number it is
        ("2210079080", "Sunrise Placement", True),  # long enough to be no accident
        ("1048", "Sunrise Placement", False),  # every country has a licence 1048
        ("1048", "Golden Bridge Manpower", True),
        ("1048", "Golden Bridge Overseas", True),
    ],
)
def test_one_number_under_two_countries_is_asked_about_where_it_tells(number: str, name: str, told: bool) -> None:
    found = judged(subject(name, number, "BD"), subject("Golden Bridge Manpower", number, "NP"))
    assert (found.verdict is Verdict.CONTRADICTED) is told
    assert ("identifier_elsewhere" in {feature.name for feature in found.features}) is told
    assert not told or 0.7 <= found.score <= 0.8


def test_what_was_settled_by_a_number_of_the_same_country_stays_so() -> None:
    held = Subject("Golden Bridge", country="NP", identifiers=(("licence:NP", "RL1"), ("licence:QA", "RL42")))
    asked = Subject("Golden Bridge", country="NP", identifiers=(("licence:NP", "RL1"),))
    assert judged(asked, held) == match(asked, held)


@given(number=st.text(max_size=12), country=st.sampled_from(["NP", "BD", ""]), name=st.text(max_size=20))
def test_it_never_makes_a_match(number: str, country: str, name: str) -> None:
    query, candidate = subject(name, number, country), subject("Golden Bridge Manpower", number, "NP")
    plain, found = match(query, candidate), judged(query, candidate)
    assert found.verdict is plain.verdict or (found.verdict is Verdict.CONTRADICTED and country == "BD")
