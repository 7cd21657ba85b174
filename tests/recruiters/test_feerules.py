"""A payment is answered apart: by the international standard, and by the law of each country."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recruiters.feerulebook import BrokenRule, read, reviewed
from recruiters.feerules import NationalRule, Payer, Payment, Verdict, judge

NEPAL = NationalRule(
    "NP", "", Decimal(10000), "NPR", date(2015, 7, 6), receipt_required=True, disclosure_required=True, verified=True
)
QATAR = NationalRule("", "QA", Decimal(0), "QAR", verified=True)


def payment(**fields) -> Payment:
    given_fields = {
        "category": "FEE-A1", "fee_class": "A", "payer": Payer.WORKER, "amount": Decimal(8000), "currency": "NPR",
        "paid_on": date(2026, 1, 5), "origin": "NP", "destination": "QA", "receipt_held": True,
        "disclosed_before": True,
    }  # fmt: skip
    return Payment(**{**given_fields, **fields})


def law(of: str, rules, **fields):
    """Return the answer of one country's law."""
    return next(answer for answer in judge(payment(**fields), rules).countries if answer.country == of)


def test_a_payment_within_the_cap_is_lawful_there_and_yet_a_breach_of_the_standard():
    assert judge(payment(), [NEPAL]).international.verdict == Verdict.BREACH
    assert law("NP", [NEPAL]).verdict == Verdict.LAWFUL


def test_the_law_of_each_country_is_answered_apart():
    answer = judge(payment(), [NEPAL, QATAR])
    assert {each.country: each.verdict for each in answer.countries} == {"NP": "lawful", "QA": "breach"}
    assert answer.national.verdict == Verdict.BREACH


def test_what_one_country_allows_is_not_lawful_while_the_others_law_is_not_known():
    assert law("QA", [NEPAL]).reasons == ("no_rule_on_record",)
    assert judge(payment(), [NEPAL]).national.verdict == Verdict.CANNOT_SAY


@pytest.mark.parametrize(
    ("fields", "why"),
    [
        ({"amount": Decimal(10001)}, "above_cap"),
        ({"disclosed_before": False}, "not_disclosed"),
        ({"receipt_held": False}, "no_receipt"),
    ],
)
def test_it_names_what_the_law_was_broken_by(fields, why):
    answer = law("NP", [NEPAL], **fields)
    assert answer.verdict == Verdict.BREACH
    assert why in answer.reasons


@pytest.mark.parametrize(
    ("fields", "why"),
    [
        ({"amount": None}, "amount_unknown"),
        ({"currency": "USD"}, "other_currency"),
        ({"receipt_held": None}, "receipt_unknown"),
        ({"disclosed_before": None}, "disclosure_unknown"),
        ({"paid_on": None}, "day_unknown"),
        ({"paid_on": date(2014, 1, 1)}, "no_rule_on_record"),
    ],
)
def test_what_is_not_known_is_said_to_be_not_known(fields, why):
    answer = law("NP", [NEPAL], **fields)
    assert answer.verdict == Verdict.CANNOT_SAY
    assert why in answer.reasons


def test_a_rule_that_nobody_confirmed_warns_and_never_allows():
    rule = NationalRule("NP", "", Decimal(10000), "NPR")
    assert law("NP", [rule]).reasons == ("within_cap", "rule_not_confirmed")
    above = law("NP", [rule], amount=Decimal(20000))
    assert (above.verdict, above.certain) == (Verdict.BREACH, False)


def test_the_narrower_confirmed_rule_governs():
    banned = NationalRule("NP", "QA", Decimal(0), "NPR", verified=True)
    assert law("NP", [NEPAL, banned]).reasons == ("banned_by_law",)


def test_an_unconfirmed_narrower_ban_takes_the_leave_away_without_deciding():
    assert law("NP", [NEPAL, NationalRule("NP", "QA", Decimal(0), "NPR")]).reasons == ("rules_differ",)


def test_a_share_of_the_wage_is_counted_only_in_the_same_currency():
    rule = NationalRule("", "HK", wage_share=Decimal("0.1"), verified=True)
    asked = {"destination": "HK", "currency": "HKD", "amount": Decimal(600), "wage_currency": "HKD"}
    assert law("HK", [rule], **asked, monthly_wage=Decimal(5000)).reasons == ("above_cap",)
    assert law("HK", [rule], **asked).reasons == ("wage_unknown",)
    assert law("HK", [rule], **(asked | {"wage_currency": "PHP"}), monthly_wage=Decimal(9)).reasons == (
        "other_currency",
    )


def test_a_rule_for_some_work_asks_for_the_work():
    rule = NationalRule("PH", "HK", Decimal(0), "PHP", work=("domestic",), verified=True)
    asked = {"origin": "PH", "destination": "HK"}
    assert law("PH", [rule], **asked).reasons == ("depends_on_work",)
    assert law("PH", [rule], **asked, work="domestic").reasons == ("banned_by_law",)
    assert law("PH", [rule], **asked, work="land").reasons == ("no_rule_on_record",)


def test_a_rule_for_some_categories_says_nothing_of_others():
    rule = NationalRule("NP", "", Decimal(0), "NPR", categories=("FEE-A1",), part_of=("FEE-B6/ticket",), verified=True)
    assert law("NP", [rule], category="FEE-B1", fee_class="B").reasons == ("no_rule_on_record",)
    assert law("NP", [rule], category="FEE-B6", fee_class="B").reasons == ("covers_part",)
    assert law("NP", [rule], category="FEE-B6", part="ticket", fee_class="B").reasons == ("banned_by_law",)
    assert law("NP", [rule], category="FEE-B6", part="other", fee_class="B").reasons == ("no_rule_on_record",)


def test_an_amount_for_several_things_is_held_against_no_limit_but_a_ban_still_bans():
    assert law("NP", [NEPAL], amount=Decimal(90_000)).reasons == ("above_cap",)
    for amount in (Decimal(90_000), Decimal(100)):
        assert law("NP", [NEPAL], amount=amount, shared=True).reasons == ("amount_shared",)
    assert law("NP", [NEPAL], amount=None, shared=True).reasons == ("amount_unknown",)
    banned = NationalRule("NP", "", Decimal(0), "NPR", verified=True)
    assert law("NP", [banned], shared=True).reasons == ("banned_by_law",)


def test_what_the_employer_took_back_was_paid_by_the_worker():
    assert judge(payment(payer=Payer.EMPLOYER_RECOVERED), []).international.reasons == ("recovered_from_worker",)


@pytest.mark.parametrize("fee_class", ["C", "X"])
def test_a_bribe_is_never_legitimate_and_no_cap_allows_it(fee_class):
    answer = judge(payment(fee_class=fee_class, category="FEE-C1"), [NEPAL])
    assert answer.international.verdict == Verdict.ILLEGITIMATE
    assert answer.countries[0].reasons == ("cap_is_no_leave",)
    assert answer.severity == "critical"


amounts = st.one_of(st.none(), st.decimals(0, 50_000, places=2))
rules = st.lists(
    st.builds(
        NationalRule,
        st.sampled_from(["", "NP"]), st.sampled_from(["", "QA"]), amounts, st.sampled_from(["NPR", "QAR"]),
        verified=st.booleans(), receipt_required=st.booleans(), jurisdiction=st.sampled_from(["NP", "QA"]),
    ),
    max_size=5,
)  # fmt: skip
payments = st.builds(
    payment,
    payer=st.sampled_from(list(Payer)), fee_class=st.sampled_from("ABCX"), amount=amounts,
    receipt_held=st.sampled_from([None, True, False]), disclosed_before=st.sampled_from([None, True, False]),
)  # fmt: skip


@given(payments, rules)
def test_nothing_a_worker_paid_conforms_to_the_standard(paid, known):
    answer = judge(paid, known)
    if paid.payer in (Payer.WORKER, Payer.EMPLOYER_RECOVERED):
        assert answer.international.verdict in (Verdict.BREACH, Verdict.ILLEGITIMATE)


@given(payments, rules)
def test_without_a_confirmed_rule_nothing_a_worker_paid_is_lawful(paid, known):
    if paid.payer not in (Payer.WORKER, Payer.EMPLOYER_RECOVERED):
        return
    for answer in judge(paid, known).countries:
        if answer.verdict is Verdict.LAWFUL:
            assert answer.rule is not None
            assert answer.rule.verified
            assert paid.amount <= answer.rule.worker_max


@given(payments, rules)
def test_the_order_of_the_rules_does_not_matter(paid, known):
    assert [a.verdict for a in judge(paid, known).countries] == [a.verdict for a in judge(paid, known[::-1]).countries]


def test_the_reviewed_rules_have_a_source_and_a_mark_and_are_confirmed_by_nobody():
    assert len(reviewed()) > 5
    for rule in reviewed():
        assert rule.source, rule.code
        assert rule.basis, rule.code
        assert not rule.verified


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("code: X, jurisdiction: NP, origin: NP, receipt_required: true, basis: found, confidence: high", "no source"),
        (
            "code: X, jurisdiction: NP, origin: NP, receipt_required: true, basis: rumour, confidence: high, source: s",
            "basis",
        ),
        ("code: X, jurisdiction: NP, receipt_required: true, basis: found, confidence: high, source: s", "neither"),
        (
            'code: X, jurisdiction: NP, origin: NP, worker_max: "1", receipt_required: true, basis: found, '
            "confidence: high, source: s",
            "currency",
        ),
        (
            "code: X, jurisdiction: NP, origin: NP, capp: 1, receipt_required: true, basis: found, confidence: high, "
            "source: s",
            "unknown fields",
        ),
        (
            "code: X, jurisdiction: NP, origin: NP, part_of: [FEE-B6], receipt_required: true, basis: found, "
            "confidence: high, source: s",
            "part_of",
        ),
    ],
)
def test_a_broken_rule_stops_the_load_and_names_itself(line, says):
    with pytest.raises(BrokenRule, match=f"X: .*{says}"):
        read(f"rules:\n  - {{{line}}}\n")


def test_a_receipt_for_what_is_only_asked_for_cannot_exist_and_is_not_asked_about():
    paid = payment(receipt_held=None)
    assert "receipt_unknown" in [reason for one in judge(paid, [NEPAL]).countries for reason in one.reasons]
    for held in (None, False):
        answer = law("NP", [NEPAL], receipt_held=held, paid=False)
        assert not {"receipt_unknown", "no_receipt"} & set(answer.reasons)
