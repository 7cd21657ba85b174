"""What a changed contract means for the worker."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.standards import standard
from recruiters.contractrules import (
    Direction,
    Finding,
    Version,
    compare,
    is_substitution,
    monthly,
    review,
    severity_of_finding,
)
from recruiters.contractterms import FIELDS, Kind, Money, Number, Unreadable, read, store


def version(name: str = "offered", *, whole: bool = False, **terms) -> Version:
    return Version(name, terms, whole)


def money(amount: object, currency: str = "QAR", per: str = "month") -> Money:
    return Money(Decimal(str(amount)), currency, per)


def number(value: object, unit: str) -> Number:
    return Number(Decimal(str(value)), unit)


def one(before: Version, after: Version):
    """Return the only difference."""
    found = compare(before, after)
    assert len(found) == 1, found
    return found[0]


def test_every_element_of_the_standard_has_a_field_to_compare():
    assert {field.element for field in FIELDS} == {element.code for element in standard("contract").elements}


def test_lower_pay_is_worse_and_critical_and_higher_pay_better():
    lower = one(version(pay=money(1200)), version("signed", pay=money(900)))
    assert (lower.direction, lower.severity) == (Direction.WORSE, "critical")
    assert one(version(pay=money(900)), version("signed", pay=money(1200))).direction == Direction.BETTER


def test_pay_in_another_currency_is_not_compared():
    found = one(version(pay=money(1200)), version("signed", pay=money(60000, "NPR")))
    assert (found.direction, found.why) == (Direction.CANNOT_TELL, "other_currency")


def test_pay_by_the_hour_and_by_the_month_are_compared_only_where_the_hours_are_known():
    offered = version(pay=money(1200))
    without = one(offered, version("signed", pay=money(5, per="hour")))
    assert (without.direction, without.why) == (Direction.CANNOT_TELL, "hours_not_known")
    known = version("signed", pay=money(5, per="hour"), hours=number(48, "week"))
    assert [(d.field, d.direction) for d in compare(offered, known)] == [("pay", Direction.WORSE)]  # 1,040 a month


def test_a_day_s_pay_is_counted_by_the_days_of_work():
    assert monthly(money(60, per="day"), {"rest_days": number(1, "week")}) == Decimal(60) * 6 * 52 / 12
    assert monthly(money(60, per="day"), {}) is None
    assert monthly(money(600, per="once"), {}) is None


def test_hours_by_the_day_and_by_the_week_need_the_day_of_rest():
    offered = version(hours=number(8, "day"), rest_days=number(1, "week"))
    signed = version("signed", hours=number(60, "week"), rest_days=number(1, "week"))
    assert [(d.field, d.direction) for d in compare(offered, signed)] == [("hours", Direction.WORSE)]
    assert one(version(hours=number(8, "day")), version("signed", hours=number(60, "week"))).why == "days_not_known"


def test_a_cost_that_moves_to_the_worker_is_worse():
    found = one(version(lodging="employer"), version("actual", lodging="worker"))
    assert (found.direction, found.why) == (Direction.WORSE, "moved_to_worker")


def test_another_employer_is_critical_and_another_title_cannot_be_told():
    other = one(version(employer="Northwind"), version("actual", employer="Gulf Star Cleaning"))
    assert (other.direction, other.severity) == (Direction.WORSE, "critical")
    assert one(version(work="Mason"), version("signed", work="Helper")).direction == Direction.CANNOT_TELL


def test_the_same_words_in_another_case_are_no_difference():
    assert compare(version(work="Mason  work"), version("signed", work="mason work")) == ()


def test_a_term_that_vanished_from_a_paper_that_was_read_is_worse_and_otherwise_not_known():
    offered = version(leave=number(30, "year"))
    assert one(offered, version("signed", whole=True)).why == "no_longer_stated"
    assert compare(offered, version("signed", pay=money(1))) == ()


def test_a_new_deduction_is_worse():
    found = one(version(whole=True), version("signed", deductions=money(150)))
    assert (found.direction, found.why) == (Direction.WORSE, "newly_demanded")


def test_the_reality_is_held_against_the_offer_where_the_signed_paper_is_silent():
    found = review(
        {
            "offered": version(passport="worker", pay=money(1200)),
            "signed": version("signed", pay=money(1200)),
            "actual": version("actual", passport="employer", pay=money(1000)),
        },
        (),
    )
    assert {(d.field, d.before_version) for d in found.differences} == {("passport", "offered"), ("pay", "signed")}
    assert found.substituted
    assert found.severity == "critical"


def test_a_required_element_is_missing_only_from_a_paper_that_was_read_whole():
    read_it = {"signed": version("signed", whole=True, pay=money(1))}
    assert review(read_it, ["CT-10", "CT-15"]).missing == ("CT-15",)
    assert review({"signed": version("signed", pay=money(1))}, ["CT-15"]).missing == ()


def test_changed_pay_is_critical_and_a_missing_recommended_element_minor():
    assert severity_of_finding("CT-10", Finding.SUBSTITUTED_WORSE, required=True) == "critical"
    assert severity_of_finding("CT-32", Finding.MISSING, required=False) == "minor"
    assert severity_of_finding("CT-05", Finding.PRESENT, required=True) == "none"


@pytest.mark.parametrize(
    ("name", "data", "why"),
    [
        ("pay", {"amount": "many", "currency": "QAR"}, "number"),
        ("pay", {"amount": "12", "currency": "riyal"}, "currency"),
        ("pay", {"amount": "-5", "currency": "QAR"}, "number"),
        ("pay", {"amount": "NaN", "currency": "QAR"}, "number"),
        ("hours", {"number": "8", "unit": "fortnight"}, "unit"),
        ("food", {"choice": "nobody"}, "choice"),
    ],
)
def test_what_cannot_be_read_is_refused_with_its_reason(name, data, why):
    with pytest.raises(Unreadable, match=why):
        read(next(field for field in FIELDS if field.name == name), data)


def test_numbers_are_read_in_the_digits_of_our_scripts():
    pay = next(field for field in FIELDS if field.name == "pay")
    for text in ("1,200", "١٢٠٠", "१२००"):
        assert read(pay, {"amount": text, "currency": "qar"}) == money(1200)


def value_of(field):
    if field.kind is Kind.MONEY:
        return st.builds(
            money, st.integers(0, 9999), st.sampled_from(["QAR", "NPR"]), st.sampled_from(["month", "hour"])
        )
    if field.kind is Kind.NUMBER:
        return st.builds(number, st.integers(0, 90), st.sampled_from(field.units))
    return st.sampled_from(field.choices) if field.kind is Kind.CHOICE else st.sampled_from(["one", "two"])


terms = st.fixed_dictionaries({}, optional={field.name: value_of(field) for field in FIELDS[::2]})


@given(terms, terms)
def test_what_is_worse_one_way_is_better_the_other_way_where_sizes_are_compared(first, second):
    there = {d.field: d.direction for d in compare(Version("offered", first), Version("signed", second))}
    back = {d.field: d.direction for d in compare(Version("offered", second), Version("signed", first))}
    turned = {Direction.WORSE: Direction.BETTER, Direction.BETTER: Direction.WORSE}
    for field in FIELDS:
        if field.kind is not Kind.TEXT and field.name in there:
            assert back[field.name] == turned.get(there[field.name], there[field.name])


@given(terms)
def test_a_contract_is_no_substitution_of_itself_and_survives_being_stored(found):
    same = Version("offered", found, whole=True)
    assert not is_substitution(compare(same, Version("signed", found, whole=True)))
    for field in FIELDS:
        if field.name in found:
            assert read(field, store(found[field.name])) == found[field.name]


@pytest.mark.parametrize(
    ("offered", "signed", "expected"),
    [
        ("Al Noor Co.", "AL NOOR CO", None),
        ("Al Noor Co.", "شركة النور", None),
        ("Al Noor Contracting Co.", "Al-Nour Contracting W.L.L.", None),
        ("Al Noor Co.", "Gulf Star Cleaning", "other_one"),
        ("Nepal Star Co.", "Qatar Star Co.", "alike_names"),
        ("Light Trading Company", "شركة النور للتجارة", "alike_names"),
    ],
)
def test_an_employer_written_otherwise_is_no_substitution(offered, signed, expected):
    found = compare(version(employer=offered), version("signed", employer=signed))
    assert [each.why for each in found] == ([expected] if expected else [])
    assert is_substitution(found) == (expected == "other_one")
    assert [each.severity for each in found] == {"other_one": ["critical"], "alike_names": ["minor"], None: []}[
        expected
    ]


def test_a_place_written_in_two_scripts_is_the_same_or_left_to_a_person():
    assert not is_substitution(compare(version(workplace="Doha"), version("signed", workplace="الدوحة")))
    assert not compare(version(workplace="Doha, Qatar"), version("signed", workplace="DOHA"))
    assert is_substitution(compare(version(workplace="Doha"), version("signed", workplace="Riyadh")))
