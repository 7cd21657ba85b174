"""The order in which a company acts on risks to people."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from duediligence.prioritisation import Assessment, Band, Involvement, prioritise

rungs = st.integers(0, 4)
assessments = st.lists(
    st.builds(Assessment, st.uuids().map(str), rungs, rungs, rungs, rungs, st.sampled_from(Involvement)), max_size=12
)


def judged(ref: str, scale: int, scope: int, irremediability: int, likelihood: int, part: str = "linked") -> Assessment:
    return Assessment(ref, scale, scope, irremediability, likelihood, Involvement(part))


def refs(*found: Assessment) -> list[str]:
    return [place.ref for place in prioritise(found)]


def test_a_severe_but_unlikely_harm_goes_before_a_likely_minor_one() -> None:
    assert refs(judged("minor", 1, 1, 1, 4), judged("severe", 4, 2, 2, 0)) == ["severe", "minor"]


def test_one_factor_at_the_top_makes_a_harm_severe() -> None:
    place = prioritise([judged("a", 4, 1, 0, 1)])[0]
    assert (place.severity, place.band) == (4, Band.FIRST)


def test_likelihood_orders_harms_of_the_same_severity() -> None:
    assert refs(judged("rare", 3, 3, 3, 1), judged("often", 3, 1, 1, 3)) == ["often", "rare"]


def test_a_remedy_that_slips_away_goes_first_among_equals_whatever_the_likelihood() -> None:
    assert refs(judged("lasting", 4, 1, 2, 4), judged("closing", 2, 1, 4, 0)) == ["closing", "lasting"]


def test_involvement_never_changes_the_order() -> None:
    parts = [judged("a", 3, 2, 1, 2, part) for part in ("caused", "contributed", "linked")]
    assert len({prioritise([one])[0].rank for one in parts}) == 1
    assert len({prioritise([one])[0].band for one in parts}) == 1


def test_involvement_decides_what_is_owed() -> None:
    assert "remedy" in prioritise([judged("a", 3, 2, 1, 2, "caused")])[0].responses
    assert "use_leverage" in prioritise([judged("a", 3, 2, 1, 2, "linked")])[0].responses


def test_nothing_is_severe_where_no_harm_is_done() -> None:
    place = prioritise([judged("a", 0, 4, 4, 4)])[0]
    assert (place.severity, place.band, place.reasons[0].code) == (0, Band.WATCH, "no_harm")


def test_risks_that_nothing_tells_apart_share_a_rank() -> None:
    ranks = [
        place.rank for place in prioritise([judged("a", 2, 1, 1, 1), judged("b", 1, 2, 1, 1), judged("c", 1, 1, 1, 1)])
    ]
    assert ranks == [1, 1, 3]


def test_it_refuses_a_rung_that_the_ladder_does_not_have() -> None:
    with pytest.raises(ValueError, match="scope"):
        judged("a", 1, 5, 0, 0)


@given(assessments)
def test_severity_never_rises_down_the_list(found: list[Assessment]) -> None:
    severities = [place.severity for place in prioritise(found)]
    assert severities == sorted(severities, reverse=True)


@given(assessments)
def test_every_risk_keeps_a_place_and_a_reason(found: list[Assessment]) -> None:
    places = prioritise(found)
    assert sorted(place.ref for place in places) == sorted(one.ref for one in found)
    assert all(place.reasons for place in places)


@given(assessments)
def test_the_order_does_not_depend_on_the_order_in_which_risks_were_named(found: list[Assessment]) -> None:
    assert prioritise(found) == prioritise(reversed(found))
