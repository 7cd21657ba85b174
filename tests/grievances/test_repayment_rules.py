"""What a worker is owed for fees taken from her: worked by hand to the cent, and rules that hold for every claim."""

from datetime import date
from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grievances.remedy import Word
from grievances.repayment import (
    Claim,
    Estimate,
    FeeItem,
    Interest,
    Method,
    Payee,
    Payment,
    Rate,
    UnfitFigures,
    Way,
    clawback_checks,
    falls_short,
    minor_unit,
    missing_of,
    overdue,
    plan,
    reckon,
    ways,
)

D = Decimal
DAY = date(2025, 3, 1)
RATES = (
    Rate("NPR", "QAR", date(2024, 3, 1), D("0.02740"), "Nepal Rastra Bank"),
    Rate("NPR", "QAR", date(2025, 2, 28), D("0.02650"), "Nepal Rastra Bank"),
    Rate("NPR", "QAR", date(2025, 3, 10), D("0.02750"), "Nepal Rastra Bank"),
    Rate("USD", "QAR", date(2024, 6, 1), D("3.6400"), "Qatar Central Bank"),
    Rate("USD", "QAR", date(2025, 3, 1), D("3.6410"), "Qatar Central Bank"),
)


def item(number: int, amount: str, currency: str, paid_on: date, **more: object) -> FeeItem:
    estimates = (Estimate(Method.DECLARATION, D(amount)),)
    return FeeItem(number, "FEE-A1", currency, paid_on, **{"estimates": estimates, **more})  # type: ignore[arg-type]


def three_currencies(**more: object) -> Claim:
    two = (Estimate(Method.DOCUMENTED, D("450")), Estimate(Method.DECLARATION, D("500")))
    items = (
        item(1, "120000", "NPR", date(2024, 3, 1)),
        item(2, "300", "USD", date(2024, 6, 1)),
        item(3, "0", "QAR", date(2024, 9, 15), estimates=two),
    )
    return Claim("QAR", DAY, items, RATES, Interest(D("10"), "court rate of Qatar"), **more)  # type: ignore[arg-type]


def test_three_currencies_are_reckoned_to_the_cent_as_by_hand() -> None:
    # 1: 120,000 NPR. Then 0.02740, now 0.02650 (newest on or before 1 March): the better for her is then.
    #    120,000 x 0.02740 = 3,288.00; 365 days at 10 %: 328.80; together 3,616.80.
    # 2: 300 USD. Then 3.6400, now 3.6410: now is better. 300 x 3.6410 = 1,092.30.
    #    273 days: 1,092.30 x 0.10 x 273 / 365 = 81.698 -> 81.70; together 1,174.00.
    # 3: 500 QAR by her word, 450 by a receipt: the higher counts. 167 days: 500 x 0.10 x 167 / 365 = 22.877 -> 22.88.
    #    together 522.88.
    # Due: 3,616.80 + 1,174.00 + 522.88 = 5,313.68.
    found = reckon(three_currencies())
    assert [(line.principal, line.interest) for line in found.lines] == [
        (D("3288.00"), D("328.80")),
        (D("1092.30"), D("81.70")),
        (D("500.00"), D("22.88")),
    ]
    assert found.due == found.outstanding == D("5313.68")
    assert [line.reasons for line in found.lines] == [
        ("rate_of_then", "simple_interest"),
        ("rate_of_now", "simple_interest"),
        ("higher_estimate", "simple_interest"),
    ]
    first = found.lines[0]
    assert first.rate_then is not None
    assert first.rate_now is not None
    assert (first.rate_then.source, first.rate_now.on) == ("Nepal Rastra Bank", date(2025, 2, 28))


def test_three_instalments_one_of_them_to_a_payee_who_left_the_country() -> None:
    # 5,313.68 in three parts: 531,368 hundredths = 3 x 177,122 + 2, so 1,771.23 + 1,771.23 + 1,771.22.
    parts = plan(D("5313.68"), 3, date(2025, 3, 31), currency="QAR")
    assert [(part.amount, part.due_on) for part in parts] == [
        (D("1771.23"), date(2025, 3, 31)),
        (D("1771.23"), date(2025, 4, 30)),
        (D("1771.22"), date(2025, 5, 31)),
    ]
    # She is home: 64,500 NPR to her own account on 10 March, at that day's 0.02750 = 1,773.75, and she says all came.
    # The second part is proven and she has not spoken yet: 1,771.23 wait.
    # Of the third, 1,000.00 sent, she got 750.00: 250.00 are disputed.
    # Confirmed 1,773.75 + 750.00 = 2,523.75; outstanding 5,313.68 - 2,523.75 - 1,771.23 = 1,018.70.
    paid = (
        Payment(1, date(2025, 3, 10), D("64500"), "NPR", proven=True, word=Word.ALL),
        Payment(2, date(2025, 4, 30), D("1771.23"), "QAR", proven=True),
        Payment(3, date(2025, 5, 31), D("1000"), "QAR", proven=True, word=Word.PART, received=D("750")),
    )
    found = reckon(three_currencies(payments=paid))
    assert (found.confirmed, found.waiting, found.disputed) == (D("2523.75"), D("1771.23"), D("250.00"))
    assert found.outstanding == D("1018.70")
    assert not found.settled
    # 2,523.75 + 1,771.23 = 4,294.98 cover the first two parts and 752.52 of the third: 1,018.70 of it are late.
    assert overdue(parts, found, today=date(2025, 6, 1)) == ((parts[2], D("1018.70")),)
    assert overdue(parts, found, today=date(2025, 5, 31)) == ()


def test_an_unproven_payment_pays_nothing_off() -> None:
    found = reckon(three_currencies(payments=(Payment(1, DAY, D("5313.68"), "QAR"),)))
    assert (found.unproven, found.outstanding) == (D("5313.68"), D("5313.68"))


def test_a_proven_payment_settles_nothing_before_the_worker_says_so() -> None:
    sent = Payment(1, DAY, D("5313.68"), "QAR", proven=True)
    assert not reckon(three_currencies(payments=(sent,))).settled
    said = Payment(1, DAY, D("5313.68"), "QAR", proven=True, word=Word.ALL)
    assert reckon(three_currencies(payments=(said,))).settled


def test_what_she_says_she_did_not_get_is_still_owed() -> None:
    said = Payment(1, DAY, D("5313.68"), "QAR", proven=True, word=Word.NONE)
    found = reckon(three_currencies(payments=(said,)))
    assert (found.disputed, found.outstanding) == (D("5313.68"), D("5313.68"))


def test_interest_really_paid_on_a_loan_takes_the_place_of_the_stated_rate() -> None:
    loan = item(1, "2000", "QAR", date(2024, 3, 1), loan=True)
    paid = item(2, "340", "QAR", date(2025, 2, 1), loan=True)
    found = reckon(Claim("QAR", DAY, (loan, paid), (), Interest(D("10"), "court rate")))
    assert found.due == D("2340.00")
    assert all("loan_interest_counted_apart" in line.reasons for line in found.lines)


def test_the_worker_may_ask_for_another_estimate_than_the_highest() -> None:
    two = (Estimate(Method.DOCUMENTED, D("450")), Estimate(Method.BAND, D("500")))
    asked = item(1, "0", "QAR", DAY, estimates=two, chosen=Method.DOCUMENTED)
    assert reckon(Claim("QAR", DAY, (asked,))).due == D("450.00")


def test_a_missing_rate_is_named_with_its_currencies_and_day() -> None:
    claim = Claim("QAR", DAY, (item(1, "10", "PHP", date(2024, 1, 5)),), RATES)
    with pytest.raises(UnfitFigures) as refused:
        reckon(claim)
    assert (refused.value.code, refused.value.detail) == ("rate_missing", "PHP QAR 2024-01-05")


def test_dinars_have_thousandths_and_yen_no_fractions() -> None:
    assert reckon(Claim("KWD", DAY, (item(1, "10.0005", "KWD", DAY),))).due == D("10.001")
    assert reckon(Claim("JPY", DAY, (item(1, "1000.5", "JPY", DAY),))).due == D("1001")


def test_nobody_is_paid_through_a_familys_account_but_the_family_of_somebody_who_died() -> None:
    assert Way.FAMILY_ACCOUNT not in ways(Payee.CURRENT) | ways(Payee.LEFT) | ways(Payee.REPATRIATED)
    assert Way.FAMILY_ACCOUNT in ways(Payee.FAMILY)
    assert Way.OWN_ACCOUNT not in ways(Payee.FAMILY)


def test_somebody_asks_thirty_and_a_hundred_and_eighty_days_after_the_last_payment() -> None:
    paid = [
        Payment(1, date(2025, 1, 1), D(1), "QAR", proven=True),
        Payment(2, date(2025, 2, 1), D(1), "QAR", proven=True),
    ]
    assert clawback_checks(paid) == (date(2025, 3, 3), date(2025, 7, 31))
    assert clawback_checks([Payment(1, date(2025, 1, 1), D(1), "QAR")]) == ()


money = st.decimals(min_value="0.01", max_value="10000000", places=2)


@given(money, st.integers(1, 60), st.dates(date(2020, 1, 1), date(2040, 1, 1)), st.sampled_from(["QAR", "KWD", "JPY"]))
def test_the_parts_of_a_plan_add_up_exactly_and_follow_each_other(
    total: D, count: int, first: date, currency: str
) -> None:
    whole = total.quantize(minor_unit(currency))
    try:
        parts = plan(whole, count, first, currency=currency)
    except UnfitFigures:
        assert whole < minor_unit(currency) * count
        return
    assert sum(part.amount for part in parts) == whole
    assert max(part.amount for part in parts) - min(part.amount for part in parts) <= minor_unit(currency)
    assert all(one.due_on < two.due_on for one, two in pairwise(parts))


@given(money, st.decimals("0.0001", "5000", places=4), st.decimals("0.0001", "5000", places=4))
def test_the_worker_never_gets_the_worse_of_two_rates(amount: D, then: D, now: D) -> None:
    rates = (Rate("NPR", "QAR", date(2024, 1, 1), then, "bank"), Rate("NPR", "QAR", DAY, now, "bank"))
    fee = item(1, str(amount), "NPR", date(2024, 1, 1))
    due = reckon(Claim("QAR", DAY, (fee,), rates)).due
    assert due == max(
        reckon(Claim("QAR", DAY, (fee,), (each, Rate("NPR", "QAR", DAY, each.value, "x")))).due
        for each in (rates[0], Rate("NPR", "QAR", date(2024, 1, 1), now, "bank"))
    )


@given(st.lists(st.tuples(money, st.booleans(), st.sampled_from([None, *Word]), money), max_size=6))
def test_money_is_never_counted_twice_or_lost(rows: list[tuple[D, bool, Word | None, D]]) -> None:
    payments = tuple(
        Payment(number, DAY, amount, "QAR", proven=proven, word=word, received=min(part, amount))
        for number, (amount, proven, word, part) in enumerate(rows)
    )
    found = reckon(Claim("QAR", DAY, (item(1, "1000", "QAR", DAY),), payments=payments))
    assert found.confirmed + found.waiting + found.disputed + found.unproven == sum((row[0] for row in rows), D(0))
    assert found.outstanding >= 0
    assert found.due == D("1000.00")


def test_a_plan_made_after_a_first_payment_does_not_count_that_payment_again() -> None:
    """900 were owed, 300 came, the other 600 were planned in two parts: none of them is paid yet."""
    fees, paid = (item(1, "900", "QAR", DAY),), Payment(1, DAY, D("300"), "QAR", proven=True)
    before = reckon(Claim("QAR", DAY, fees, payments=(paid,)))
    parts = plan(before.outstanding, 2, date(2025, 4, 1), currency="QAR")
    assert [missing for _part, missing in missing_of(parts, before)] == [D("300.00"), D("300.00")]
    assert overdue(parts, before, today=date(2025, 4, 2)) == ((parts[0], D("300.00")),)
    second = Payment(2, DAY, D("350"), "QAR", proven=True)
    after = reckon(Claim("QAR", DAY, fees, payments=(paid, second)))
    assert [missing for _part, missing in missing_of(parts, after)] == [D("0.00"), D("250.00")]
    assert not falls_short(parts, after)
    more = reckon(Claim("QAR", DAY, (*fees, item(2, "100", "QAR", DAY)), payments=(paid,)))
    assert falls_short(parts, more), "a fee was added, and the plan does not know of it"
