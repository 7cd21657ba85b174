"""A payment is answered twice: by the international standard and by national law."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recruiters.feerules import NationalRule, Payer, Payment, Verdict, judge

NEPAL = NationalRule("NP", "", Decimal(10000), "NPR", date(2015, 7, 6), receipt_required=True)


def payment(**fields) -> Payment:
    given_fields = {
        "category": "FEE-B1", "fee_class": "B", "payer": Payer.WORKER, "amount": Decimal(8000), "currency": "NPR",
        "paid_on": date(2026, 1, 5), "origin": "NP", "destination": "QA", "receipt_held": True,
        "disclosed_before": True,
    }  # fmt: skip
    return Payment(**{**given_fields, **fields})


def test_a_payment_within_the_cap_is_lawful_and_yet_a_breach_of_the_standard():
    answer = judge(payment(), [NEPAL])
    assert answer.international.verdict == Verdict.BREACH
    assert answer.national.verdict == Verdict.LAWFUL
    assert answer.severity == "serious"


@pytest.mark.parametrize(
    ("fields", "why"),
    [
        ({"amount": Decimal(10001)}, "above_cap"),
        ({"disclosed_before": None}, "not_disclosed"),
        ({"receipt_held": False}, "no_receipt"),
    ],
)
def test_it_names_what_the_law_was_broken_by(fields, why):
    answer = judge(payment(**fields), [NEPAL])
    assert answer.national.verdict == Verdict.BREACH
    assert why in answer.national.reasons


def test_without_a_rule_on_record_the_law_cannot_be_said():
    assert judge(payment(origin="XX"), [NEPAL]).national.verdict == Verdict.CANNOT_SAY


def test_a_rule_holds_only_between_its_days():
    assert judge(payment(paid_on=date(2014, 1, 1)), [NEPAL]).national.reasons == ("no_rule_on_record",)


def test_the_narrower_rule_governs():
    banned = NationalRule("NP", "QA", Decimal(0), "NPR")
    assert judge(payment(), [NEPAL, banned]).national.reasons[0] == "banned_by_law"


def test_what_the_employer_took_back_was_paid_by_the_worker():
    assert judge(payment(payer=Payer.EMPLOYER_RECOVERED), []).international.reasons == ("recovered_from_worker",)


@pytest.mark.parametrize("fee_class", ["C", "X"])
def test_a_bribe_is_never_legitimate_whoever_pays(fee_class):
    answer = judge(payment(fee_class=fee_class, payer=Payer.EMPLOYER), [NEPAL])
    assert {answer.international.verdict, answer.national.verdict} == {Verdict.ILLEGITIMATE}
    assert answer.severity == "critical"


@given(st.sampled_from(list(Payer)), st.sampled_from("ABCX"), st.one_of(st.none(), st.booleans()))
def test_nothing_a_worker_paid_conforms_to_the_standard(payer, fee_class, receipt):
    answer = judge(payment(payer=payer, fee_class=fee_class, receipt_held=receipt), [NEPAL])
    if payer in (Payer.WORKER, Payer.EMPLOYER_RECOVERED):
        assert answer.international.verdict in (Verdict.BREACH, Verdict.ILLEGITIMATE)
