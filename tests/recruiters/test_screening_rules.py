"""What screening one row means."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recruiters.screening import (
    Answer,
    Decision,
    Found,
    Gravity,
    HitState,
    ListState,
    Outcome,
    gravity_of_standing,
    gravity_of_topics,
    hit_state,
    judge_row,
    list_problems,
    name_problem,
    subject_key,
)

DAY = date(2026, 6, 15)
REGISTER = ListState("register", "register", DAY, 1, 300)
FRESH = ListState("un", "UN list", DAY - timedelta(days=3), 60, 700)
found = st.lists(
    st.builds(
        Found, st.text("abc", min_size=1, max_size=2), st.floats(0, 1),
        st.sampled_from(["clear", "possible", "match", "contradicted", "renamed", "not_screened"]),
        st.sampled_from(list(Gravity)),
    ),
    max_size=6,
)  # fmt: skip


def test_only_fresh_lists_let_it_say_clear():
    assert list_problems([REGISTER, FRESH], DAY) == ()
    assert judge_row("Blue Lantern", [], problems=()).outcome == Outcome.CLEAR


@pytest.mark.parametrize(
    ("lists", "problem"),
    [
        ([REGISTER], "no_watchlist:"),
        ([], "no_watchlist:"),
        ([REGISTER, ListState("un", "UN", DAY - timedelta(days=61), 60, 700)], "list_stale:un"),
        ([REGISTER, ListState("un", "UN", DAY, 60, 0)], "list_empty:un"),
        ([REGISTER, ListState("un", "UN", None, 60, 9)], "list_undated:un"),
        ([REGISTER, ListState("un", "UN", DAY + timedelta(days=2), 60, 9)], "list_from_future:un"),
        ([ListState("register", "register", DAY, 1, 0), FRESH], "list_empty:register"),
    ],
)
def test_a_list_that_cannot_be_used_makes_it_not_screened(lists, problem):
    problems = list_problems(lists, DAY)
    assert problems == (problem,)
    assert judge_row("Blue Lantern", [], problems=problems).outcome == Outcome.NOT_SCREENED


@pytest.mark.parametrize("name", ["", "   ", "12345", "--", "٣٤٥"])
def test_a_row_without_a_name_is_not_screened(name):
    assert name_problem(name)
    assert judge_row(name, []).outcome == Outcome.NOT_SCREENED


def test_an_engine_that_failed_is_not_screened():
    assert judge_row("Blue Lantern", [], failed=True).reason == "engine_failed"


def test_a_hit_is_a_hit_even_on_an_old_list():
    result = judge_row("Blue Lantern", [Found("a", 0.99, "match")], problems=("list_stale:un",))
    assert result.outcome == Outcome.MATCH
    assert result.problems == ("list_stale:un",)


def test_the_same_name_with_another_number_is_possible_and_says_contradicted():
    result = judge_row("Blue Lantern", [Found("a", 0.8, "contradicted")])
    assert (result.outcome, result.reason) == (Outcome.POSSIBLE, "hit_contradicted")


def test_the_same_number_with_another_name_is_shown_as_renamed():
    assert judge_row("Blue Lantern", [Found("a", 0.75, "renamed")]).reason == "hit_renamed"


@given(found, st.floats(0.05, 1), st.sampled_from([(), ("list_stale:un",)]), st.booleans())
def test_clear_is_never_said_without_having_looked(kept, threshold, problems, failed):
    result = judge_row("Blue Lantern", kept, problems=problems, threshold=threshold, failed=failed)
    if result.outcome == Outcome.CLEAR:
        assert not problems
        assert not failed
        assert all(f.score < threshold or f.verdict == "not_screened" for f in kept)
    if result.outcome == Outcome.MATCH:
        assert any(f.verdict == "match" and f.score >= threshold for f in kept)


@given(found)
def test_a_lower_threshold_never_hides_a_hit(kept):
    high, low = (judge_row("Blue Lantern", kept, threshold=t) for t in (0.8, 0.6))
    assert set(high.hits) <= set(low.hits)


def test_gravity_comes_from_what_stands_on_the_other_side():
    assert gravity_of_topics(["sanction"]) == gravity_of_topics(["forced.labor"]) == Gravity.SEVERE
    assert gravity_of_topics([]) == Gravity.ATTENTION
    assert gravity_of_standing("active") == Gravity.INFO
    assert gravity_of_standing("revoked") == Gravity.SEVERE
    assert gravity_of_standing("expired") == Gravity.ATTENTION


def test_a_severe_hit_is_settled_by_two_people_who_agree():
    one, two = Decision(Answer.TRUE, "1"), Decision(Answer.TRUE, "2")
    assert hit_state(Gravity.SEVERE, []) == HitState.OPEN
    assert hit_state(Gravity.SEVERE, [one]) == HitState.AWAITING_SECOND
    assert hit_state(Gravity.SEVERE, [one, one]) == HitState.AWAITING_SECOND
    assert hit_state(Gravity.SEVERE, [one, two]) == HitState.TRUE
    assert hit_state(Gravity.SEVERE, [one, Decision(Answer.FALSE, "2")]) == HitState.OPEN


def test_an_ordinary_hit_is_settled_by_one():
    assert hit_state(Gravity.ATTENTION, [Decision(Answer.FALSE, "1")]) == HitState.FALSE
    assert hit_state(Gravity.SEVERE, [Decision(Answer.UNSURE, "1")]) == HitState.UNSURE


def test_a_row_is_known_again_however_its_name_is_punctuated():
    assert subject_key("M/S Al-Amin", "BD", "RL-0010") == subject_key("m s al amin", "BD", "rl 10")
    assert subject_key("Al Amin", "BD", "RL-10") != subject_key("Al Amin", "BD", "RL-11")
