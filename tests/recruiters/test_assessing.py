"""What an assessment comes to."""

from hypothesis import given
from hypothesis import strategies as st

from core.standards import standard
from recruiters.assessing import Conclusion, Criterion, Outcome, conclude

CRITERIA = [Criterion(c.code, c.principle, c.proposed_critical) for c in standard("iris").criteria]
ALL = {criterion.code: Outcome.CONFORMS for criterion in CRITERIA}
CRITICAL = next(c.code for c in CRITERIA if c.critical)
ORDINARY = next(c.code for c in CRITERIA if not c.critical)
answers = st.dictionaries(st.sampled_from([c.code for c in CRITERIA]), st.sampled_from(list(Outcome)))


def test_everything_conforming_is_positive():
    assert conclude(CRITERIA, ALL).conclusion == Conclusion.POSITIVE


def test_a_minor_gap_leaves_it_positive_with_gaps():
    assert conclude(CRITERIA, ALL | {CRITICAL: Outcome.MINOR_GAP}).conclusion == Conclusion.POSITIVE_WITH_GAPS


def test_one_criterion_not_assessed_is_not_positive():
    result = conclude(CRITERIA, ALL | {ORDINARY: Outcome.NOT_ASSESSED})
    assert result.conclusion == Conclusion.INCOMPLETE
    assert result.conforming == len(CRITERIA) - 1


def test_a_missing_answer_is_not_assessed():
    assert conclude(CRITERIA, {}).conclusion == Conclusion.INCOMPLETE


def test_a_major_gap_on_a_critical_criterion_blocks_whatever_else_was_found():
    result = conclude(CRITERIA, ALL | {CRITICAL: Outcome.MAJOR_GAP})
    assert result.conclusion == Conclusion.NEGATIVE
    assert result.reasons[0].rule == "critical_major_gap"
    assert result.reasons[0].criteria == (CRITICAL,)


def test_a_critical_criterion_is_not_inapplicable_without_a_reason():
    result = conclude(CRITERIA, ALL | {CRITICAL: Outcome.NOT_APPLICABLE}, unexplained=[CRITICAL])
    assert result.conclusion == Conclusion.INCOMPLETE
    assert conclude(CRITERIA, ALL | {CRITICAL: Outcome.NOT_APPLICABLE}).positive


@given(answers)
def test_no_positive_result_hides_a_gap_or_a_silence(found):
    result = conclude(CRITERIA, found)
    if result.positive:
        assert set(found.values()) <= {Outcome.CONFORMS, Outcome.MINOR_GAP, Outcome.NOT_APPLICABLE}
        assert len(found) == len(CRITERIA)


@given(answers)
def test_every_principle_counts_its_own(found):
    result = conclude(CRITERIA, found)
    assert len(result.principles) == 7
    assert sum(p.conforming for p in result.principles) == list(found.values()).count(Outcome.CONFORMS)
    assert all(p.assessed <= p.applicable for p in result.principles)
