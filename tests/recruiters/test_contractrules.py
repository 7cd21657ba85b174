"""What a changed contract means for the worker."""

from recruiters.contractrules import Direction, Finding, compare, is_substitution, severity_of_finding


def test_lower_pay_is_worse_and_higher_pay_better():
    assert compare({"CT-10": "QAR 1,200"}, {"CT-10": "QAR 900"})[0].direction == Direction.WORSE
    assert compare({"CT-10": "QAR 900"}, {"CT-10": "QAR 1,200"})[0].direction == Direction.BETTER


def test_more_deductions_and_longer_hours_are_worse():
    assert compare({"CT-15": "8 hours"}, {"CT-15": "12 hours"})[0].direction == Direction.WORSE
    assert is_substitution(compare({"CT-14": "0"}, {"CT-14": "150"}))


def test_a_term_that_vanished_is_worse():
    assert compare({"CT-16": "30 days"}, {})[0].direction == Direction.WORSE


def test_the_same_words_in_another_case_are_no_difference():
    assert compare({"CT-05": "Mason  work"}, {"CT-05": "mason work"}) == ()


def test_changed_pay_is_critical_and_a_missing_recommended_element_minor():
    assert severity_of_finding("CT-10", Finding.SUBSTITUTED_WORSE, required=True) == "critical"
    assert severity_of_finding("CT-32", Finding.MISSING, required=False) == "minor"
    assert severity_of_finding("CT-05", Finding.PRESENT, required=True) == "none"
