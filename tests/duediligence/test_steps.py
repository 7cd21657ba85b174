"""What a record lacks, what stops it, what becomes a public gap."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from duediligence.states import AnswerState
from duediligence.steps import (
    ActionFacts,
    AnswerFacts,
    Level,
    Progress,
    RecordFacts,
    RiskFacts,
    answer_issues,
    check,
)

TODAY = date(2026, 3, 1)
DONE = AnswerFacts("1.1", 1, AnswerState.DONE, True, False, True, True, date(2025, 6, 1), 1)
WHOLE = RecordFacts(date(2025, 12, 31), (DONE,), suppliers=1, recruiters=1, risks=(RiskFacts("RSK-1", 3, 1),))


def codes(record: RecordFacts, level: Level) -> set[str]:
    return {issue.code for issue in check(record, TODAY).issues if issue.level is level}


def test_a_whole_record_has_no_issue() -> None:
    assert check(WHOLE, TODAY).issues == ()


def test_an_action_without_answer_stops_the_publication() -> None:
    assert codes(replace(WHOLE, answers=(AnswerFacts("1.1", 1),)), Level.ERROR) == {"unanswered"}


@pytest.mark.parametrize("state", ["not_done", "not_applicable", "none", "not_known", "withheld"])
def test_every_answer_that_is_not_about_doing_needs_a_reason(state: str) -> None:
    answer = AnswerFacts("1.1", 1, AnswerState(state))
    assert "reason_missing" in {issue.code for issue in answer_issues(answer, TODAY)}
    given = replace(answer, has_reason=True)
    assert not any(issue.is_error for issue in answer_issues(given, TODAY))


@pytest.mark.parametrize("state", ["not_applicable", "none"])
def test_none_and_not_applicable_with_a_reason_are_no_gaps(state: str) -> None:
    assert answer_issues(AnswerFacts("1.1", 1, AnswerState(state), has_reason=True), TODAY) == []


@pytest.mark.parametrize("state", ["under_way", "not_done", "not_known", "withheld"])
def test_what_is_open_or_kept_back_is_shown_as_a_gap(state: str) -> None:
    answer = AnswerFacts("1.1", 1, AnswerState(state), has_text=True, has_reason=True, has_owner=True)
    assert {issue.code for issue in answer_issues(answer, TODAY)} == {f"is_{state}"}


def test_done_without_evidence_is_a_gap_and_done_in_the_future_an_error() -> None:
    assert codes(replace(WHOLE, answers=(replace(DONE, evidence=0),)), Level.WARNING) == {"evidence_missing"}
    future = replace(DONE, on=date(2026, 3, 2))
    assert codes(replace(WHOLE, answers=(future,)), Level.ERROR) == {"date_in_future"}


def test_finding_no_risk_is_a_gap() -> None:
    assert "no_risks" in codes(replace(WHOLE, risks=()), Level.WARNING)


def test_a_severe_risk_without_action_is_a_gap_and_an_unjudged_one_an_error() -> None:
    assert codes(replace(WHOLE, risks=(RiskFacts("R", 3, 0),)), Level.WARNING) == {"severe_risk_without_action"}
    assert codes(replace(WHOLE, risks=(RiskFacts("R", 2, 0),)), Level.WARNING) == set()
    assert codes(replace(WHOLE, risks=(RiskFacts("R", None, 0),)), Level.ERROR) == {"risk_not_assessed"}


def test_an_overdue_action_and_an_unanswered_case_are_gaps() -> None:
    late = ActionFacts("ACT-1", True, date(2026, 2, 1), True)
    record = replace(WHOLE, actions=(late,), cases=2, cases_answered=1)
    assert codes(record, Level.WARNING) == {"action_overdue", "cases_without_answer"}


def test_progress_counts_answers_and_never_speaks_of_sending_or_publishing() -> None:
    answers = (DONE, replace(DONE, action="2.1", step=2), AnswerFacts("2.2", 2), AnswerFacts("3.1", 3))
    found = check(replace(WHOLE, answers=answers), TODAY)
    assert [step.progress for step in found.steps] == [Progress.ANSWERED, Progress.IN_PROGRESS, Progress.NOT_STARTED]
    assert (found.answered, found.total) == (2, 4)
    assert not {"submitted", "sent", "published", "completed"} & {progress.value for progress in Progress}


answers_of_any_kind = st.builds(
    AnswerFacts, st.sampled_from(["1.1", "2.2", "6.1"]), st.integers(1, 6), st.sampled_from(AnswerState), st.booleans(),
    st.booleans(), st.booleans(), st.booleans(), st.none() | st.dates(date(2020, 1, 1), date(2030, 1, 1)),
    st.integers(0, 3),
)  # fmt: skip


@given(answers_of_any_kind)
def test_adding_what_is_missing_never_adds_an_error(answer: AnswerFacts) -> None:
    before = sum(issue.is_error for issue in answer_issues(answer, TODAY))
    fuller = replace(answer, has_text=True, has_reason=True, has_owner=True, evidence=answer.evidence + 1)
    assert sum(issue.is_error for issue in answer_issues(fuller, TODAY)) <= before
