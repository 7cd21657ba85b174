"""Closing: only with delivered remedy and the worker's word, or a recorded reason why it cannot be had."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grievances.remedy import Attempt, Inquiry, Outcome, StepFacts, StepState, contact_lost, judge_closing, may_move

TODAY = date(2026, 11, 21)
CONFIRMED = StepFacts(1, "restitution", StepState.CONFIRMED, proven=True)
LOST = [
    Attempt(TODAY - timedelta(days=40), "phone"),
    Attempt(TODAY - timedelta(days=20), "receipt"),
    Attempt(TODAY - timedelta(days=2), "phone"),
]

LOOKED_INTO = Inquiry(harms=2, not_found=2, found_by_others=2, accepted_elsewhere=True)


def close(
    outcome,
    steps=(CONFIRMED,),
    attempts=(),
    *,
    root_cause="fees_in_chain",
    urgent=False,
    withdrawn=False,
    inquiry=LOOKED_INTO,
):
    return judge_closing(
        outcome,
        steps,
        attempts,
        today=TODAY,
        root_cause=root_cause,
        urgent=urgent,
        withdrawn=withdrawn,
        inquiry=inquiry,
    )


def blockers(closing):
    return [(each.code, each.step) for each in closing.blockers]


def test_it_closes_when_everything_is_delivered_proven_and_confirmed_by_the_worker() -> None:
    assert close(Outcome.RESOLVED_CONFIRMED).allowed


def test_nothing_closes_on_the_respondents_word_alone() -> None:
    delivered = StepFacts(1, "restitution", StepState.DELIVERED, proven=True)
    assert blockers(close(Outcome.RESOLVED_CONFIRMED, [delivered])) == [("worker_word_missing", 1)]


def test_the_workers_word_without_proof_is_not_enough_either() -> None:
    unproven = StepFacts(2, "compensation_financial", StepState.CONFIRMED, proven=False)
    assert blockers(close(Outcome.RESOLVED_CONFIRMED, [unproven])) == [("proof_missing", 2)]


def test_a_case_without_any_step_cannot_be_resolved() -> None:
    assert blockers(close(Outcome.RESOLVED_CONFIRMED, [])) == [("no_steps", 0)]


def test_a_step_that_the_worker_disputes_stands_in_the_way() -> None:
    disputed = StepFacts(1, "restitution", StepState.DISPUTED, proven=True)
    assert blockers(close(Outcome.RESOLVED_CONFIRMED, [CONFIRMED, disputed])) == [("worker_disputes", 1)]


def test_a_replaced_step_does_not() -> None:
    replaced = StepFacts(2, "apology", StepState.REPLACED)
    assert close(Outcome.RESOLVED_CONFIRMED, [CONFIRMED, replaced]).allowed


def test_an_official_decision_needs_no_word_of_the_worker() -> None:
    sanction = StepFacts(2, "punitive_sanction", StepState.DELIVERED, proven=True)
    assert close(Outcome.RESOLVED_CONFIRMED, [CONFIRMED, sanction]).allowed


def test_contact_is_lost_only_after_enough_tries_in_enough_ways_over_enough_days() -> None:
    assert contact_lost(LOST, TODAY)
    assert not contact_lost(LOST[:2], TODAY)
    assert not contact_lost([Attempt(each.on, "phone") for each in LOST], TODAY)
    assert not contact_lost([Attempt(TODAY - timedelta(days=10 - n), c) for n, c in enumerate("abc")], TODAY)


def test_it_closes_without_the_workers_word_only_when_contact_is_lost_and_two_people_agree() -> None:
    delivered = StepFacts(1, "restitution", StepState.DELIVERED, proven=True)
    assert blockers(close(Outcome.CONTACT_LOST, [delivered])) == [("contact_attempts_missing", 0)]
    closing = close(Outcome.CONTACT_LOST, [delivered], LOST)
    assert closing.allowed
    assert closing.needs_second_person


def test_it_asks_what_let_it_happen() -> None:
    assert blockers(close(Outcome.RESOLVED_CONFIRMED, root_cause="")) == [("root_cause_missing", 0)]


def test_only_what_the_worker_withdrew_closes_as_withdrawn() -> None:
    assert blockers(close(Outcome.WITHDRAWN)) == [("not_withdrawn", 0)]
    assert close(Outcome.WITHDRAWN, withdrawn=True).allowed
    assert close(Outcome.WITHDRAWN_PRESSURE, withdrawn=True).needs_second_person


@given(st.sampled_from(list(Outcome)))
def test_an_urgent_case_always_needs_a_second_person(outcome: Outcome) -> None:
    assert close(outcome, urgent=True).needs_second_person


any_step = st.builds(
    StepFacts,
    number=st.integers(1, 9),
    form=st.just("restitution"),
    state=st.sampled_from(StepState),
    proven=st.booleans(),
)


@given(st.lists(any_step, max_size=5))
def test_resolved_always_means_that_every_open_step_is_confirmed_and_proven(steps: list[StepFacts]) -> None:
    if close(Outcome.RESOLVED_CONFIRMED, steps).allowed:
        standing = [step for step in steps if step.state is not StepState.REPLACED]
        assert standing
        assert all(step.state is StepState.CONFIRMED and step.proven for step in standing)


@pytest.mark.parametrize("state", list(StepState))
def test_delivery_is_never_skipped(state: StepState) -> None:
    if state not in {StepState.DELIVERED, StepState.PARTLY, StepState.DISPUTED}:
        assert not may_move(state, StepState.CONFIRMED)


def codes(closing) -> set[str]:
    return {blocker.code for blocker in closing.blockers}


def test_a_harm_is_not_put_aside_unexamined_nor_on_the_word_of_whoever_is_accused_alone() -> None:
    end = Outcome.NOT_SUBSTANTIATED
    assert close(end).allowed
    assert codes(close(end, inquiry=Inquiry())) == {"not_examined"}
    assert codes(close(end, inquiry=Inquiry(harms=2, not_found=1, found_by_others=1))) == {"not_examined"}
    only_his_word = Inquiry(harms=2, not_found=2, found_by_others=1)
    assert codes(close(end, inquiry=only_his_word)) == {"only_respondent_word"}


def test_a_case_ends_without_her_yes_only_once_she_was_told_what_the_other_side_says() -> None:
    untold = Inquiry(harms=1, not_found=1, found_by_others=1, reply_untold=True)
    for end in (Outcome.PARTLY, Outcome.REFUSED, Outcome.ESCALATED, Outcome.NOT_SUBSTANTIATED):
        assert "reply_untold" in codes(close(end, inquiry=untold))
    assert "reply_untold" not in codes(close(Outcome.RESOLVED_CONFIRMED, inquiry=untold))


def test_a_case_goes_elsewhere_only_where_somebody_accepted_it() -> None:
    assert close(Outcome.REFERRED).allowed
    assert codes(close(Outcome.REFERRED, inquiry=Inquiry())) == {"not_accepted_elsewhere"}
